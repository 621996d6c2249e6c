"""Frames that are encoded once, however many sockets they go to; knows no socket."""

from functools import cached_property

from websockets.frames import Frame, Opcode


class Prepared(str):
    """The text of a frame, with its bytes on the wire beside it once somebody has asked for them."""

    @cached_property
    def wire(self) -> bytes:
        """One whole unmasked WebSocket message (RFC 6455, 5.2)."""
        return bytes(Frame(Opcode.TEXT, self.encode()).serialize(mask=False))


class Frames(list[tuple[int, Prepared]]):
    """Frames that go out together, each with its stream's rev, and the bytes of all of them, made when asked for."""

    @cached_property
    def wire(self) -> bytes:
        return b"".join(frame.wire for _, frame in self)


def wire_of(frame: str) -> bytes:
    return frame.wire if isinstance(frame, Prepared) else Prepared(frame).wire
