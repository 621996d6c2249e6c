"""The practical limit: a broadcaster that only builds a frame and writes it, with nobody signed in and nothing stored.

`python -m bench.raw PORT`. The path is the room; what a socket says goes to everybody there as one of Digi's changes,
framed once and written to each transport.
"""

import sys

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

TEXT_FRAME = 0x81  # FIN, opcode 1 (RFC 6455, 5.2)
BODY, BODY_SIZE = b'"body":"', 63


class Room:
    """Its sockets and its counter. `before`, `between` and `after` are what is the same in every frame."""

    def __init__(self, name: str) -> None:
        self.sockets: set[WSTransport] = set()
        self.rev = 0
        head = f'"message":{{"id":"{name}","room":"{name}","author":"raw","kind":"text"'
        self.before = f'{{"type":"change","log":"{name}","rev":'.encode()
        self.between = f',{head},"body":"'.encode()
        rest = '"reply_to":null,"sent_at":"2026-11-20T09:41:07.123Z","edited_at":null,"deleted":false'
        self.after = f'",{rest},"mentions":[],"reactions":[]}}}}'.encode()

    def frame(self, body: bytes) -> bytes:
        self.rev += 1
        payload = b"%b%d%b%b%b" % (self.before, self.rev, self.between, body, self.after)
        return bytes((TEXT_FRAME, 126, *len(payload).to_bytes(2, "big"))) + payload


class Speaker(WSListener):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._room.sockets.add(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()
            return
        said = frame.get_payload_as_bytes()
        at = said.index(BODY) + len(BODY)
        framed = self._room.frame(said[at : at + BODY_SIZE])
        for one in self._room.sockets:
            one.underlying_transport.write(framed)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        self._room.sockets.discard(transport)


async def serve(port: int) -> None:
    rooms: dict[str, Room] = {}

    def speaker(request: WSUpgradeRequest) -> Speaker:
        name = request.path.decode().strip("/")
        if name not in rooms:
            rooms[name] = Room(name)
        return Speaker(rooms[name])

    server = await ws_create_server(speaker, "127.0.0.1", port, backlog=2048)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
