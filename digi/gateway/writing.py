"""Has what comes while a transaction runs written by the next one, all of a kind together. Knows no socket.

One command alone waits for nobody; of many, each pays a share of one commit. Each process and event loop has its own.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from django.db import connection

from digi.accounts.actors import Actor
from digi.execute import TOGETHER, execute_many
from digi.kit import threads
from digi.live.hub import Hub
from digi.live.hubs import beside
from digi.protocol.commands import Command, MarkRead
from digi.protocol.objects import Result

Outcomes = list[Result | Exception]
Waiting = tuple[Actor, Command, "asyncio.Future[Result]"]

MOST_TOGETHER = 200
"""More would keep the room's lock, and its other writers, for too long."""


def goes_together(command: Command) -> bool:
    return type(command) in TOGETHER


async def execute(actor: Actor, command: Command) -> Result:
    """As `digi.execute`, but together with others of its kind that are asked for at the same time."""
    return await beside(_lanes).execute(actor, command)


def _lanes(_hub: Hub, _bridge: object) -> "Lanes":
    return Lanes()


class Lanes:
    """By what is written together: on SQLite, which has one writer, all of a kind; elsewhere what goes into one room,
    so that rooms are written side by side, and all marks of how far people have read.
    """

    def __init__(self) -> None:
        self._lanes: dict[tuple[bool, int], Lane] = {}
        self._has_one_writer = connection.vendor == "sqlite"

    async def execute(self, actor: Actor, command: Command) -> Result:
        number = self._number(command)
        lane = self._lanes.get(number)
        if lane is None:
            start = threads.start_alone if self._has_one_writer else threads.start
            lane = self._lanes[number] = Lane(start, lambda: self._lanes.pop(number))
        return await lane.add(actor, command)

    def _number(self, command: Command) -> tuple[bool, int]:
        is_mark = isinstance(command, MarkRead)
        return is_mark, 0 if is_mark or self._has_one_writer else getattr(command, "room", 0)


class Lane:
    """What waits for one transaction to end."""

    def __init__(self, start: Callable[..., "asyncio.Future[Outcomes]"], ended: Callable[[], object]) -> None:
        self._start, self._ended = start, ended
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Waiting] = deque()
        self._is_writing = False

    def add(self, actor: Actor, command: Command) -> "asyncio.Future[Result]":
        future: asyncio.Future[Result] = self._loop.create_future()
        self._waiting.append((actor, command, future))
        if not self._is_writing:
            self._is_writing = True
            self._loop.call_soon(self._write)  # with all that this turn of the loop brings
        return future

    def _write(self) -> None:
        count = min(len(self._waiting), MOST_TOGETHER)
        batch = [self._waiting.popleft() for _ in range(count)]
        written = self._start(execute_many, [(actor, command) for actor, command, _ in batch])
        written.add_done_callback(lambda done: self._written(batch, done))

    def _written(self, batch: Sequence[Waiting], done: "asyncio.Future[Outcomes]") -> None:
        if self._waiting:
            self._write()
        else:
            self._is_writing = False
            self._ended()
        failure = done.exception()  # a bug of ours
        outcomes = [failure] * len(batch) if failure is not None else done.result()
        for (_, _, future), outcome in zip(batch, outcomes, strict=True):
            if future.done():  # who asked has gone
                continue
            if isinstance(outcome, BaseException):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
