"""A frame that is encoded once, however many sockets it goes to; knows no socket."""

from functools import cached_property

from websockets.frames import Frame, Opcode


class Prepared(str):
    """The text of a frame, with its bytes on the wire beside it once somebody has asked for them."""

    @cached_property
    def wire(self) -> bytes:
        """One whole unmasked WebSocket message (RFC 6455, 5.2)."""
        return bytes(Frame(Opcode.TEXT, self.encode()).serialize(mask=False))


def wire_of(frame: str) -> bytes:
    return frame.wire if isinstance(frame, Prepared) else Prepared(frame).wire
