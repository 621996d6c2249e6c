"""One socket's part in who is here: whether it is, and whom it watches. Knows neither rows nor other sockets.

Whom one may see is looked up when that is asked, every minute after, and at once when something may have changed it.
"""

import asyncio
import logging
import random
from collections.abc import Iterable, Mapping
from datetime import datetime

from digi.accounts import queries as people
from digi.accounts.actors import Actor
from digi.chat import queries
from digi.gateway.connections import Connection
from digi.kit import threads
from digi.live.changes import PERSON, Signal, stream
from digi.live.prepared import Prepared
from digi.presence.board import OFFLINE, ONLINE, State
from digi.presence.keeper import Keeper, absent, keeper
from digi.protocol.objects import Presence

log = logging.getLogger("digi.gateway")

LOOK_SECONDS = 60.0
PAUSE_SECONDS = 0.2  # between two looks, however often they are asked for
RETRY_SECONDS = 2.0


class Watching:
    def __init__(self, socket: Connection) -> None:
        self._socket = socket
        self._keeper: Keeper | None = None  # while the socket is open
        self._state: State = ONLINE
        self._is_shown = True
        self._names: frozenset[str] = frozenset()
        self._people: dict[int, str] = {}  # those of them who may be seen
        self._told: dict[str, Presence] = {}
        self._is_asked = False
        self._must_look: asyncio.Event | None = None  # once somebody is watched

    # ── being here ──

    def opened(self) -> None:
        self._keeper = keeper()
        self._enter()

    def left(self) -> None:
        if self._keeper is not None:
            self._keeper.leave(self)
            self._keeper = None

    def here(self, state: State) -> None:
        self._state = state
        self._enter()

    def show(self, is_shown: bool) -> None:  # noqa: FBT001 - as its person's settings have it
        """Whether its person wants to be seen."""
        self._is_shown = is_shown
        self._enter()

    def _enter(self) -> None:
        if self._keeper is not None:
            self._keeper.enter(self, self._socket.person_id, self._state if self._is_shown else OFFLINE)

    # ── watching others ──

    def watch(self, usernames: Iterable[str]) -> None:
        """Tell how these people are, in place of those before, and how they change."""
        self._names, self._people, self._told = frozenset(usernames), {}, {}
        self._is_asked = True
        if self._must_look is None:
            self._must_look = asyncio.Event()
            self._socket.spawn(self._look_for_ever(self._must_look))
        self._must_look.set()

    def look_again(self) -> None:
        if self._must_look is not None:
            self._must_look.set()

    def presence_changed(self, changed: Mapping[int, Presence]) -> None:
        """Called by the keeper."""
        named = {self._people[one]: presence for one, presence in changed.items() if one in self._people}
        news = self._news(named)
        self._told.update(news)
        if news:
            self._tell(news)

    async def _look_for_ever(self, must_look: asyncio.Event) -> None:
        while True:
            try:
                async with asyncio.timeout(LOOK_SECONDS * random.uniform(0.8, 1) if self._names else None):  # noqa: S311
                    await must_look.wait()
            except TimeoutError:
                pass
            must_look.clear()
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - such as a database that is away
                log.warning("whom a socket may see could not be looked up: %s", repr(error))
                asyncio.get_running_loop().call_later(RETRY_SECONDS, must_look.set)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _look(self) -> None:
        names = self._names
        found = await threads.run(_visible, self._socket.actor, names) if names else {}
        if self._keeper is None or names is not self._names:  # others are asked for by now: that look is to come
            return
        self._keeper.watch(self, found)
        self._people = {one: name for one, (name, _) in found.items()}
        seen = {name: self._presence(self._keeper, one, seen_at) for one, (name, seen_at) in found.items()}
        lost = dict.fromkeys(self._told.keys() - seen.keys(), absent(None))
        news = self._news(lost | seen)
        self._told = seen
        if news or self._is_asked:
            self._is_asked = False
            self._tell(news)

    def _presence(self, keeper: Keeper, person_id: int, seen_at: datetime | None) -> Presence:
        state = keeper.state(person_id)
        return absent(seen_at) if state == OFFLINE else Presence.model_construct(state=state)

    def _news(self, people: Mapping[str, Presence]) -> dict[str, Presence]:
        return {name: presence for name, presence in people.items() if self._told.get(name) != presence}

    def _tell(self, people: Mapping[str, Presence]) -> None:
        me = stream(PERSON, self._socket.person_id)
        content = {"presence": {name: presence.json_value() for name, presence in people.items()}}
        frame = self._socket.dialect.signal(Signal(me, content))
        if frame is not None:
            self._socket.deliver(me, 0, Prepared(frame))


def _visible(actor: Actor, usernames: Iterable[str]) -> dict[int, tuple[str, datetime | None]]:
    """Those whom the actor may see, by id: their username, and when they were last here if that may be told."""
    found = queries.visible_presence(actor, usernames)
    seen_at = people.seen_at(found)
    return {one: (name, seen_at.get(one)) for one, name in found.items()}
