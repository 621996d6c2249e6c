"""What the text of a message says: its tree, whom it mentions, and its words on one line. Knows no row and no markup.

The tree is a list of blocks, plain values as in JSON; `static/digi/text/grammar.js` makes the same of the same text:

    {"type": "paragraph", "inside": [inline, …]}        lines are separated by "\\n"
    {"type": "fence", "language": "py", "text": "…"}    code as it was typed; the language may be ""
    {"type": "quote", "inside": [block, …]}
    {"type": "list", "items": [{"inside": [block, …], "number": 1}, …]}    no numbers where it has bullets
    {"type": "table", "align": ["", "left", …], "head": [cell, …], "rows": [[cell, …], …]}    cell: [inline, …]

and an inline is a string, or one of

    {"type": "em" | "strong" | "strike" | "spoiler", "inside": [inline, …]}
    {"type": "link", "url": "https://…", "inside": [inline, …]}    http, https or mailto; never in another link
    {"type": "code", "text": "…"}
    {"type": "mention" | "room", "name": "…"}    as typed, without the @ or #

There is no HTML, no heading, no picture, and no entity. What is no markup is text, just as it was typed.
"""

import re
from collections.abc import Iterator

from digi.accounts.models import normal
from digi.chat.text.addresses import SPACES
from digi.chat.text.blocks import Block, blocks
from digi.chat.text.inlines import Inline

__all__ = ["MOST_MENTIONED", "Block", "Inline", "mentioned", "plain", "snippet", "tree"]

MOST_MENTIONED = 50
HIDDEN = "[…]"
"""What stands for a spoiler on a line."""

_SPACES = re.compile(f"[{SPACES}]+")


def tree(body: str) -> list[Block]:
    """The blocks of `body`."""
    return blocks(body.replace("\r\n", "\n").split("\n"))


def mentioned(body: str) -> list[str]:
    """The usernames after an `@` outside of code, as they are stored, each once, in order; `everyone` may be one."""
    found: dict[str, None] = {}
    for node in _inlines(tree(body)) if "@" in body else ():
        if isinstance(node, dict) and node["type"] == "mention":
            found.setdefault(normal(node["name"]))
    return list(found)[:MOST_MENTIONED]


def plain(body: str) -> str:
    """The words of `body` on one line, without marks; quotes are left out where there is anything else."""
    found = tree(body)
    said = [block for block in found if block["type"] != "quote"] or found
    return _SPACES.sub(" ", " ".join(_words_of(said))).strip(SPACES)


def snippet(body: str, most: int = 140) -> str:
    """The beginning of `plain`, of at most so many characters."""
    line = plain(body)
    return f"{line[:most]}…" if len(line) > most else line


def _inlines(found: list[Block]) -> Iterator[Inline]:
    """All inlines, however deep, in order."""
    for nodes in _runs(found):
        yield from _deep(nodes)


def _deep(nodes: list[Inline]) -> Iterator[Inline]:
    for node in nodes:
        yield node
        if isinstance(node, dict):
            yield from _deep(node.get("inside", []))


def _runs(found: list[Block]) -> Iterator[list[Inline]]:
    """The lists of inlines: of paragraphs and of cells."""
    for block in found:
        match block["type"]:
            case "paragraph":
                yield block["inside"]
            case "quote":
                yield from _runs(block["inside"])
            case "list":
                for item in block["items"]:
                    yield from _runs(item["inside"])
            case "table":
                for row in (block["head"], *block["rows"]):
                    yield from row


def _words_of(found: list[Block]) -> Iterator[str]:
    for block in found:
        match block["type"]:
            case "fence":
                yield block["text"]
            case "quote":
                yield from _words_of(block["inside"])
            case "list":
                for item in block["items"]:
                    yield from _words_of(item["inside"])
            case _:
                yield from map(_words_in, _runs([block]))


def _words_in(nodes: list[Inline]) -> str:
    return "".join(node if isinstance(node, str) else _word(node) for node in nodes)


def _word(node: dict[str, str]) -> str:
    match node["type"]:
        case "code":
            return node["text"]
        case "mention":
            return f"@{node['name']}"
        case "room":
            return f"#{node['name']}"
        case "spoiler":
            return HIDDEN
        case _:
            return _words_in(node["inside"])  # type: ignore[arg-type]
