"""Ids on the wire and within."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.kit import sealed
from digi.protocol import ids, objects

ROOMS, POSITIONS = st.integers(1, 2**31 - 1), st.integers(1, 2**32 - 1)


@given(ROOMS, POSITIONS)
def test_a_messages_id_is_its_room_and_place(room, pos):
    number = ids.message_id(room, pos)
    assert (ids.room_of(number), ids.pos_of(number)) == (room, pos)
    assert number < 2**63


@given(ROOMS, POSITIONS, POSITIONS)
def test_ids_of_one_room_are_in_order(room, one, two):
    assert (ids.message_id(room, one) < ids.message_id(room, two)) == (one < two)


def test_a_shown_object_says_its_ids_sealed_and_its_times_in_utc():
    left = objects.Left(id=7, entry_rev=1)
    assert left.json_value() == {"id": sealed.seal(ids.ROOM, 7), "entry_rev": 1}
    assert objects.Left.model_validate_json(left.json_text()) == left


@pytest.mark.parametrize(("given", "kept"), [("a  b", "a b"), (" a\n", "a"), ("", ""), ("ÅÅ", "ÅÅ")])
def test_one_line_is_folded_and_composed(given, kept):
    assert ids.one_line(given) == kept


@pytest.mark.parametrize("char", ["\u200b", "\u200e", "\u202e", "\u2069", "\ufeff", "\u2060", "\u061c", "\x00", "\x7f"])
def test_nothing_invisible_stands_in_a_line(char):
    with pytest.raises(ValueError, match="invisible"):
        ids.one_line(f"a{char}b")


def test_emoji_that_are_joined_stay_joined():
    assert ids.one_line("👩‍👩‍👧‍👦") == "👩‍👩‍👧‍👦"
