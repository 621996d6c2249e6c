"""Opening very many WebSockets and keeping them: real ones, over loopback; knows nothing of what is said."""

from typing import Any, Protocol

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

PORTS_OF_ONE = 20_000  # sockets from one address of this machine: it has about 28,000 ports to begin from
HANDSHAKE_SECONDS = 120


class Taker(Protocol):
    def take(self, payload: bytes) -> None: ...

    def complain(self, problem: str) -> None: ...


class Ear(WSListener):
    """Gives every text frame to `taker`, and knows whether the end was ours."""

    def __init__(self, taker: Taker) -> None:
        super().__init__()
        self._taker, self._take = taker, taker.take
        self.transport: WSTransport | None = None
        self.is_ours_to_end = False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._take(frame.get_payload_as_bytes())
        elif frame.msg_type == WSMsgType.CLOSE:
            if not self.is_ours_to_end:
                self._taker.complain(f"closed by the server with {frame.get_close_code()}")
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if not self.is_ours_to_end:
            self._taker.complain("the connection broke")

    def send(self, frame: bytes) -> None:
        assert self.transport is not None
        self.transport.send(WSMsgType.TEXT, frame)

    def end(self) -> None:
        self.is_ours_to_end = True
        if self.transport is not None:
            self.transport.disconnect(graceful=False)


_opened = 0


async def connect(taker: Taker, url: str, token: str = "") -> Ear:
    """One socket; raises what the handshake raises."""
    global _opened  # noqa: PLW0603 - one process, one supply of ports
    _opened += 1
    source: dict[str, Any] = {}
    if _opened > PORTS_OF_ONE:
        source["local_addr"] = (f"127.0.0.{1 + _opened // PORTS_OF_ONE}", 0)
    headers = [("Authorization", f"Bearer {token}")] if token else []
    _, ear = await ws_connect(
        lambda: Ear(taker),
        url,
        extra_headers=headers,
        websocket_handshake_timeout=HANDSHAKE_SECONDS,
        read_buffer_init_size=4096,
        **source,
    )
    assert isinstance(ear, Ear)
    return ear
