"""Who hears a stream: what a door's socket has to offer the hub, and which sockets a change is for."""

from collections.abc import Callable
from typing import Any, Protocol

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


class Audience:
    """Who hears one stream, and each from where on: a socket hears what is newer than the rev at which it began."""

    __slots__ = ("_after", "_newest")

    def __init__(self) -> None:
        self._after: dict[Socket, int] = {}
        self._newest = 0  # of those revs: beyond it there is nothing to compare

    def __bool__(self) -> bool:
        return bool(self._after)

    def add(self, socket: Socket) -> None:
        self._after.setdefault(socket, 0)

    def remove(self, socket: Socket) -> None:
        del self._after[socket]

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

    def hearers(self, rev: int = 0) -> list[Socket]:
        """Everybody whom the change of this rev is for."""
        if not rev or self.all_hear(rev):
            return list(self._after)
        return [socket for socket, after in self._after.items() if rev > after]
