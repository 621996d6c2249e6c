"""Frames that are encoded once, however many sockets they go to; knows no socket."""

_TEXT, _TWO_BYTES, _EIGHT_BYTES = 0x81, 126, 127  # the last piece of a text; the size stands in so many more bytes


class Prepared(str):
    """The text of a frame, with its bytes on the wire beside it once somebody has asked for them."""

    _wire: bytes | None = None

    @property
    def wire(self) -> bytes:
        """One whole unmasked WebSocket message."""
        if self._wire is None:
            self._wire = _framed(self.encode())
        return self._wire


class Frames(list[tuple[int, Prepared]]):
    """Frames that go out together, each with its stream's rev, and the bytes of all of them."""

    @property
    def wire(self) -> bytes:
        return b"".join(frame.wire for _, frame in self)


def wire_of(frame: str) -> bytes:
    return frame.wire if isinstance(frame, Prepared) else _framed(frame.encode())


def _framed(payload: bytes) -> bytes:
    """RFC 6455, 5.2."""
    size = len(payload)
    if size < _TWO_BYTES:
        return bytes((_TEXT, size)) + payload
    if size < 1 << 16:
        return bytes((_TEXT, _TWO_BYTES)) + size.to_bytes(2, "big") + payload
    return bytes((_TEXT, _EIGHT_BYTES)) + size.to_bytes(8, "big") + payload
