"""What travels on a stream; knows how it looks between processes, but not on a socket."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digi.protocol import objects
from digi.protocol.objects import Shown

ROOM, PERSON = "room", "person"

_SHOWN: dict[str, type[Shown]] = {
    "message": objects.Message,
    "member": objects.Member,
    "room": objects.Room,
    "entry": objects.Entry,
    "left": objects.Left,
    "friend": objects.Friend,
    "block": objects.Block,
    "draft": objects.Draft,
    "me": objects.Me,
    "person": objects.Person,
}


def stream(kind: str, number: int) -> str:
    """The name of a log's stream, such as `room.42`; also a valid group name for a channel layer."""
    return f"{kind}.{number}"


def split(name: str) -> tuple[str, int]:
    kind, _, number = name.partition(".")
    return kind, int(number)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a log: `shown` is the changed object as it is now, `kind` its name on the wire.

    `ident` tells objects of a stream apart; `added` is the rev at which the object came to be.
    `leaver`: the person whose sockets hear nothing of this stream from here on.
    `hears`, `stops`: the stream that this stream's sockets hear from here on, or no longer.
    """

    stream: str
    rev: int
    kind: str
    shown: Shown
    ident: str
    added: int
    leaver: int | None = None
    hears: str | None = None
    stops: str | None = None

    @property
    def is_only_said(self) -> bool:
        """Whether nothing follows from it for who hears what."""
        return self.kind == "message"

    def packed(self) -> dict[str, Any]:
        """For another process, as plain values."""
        plain = {name: value for name in _PLAIN if (value := getattr(self, name)) is not None}
        return {**plain, "shown": self.shown.json_text()}


_PLAIN = ("stream", "rev", "kind", "ident", "added", "leaver", "hears", "stops")


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that passes: never numbered, never repaired. `unheard_by`: the people it is not for.

    `after`: the stream's rev when it was made. A hub that has not come so far drops it: somebody who still hears the
    stream there may have been removed by then. `rewatch` is heard by nobody: it has those who hear the stream look
    again whom they may see.
    """

    stream: str
    content: Mapping[str, Any]
    unheard_by: frozenset[int] = frozenset()
    after: int = 0
    rewatch: bool = False

    def packed(self) -> dict[str, Any]:
        """For another process, as plain values."""
        plain = {name: getattr(self, name) for name in ("stream", "after", "rewatch")}
        return {**plain, "content": dict(self.content), "unheard_by": sorted(self.unheard_by)}


Published = Change | Signal


def unpacked(packed: dict[str, Any]) -> Published:
    if "content" in packed:
        return Signal(**{**packed, "unheard_by": frozenset(packed["unheard_by"])})
    shown = _SHOWN[packed["kind"]].from_json_text(packed["shown"])
    return Change(**{**packed, "shown": shown})
