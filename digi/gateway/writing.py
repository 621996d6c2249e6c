"""Has what comes while a transaction runs written by the next one, all of a kind together. Knows no socket.

One command alone waits for nobody; of many, each pays a share of one commit. Each process and event loop has its own.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from django.db import connection

from digi.accounts.actors import Actor
from digi.execute import TOGETHER, execute_many
from digi.kit import threads
from digi.live.hub import Hub
from digi.live.hubs import beside
from digi.protocol.commands import Command
from digi.protocol.objects import Result

log = logging.getLogger("digi.gateway")

Told = Callable[[Result], None]
Waiting = tuple[Actor, Command, Told | None, "asyncio.Future[Result]"]

MOST_TOGETHER = 200
"""More would keep the rooms' locks, and their other writers, for too long."""


def goes_together(command: Command) -> bool:
    return type(command) in TOGETHER


def lane_of(name: object) -> object | None:
    """Into which lane the command with this name on the wire goes, if into any."""
    return _BY_NAME.get(name) if isinstance(name, str) else None


_BY_NAME = {command.name_on_wire: together for command, together in TOGETHER.items()}


class Lanes:
    """All messages go one way, and all marks of how far people have read another; each has a thread of its own.

    On SQLite, which has one writer, they share one.
    """

    def __init__(self, _hub: Hub, _bridge: object) -> None:
        is_sqlite = connection.vendor == "sqlite"
        self._lanes = {act: Lane("writer" if is_sqlite else act.__qualname__) for act in TOGETHER.values()}

    def execute(self, actor: Actor, command: Command, told: Told | None = None) -> "asyncio.Future[Result]":
        """As `digi.execute`, but together with others of its kind that are asked for at the same time.

        `told` is called with the result in the turn of the loop in which others hear of it.
        """
        return self._lanes[TOGETHER[type(command)]].add(actor, command, told)


def lanes() -> Lanes:
    """The running loop's."""
    return beside(Lanes)


class Lane:
    """What waits for one transaction to end, all of which are done in the thread of this name."""

    def __init__(self, thread: str) -> None:
        self._thread = thread
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Waiting] = deque()
        self._is_writing = False

    def add(self, actor: Actor, command: Command, told: Told | None) -> "asyncio.Future[Result]":
        future: asyncio.Future[Result] = self._loop.create_future()
        self._waiting.append((actor, command, told, future))
        if not self._is_writing:
            self._is_writing = True
            self._loop.call_soon(self._write)  # with all that this turn of the loop brings
        return future

    def _write(self) -> None:
        count = min(len(self._waiting), MOST_TOGETHER)
        batch = [self._waiting.popleft() for _ in range(count)]
        asks = [(actor, command) for actor, command, _, _ in batch]
        threads.hand_over(partial(execute_many, asks), partial(self._written, batch), thread=self._thread)

    def _written(self, batch: Sequence[Waiting], outcomes: Sequence[Result | Exception] | Exception) -> None:
        if self._waiting:
            self._loop.call_soon(self._loop.call_soon, self._write)
        else:
            self._is_writing = False
        if isinstance(outcomes, Exception):  # a bug of ours
            outcomes = [outcomes] * len(batch)
        for (_, _, told, future), outcome in zip(batch, outcomes, strict=True):
            if future.done():  # who asked has gone
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
                continue
            future.set_result(outcome)
            if told is not None:
                _tell(told, outcome)


def _tell(told: Told, result: Result) -> None:
    try:
        told(result)
    except Exception:  # a bug of ours must not keep the others waiting
        log.exception("a result could not be told")
