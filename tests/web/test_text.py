"""How pages show what somebody wrote: the elements of the grammar, and never one that somebody else typed."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from digi.protocol.objects import Message
from digi.web.text import Known, drawn

FRAGMENTS = json.loads((Path(__file__).parents[1] / "text" / "fragments.json").read_text("utf-8"))
ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='alert(1)",
    "](javascript:alert(1))",
    "](https://x.org/\"onmouseover='alert(1)')",
    "](https://x.org/&quot;onclick=alert(1))",
    "&#x6A;avascript:alert(1)",
    "```<img src=x onerror=alert(1)>\n",
    '```" onload="alert(1)\n',
    "@<b>alice</b>",
    "@alice&lt;b&gt;",
    "#<i>",
    "\u2028<svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>",
    "mailto:a@b.c\"onclick='x'",
]
ALLOWED = {
    "p": {"dir"},
    "em": set(),
    "strong": set(),
    "s": set(),
    "bdi": set(),
    "code": set(),
    "pre": {"dir", "tabindex"},
    "div": {"class", "data-language", "tabindex"},
    "span": {"class", "role", "tabindex", "aria-expanded", "aria-label"},
    "a": {"class", "href", "title", "target", "rel"},
    "mark": {"class"},
    "blockquote": {"dir"},
    "ul": {"dir"},
    "ol": {"dir"},
    "li": {"value"},
    "table": {"dir"},
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"class"},
    "td": {"class"},
}
PRE = '<pre dir="ltr" tabindex="0"><code>a</code></pre>'
TABLE = (
    '<table dir="auto"><thead><tr><th class="at-center">a</th></tr></thead>'
    '<tbody><tr><td class="at-center">b</td></tr></tbody></table>'
)
KNOWN = Known("alice", frozenset({"alice", "bob"}), {"room": "/r/xyz/"})


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def shown(body: str, known: Known = KNOWN) -> str:
    return drawn(body, known)


@given(st.lists(st.sampled_from(FRAGMENTS + ATTACKS), max_size=30).map("".join))
def test_nothing_typed_becomes_an_element_an_attribute_or_another_link(body):
    elements = Elements(shown(body))
    assert elements.open == []
    for tag, attributes in elements.found:
        assert attributes.keys() <= ALLOWED[tag], (tag, attributes)
        href = attributes.get("href")
        assert href is None or href == "/r/xyz/" or href.lower().startswith(("http://", "https://", "mailto:")), href


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_shown_as_the_text_it_is(attack):
    elements = Elements(shown(attack))
    assert {tag for tag, _ in elements.found} <= {"a", "bdi", "mark", "code", "div", "pre"}
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("a\n*b*", "a\n<em>b</em>"),
        ("a\n\n**b** ~~c~~", '<p dir="auto">a</p><p dir="auto"><strong>b</strong> <s>c</s></p>'),
        ("`a<b`", "<code>a&lt;b</code>"),
        ("```py\na\n```", f'<div class="fence" data-language="py">{PRE}</div>'),
        ("> a", '<blockquote dir="auto">a</blockquote>'),
        ("- a\n- b", '<ul dir="auto"><li>a</li><li>b</li></ul>'),
        ("3. a\n4. b", '<ol dir="auto"><li value="3">a</li><li value="4">b</li></ol>'),
        ("😀 👍🏽", '<span class="jumbo">😀 👍🏽</span>'),
        ("😀 a", "😀 a"),
        ("😀😀😀😀", "😀😀😀😀"),
        ("|a|\n|:-:|\n|b|", f'<div class="table" tabindex="0">{TABLE}</div>'),
    ],
)
def test_what_is_written_becomes_these_elements(body, html):
    assert shown(body) == html


def test_a_link_opens_apart_tells_nobody_and_shows_where_it_leads():
    assert shown("[a](https://example.org/?b&c)") == (
        '<a href="https://example.org/?b&amp;c" title="https://example.org/?b&amp;c" target="_blank" '
        'rel="noopener noreferrer nofollow"><bdi>a</bdi></a>'
    )
    assert "title" not in shown("https://example.org")


def test_those_who_are_mentioned_stand_out_and_the_reader_most():
    assert shown("@Bob @ALICE @carol") == (
        '<mark class="mention"><bdi>@Bob</bdi></mark> <mark class="mention self"><bdi>@ALICE</bdi></mark> @carol'
    )
    everyone = Known("alice", frozenset({"everyone"}))
    assert shown("@everyone", everyone) == '<mark class="mention self"><bdi>@everyone</bdi></mark>'


def test_a_room_can_be_entered_if_the_reader_is_in_one_of_that_name():
    assert shown("#Room #other") == '<a class="hash" href="/r/xyz/"><bdi>#Room</bdi></a> #other'


def test_a_spoiler_is_closed_and_nothing_in_it_can_be_followed():
    html = shown("||https://example.org #room||")
    assert html.startswith('<span class="spoiler" role="button" tabindex="0" aria-expanded="false" aria-label="')
    assert "<a" not in html


def test_where_no_script_runs_a_spoiler_opens_while_it_has_the_focus():
    assert shown("||a||", Known(is_live=False)) == '<span class="spoiler" tabindex="0"><span>a</span></span>'


def test_a_template_shows_a_message_to_whoever_reads_the_page(alice):
    message = Message(
        id=1, room=1, pos=1, rev=1, author="bob", kind="text", body="@alice in #lounge", reply_to=None,
        sent_at=timezone.now(), edited_at=None, deleted=False, mentions=["alice"],
    )  # fmt: skip
    context = Context({"message": message, "user": alice, "public_rooms": {"lounge": "/r/abc/"}})
    html = Template("{% load look %}{% formatted message %}").render(context)
    assert '<mark class="mention self">' in html
    assert 'href="/r/abc/"' in html
