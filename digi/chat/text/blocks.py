"""What a message is made of, line by line: paragraphs, code, quotes, lists, tables. `grammar.js` reads the same way."""

import re
from typing import Any

from digi.chat.text.addresses import SPACES
from digi.chat.text.inlines import inlines

Block = dict[str, Any]
Found = tuple[Block, int]  # a block, and the line after it

DEEPEST = 8

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([A-Za-z0-9+#._-]{0,30})[ \t]*$")
_QUOTED = re.compile(r" {0,3}>(?: |$|(?=>[> ]*(?: |$)))")
_ITEM = re.compile(rf"([-*+]|[0-9]{{1,9}}[.)])( +)(?=[^\n]*[^-*+{SPACES}])")
_ESCAPED = re.compile(r"^( *)\\(?=[-+] |>)|^( *[0-9]{1,9})\\(?=[.)] )")
_ALIGNED = re.compile(r"(:?)-+(:?)$")
_ALIGNS = {("", ""): "", (":", ""): "left", (":", ":"): "center", ("", ":"): "right"}


def blocks(lines: list[str], depth: int = 0) -> list[Block]:
    """The blocks of `lines`; what would lie deeper than `DEEPEST` is a paragraph as it was typed."""
    found: list[Block] = []
    plain: list[str] = []
    at = 0
    while at < len(lines):
        block = _block_at(lines, at, depth)
        if block or _is_blank(lines[at]):
            found += _paragraph(plain)
            plain = []
        else:
            plain.append(lines[at])
        if block:
            found.append(block[0])
        at = block[1] if block else at + 1
    return found + _paragraph(plain)


def _block_at(lines: list[str], at: int, depth: int) -> Found | None:
    if depth >= DEEPEST:
        return _fence(lines, at)
    return _fence(lines, at) or _quote(lines, at, depth) or _list(lines, at, depth) or _table(lines, at)


def _is_blank(line: str) -> bool:
    return not line.strip(SPACES)


def _paragraph(lines: list[str]) -> list[Block]:
    if not lines:
        return []
    text = "\n".join(_ESCAPED.sub(r"\1\2", line) for line in lines)
    return [{"type": "paragraph", "inside": inlines(text)}]


# ── code ──


def _fence(lines: list[str], at: int) -> Found | None:
    opened = _FENCE.match(lines[at])
    if not opened:
        return None
    inside: list[str] = []
    for index in range(at + 1, len(lines)):
        last = _before_fence(lines[index], opened[1])
        if last is None:
            inside.append(lines[index])
            continue
        if last:
            inside.append(last)
        return _code(inside, opened[2]), index + 1
    return (_code(inside, opened[2]), len(lines)) if not _are_blank(inside) else None


def _before_fence(line: str, fence: str) -> str | None:
    """What stands on a line before the fence that closes the code; backticks may end the last line of it."""
    line = line.rstrip(SPACES)
    before = line.rstrip(fence[0])
    if len(line) - len(before) < len(fence):
        return None
    if _is_blank(before):
        return ""
    return before if fence[0] == "`" else None


def _code(lines: list[str], language: str) -> Block:
    return {"type": "fence", "language": language.lower(), "text": "\n".join(lines)}


def _are_blank(lines: list[str]) -> bool:
    return all(_is_blank(line) for line in lines)


# ── quotes ──


def _quote(lines: list[str], at: int, depth: int) -> Found | None:
    if not _QUOTED.match(lines[at]) or not lines[at].strip(f"{SPACES}>"):
        return None
    inside: list[str] = []
    while at < len(lines) and (mark := _QUOTED.match(lines[at])):
        inside.append(lines[at][mark.end() :])
        at += 1
    return {"type": "quote", "inside": blocks(inside, depth + 1)}, at


# ── lists ──


class _Item:
    """The beginning of an item: where its mark and its words stand, and what kind of list it belongs to."""

    def __init__(self, line: str) -> None:
        self.indent, rest = _indented(line)
        mark = _ITEM.match(rest)
        self.kind = mark[1][-1] if mark else ""
        self.number = int(mark[1][:-1]) if mark and len(mark[1]) > 1 else None
        self.offset = self.indent + (mark.end() if mark else 0)
        self.words = rest[mark.end() :] if mark else ""


def _indented(line: str) -> tuple[int, str]:
    """By how many columns, and what follows; a tab counts four."""
    rest = line.lstrip(" \t")
    blank = line[: len(line) - len(rest)]
    return len(blank) + 3 * blank.count("\t"), rest


def _list(lines: list[str], at: int, depth: int) -> Found | None:
    item = _Item(lines[at])
    kind = item.kind
    items: list[Block] = []
    while kind and item.kind == kind:
        inside, at = _item_lines(lines, at, item)
        made: Block = {"inside": blocks(inside, depth + 1)}
        if item.number is not None:
            made["number"] = max(item.number, items[-1]["number"] + 1 if items else 0)
        items.append(made)
        after = _skip_blank(lines, at)
        item = _Item(lines[after]) if after < len(lines) else _Item("")
        at = after if item.kind == kind else at
    return ({"type": "list", "items": items}, at) if items else None


def _item_lines(lines: list[str], at: int, item: _Item) -> tuple[list[str], int]:
    """The lines of an item, without their indentation, and the line after them."""
    inside = [item.words]
    at += 1
    while (after := _skip_blank(lines, at)) < len(lines):
        width, rest = _indented(lines[after])
        if width < item.indent + 2:
            break
        inside += [""] * (after - at)
        inside.append(" " * max(0, width - item.offset) + rest)
        at = after + 1
    return inside, at


def _skip_blank(lines: list[str], at: int) -> int:
    while at < len(lines) and _is_blank(lines[at]):
        at += 1
    return at


# ── tables ──


def _table(lines: list[str], at: int) -> Found | None:
    aligns = _alignments(lines[at + 1]) if "|" in lines[at] and at + 1 < len(lines) else None
    head = _cells(lines[at]) if aligns else []
    if not aligns or len(head) != len(aligns):
        return None
    at += 2
    rows: list[list[str]] = []
    while at < len(lines) and "|" in lines[at]:
        row = _cells(lines[at])
        rows.append(row + [""] * (len(head) - len(row)))
        at += 1
    drawn = [[inlines(cell) for cell in row] for row in (head, *rows)]
    return {"type": "table", "align": aligns, "head": drawn[0], "rows": drawn[1:]}, at


def _alignments(line: str) -> list[str] | None:
    if "|" not in line or "-" not in line:
        return None
    found = [_ALIGNED.match(cell) for cell in _cells(line)]
    return None if None in found else [_ALIGNS[match[1], match[2]] for match in found if match]


def _cells(line: str) -> list[str]:
    """What stands between the bars; an escaped one is no bar."""
    cells = [cell.strip(SPACES) for cell in re.split(r"(?<!\\)\|", line)]
    first = 1 if len(cells) > 1 and not cells[0] else 0
    last = len(cells) - 1 if len(cells) > first + 1 and not cells[-1] else len(cells)
    return [cell.replace("\\|", "|") for cell in cells[first:last]]
