"""What is shown, as another process has encoded it: sent on as it came, and read when somebody looks."""

import pytest

from digi.protocol.objects import Left

LEFT = Left(id=7, entry_rev=1)


def test_what_came_goes_out_as_it_came() -> None:
    text = LEFT.json_text().replace('"entry_rev"', ' "entry_rev" ')
    received = Left.from_json_text(text)
    assert received.json_text() == text
    assert received.json_value() == LEFT.json_value()


def test_it_is_read_when_somebody_looks() -> None:
    received = Left.from_json_text(LEFT.json_text())
    assert (received.entry_rev, received.id) == (1, 7)
    assert received == LEFT
    assert received.json_text() == LEFT.json_text()


def test_it_has_nothing_that_its_kind_has_not() -> None:
    for left in (LEFT, Left.from_json_text(LEFT.json_text())):
        assert getattr(left, "head", 0) == 0


def test_what_cannot_be_read_is_refused_when_somebody_looks() -> None:
    received = Left.from_json_text("{}")
    with pytest.raises(ValueError, match="entry_rev"):
        assert received.entry_rev
