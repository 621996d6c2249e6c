"""What a client is shown. The same object goes to everybody who may see it; only a person's log is per person."""

import json
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, cast

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from digi.protocol.choices import ClockTime, Density, Language, Notify, TextSize, Theme, UndoSend, Zone
from digi.protocol.ids import MessageId, RoomId

Kind = Literal["direct", "group", "public"]
Role = Literal["owner", "moderator", "member"]


@lru_cache(maxsize=64)  # all that is written together has one moment
def rfc3339(moment: datetime) -> str:
    """UTC with milliseconds, as browsers' own clocks have them (RFC 3339)."""
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


Moment = Annotated[datetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]


_set = object.__setattr__
_TEXT = "_json_text"


@cache
def _defaults(model: type[BaseModel]) -> dict[str, Any]:
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


class Shown(BaseModel):
    """Fields with a default are left out on the wire where they are not set; all others are always there."""

    model_config = ConfigDict(frozen=True)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:  # type: ignore[override]
        """As Pydantic's, which looks for aliases, extra fields and defaults to copy; here are none."""
        shown = cls.__new__(cls)
        _set(shown, "__dict__", {**_defaults(cls), **values})
        _set(shown, "__pydantic_fields_set__", _fields_set or set(values))
        _set(shown, "__pydantic_extra__", None)
        _set(shown, "__pydantic_private__", None)
        return shown

    def json_text(self) -> str:
        """Compact JSON, made once."""
        text: str | None = self.__dict__.get(_TEXT)
        if text is None:
            text = self.__dict__[_TEXT] = self._encoded()
        return text

    def _encoded(self) -> str:
        return self.model_dump_json(exclude_unset=True)

    @classmethod
    def from_json_text(cls, text: str) -> Self:
        """What another process has encoded: it goes out as it came, and is read only when somebody looks into it.

        That raises ValueError where it cannot be read, or NotFound for an id that no key of ours has sealed.
        """
        shown = cls.model_construct()
        _set(shown, "__dict__", {_TEXT: text})
        return cast("Self", shown)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Called where there is no such attribute, or none yet."""
            if name not in type(self).model_fields or _TEXT not in self.__dict__:
                return super().__getattr__(name)
            read = self.model_validate_json(self.__dict__[_TEXT])
            self.__dict__.update(read.__dict__)
            _set(self, "__pydantic_fields_set__", read.model_fields_set)
            return self.__dict__[name]

    def json_value(self) -> dict[str, Any]:
        """The same as plain values, ready to be encoded."""
        value: dict[str, Any] = json.loads(self.json_text())
        return value


class Person(Shown):
    """Somebody, as anybody who may see them does. `hue` is 0 … 359."""

    username: str
    display_name: str
    initials: str
    hue: int
    bot: bool


class Event(Shown):
    """What a system message tells; clients word it. `person` is whom it happened to, `to` the new value."""

    name: Literal[
        "room.renamed",
        "room.topic",
        "room.archived",
        "room.unarchived",
        "member.invited",
        "member.removed",
        "member.left",
        "member.role",
    ]
    person: str | None = None
    to: str | None = None


class Reaction(Shown):
    """An emoji that somebody put to a message, with everybody who did, the first one first."""

    emoji: str
    people: list[str]


class Pin(Shown):
    by: str
    at: Moment


class Message(Shown):
    """A message, or, when `deleted`, the tombstone in its place. `pos` counts 1 … n in its room, without gaps.

    `author` of a `system` message is whoever caused it. `key` is there if the sender gave one. `mentions` are the
    members whom the text addresses, with `everyone` for all. `forwarded_from` wrote what is passed on here.
    """

    id: MessageId
    room: RoomId
    pos: int
    rev: int
    author: str
    kind: Literal["text", "system"]
    body: str
    event: Event | None = None
    key: str | None = None
    reply_to: MessageId | None
    sent_at: Moment
    edited_at: Moment | None
    deleted: bool
    mentions: list[str] = []
    reactions: list[Reaction] = []
    pinned: Pin | None = None
    forwarded_from: str | None = None


class Member(Shown):
    """A person's place in a room; `left` once they are gone."""

    room: RoomId
    rev: int
    person: str
    profile: Person
    role: Role
    joined_at: Moment
    left: bool


class Room(Shown):
    """A room as its members see it. A direct room has no name, but two `people` (usernames) and their `profiles`."""

    id: RoomId
    rev: int
    kind: Kind
    name: str | None
    topic: str
    people: list[str] | None = None
    profiles: list[Person] | None = None
    archived: bool
    created_at: Moment


class Entry(Room):
    """A room in one person's inbox. `unread` = `last_pos` - `read_pos`; `entry_rev` counts in the person's log.

    `mentions` counts unread messages that address the person. `muted_until` of the year 9999 is for good.
    """

    head: int
    last_pos: int
    read_pos: int
    unread: int
    role: Role
    entry_rev: int
    last: Message | None = None
    mentions: int = 0
    muted_until: Moment | None = None
    starred: bool = False


class Left(Shown):
    """A room that is no longer in one's inbox."""

    id: RoomId
    entry_rev: int


class Friend(Shown):
    """How one stands with a person. `none` after a friendship or request has ended."""

    person: str
    profile: Person
    state: Literal["friend", "incoming", "outgoing", "none"]
    rev: int


class Block(Shown):
    """A person one has blocked; `active` is false once that is lifted."""

    person: str
    profile: Person
    active: bool
    rev: int


class Draft(Shown):
    """What one has begun to write in a room; an empty `body` is none (any more)."""

    room: RoomId
    body: str
    reply_to: MessageId | None
    rev: int
    saved_at: Moment


class Settings(Shown):
    """How Digi looks and behaves for one person: see `settings.edit`."""

    theme: Theme = "system"
    density: Density = "comfortable"
    text_size: TextSize = 100
    language: Language = ""
    enter_sends: bool = True
    sounds: bool = True
    notify: Notify = "mentions"
    undo_send: UndoSend = 0
    quiet_from: ClockTime = ""
    quiet_to: ClockTime = ""
    zone: Zone = ""
    show_online: bool = True
    show_last_seen: bool = True
    show_reads: bool = True


class Presence(Shown):
    """Whether a person is here; `seen_at` is when they last were, if they let others know."""

    state: Literal["online", "away", "offline"]
    seen_at: Moment | None = None


class Me(Person):
    """Oneself. `head` is the newest rev of one's own log. `settings` holds what differs from the defaults."""

    rev: int
    owner: bool
    head: int
    settings: Settings


class Result(Shown):
    """What a command answers with: what it made or changed, or nothing. `is_repeat` stays inside the server."""

    is_repeat: bool = Field(default=False, exclude=True)

    def _encoded(self) -> str:
        """Of parts which others may be told as well."""
        parts: dict[str, Shown] = {name: getattr(self, name) for name in self.model_fields_set - {"is_repeat"}}
        return "{" + ",".join(f'"{name}":{part.json_text()}' for name, part in parts.items()) + "}"

    room: Entry | None = None
    message: Message | None = None
    person: Person | None = None
    member: Member | None = None
    friend: Friend | None = None
    draft: Draft | None = None
    me: Me | None = None
    block: Block | None = None
