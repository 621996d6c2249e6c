"""What stands inside a paragraph: emphasis, code, links, names. `inlines.js` reads the same way, step by step.

One pass with a stack of what was opened. A mark that is never closed stays as it was typed, and so does what would lie
deeper than `DEEPEST`. Each step looks at no more than it uses up, so that the time grows with the length alone.
"""

import re
import unicodedata
from collections import Counter
from typing import Any

from digi.chat.text.addresses import SPACES, address_at, may_follow, target_at

Inline = str | dict[str, Any]

DEEPEST = 8
LONGEST_NAME = 80

# The shrug comes first: its arm is the one backslash that everybody types and means.
_TOKEN = re.compile(r"¯\\_\(ツ\)_/¯|\\[*_~|`\[\]#@]|`+|\*+|_+|~+|\|+|[\[\]@#]|[hH][tT][tT][pP][sS]?://")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e]")
_TYPES = {"**": "strong", "__": "strong", "*": "em", "_": "em", "~~": "strike", "||": "spoiler"}
_SPACE, _MARK, _OTHER = range(3)


def inlines(text: str) -> list[Inline]:
    """The pieces of `text`: strings, and objects that say their `type`."""
    return _Reader(text).read()


class _Open:
    """What was opened, and what was read since. An `exact` mark, inside a word, is ended by its equal only."""

    __slots__ = ("depth", "exact", "has_link", "mark", "nodes", "start")

    def __init__(self, mark: str, start: int, *, exact: bool = False) -> None:
        self.mark = mark
        self.start = start
        self.exact = exact
        self.nodes: list[Inline] = []
        self.depth = 0
        self.has_link = False

    @property
    def kind(self) -> str:
        return f"{self.mark}{'=' if self.exact else ''}"


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Open("", 0)]
        self.brackets: list[int] = []  # where on the stack a "[" waits
        self.counts: list[Counter[str]] = [Counter()]  # how many of each kind wait, since the last "["
        self.last_target = text.rfind("](")
        self.ticks: dict[int, list[int]] | None = None

    def read(self) -> list[Inline]:
        at = 0
        while found := _TOKEN.search(self.text, at):
            self.put(self.text[at : found.start()])
            at = self.take(found[0], found.start())
        self.put(self.text[at:])
        self.fold(0)
        return _joined(self.stack[0].nodes)

    def take(self, mark: str, at: int) -> int:
        """Read what begins with `mark`; returns where it ends."""
        match mark[0]:
            case "¯":
                self.put(mark)
            case "\\":
                self.put(mark[1])
            case "`":
                return self.code(mark, at)
            case "[":
                self.open_bracket(at)
            case "]":
                return self.close_bracket(at)
            case "@" | "#":
                return self.name(mark, at)
            case "h" | "H":
                return self.address(mark, at)
            case _:
                self.delimit(mark, at)
        return at + len(mark)

    # ── the stack ──

    def put(self, node: Inline, depth: int = 0, *, is_link: bool = False) -> None:
        top = self.stack[-1]
        if node:
            top.nodes.append(node)
        top.depth = max(top.depth, depth)
        top.has_link = top.has_link or is_link

    def push(self, opened: _Open) -> None:
        self.stack.append(opened)
        self.counts[-1][opened.kind] += 1

    def fold(self, index: int) -> None:
        """All that was opened above `index` was no mark, but text."""
        below = self.stack[index]
        for opened in self.stack[index + 1 :]:
            self.counts[-1][opened.kind] -= 1
            below.nodes += [opened.mark, *opened.nodes]
            below.depth = max(below.depth, opened.depth)
            below.has_link = below.has_link or opened.has_link
        del self.stack[index + 1 :]

    # ── emphasis, strike, spoilers ──

    def delimit(self, mark: str, at: int) -> None:
        opens, closes = _flanks(mark, self.text[at - 1 : at], self.text[at + len(mark) : at + len(mark) + 1])
        rest = self.close(mark, exact=opens and closes) if closes else mark
        if rest and opens:
            self.push(_Open(rest, at, exact=closes))
        else:
            self.put(rest)

    def close(self, mark: str, *, exact: bool) -> str:
        """End what `mark` can end, its equal before others; returns what is left of it."""
        while mark:
            partners = self.waiting(mark, f"{mark}=")
            if not partners and not exact:
                partners = self.waiting(mark[0], mark[0] * 2, mark[0] * 3)
            if not partners:
                break
            index = len(self.stack) - 1
            while self.stack[index].kind not in partners:
                index -= 1
            mark = self.wrap(index, mark)
        return mark

    def waiting(self, *kinds: str) -> list[str]:
        return [kind for kind in kinds if self.counts[-1][kind] > 0]

    def wrap(self, index: int, mark: str) -> str:
        self.fold(index)
        opened = self.stack.pop()
        self.counts[-1][opened.kind] -= 1
        size = min(len(opened.mark), len(mark), 2)
        used, opened.mark = opened.mark[:size], opened.mark[size:]
        inside = _joined(opened.nodes)
        is_deep = opened.depth >= DEEPEST
        nodes: list[Inline] = [used, *inside, used] if is_deep else [{"type": _TYPES[used], "inside": inside}]
        depth = opened.depth if is_deep else opened.depth + 1
        if opened.mark:
            opened.nodes, opened.depth = nodes, depth
            self.push(opened)
        else:
            for node in nodes:
                self.put(node, depth, is_link=opened.has_link)
        return mark[size:]

    # ── code ──

    def code(self, mark: str, at: int) -> int:
        start = at + len(mark)
        end = self.next_ticks(len(mark), start)
        if end < 0:
            self.put(mark)
            return start
        text = self.text[start:end]
        is_padded = text[0] == " " == text[-1] and text.strip(SPACES)
        self.put({"type": "code", "text": text[1:-1] if is_padded else text}, 1)
        return end + len(mark)

    def next_ticks(self, size: int, start: int) -> int:
        """Where the next run of exactly so many backticks begins, or -1."""
        if self.ticks is None:
            self.ticks = {}
            for run in reversed([*re.finditer("`+", self.text)]):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        runs = self.ticks.get(size, [])
        while runs and runs[-1] < start:
            runs.pop()
        return runs[-1] if runs else -1

    # ── links ──

    def open_bracket(self, at: int) -> None:
        if at > self.last_target:
            self.put("[")  # nothing will end it, and it shall keep nothing else from ending
            return
        self.brackets.append(len(self.stack))
        self.stack.append(_Open("[", at))
        self.counts.append(Counter())

    def close_bracket(self, at: int) -> int:
        if not self.brackets:
            self.put("]")
            return at + 1
        self.fold(self.brackets.pop())
        self.counts.pop()
        opened = self.stack.pop()
        url, end = target_at(self.text, at + 1)
        words = self.text[opened.start + 1 : at].strip(SPACES)
        # A link inside a link stays one, and shows where it leads: so no text can name one address and lead to another.
        if url and words and not opened.has_link and opened.depth < DEEPEST:
            self.put({"type": "link", "url": url, "inside": _joined(opened.nodes)}, opened.depth + 1, is_link=True)
            return end
        for node in ("[", *opened.nodes, "]"):
            self.put(node, opened.depth, is_link=opened.has_link)
        return at + 1

    def address(self, mark: str, at: int) -> int:
        found = address_at(self.text, at)
        if not found:
            self.put(mark)
            return at + len(mark)
        is_link = may_follow(found)
        self.put({"type": "link", "url": found, "inside": [found]} if is_link else found, int(is_link), is_link=is_link)
        return at + len(found)

    # ── people and rooms ──

    def name(self, mark: str, at: int) -> int:
        end = at + 1
        while end <= at + LONGEST_NAME + 1 and _is_in_name(self.text[end : end + 1]):
            end += 1
        # Where "_" has opened emphasis it also ends it; elsewhere a name may end with one.
        is_open = any(count > 0 for kind, count in self.counts[-1].items() if kind[0] == "_")
        name = self.text[at + 1 : end].rstrip("._-" if is_open else ".-")
        if not name or len(name) > LONGEST_NAME or not _is_word(name[0]) or not _may_begin(self.text[at - 1 : at]):
            self.put(mark)
            return at + 1
        self.put({"type": "mention" if mark == "@" else "room", "name": name}, 1)
        return at + 1 + len(name)


