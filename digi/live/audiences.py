"""Who hears a stream: what a door's socket has to offer the hub, and which sockets a change is for."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Protocol

from digi.live.changes import Change, Signal
from digi.live.prepared import Prepared

Deliver = Callable[[str, int, Prepared], None]
"""(name, rev, frame): send a frame of the stream `name`; `rev` is 0 for a signal."""


class Line(Protocol):
    @property
    def ready(self) -> Any:
        """The transport, while it is there and its reader keeps up; else None."""


class Dialect(Protocol):
    def change(self, change: Change, after: int) -> str | None:
        """The frame for this change, for sockets that hold everything up to `after`; None if they do not hear it."""

    def signal(self, signal: Signal) -> str | None: ...


class Socket(Protocol):
    """What a door puts in: all calls come on the loop's thread and must not block."""

    person_id: int

    @property
    def dialect(self) -> Dialect: ...

    @property
    def follows(self) -> bool:
        """Whether it hears rooms as its person gains them."""

    @property
    def line(self) -> Line | None:
        """Where the bytes of a frame may be written at once, past `deliver`."""

    @property
    def deliver(self) -> Deliver:
        """Called at once, for each frame anew."""

    def removed(self, name: str) -> None:
        """It hears nothing of this stream any more."""

    def recheck(self) -> None:
        """What its person may do has changed: look whether it may stay."""

    def rewatch(self) -> None:
        """Whom its person may see has changed: look again."""

    def restart(self) -> None:
        """This hub can no longer tell it what it missed: have it come back with its cursors."""


class Lines:
    """Counts how often a line has become ready, or no longer is: until the next time, what is known of them holds."""

    changes = 0


def lines_changed() -> None:
    Lines.changes += 1


class Hearers(NamedTuple):
    """Whom a change is for: by dialect the transports to which it may be written, and the sockets that are told."""

    ready: dict[Dialect, list[Any]]
    others: list[Socket]


def hearers(sockets: Iterable[Socket]) -> Hearers:
    found = Hearers({}, [])
    for socket in sockets:
        transport = None if socket.line is None else socket.line.ready
        if transport is None:
            found.others.append(socket)
        else:
            found.ready.setdefault(socket.dialect, []).append(transport)
    return found


class Audience:
    """Who hears one stream, and each from where on: a socket hears what is newer than the rev at which it began."""

    __slots__ = ("_after", "_hearers", "_known_at", "_newest")

    def __init__(self) -> None:
        self._after: dict[Socket, int] = {}
        self._newest = 0  # of those revs: beyond it there is nothing to compare
        self._hearers: Hearers | None = None
        self._known_at = 0

    def __bool__(self) -> bool:
        return bool(self._after)

    def add(self, socket: Socket) -> None:
        self._after.setdefault(socket, 0)
        self._hearers = None

    def remove(self, socket: Socket) -> None:
        del self._after[socket]
        self._hearers = None

    def hear_after(self, socket: Socket, rev: int) -> None:
        self._after[socket] = rev
        self._newest = max(self._newest, rev)

    def hears(self, socket: Socket, rev: int = 0) -> bool:
        """Whether the change of this rev is for the socket; anything at all where there is none."""
        after = self._after.get(socket)
        return after is not None and (not rev or rev > after)

    def all_hear(self, rev: int) -> bool:
        """Whether the change of this rev, and all that are newer, are for everybody here."""
        return rev > self._newest

    def sockets(self, rev: int = 0) -> list[Socket]:
        """Everybody whom the change of this rev is for."""
        if not rev or self.all_hear(rev):
            return list(self._after)
        return [socket for socket, after in self._after.items() if rev > after]

    def hearers(self, rev: int) -> Hearers:
        """The same, by the way in which they are told: kept, as for most changes nobody has come or gone."""
        if not self.all_hear(rev):
            return hearers(self.sockets(rev))
        if self._hearers is None or self._known_at != Lines.changes:
            self._hearers, self._known_at = hearers(self._after), Lines.changes
        return self._hearers
