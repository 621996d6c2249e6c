"""Between the hubs of several processes: one channel of the layer for each process, and hints only.

Every call on the layer has a time limit, and none delays or fails anything else.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from digi.live import publishing
from digi.live.changes import Published, unpacked

if TYPE_CHECKING:
    from digi.live.hub import Hub

log = logging.getLogger("digi.live")

GROUP = "digi.hubs"
TIME_LIMIT = 1.0  # seconds
MOST_WAITING = 10_000  # publications that wait for the layer; beyond, anti-entropy takes over
PAUSE_AFTER_TROUBLE = 1.0


class Bridge:
    """Sends what this process published to the others' hubs, and gives theirs to this hub."""

    def __init__(self, hub: "Hub") -> None:
        self._hub = hub
        self._layer: Any = get_channel_layer()
        self._outgoing: asyncio.Queue[Sequence[Published]] = asyncio.Queue(MOST_WAITING)
        self._channel: str | None = None
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

    async def _send_for_ever(self) -> None:
        while True:
            published = await self._outgoing.get()
            message = {"type": "published", "by": self._channel or "", "items": [item.packed() for item in published]}
            try:
                async with asyncio.timeout(TIME_LIMIT):
                    await self._layer.group_send(GROUP, message)
            except Exception as error:  # noqa: BLE001 - whatever a layer raises, the database has the change
                log.warning("the channel layer failed to send: %s", repr(error))
                self._hub.suspect()

    async def _receive_for_ever(self) -> None:
        while True:
            try:
                async with asyncio.timeout(TIME_LIMIT):
                    self._channel = await self._layer.new_channel()
                    await self._layer.group_add(GROUP, self._channel)
                self._hub.suspect()  # what was sent while nobody listened here is only in the database
                while True:
                    self._take(await self._layer.receive(self._channel))
            except Exception as error:  # noqa: BLE001 - as above
                log.warning("the channel layer failed to receive: %s", repr(error))
                self._hub.suspect()
                await asyncio.sleep(PAUSE_AFTER_TROUBLE)

    def _take(self, message: dict[str, Any]) -> None:
        if message.get("by") != self._channel:
            self._hub.receive([unpacked(item) for item in message["items"]])
