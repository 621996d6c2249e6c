"""The envelopes of the `digi` dialect, `/ws/`. Additions are free; anything else raises VERSION.

A client sends `Ask`, `Sync`, `Ping`, `Watch`, `Here`, `Typing` and `Ack`; the server sends all the others.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from digi.errors import DigiError
from digi.protocol.commands import Command, parse, refusal
from digi.protocol.ids import FROM_WIRE, MAX_BODY, Ref, RoomId, Username
from digi.protocol.objects import (
    Block,
    Draft,
    Entry,
    Friend,
    Left,
    Me,
    Member,
    Message,
    Person,
    Presence,
    Result,
    Room,
)

VERSION = 1
MAX_FRAME = 128 * 1024
MAX_CURSORS = 500
MAX_WATCHED = 200


class Sent(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Ask(Sent):
    """Ask for a command: `command` holds the command's `type` and fields. Answered by `Reply` with the same `ref`."""

    type: Literal["ask"] = "ask"
    ref: Ref
    command: dict[str, Any]

    def parsed(self) -> Command:
        return parse(str(self.command.get("type")), self.command)


class Sync(Sent):
    """Ask for what one missed: for each log (a room's id, or `me`) the newest rev one holds."""

    type: Literal["sync"] = "sync"
    ref: Ref
    cursors: Annotated[dict[str, Annotated[int, Field(ge=0, le=2**62)]], Field(max_length=MAX_CURSORS)]


class Ping(Sent):
    """Answered by `Pong`: a way to see that the connection lives, through proxies that swallow WebSocket pings."""

    type: Literal["ping"] = "ping"


class Watch(Sent):
    """Name the people whose presence one wants to hear, in place of those named before; told in `Signal`s of `me`.

    Who may not be seen, or does not exist, is never heard of.
    """

    type: Literal["watch"] = "watch"
    people: Annotated[list[Username], Field(max_length=MAX_WATCHED)]


class Here(Sent):
    """Whether anybody sits before the screen. A socket begins `online`."""

    type: Literal["here"] = "here"
    state: Literal["online", "away"]


class Typing(Sent):
    """One is writing in a room: to be said again every three seconds, and forgotten after six."""

    type: Literal["typing"] = "typing"
    room: RoomId


class Ack(Sent):
    """How far this client holds its direct rooms, for the others in them to know; at most once a second."""

    type: Literal["ack"] = "ack"
    cursors: Annotated[dict[str, Annotated[int, Field(ge=0, le=2**62)]], Field(max_length=MAX_CURSORS)]


class Problem(BaseModel):
    """A refusal. `field` is what was wrong; `retry_after` counts seconds."""

    code: str
    detail: str
    field: str | None = None
    ref: str | None = None
    key: str | None = None
    retry_after: float | None = None


class Limits(BaseModel):
    body: int = MAX_BODY
    frame: int = MAX_FRAME
    cursors: int = MAX_CURSORS


class Welcome(BaseModel):
    """First on every connection. `heads` has the newest rev of each log one hears: `me` and one's rooms, by id.

    A new `epoch` means that an older state of the server came back: forget everything and fetch it again.
    """

    type: Literal["welcome"] = "welcome"
    version: int = VERSION
    epoch: str
    me: Me
    heads: dict[str, int]
    limits: Limits = Limits()


class Reply(BaseModel):
    """The answer to an `Ask`."""

    type: Literal["reply"] = "reply"
    ref: str
    ok: bool
    result: Result | None = None
    error: Problem | None = None


class Change(BaseModel):
    """The next change of a log, with the changed object as it is now: for a room's log (`log` is the room's id)
    one of `message`, `member`, `room`; for one's own (`me`) one of `entry`, `left`, `friend`, `block`, `draft`, `me`.
    """

    type: Literal["change"] = "change"
    log: str
    rev: int
    message: Message | None = None
    member: Member | None = None
    room: Room | None = None
    entry: Entry | None = None
    left: Left | None = None
    friend: Friend | None = None
    block: Block | None = None
    draft: Draft | None = None
    me: Me | None = None


class Page(BaseModel):
    """The changes of a log with rev ≤ `upto`, oldest first, each as in `Change`; go on from `upto` while `more`.

    Holes in `rev` are normal here: an object that changed often comes once, as it is now.
    """

    changes: list[dict[str, Any]]
    upto: int
    head: int
    more: bool


class Synced(BaseModel):
    """The answer to a `Sync`: a page for each log that is one's own. A room missing here is not, or no longer."""

    type: Literal["synced"] = "synced"
    ref: str
    logs: dict[str, Page]


class Signal(BaseModel):
    """Something that passes and is never kept.

    `read` and `delivered` say how far a member has read (`username: pos`) and holds the log (`username: rev`), `typing`
    who writes, `presence` who of those one watches is here, `person` how somebody's profile is now.
    """

    type: Literal["signal"] = "signal"
    log: str
    read: dict[str, int] | None = None
    delivered: dict[str, int] | None = None
    typing: str | None = None
    presence: dict[str, Presence] | None = None
    person: Person | None = None


class Pong(BaseModel):
    type: Literal["pong"] = "pong"


class Error(BaseModel):
    """The answer to a frame that was none of those a client sends."""

    type: Literal["error"] = "error"
    error: Problem


Asked = Ask | Sync | Ping | Watch | Here | Typing | Ack
_FRAMES: TypeAdapter[Asked] = TypeAdapter(Annotated[Asked, Field(discriminator="type")])


def read(fields: dict[str, Any]) -> Asked:
    """A client's frame; raises Invalid."""
    try:
        return _FRAMES.validate_python(fields, context=FROM_WIRE)
    except ValidationError as error:
        raise refusal(error, of_frames=True) from None


def problem(error: DigiError, *, ref: str | None = None, key: str | None = None) -> dict[str, Any]:
    """The one shape of a refusal, through every door."""
    said = Problem(
        code=error.code, detail=error.detail, field=error.field, ref=ref, key=key, retry_after=error.retry_after
    )
    return said.model_dump(exclude_none=True)


def key_of(asked: Mapping[str, Any]) -> str | None:
    """The key by which a client finds the message that a refusal is about, as far as it sent one."""
    key = asked.get("key")
    return key[:64] if isinstance(key, str) else None
