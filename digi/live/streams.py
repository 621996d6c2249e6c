"""One stream in one process, without I/O: what has been delivered, what waits for its turn, what is still remembered.

Delivery is contiguous: a change goes out when all before it have. What never arrives is read from the source.
"""

from collections.abc import Iterable

from digi.live.changes import Change

REMEMBERED = 200


class Stream:
    def __init__(self, name: str) -> None:
        self.name = name
        self.head: int | None = None  # unknown until the first reading
        self._waiting: dict[int, Change] = {}
        self._recent: dict[str, Change] = {}  # newest state by object, in rev order
        self._floor = 0  # all that changed after this rev is in `_recent`

    @property
    def has_hole(self) -> bool:
        """Whether a change waits for one that has not come."""
        return self.head is not None and bool(self._waiting)

    def start(self, head: int) -> list[Change]:
        """Take `head` as read from the source, if nothing is known yet; returns what waited for that."""
        if self.head is not None:
            return []
        self.head = self._floor = head
        self._drop_known()
        return self._ready()

    def offer(self, change: Change) -> list[Change]:
        """The changes that may go out now that `change` has come, in rev order.

        Before the first reading none may: an earlier change that is still on its way would be passed over.
        """
        if self.head is None or change.rev > self.head:
            self._waiting[change.rev] = change
        return [] if self.head is None else self._ready()

    def repair(self, read: Iterable[Change], upto: int) -> list[Change]:
        """The changes that may go out now that the source was `read` up to `upto`; holes in it are normal."""
        known = self._known
        fresh = [change for change in read if known < change.rev <= upto]
        for change in fresh:
            self._remember(change)
        self.head = max(known, upto)
        self._drop_known()
        return fresh + self._ready()

    def since(self, after: int) -> list[Change] | None:
        """What changed after this rev, from memory; None if memory does not reach back so far."""
        if self.head is None or after < self._floor:
            return None
        return [change for change in self._recent.values() if change.rev > after]

    def recall(self, read: Iterable[Change], after: int, upto: int) -> None:
        """Remember what the source had between `after` and what is remembered: others who were away will ask for it.

        What was read is of no use where what has been forgotten since may be newer than it.
        """
        if self.head is None or not after < self._floor <= upto:
            return
        older = {change.ident: change for change in read if change.rev <= self._floor}
        self._recent = {**{ident: one for ident, one in older.items() if ident not in self._recent}, **self._recent}
        self._floor = after
        self._forget_oldest()

    @property
    def _known(self) -> int:
        assert self.head is not None, "a stream is repaired only from a head that is known"
        return self.head

    def _drop_known(self) -> None:
        self._waiting = {rev: change for rev, change in self._waiting.items() if rev > self._known}

    def _ready(self) -> list[Change]:
        ready: list[Change] = []
        while (change := self._waiting.pop(self._known + 1, None)) is not None:
            self.head = change.rev
            self._remember(change)
            ready.append(change)
        return ready

    def _remember(self, change: Change) -> None:
        self._recent.pop(change.ident, None)  # a superseded text is not kept anywhere
        self._recent[change.ident] = change
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        while len(self._recent) > REMEMBERED:
            oldest = next(iter(self._recent))
            self._floor = self._recent.pop(oldest).rev
