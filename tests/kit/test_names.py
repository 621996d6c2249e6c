"""When two names look alike, and what stands for a name in a small circle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.kit import names

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=20)


@pytest.mark.parametrize(
    ("one", "two"), [("paypal", "раураl"), ("alice", "a1ice"), ("bob", "BOB"), ("bob", "ｂｏｂ"), ("rn", "m")]
)
def test_names_that_look_alike_have_one_skeleton(one, two):
    assert names.skeleton(one) == names.skeleton(two)


@pytest.mark.parametrize(("one", "two"), [("alice", "alicia"), ("bob", "rob"), ("a", "e"), ("élodie", "elodie")])
def test_names_that_do_not_have_two(one, two):
    assert names.skeleton(one) != names.skeleton(two)


@given(TEXTS)
def test_folding_twice_is_folding_once(text):
    once = names.folded(text)
    assert names.folded(once) == once


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Alice Liddell", "AL"),
        ("alice", "AL"),
        ("A", "A"),
        ("Jean-Luc Picard", "JP"),
        ("  a  b  c ", "AC"),
        ("élodie durand", "ÉD"),
        ("愛麗絲", "愛麗"),
        ("🙂", "?"),
        ("", "?"),
        ("straße", "ST"),
        ("ßeta ßeta", "SS"),
    ],
)
def test_initials_are_of_the_first_and_last_word(name, letters):
    assert names.initials(name) == letters


@given(TEXTS)
def test_initials_are_never_empty_or_long(text):
    assert 1 <= len(names.initials(text)) <= 6  # two letters, each with two marks at most
