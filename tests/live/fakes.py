"""A room without a database: changes made by hand, the log they stand in, and sockets that remember what they heard."""

from dataclasses import dataclass, field

from digi.live import sources
from digi.live.changes import Change, Signal, stream
from digi.protocol import codec, objects
from digi.protocol.objects import Shown

LOUNGE, ALICE, BOB = 42, 1, 2
ROOM, ME = stream("room", LOUNGE), stream("person", BOB)


class Said(Shown):
    """What stands in for a message, a membership or an entry."""

    body: str = ""
    head: int = 0


def change(
    rev: int, ident: str = "", body: str = "", *, log: str = ROOM, kind: str = "message", **ends: object
) -> Change:
    ident = ident or f"message:{rev}"
    head = ends.pop("head", 0)
    return Change(log, rev, kind, Said(body=body or f"at {rev}", head=head), ident, added=rev, **ends)  # type: ignore[arg-type]


def message(rev: int, body: str) -> Change:
    """A change with a real message, which survives the way between processes."""
    shown = objects.Message.model_validate(
        {"id": rev, "room": LOUNGE, "pos": rev, "rev": rev, "author": "alice", "kind": "text", "body": body}
        | {"reply_to": None, "sent_at": "2026-01-01T00:00:00Z", "edited_at": None, "deleted": False}
    )
    return Change(ROOM, rev, "message", shown, f"message:{rev}", added=rev)


@dataclass
class Logs:
    """A source of streams: what is in it is committed. Counts how often it is read."""

    written: dict[str, list[Change]] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    looks: int = 0
    is_down: bool = False

    def write(self, *changes: Change) -> None:
        for one in changes:
            self.written.setdefault(one.stream, []).append(one)

    def head(self, name: str) -> int:
        return max((one.rev for one in self.written.get(name, ())), default=0)

    def register(self, kind: str) -> None:
        def heads(ids):
            self.looks += 1
            if self.is_down:
                raise OSError("the database is away")
            return {number: self.head(stream(kind, number)) for number in ids}

        def changes(number, after, upto, limit):
            name = stream(kind, number)
            self.reads.append(name)
            newest = {one.ident: one for one in sorted(self.written.get(name, ()), key=lambda one: one.rev)}
            found = [one for one in newest.values() if after < one.rev <= upto]
            return sorted(found, key=lambda one: one.rev)[:limit]

        sources._heads[kind], sources._changes[kind] = heads, [changes]


class Plain:
    """A dialect that counts what it renders."""

    def __init__(self) -> None:
        self.rendered = 0

    def change(self, change: Change, after: int) -> str | None:
        self.rendered += 1
        return codec.encode({"log": change.stream, "rev": change.rev, "body": getattr(change.shown, "body", "")})

    def signal(self, signal: Signal) -> str | None:
        self.rendered += 1
        return codec.encode({"log": signal.stream, **signal.content})


@dataclass
class Wire:
    """A line and its transport in one: keeps the bytes that were written past `deliver`."""

    is_kept_up_with: bool = True
    closes: bool = False
    written: list[bytes] = field(default_factory=list)

    @property
    def ready(self) -> "Wire | None":
        return self if self.is_kept_up_with else None

    def is_closing(self) -> bool:
        return self.closes

    def write(self, wire: bytes) -> None:
        self.written.append(wire)


@dataclass(eq=False)
class Listener:
    """A socket."""

    person_id: int = ALICE
    dialect: Plain = field(default_factory=Plain)
    follows: bool = True
    frames: list[dict[str, object]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    rechecks: int = 0
    rewatches: int = 0
    restarts: int = 0
    line: "Wire | None" = None

    def deliver(self, name: str, rev: int, frame: str) -> None:
        self.frames.append(codec.decode(frame))

    def removed(self, name: str) -> None:
        self.lost.append(name)

    def recheck(self) -> None:
        self.rechecks += 1

    def rewatch(self) -> None:
        self.rewatches += 1

    def restart(self) -> None:
        self.restarts += 1

    def revs(self, log: str = ROOM) -> list[object]:
        return [frame["rev"] for frame in self.frames if frame["log"] == log and "rev" in frame]
