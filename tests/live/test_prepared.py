"""Bytes of frames, held against the library that reads them."""

import pytest
from websockets.frames import Frame, Opcode

from digi.live.prepared import Frames, Prepared, wire_of


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_text_is_framed_as_the_standard_has_it(size: int) -> None:
    text = "é" * (size // 2) + "a" * (size % 2)
    assert wire_of(text) == bytes(Frame(Opcode.TEXT, text.encode()).serialize(mask=False))


def test_bytes_are_made_once() -> None:
    frame = Prepared("Hello")
    assert wire_of(frame) is frame.wire is frame.wire


def test_frames_that_go_out_together_stand_in_order() -> None:
    assert Frames([(1, Prepared("a")), (2, Prepared("b"))]).wire == wire_of("a") + wire_of("b")
    assert Frames().wire == b""
