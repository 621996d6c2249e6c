"""Keeps the board of one hub: gives it time, tells watchers its news, and carries announcements between processes.

What depends on the layer or the database is late or missing where those fail; everything else goes on.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from digi.accounts import people, queries
from digi.kit import threads
from digi.live import hubs
from digi.live.bridge import Bridge
from digi.live.hub import Hub
from digi.presence.board import NEVER, OFFLINE, Board, State, Times
from digi.protocol.objects import Presence

log = logging.getLogger("digi.presence")

KIND = "present"
TIMES = Times()
PAUSE_SECONDS = 0.05  # what happens within is told at once
SEEN_SECONDS = 2.0  # how long news of who has gone waits for the database


class Watcher(Protocol):
    """What a door puts in: called on the loop's thread, and must not block."""

    def __hash__(self) -> int: ...

    def presence_changed(self, changed: Mapping[int, Presence]) -> None:
        """How these people, of those it watches, are now."""


class Keeper:
    def __init__(self, hub: Hub, bridge: Bridge, times: Times | None = None) -> None:
        self._hub, self._bridge = hub, bridge
        self._now = asyncio.get_running_loop().time
        self._board = Board(self._now(), times)
        self._woken = asyncio.Event()
        self._leavers: asyncio.Queue[int] = asyncio.Queue()

    def start(self) -> None:
        self._bridge.carry(KIND, self._take, self._may_have_lost)
        self._hub.spawn(self._keep_for_ever())
        self._hub.spawn(self._note_for_ever())

    # ── sockets (on the loop) ──

    def enter(self, socket: Watcher, person_id: int, state: State) -> None:
        """A socket has come, or its state has changed; `offline` is somebody who does not want to be seen."""
        self._board.enter(socket, person_id, state)
        self._woken.set()

    def leave(self, socket: Watcher) -> None:
        """A socket has gone; where it was its person's last one here, that is noted."""
        person_id = self._board.leave(socket, self._now())
        self._woken.set()
        if person_id is not None:
            self._leavers.put_nowait(person_id)

    def watch(self, watcher: Watcher, person_ids: Iterable[int]) -> None:
        """Have a socket told of these people's changes from here on, in place of those before."""
        self._tell_news()  # which is in their `state` already: nobody is told of a change from what they never knew
        self._board.watch(watcher, person_ids)

    def state(self, person_id: int) -> State:
        return self._board.state(person_id)

    # ── other processes (on the loop) ──

    def _take(self, by: str, items: Sequence[Any]) -> None:
        for item in items:
            self._board.hear(by, item, self._now())
        self._woken.set()

    def _may_have_lost(self) -> None:
        self._board.may_have_lost(self._now())
        self._woken.set()

    # ── ──

    async def _keep_for_ever(self) -> None:
        while True:
            await self._until_due()
            try:
                self._keep()
            except Exception:  # a bug of ours must not end it
                log.exception("the board of who is here could not be kept")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _until_due(self) -> None:
        due = self._board.due()
        try:
            async with asyncio.timeout(None if due == NEVER else max(0.0, due - self._now())):
                await self._woken.wait()
        except TimeoutError:
            pass
        self._woken.clear()

    def _keep(self) -> None:
        """Tell, here and to the other processes, what is new."""
        now = self._now()
        self._board.advance(now)
        self._tell_news()
        announcement = self._board.announcement(now)
        if announcement is not None:
            self._bridge.send(KIND, announcement)

    def _tell_news(self) -> None:
        news = self._board.news()
        self._tell({one: Presence.model_construct(state=state) for one, state in news.items() if state != OFFLINE})
        gone = [one for one, state in news.items() if state == OFFLINE]
        if gone:
            self._hub.spawn(self._tell_gone(gone))

    async def _tell_gone(self, person_ids: list[int]) -> None:
        """That they are gone, and since when: read once for all who watch them."""
        found: dict[int, datetime] = {}
        try:
            async with asyncio.timeout(SEEN_SECONDS):
                found = await threads.run(queries.seen_at, person_ids)
        except Exception as error:  # noqa: BLE001 - whatever a database raises
            log.warning("could not read since when somebody is gone: %s", repr(error))
        still = [one for one in person_ids if self.state(one) == OFFLINE]
        self._tell({one: absent(found.get(one)) for one in still})

    def _tell(self, changed: Mapping[int, Presence]) -> None:
        told: dict[Any, dict[int, Presence]] = {}
        for person_id, presence in changed.items():
            for watcher in self._board.watchers(person_id):
                told.setdefault(watcher, {})[person_id] = presence
        for watcher, theirs in told.items():
            watcher.presence_changed(theirs)

    async def _note_for_ever(self) -> None:
        """One after the other: when all leave at once, that is not to keep the pool's threads from everybody else."""
        while True:
            person_id = await self._leavers.get()
            try:
                await threads.run(people.seen, person_id)
            except Exception as error:  # noqa: BLE001 - as above
                log.warning("could not note that somebody was here: %s", repr(error))


def absent(seen_at: datetime | None) -> Presence:
    """Somebody who is not here and, where it may be told, since when."""
    if seen_at is None:
        return Presence.model_construct(state=OFFLINE)
    return Presence.model_construct(state=OFFLINE, seen_at=seen_at)


def keeper() -> Keeper:
    """The keeper of the running loop's hub."""
    return hubs.beside(_started)


def _started(hub: Hub, bridge: Bridge) -> Keeper:
    made = Keeper(hub, bridge, TIMES)
    made.start()
    return made
