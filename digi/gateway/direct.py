"""uvicorn's WebSocket protocol, which also takes messages that are framed already; knows no consumer.

The same bytes go to every socket that hears a change: nothing is encoded, queued or awaited for one of them. Offered to
applications as the ASGI extension `digi.direct`; other servers have none, and are told by `send` as ever.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import OPEN

EXTENSION = "digi.direct"


class DirectProtocol(WebSocketsSansIOProtocol):
    """Uses uvicorn's own `conn`, `scope`, `transport` and `writable`; tests/gateway/test_direct.py pins them."""

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if not self.close_sent and not self.conn.extensions:  # an extension would have each socket's bytes differ
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = self

    def write(self, wire: bytes) -> int:
        """Hand whole messages to the transport, on the loop's thread; returns how many bytes it owes by now.

        Nothing is written before the handshake or once the socket is closing, whichever side has begun that.
        """
        if self.conn.state is OPEN and not self.transport.is_closing():
            self.transport.write(wire)
        return self.transport.get_write_buffer_size()

    async def drained(self) -> None:
        """Return when the reader owes us little, or has gone."""
        await self.writable.wait()

    def abort(self) -> None:
        """Drop the connection with all that is owed."""
        self.transport.abort()
