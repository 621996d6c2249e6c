"""Between the hubs of several processes: one channel of the layer for each process, and hints only.

Every call on the layer has a time limit, and none delays or fails anything else.
"""

import asyncio
import logging
import uuid
from collections.abc import Sequence
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from digi.live import publishing
from digi.live.changes import Published, unpacked
from digi.live.hub import Hub

log = logging.getLogger("digi.live")

GROUP = "digi.hubs"
TIME_LIMIT = 1.0  # seconds
MOST_WAITING = 10_000  # publications that wait for the layer; beyond, anti-entropy takes over
MOST_AT_ONCE = 100
PAUSE_AFTER_TROUBLE = 1.0


class Bridge:
    """Sends what this process published to the others' hubs, and gives theirs to this hub."""

    def __init__(self, hub: Hub, layer: Any = None) -> None:
        self._hub = hub
        self._layer: Any = layer or get_channel_layer()
        self._outgoing: asyncio.Queue[Sequence[Published]] = asyncio.Queue(MOST_WAITING)
        self._name = uuid.uuid4().hex
        self._loop = asyncio.get_running_loop()

    def start(self) -> None:
        """Do nothing where the layer reaches no other process anyway."""
        if self._layer is None or isinstance(self._layer, InMemoryChannelLayer):
            return
        publishing.listen(self.publish)
        self._hub.spawn(self._receive_for_ever())
        self._hub.spawn(self._send_for_ever())

    def publish(self, published: Sequence[Published]) -> None:
        """From any thread: have it sent to the other processes."""
        try:
            self._loop.call_soon_threadsafe(self._enqueue, published)
        except RuntimeError:
            publishing.unlisten(self.publish)

    def _enqueue(self, published: Sequence[Published]) -> None:
        try:
            self._outgoing.put_nowait(published)
        except asyncio.QueueFull:
            log.warning("the channel layer is too slow: hints are dropped")

    # ── to the others ──

    async def _send_for_ever(self) -> None:
        try:
            while True:
                items = [item.packed() for published in await self._batch() for item in published]
                try:
                    async with asyncio.timeout(TIME_LIMIT):
                        await self._layer.group_send(GROUP, {"type": "published", "by": self._name, "items": items})
                except Exception as error:  # noqa: BLE001 - whatever a layer raises, the database has the change
                    self._trouble("send", error)
                    while not self._outgoing.empty():  # by the time they could be sent, the others have read them
                        self._outgoing.get_nowait()
        finally:
            publishing.unlisten(self.publish)

    async def _batch(self) -> list[Sequence[Published]]:
        """What waits to be sent, at least one."""
        batch = [await self._outgoing.get()]
        while len(batch) < MOST_AT_ONCE and not self._outgoing.empty():
            batch.append(self._outgoing.get_nowait())
        return batch

    # ── from the others ──

    async def _receive_for_ever(self) -> None:
        while True:
            channel = None
            try:
                async with asyncio.timeout(TIME_LIMIT):
                    channel = await self._layer.new_channel()
                    await self._layer.group_add(GROUP, channel)
                self._hub.suspect()  # what was sent while nobody listened here is only in the database
                while True:
                    self._take(await self._layer.receive(channel))
            except Exception as error:  # noqa: BLE001 - as above
                self._trouble("receive", error)
                await self._leave(channel)
                await asyncio.sleep(PAUSE_AFTER_TROUBLE)

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("by") == self._name:
            return
        try:
            items = [unpacked(item) for item in message["items"]]
        except (KeyError, TypeError, ValueError):  # from a newer Digi, while one is replaced by the other
            log.warning("another process sent what this one cannot read")
            self._hub.suspect()
        else:
            self._hub.receive(items)

    async def _leave(self, channel: str | None) -> None:
        """Or the layer would go on filling a channel that nobody reads."""
        if channel is None:
            return
        try:
            async with asyncio.timeout(TIME_LIMIT):
                await self._layer.group_discard(GROUP, channel)
        except Exception:  # noqa: BLE001 - as above
            log.debug("a channel of the layer could not be left")

    def _trouble(self, doing: str, error: Exception) -> None:
        log.warning("the channel layer failed to %s: %s", doing, repr(error))
        self._hub.suspect()
