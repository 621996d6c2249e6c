"""Sealed ids: one thing has one id, and nobody makes one up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.kit import sealed

NUMBERS = st.integers(0, 2**63 - 1)


@given(NUMBERS)
def test_an_id_opens_to_what_was_sealed(number):
    token = sealed.seal("room", number)
    assert sealed.unseal("room", token) == number
    assert sealed.seal("room", number) == token
    assert len(token) == 32


@given(NUMBERS)
def test_an_id_of_one_kind_is_none_of_another(number):
    assert sealed.unseal("message", sealed.seal("room", number)) is None


@given(NUMBERS, st.integers(0, 31), st.sampled_from("AZaz09-_"))
def test_a_changed_id_opens_to_nothing(number, place, char):
    token = sealed.seal("room", number)
    changed = token[:place] + char + token[place + 1 :]
    assert changed == token or sealed.unseal("room", changed) is None


@pytest.mark.parametrize("token", ["", "A" * 31, "A" * 33, "A" * 32, "!" * 32, "é" * 32, "A" * 31 + "\n", "\0" * 32])
def test_anything_else_opens_to_nothing(token):
    assert sealed.unseal("room", token) is None


def test_neighbours_look_nothing_alike():
    tokens = [sealed.seal("room", number) for number in range(50)]
    assert len({token[:4] for token in tokens}) == 50


def test_ids_do_not_open_under_another_key():
    from django.conf import settings

    token = sealed.seal("room", 7)
    try:
        sealed.use_key(sealed.new_key())
        assert sealed.unseal("room", token) is None
        assert sealed.seal("room", 7) != token
    finally:
        sealed.use_key(settings.DIGI_ID_KEY)
    assert sealed.seal("room", 7) == token
