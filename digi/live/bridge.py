"""Between the hubs of several processes: one channel of the layer for each process, and hints only.

Every call on the layer has a time limit, and none delays or fails anything else. What is published travels here; other
packages may have messages of a kind of their own carried beside it.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from digi.kit import threads
from digi.live import publishing
from digi.live.changes import Published, unpacked
from digi.live.hub import Hub

log = logging.getLogger("digi.live")

GROUP = "digi.hubs"
TIME_LIMIT = 1.0  # seconds
MOST_WAITING = 10_000  # messages that wait for the layer; beyond, anti-entropy takes over
MOST_AT_ONCE = 100
PAUSE_AFTER_TROUBLE = 1.0
PUBLISHED = "published"

Take = Callable[[str, Sequence[Any]], None]
"""(by, items): what another process, called `by`, has sent. May raise KeyError, TypeError, ValueError."""


class Bridge:
    """Sends what this process published to the others' hubs, and gives theirs to this hub."""

    def __init__(self, hub: Hub, layer: Any = None) -> None:
        self._hub = hub
        self._layer: Any = layer or get_channel_layer()
        self._outgoing: asyncio.Queue[tuple[str, Sequence[Any]]] = asyncio.Queue(MOST_WAITING)
        self._takers: dict[str, Take] = {PUBLISHED: self._take_published}
        self._sufferers: list[Callable[[], None]] = []
        self._name = uuid.uuid4().hex
        self._loop = asyncio.get_running_loop()

    @property
    def reaches_others(self) -> bool:
        """Whether the layer could reach another process at all."""
        return self._layer is not None and not isinstance(self._layer, InMemoryChannelLayer)

    def start(self) -> None:
        if not self.reaches_others:
            return
        publishing.listen(self.publish)
        self._hub.spawn(self._receive_for_ever())
        self._hub.spawn(self._send_for_ever())

    def publish(self, published: Sequence[Published]) -> None:
        """From any thread: have it sent to the other processes."""
        try:
            threads.call_soon(self._loop, partial(self._enqueue, PUBLISHED, published))
        except RuntimeError:
            publishing.unlisten(self.publish)

    # ── on the loop ──

    def carry(self, kind: str, take: Take, may_have_lost: Callable[[], None]) -> None:
        """Have others' messages of `kind` given to `take`.

        `may_have_lost` is called when messages may have been lost, either way: the layer failed, or is heard anew.
        """
        self._takers[kind] = take
        self._sufferers.append(may_have_lost)

    def send(self, kind: str, item: Any) -> None:
        """Have a message of plain values sent to the other processes that carry `kind`."""
        if self.reaches_others:
            self._enqueue(kind, [item])

    def _enqueue(self, kind: str, items: Sequence[Any]) -> None:
        try:
            self._outgoing.put_nowait((kind, items))
        except asyncio.QueueFull:
            log.warning("the channel layer is too slow: hints are dropped")

    # ── to the others ──

    async def _send_for_ever(self) -> None:
        try:
            while True:
                batch = await self._batch()
                try:
                    for kind, items in batch.items():
                        async with asyncio.timeout(TIME_LIMIT):
                            await self._layer.group_send(GROUP, {"type": kind, "by": self._name, "items": items})
                except Exception as error:  # noqa: BLE001 - whatever a layer raises, the database has the change
                    self._trouble("send", error)
                    while not self._outgoing.empty():  # by the time they could be sent, the others have read them
                        self._outgoing.get_nowait()
        finally:
            publishing.unlisten(self.publish)

    async def _batch(self) -> dict[str, list[Any]]:
        """What waits to be sent, by kind, as plain values: at least one."""
        waiting = [await self._outgoing.get()]
        while len(waiting) < MOST_AT_ONCE and not self._outgoing.empty():
            waiting.append(self._outgoing.get_nowait())
        batch: dict[str, list[Any]] = {}
        for kind, items in waiting:
            batch.setdefault(kind, []).extend(item.packed() if kind == PUBLISHED else item for item in items)
        return batch

    # ── from the others ──

    async def _receive_for_ever(self) -> None:
        while True:
            channel = None
            try:
                async with asyncio.timeout(TIME_LIMIT):
                    channel = await self._layer.new_channel()
                    await self._layer.group_add(GROUP, channel)
                self._suspect()  # what was sent while nobody listened here is only in the database
                while True:
                    self._take(await self._layer.receive(channel))
            except Exception as error:  # noqa: BLE001 - as above
                self._trouble("receive", error)
                await self._leave(channel)
                await asyncio.sleep(PAUSE_AFTER_TROUBLE)

    def _take(self, message: dict[str, Any]) -> None:
        take = self._takers.get(message.get("type", ""))
        if take is None or message.get("by") == self._name:
            return
        try:
            take(message["by"], message["items"])
        except (KeyError, TypeError, ValueError) as error:  # from a newer Digi, while one is replaced by the other
            log.warning("another process sent what this one cannot read: %s", repr(error))
            self._hub.suspect()

    def _take_published(self, by: str, items: Sequence[Any]) -> None:
        self._hub.receive([unpacked(item) for item in items if self._hub.is_heard(item["stream"])])

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
        self._suspect()

    def _suspect(self) -> None:
        self._hub.suspect()
        for tell in self._sufferers:
            tell()
