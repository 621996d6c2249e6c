"""A message's text as elements: the very ones that `static/digi/text/text.js` draws, so that nothing moves when the
island takes over. All that somebody typed is escaped, and all else is written here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from digi.accounts.models import normal
from digi.chat import text
from digi.chat.text import Block, Inline, emoji
from digi.kit import names, sealed
from digi.protocol.ids import ROOM
from digi.protocol.objects import Entry

EVERYONE = "everyone"

_MARKS = {
    "em": "<em>{}</em>",
    "strong": "<strong>{}</strong>",
    "strike": "<s>{}</s>",
}


@dataclass(frozen=True)
class Known:
    """Whom a text may name: the reader, who it addresses, and the reader's public rooms, by `names.folded`.

    `is_live` where a script will open spoilers; elsewhere they open as long as they have the focus.
    """

    reader: str = ""
    mentions: frozenset[str] = frozenset()
    rooms: Mapping[str, str] = field(default_factory=dict)
    is_live: bool = True


def addresses_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Where the public rooms among `entries` are, by folded name."""
    public = [(entry, entry.name) for entry in entries if entry.kind == "public" and entry.name]
    return {names.folded(name): reverse("room", args=[sealed.seal(ROOM, entry.id)]) for entry, name in public}


def drawn(body: str, known: Known) -> SafeString:
    """`body` as elements; a single paragraph is without one of its own."""
    return _Drawing(known).flow(text.tree(body), is_body=True)


class _Drawing:
    """The elements of one text."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def flow(self, blocks: list[Block], *, is_body: bool = False) -> SafeString:
        if len(blocks) == 1 and blocks[0]["type"] == "paragraph":
            inside = blocks[0]["inside"]
            if is_body and len(inside) == 1 and isinstance(inside[0], str) and emoji.is_few(inside[0]):
                return format_html('<span class="jumbo">{}</span>', inside[0])
            return self.line(inside)
        return format_html_join("", "{}", ((self.block(block),) for block in blocks))

    # ── blocks ──

    def block(self, block: Block) -> SafeString:
        match block["type"]:
            case "fence":
                return _fence(block)
            case "quote":
                return format_html('<blockquote dir="auto">{}</blockquote>', self.flow(block["inside"]))
            case "list":
                return self.items(block)
            case "table":
                return self.table(block)
            case _:
                return format_html('<p dir="auto">{}</p>', self.line(block["inside"]))

    def items(self, block: Block) -> SafeString:
        if "number" not in block["items"][0]:
            bare = (format_html("<li>{}</li>", self.flow(item["inside"])) for item in block["items"])
            return format_html('<ul dir="auto">{}</ul>', _joined(bare))
        numbered = (
            format_html('<li value="{}">{}</li>', item["number"], self.flow(item["inside"])) for item in block["items"]
        )
        return format_html('<ol dir="auto">{}</ol>', _joined(numbered))

    def table(self, block: Block) -> SafeString:
        head = self.row(block["head"], block["align"], is_head=True)
        rows = _joined(self.row(row, block["align"]) for row in block["rows"])
        body = format_html("<tbody>{}</tbody>", rows) if block["rows"] else ""
        return format_html(
            '<div class="table" tabindex="0"><table dir="auto"><thead>{}</thead>{}</table></div>', head, body
        )

    def row(self, cells: list[list[Inline]], aligns: list[str], *, is_head: bool = False) -> SafeString:
        drawn = []
        for index, cell in enumerate(cells):
            align = aligns[index] if index < len(aligns) else ""
            kind = format_html(' class="at-{}"', align) if align else ""
            element = "<th{}>{}</th>" if is_head and cell else "<td{}>{}</td>"
            drawn.append(format_html(element, kind, self.line(cell)))
        return format_html("<tr>{}</tr>", _joined(drawn))

    # ── lines ──

    def line(self, nodes: list[Inline], *, is_plain: bool = False) -> SafeString:
        """`is_plain` within what can be clicked itself: nothing in there can be."""
        return format_html_join("", "{}", ((self.inline(node, is_plain=is_plain),) for node in nodes))

    def inline(self, node: Inline, *, is_plain: bool) -> str:
        if isinstance(node, str):
            return node
        kind = node["type"]
        if kind in {"mention", "room"}:
            return self.mention(node["name"]) if kind == "mention" else self.room(node["name"], is_plain=is_plain)
        match kind:
            case "code":
                return format_html("<code>{}</code>", node["text"])
            case "spoiler":
                return self.spoiler(node["inside"])
            case "link":
                return self.link(node["url"], node["inside"], is_plain=is_plain)
            case _:
                return format_html(_MARKS[kind], self.line(node["inside"], is_plain=is_plain))

    def spoiler(self, inside: list[Inline]) -> SafeString:
        words = self.line(inside, is_plain=True)
        if not self.known.is_live:
            return format_html('<span class="spoiler" tabindex="0"><span>{}</span></span>', words)
        return format_html(
            '<span class="spoiler" role="button" tabindex="0" aria-expanded="false" aria-label="{}">'
            "<span>{}</span></span>",
            gettext("Spoiler: show it"),
            words,
        )

    def link(self, url: str, inside: list[Inline], *, is_plain: bool) -> SafeString:
        if is_plain:
            return format_html("<bdi>{}</bdi>", self.line(inside, is_plain=True))
        title = "" if inside == [url] else format_html(' title="{}"', url)
        return format_html(
            '<a href="{}"{} target="_blank" rel="noopener noreferrer nofollow"><bdi>{}</bdi></a>',
            url,
            title,
            self.line(inside, is_plain=True),
        )

    def mention(self, name: str) -> str:
        username = normal(name)
        if username not in self.known.mentions:
            return f"@{name}"
        kind = "mention self" if username in {self.known.reader, EVERYONE} else "mention"
        return format_html('<mark class="{}"><bdi>@{}</bdi></mark>', kind, name)

    def room(self, name: str, *, is_plain: bool) -> str:
        address = self.known.rooms.get(names.folded(name))
        if address is None or is_plain:
            return f"#{name}"
        return format_html('<a class="hash" href="{}"><bdi>#{}</bdi></a>', address, name)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _fence(block: Block) -> SafeString:
    language = format_html(' data-language="{}"', block["language"]) if block["language"] else ""
    return format_html(
        '<div class="fence"{}><pre dir="ltr" tabindex="0"><code>{}</code></pre></div>', language, block["text"]
    )