def _joined(nodes: list[Inline]) -> list[Inline]:
    """Neighbouring strings made one."""
    joined: list[Inline] = []
    run: list[str] = []
    for node in (*nodes, None):
        if isinstance(node, str):
            run.append(node)
            continue
        if run:
            joined.append("".join(run))
            run = []
        if node is not None:
            joined.append(node)
    return joined


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether `mark` can open and whether it can close (CommonMark 0.31, 6.2, with fewer characters as punctuation)."""
    if len(mark) > 3 or (mark[0] in "~|" and len(mark) != 2) or _is_arithmetic(mark, before, after):
        return False, False
    left, right = _kind(before), _kind(after)
    opens = right == _OTHER or (right == _MARK and left != _OTHER)
    closes = left == _OTHER or (left == _MARK and right != _OTHER)
    if mark[0] == "_":
        return opens and left != _OTHER, closes and right != _OTHER
    return opens, closes


def _is_arithmetic(mark: str, before: str, after: str) -> bool:
    """`2*3*4`, `a*b` and `2**8` are no emphasis."""
    both = before + after
    if mark[0] != "*" or len(both) < 2 or not both.isascii():
        return False
    return both.isalnum() if len(mark) == 1 else both.isdigit()


def _kind(char: str) -> int:
    if not char or char in SPACES:
        return _SPACE
    return _MARK if _PUNCTUATION.match(char) else _OTHER


def _is_word(char: str) -> bool:
    return bool(char) and unicodedata.category(char)[0] in "LNM"


def _is_in_name(char: str) -> bool:
    return bool(char) and (char in "._-" or _is_word(char))


def _may_begin(before: str) -> bool:
    """A name does not begin inside a word or an address, and `&#39;` names no room."""
    return not before or not (before in "@#/&" or _is_word(before))
