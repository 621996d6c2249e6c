"""Where the truth about a kind of stream is read; each kind's owner registers itself, `live` imports none."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from digi.live.changes import Change, split

Heads = Callable[[Iterable[int]], dict[int, int]]
"""The newest rev of each log, by id; ids that are gone are missing."""

Changes = Callable[[int, int, int, int], list[Change]]
"""(id, after, upto, limit): the objects whose last change has after < rev ≤ upto, in rev order, at most `limit`."""

PAGE = 200

_heads: dict[str, Heads] = {}
_changes: dict[str, list[Changes]] = {}


@dataclass(frozen=True, slots=True)
class Page:
    changes: list[Change]
    upto: int
    head: int

    @property
    def has_more(self) -> bool:
        return self.upto < self.head

    def value(self) -> dict[str, Any]:
        """The same over socket and HTTP."""
        changes = [{"rev": change.rev, change.kind: change.shown} for change in self.changes]
        return {"changes": changes, "upto": self.upto, "head": self.head, "more": self.has_more}


def register(kind: str, *, heads: Heads | None = None, changes: Changes) -> None:
    """Say where changes of `kind` are read. Several packages may hold parts of one log; one of them has its head."""
    if heads is not None:
        _heads[kind] = heads
    readers = _changes.setdefault(kind, [])
    if changes not in readers:
        readers.append(changes)


def heads(kind: str, ids: Iterable[int]) -> dict[int, int]:
    return _heads[kind](ids)


def page(stream: str, after: int, limit: int = PAGE) -> Page:
    """The next changes of a log: read the head first, then rows up to it, so that nothing newer slips in between."""
    kind, number = split(stream)
    head = heads(kind, [number]).get(number, after)
    found = [change for read in _changes[kind] for change in read(number, after, head, limit + 1)]
    found.sort(key=lambda change: change.rev)
    return cut(found, head, after, limit)


def cut(found: list[Change], head: int, after: int, limit: int) -> Page:
    """The first `limit` of all changes that were found after `after`, in rev order."""
    if len(found) <= limit:
        return Page(found, max(head, after), head)
    return Page(found[:limit], found[limit - 1].rev, head)
