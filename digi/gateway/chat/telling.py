"""What one socket tells the others of a room in passing: that it is being written on, and what has reached it.

Told at most once a second; what is more is dropped, or waits for its turn. Nothing here is ever answered.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from digi.accounts import queries as people
from digi.chat import queries
from digi.gateway.connections import Connection
from digi.kit import sealed, threads
from digi.live import publishing
from digi.live.changes import ROOM, Signal, stream
from digi.protocol.ids import ROOM as ROOM_ID

log = logging.getLogger("digi.gateway")

PAUSE_SECONDS = 1.0
KNOWN_SECONDS = 60.0  # how long it is known between whom blocks stand; a hint of a change may be lost


class Telling:
    def __init__(self, socket: Connection) -> None:
        self._socket = socket
        self._unheard_by: frozenset[int] = frozenset()
        self._known_until = 0.0
        self._changes = 0  # of what is known there
        self._typed_at: dict[int, float] = {}
        self._is_direct: dict[int, bool] = {}
        self._acked: dict[int, int] = {}
        self._owed: dict[int, int] = {}
        self._acking: asyncio.Task[None] | None = None

    def forget(self) -> None:
        """Blocks may have changed."""
        self._known_until = 0.0
        self._changes += 1

    async def typing(self, room_id: int) -> None:
        """Say that its person is writing in a room."""
        now = asyncio.get_running_loop().time()
        if not self._hears(room_id) or now < self._typed_at.get(room_id, -PAUSE_SECONDS) + PAUSE_SECONDS:
            return
        self._typed_at[room_id] = now
        try:
            await self._publish(room_id, {"typing": self._socket.actor.username})
        except Exception as error:  # noqa: BLE001 - such as a database that is away: the next one comes soon
            log.warning("could not tell that somebody is writing: %s", repr(error))

    def ack(self, cursors: Mapping[str, int]) -> None:
        """Say how far its direct rooms have reached it; the same again for those who have come since."""
        for token, rev in cursors.items():
            room_id = sealed.unseal(ROOM_ID, token)
            if room_id is not None and self._hears(room_id):
                self._owed[room_id] = max(rev, self._owed.get(room_id, 0))
        if self._owed and (self._acking is None or self._acking.done()):
            self._acking = self._socket.spawn(self._pay())

    async def _pay(self) -> None:
        while self._owed:
            owed, self._owed = self._owed, {}
            try:
                await self._learn(owed)
                for room_id, rev in owed.items():
                    await self._delivered(room_id, rev)
            except Exception as error:  # noqa: BLE001 - as above
                log.warning("could not tell what has been delivered: %s", repr(error))
            await asyncio.sleep(PAUSE_SECONDS)

    async def _delivered(self, room_id: int, rev: int) -> None:
        known = min(rev, self._socket.hub.head(stream(ROOM, room_id)))
        if self._is_direct[room_id] and known >= self._acked.get(room_id, 1):
            self._acked[room_id] = known
            await self._publish(room_id, {"delivered": {self._socket.actor.username: known}})

    async def _learn(self, room_ids: Iterable[int]) -> None:
        """Which of these rooms are direct: asked once, as that never changes."""
        unknown = [room_id for room_id in room_ids if room_id not in self._is_direct]
        if unknown:
            direct = await threads.run(queries.direct_among, self._socket.actor, unknown)
            self._is_direct.update({room_id: room_id in direct for room_id in unknown})

    async def _publish(self, room_id: int, content: Mapping[str, Any]) -> None:
        await self._know_blocks()
        if self._hears(room_id):
            heard_on = stream(ROOM, room_id)
            after = self._socket.hub.head(heard_on)
            publishing.publish([Signal(heard_on, content, unheard_by=self._unheard_by, after=after)])

    async def _know_blocks(self) -> None:
        loop, person_id = asyncio.get_running_loop(), self._socket.person_id
        while loop.time() >= self._known_until:
            changes = self._changes
            blocked = await threads.run(people.blocked_with, person_id)
            if changes == self._changes:
                self._unheard_by = blocked | {person_id}
                self._known_until = loop.time() + KNOWN_SECONDS

    def _hears(self, room_id: int) -> bool:
        return self._socket.hub.hears(self._socket, stream(ROOM, room_id))
