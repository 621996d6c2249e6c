"""JSON: strict in, compact out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.errors import Invalid
from digi.protocol import codec

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), VALUES, max_size=4))
def test_what_was_encoded_is_read_again(value):
    try:
        text = codec.encode(value)
        text.encode()
    except UnicodeEncodeError:
        return
    assert codec.decode(text) == value


def test_text_is_not_escaped():
    assert codec.encode({"a": "ü🙂"}) == '{"a":"ü🙂"}'


@pytest.mark.parametrize("text", ['{"a":"\\ud83d\\ude42"}', '{"a":"🙂"}', '{"\\u0061":"🙂"}'])
def test_a_whole_pair_is_one_character(text):
    assert codec.decode(text) == {"a": "🙂"}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", None),
        ("{", None),
        ("{'a': 1}", None),
        ('{"a": 1,}', None),
        ("[]", None),
        ("1", None),
        ("null", None),
        ('{"a": NaN}', None),
        ('{"a": Infinity}', None),
        ('{"a": "\t"}', None),
        ('{"a": 1, "a": 1}', "a"),
        ('{"x": [{"b": 1, "b": 2}]}', "b"),
        ('{"a": "\\ud800"}', "a"),
        ('{"a": [{"b": "\\udfff"}]}', "a"),
        ('{"\\ud800": 1}', "?"),
        ("[" * 100_000, None),
        ('{"a": ' + "9" * 5000 + "}", None),
        ("\ufeff{}", None),
    ],
)
def test_anything_that_two_readers_could_understand_differently_is_refused(text, field):
    with pytest.raises(Invalid) as refused:
        codec.decode(text)
    assert refused.value.field == field
    refused.value.detail.encode()
