"""uvicorn's WebSocket protocol, which also takes messages that are framed already; knows no consumer.

The same bytes go to every socket that hears a change: nothing is encoded, queued or awaited for one of them. Offered to
applications as the ASGI extension `digi.direct`; other servers have none, and are told by `send` as ever.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN

from digi.live.audiences import lines_changed

Take = Callable[[dict[str, Any]], None]

EXTENSION = "digi.direct"
MOST_WAITING = 16
"""Messages that wait for the application, from which on no more are read."""


class Arrivals:
    """What has come for the application, for one reader: asyncio.Queue has three deques, two kilobytes when empty."""

    __slots__ = ("_came", "_reader", "_take")

    def __init__(self) -> None:
        self._came: list[Any] = []  # short, as no more is read while so many wait
        self._reader: asyncio.Future[None] | None = None
        self._take: Take | None = None

    def put_nowait(self, event: Any) -> None:
        if self._take is not None and event["type"] == "websocket.receive":
            self._take(event)
            return
        self._came.append(event)
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    async def get(self) -> Any:
        while not self._came:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        return self._came.pop(0)

    def hand_to(self, take: Take) -> None:
        """From now on messages go to `take`, those that wait first; what else happens is still to be waited for."""
        self._take = take
        came, self._came = self._came, []
        for event in came:
            self.put_nowait(event)

    def empty(self) -> bool:
        return not self._came

    def __len__(self) -> int:
        return len(self._came)


class DirectProtocol(WebSocketsSansIOProtocol):
    """Uses uvicorn's `conn`, `queue`, `read_paused`, `scope`, `send_receive_event_to_app`, `transport` and `writable`,
    which tests/gateway/test_direct.py pins.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queue: Any = Arrivals()
        self.ready: asyncio.Transport | None = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._be_ready(None)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._be_ready(self.transport)

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if not self.close_sent and not self.conn.extensions:  # an extension would have each socket's bytes differ
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self
            self._be_ready(self.transport)

    def _be_ready(self, transport: asyncio.Transport | None) -> None:
        self.ready = transport
        lines_changed()

    def send_receive_event_to_app(self) -> None:
        """Queue a message. uvicorn stops reading for each until it is taken, which costs two calls of the system."""
        if self.read_paused or len(self.queue) + 1 >= MOST_WAITING:
            super().send_receive_event_to_app()
            return
        self.read_paused = True  # as it seems to uvicorn
        super().send_receive_event_to_app()
        self.read_paused = False

    def write(self, wire: bytes) -> int:
        """Hand whole messages to the transport, on the loop's thread; returns how many bytes it owes by now.

        Nothing is written before the handshake or once the socket is closing, whichever side has begun that.
        """
        if self.conn.state is OPEN and not self.transport.is_closing():
            self.transport.write(wire)
        return self.transport.get_write_buffer_size()

    def hand_to(self, take: Take) -> None:
        """Have each message given to `take`, as the event it is, when it is read; who awaits events gets the others."""
        self.queue.hand_to(take)
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()

    async def drained(self) -> None:
        """Return when the reader owes us little, or has gone."""
        await self.writable.wait()

    def abort(self) -> None:
        """Drop the connection with all that is owed."""
        self.transport.abort()


def direct_of(scope: Any) -> DirectProtocol | None:
    """What this socket's server offers, if it is ours."""
    found: DirectProtocol | None = (scope.get("extensions") or {}).get(EXTENSION)
    return found
