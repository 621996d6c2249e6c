import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.web import text
from digi.web.templatetags.look import linked

CORPUS = json.loads((Path(__file__).parent.parent / "text" / "links.json").read_text("utf-8"))


@pytest.mark.parametrize(("body", "wanted"), CORPUS)
def test_the_corpus_is_cut_as_the_island_cuts_it(body, wanted):
    assert [{"link": piece.text} if piece.is_link else piece.text for piece in text.pieces(body)] == wanted


@given(st.text(alphabet="htps:/.()[]<>@ \n\"'ax\u202e", max_size=60))
def test_the_pieces_make_the_text_again_and_links_are_web_addresses(body):
    cut = text.pieces(body)
    assert "".join(piece.text for piece in cut) == body
    assert all(piece.text.lower().startswith(("http://", "https://")) for piece in cut if piece.is_link)


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "https://x.example/\"onclick='a'",
        "https://x.example/<b>",
    ],
)
def test_nothing_typed_becomes_markup(body):
    shown = linked(body)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>" not in shown
    assert shown.count('"') in (0, 6)  # only the attributes of our own link


def test_a_long_hostile_text_is_cut_in_no_time():
    text.pieces("https://x" + ")" * 7990)
    text.pieces("https://a.b" * 700)
