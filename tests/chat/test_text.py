"""The grammar of messages: one corpus for both parsers, the same random sources, and what holds for any text."""

import json
import random
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import node
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digi.chat.text import MOST_MENTIONED, mentioned, plain, snippet, tree
from digi.chat.text.emoji import is_few

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests" / "text"
PARSER = ROOT / "tests" / "js" / "parser.js"
CASES = [
    pytest.param(source, wanted, id=f"{file.stem}: {sentence}")
    for file in sorted(CORPUS.glob("*.json"))
    if file.stem not in {"links", "fragments", "few"}
    for sentence, source, wanted in json.loads(file.read_text("utf-8"))
]
LINKS = json.loads((CORPUS / "links.json").read_text("utf-8"))
FRAGMENTS = json.loads((CORPUS / "fragments.json").read_text("utf-8"))
SOURCES = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


@pytest.mark.parametrize(("source", "wanted"), CASES)
def test_a_source_of_the_corpus_has_its_tree(source, wanted):
    assert tree(source) == wanted


@pytest.mark.parametrize(("source", "wanted"), LINKS)
def test_addresses_are_found_where_they_end(source, wanted):
    assert cut(tree(source)) == wanted


def cut(blocks: list[dict[str, Any]]) -> list[Any]:
    """A single paragraph as strings and links, emphasis laid open."""
    [block] = blocks
    return [piece for node in block["inside"] for piece in laid_open(node)]


def laid_open(node: Any) -> list[Any]:
    if isinstance(node, str):
        return [node]
    if node["type"] == "link":
        return [{"link": node["url"]}]
    return [piece for inner in node["inside"] for piece in laid_open(inner)]


def test_the_browser_makes_the_same_trees_of_thousands_of_sources():
    chance = random.Random(20)
    sources = ["".join(chance.choices(FRAGMENTS, k=chance.randint(1, 40))) for _ in range(6000)]
    lines = "".join(f"{json.dumps(source)}\n" for source in sources)
    path = node.path()
    parsed = subprocess.run(
        [node.program("node", path), str(PARSER)], input=lines, capture_output=True, encoding="utf-8", check=True
    )
    answers = [json.loads(line) for line in parsed.stdout.rstrip("\n").split("\n")]
    assert len(answers) == len(sources)
    other = [source for source, answer in zip(sources, answers, strict=True) if tree(source) != answer]
    assert min(other, key=len, default=None) is None


@given(SOURCES)
def test_no_letter_that_somebody_wrote_is_lost(source):
    """Marks go, and so may the digits of a list; words stay, in their order, in what is shown or in where it leads."""
    written = "".join(words_of(block) for block in tree(source))
    assert letters(written) == letters(source.replace("\r\n", "\n"))


def letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalpha())


def words_of(node: Any) -> str:
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(map(words_of, node))
    inside = "".join(
        words_of(node[key]) for key in ("language", "text", "name", "items", "head", "rows", "inside") if key in node
    )
    is_titled = node.get("type") == "link" and node["inside"] != [node["url"]]
    return inside + (node["url"] if is_titled else "")


@given(SOURCES)
def test_a_tree_is_bounded_in_depth_and_links_lead_to_the_web_or_to_mail(source):
    def look(node: Any, depth: int) -> None:
        assert depth <= 30  # eight quotes, each an object and a list, and as many marks
        for child in node if isinstance(node, list) else node.values() if isinstance(node, dict) else ():
            look(child, depth + isinstance(node, dict))
        if isinstance(node, dict) and "url" in node:
            assert node["url"].lower().startswith(("http://", "https://", "mailto:"))

    look(tree(source), 0)


@given(st.text(max_size=200))
def test_any_text_has_a_tree_and_a_line(source):
    assert json.loads(json.dumps(tree(source))) == tree(source)
    assert "\n" not in plain(source)


# ── time ──

HOSTILE = [
    *FRAGMENTS, "_a ", "a* ", "*a ", "**a", "*a**b*", "*a_b*c_", "[a", "[*", "](https://x", "](https://x)", "https://a@",
    "https://a)", "https://a](", "``a", "`a ", "\n\n*", " \n", ">\n", "- a\n", "  - a\n", "a|b\n-|-\n", "|-|\n", "@a",
]  # fmt: skip


def steps(source: str) -> int:
    """How many lines of ours Python runs for it."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        tree(source)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("fragment", HOSTILE, ids=repr)
def test_four_times_the_text_takes_four_times_the_steps(fragment):
    once, four = (steps(fragment * (size // len(fragment))) for size in (300, 1200))
    assert four < 5 * once + 200


# ── whom it mentions ──


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Hi @Alice, and @bob. And @ALICE again.", ["alice", "bob"]),
        ("no one: a@b.c, `@bob`, \\@bob", []),
        ("```\n@bob\n```\n> @eve\n- **@dan** ||@fay||", ["eve", "dan", "fay"]),
        ("| @gus |\n|---|\n| [@hal](https://example.org) |", ["gus", "hal"]),
        ("@everyone", ["everyone"]),
        ("@Ｂｏｂ @straße", ["bob", "strasse"]),
    ],
)  # fmt: skip
def test_mentioned_are_those_behind_an_at_sign_but_in_code(body, names):
    assert mentioned(body) == names


def test_only_so_many_are_mentioned():
    names = [f"person{number}" for number in range(200)]
    assert mentioned(" ".join(f"@{name}" for name in names)) == names[:MOST_MENTIONED]


# ── emoji ──


def test_a_few_emoji_are_few_and_nothing_else_is():
    cases = json.loads((CORPUS / "few.json").read_text("utf-8"))
    assert [text for text in cases["few"] if not is_few(text)] == []
    assert [text for text in cases["other"] if is_few(text)] == []


# ── on one line ──


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("a **b** `c`\n\nd", "a b c d"),
        ("> they said\nI answer", "I answer"),
        ("> they said", "they said"),
        ("the ||butler|| did it", "the […] did it"),
        ("- a\n- [b](https://example.org)\n\n```\nc\n```", "a b c"),
        ("| a | b |\n|---|---|\n| @c | #d |", "a b @c #d"),
        ("", ""),
    ],
)
def test_a_line_has_the_words_without_the_marks(body, line):
    assert plain(body) == line


def test_a_snippet_is_cut_at_so_many_characters():
    assert snippet("😀" * 5, 5) == "😀" * 5
    assert snippet("😀" * 6, 5) == f"{'😀' * 5}…"
