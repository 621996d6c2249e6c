"""What a client may ask for, and every limit. Each class is a frame, an HTTP method and a page of the manual.

A new command is a class here, a function in `chat/actions` or `accounts/actions` and a line in `execute.py`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from digi.errors import Invalid, sentence
from digi.protocol.choices import ClockTime, Density, Language, Notify, TextSize, Theme, UndoSend, Zone
from digi.protocol.ids import (
    FROM_WIRE,
    Body,
    DisplayName,
    DraftBody,
    Emoji,
    Key,
    MessageId,
    RoomId,
    RoomName,
    Topic,
    Username,
    server_key,
)

MAX_PEOPLE_AT_ONCE = 50


class Command(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)
    name_on_wire: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.name_on_wire = get_args(cls.model_fields["type"].annotation)[0]
        BY_NAME[cls.name_on_wire] = cls


BY_NAME: dict[str, type[Command]] = {}


class AddMessage(Command):
    """Add a message to a room. With the same `key`, however often repeated, it is added once."""

    type: Literal["message.add"] = "message.add"
    room: RoomId
    body: Body
    key: Key = Field(default_factory=server_key)
    reply_to: MessageId | None = None


class EditMessage(Command):
    """Replace the text of one's own message. The earlier text is kept as a revision."""

    type: Literal["message.edit"] = "message.edit"
    message: MessageId
    body: Body


class DeleteMessage(Command):
    """Delete a message: its text and revisions are gone for everyone, a tombstone stays in its place."""

    type: Literal["message.delete"] = "message.delete"
    message: MessageId


class ForwardMessage(Command):
    """Add a message to `room` that says what another message says, and who wrote that."""

    type: Literal["message.forward"] = "message.forward"
    message: MessageId
    room: RoomId
    key: Key = Field(default_factory=server_key)


class ReactToMessage(Command):
    """Put an emoji to a message, or, with `on: false`, take one's own away."""

    type: Literal["message.react"] = "message.react"
    message: MessageId
    emoji: Emoji
    on: bool = True


class PinMessage(Command):
    """Keep a message where all members find it, or, with `pinned: false`, no longer."""

    type: Literal["message.pin"] = "message.pin"
    message: MessageId
    pinned: bool = True


class CreateRoom(Command):
    """Create a room; for `direct`, `people` names one other person and the same pair always gets the same room."""

    type: Literal["room.create"] = "room.create"
    kind: Literal["direct", "group", "public"]
    name: RoomName | None = None
    people: Annotated[list[Username], Field(max_length=MAX_PEOPLE_AT_ONCE)] = []


class OpenRoom(Command):
    """Enter the public room of this name; create it if there is none."""

    type: Literal["room.open"] = "room.open"
    name: RoomName


class JoinRoom(Command):
    """Enter a public room."""

    type: Literal["room.join"] = "room.join"
    room: RoomId


class LeaveRoom(Command):
    """Leave a group or public room. If its last owner leaves, the longest-serving moderator or member follows."""

    type: Literal["room.leave"] = "room.leave"
    room: RoomId


class InvitePerson(Command):
    """Bring a person into a group or public room."""

    type: Literal["room.invite"] = "room.invite"
    room: RoomId
    person: Username


class RemoveMember(Command):
    """Remove a member of a lower role from a room."""

    type: Literal["room.remove"] = "room.remove"
    room: RoomId
    person: Username


class ChangeRole(Command):
    """Make a member an owner, moderator or plain member."""

    type: Literal["room.role"] = "room.role"
    room: RoomId
    person: Username
    role: Literal["owner", "moderator", "member"]


class RenameRoom(Command):
    """Give a group or public room another name."""

    type: Literal["room.rename"] = "room.rename"
    room: RoomId
    name: RoomName


class SetTopic(Command):
    """Say what a group or public room is about; an empty topic removes it."""

    type: Literal["room.topic"] = "room.topic"
    room: RoomId
    topic: Topic


class ArchiveRoom(Command):
    """Make a group or public room read-only, or, with `archived: false`, writable again."""

    type: Literal["room.archive"] = "room.archive"
    room: RoomId
    archived: bool = True


class MarkRead(Command):
    """Say that one has read a room up to and including `pos`. The mark only moves forward."""

    type: Literal["room.read"] = "room.read"
    room: RoomId
    pos: Annotated[int, Field(ge=0, le=2**31 - 1)]


class MarkUnread(Command):
    """Mark the message at `pos`, and all after it, as unread again."""

    type: Literal["room.unread"] = "room.unread"
    room: RoomId
    pos: Annotated[int, Field(ge=1, le=2**31 - 1)]


class MuteRoom(Command):
    """Be left in peace by a room for so many `minutes`, for good without a number, and no longer with 0."""

    type: Literal["room.mute"] = "room.mute"
    room: RoomId
    minutes: Annotated[int, Field(ge=0, le=525_600)] | None = None


class StarRoom(Command):
    """Keep a room on top of one's own list, or, with `starred: false`, no longer."""

    type: Literal["room.star"] = "room.star"
    room: RoomId
    starred: bool = True


class SaveDraft(Command):
    """Keep what one has begun to write in a room for one's other devices; an empty `body` forgets it."""

    type: Literal["draft.save"] = "draft.save"
    room: RoomId
    body: DraftBody
    reply_to: MessageId | None = None


class RequestFriend(Command):
    """Ask a person to be a friend; if they asked first, this accepts."""

    type: Literal["friend.request"] = "friend.request"
    person: Username


class AcceptFriend(Command):
    """Accept a person's request."""

    type: Literal["friend.accept"] = "friend.accept"
    person: Username


class DeclineFriend(Command):
    """Decline a person's request."""

    type: Literal["friend.decline"] = "friend.decline"
    person: Username


class WithdrawFriend(Command):
    """Take back one's own request."""

    type: Literal["friend.withdraw"] = "friend.withdraw"
    person: Username


class RemoveFriend(Command):
    """End a friendship. A direct room that the two have stays."""

    type: Literal["friend.remove"] = "friend.remove"
    person: Username


class BlockPerson(Command):
    """Stop direct messages, requests and presence between oneself and a person, both ways."""

    type: Literal["person.block"] = "person.block"
    person: Username


class UnblockPerson(Command):
    """Lift one's own block of a person."""

    type: Literal["person.unblock"] = "person.unblock"
    person: Username


class EditProfile(Command):
    """Change one's own display name, colour or initials; what is left out stays as it is."""

    type: Literal["profile.edit"] = "profile.edit"
    display_name: DisplayName | None = None
    hue: Annotated[int, Field(ge=0, le=359)] | None = None
    initials: Annotated[str, Field(max_length=3)] | None = None


class EditSettings(Command):
    """Change how Digi looks and behaves for oneself; what is left out stays as it is.

    `language` "" follows the browser. Quiet hours go from `quiet_from` to `quiet_to`, both HH:MM in `zone` (an IANA
    name), and there are none while one of the two is "".
    """

    type: Literal["settings.edit"] = "settings.edit"
    theme: Theme | None = None
    density: Density | None = None
    text_size: TextSize | None = None
    language: Language | None = None
    enter_sends: bool | None = None
    sounds: bool | None = None
    notify: Notify | None = None
    undo_send: UndoSend | None = None
    quiet_from: ClockTime | None = None
    quiet_to: ClockTime | None = None
    zone: Zone | None = None
    show_online: bool | None = None
    show_last_seen: bool | None = None
    show_reads: bool | None = None


def parse(name: str, fields: Mapping[str, Any]) -> Command:
    """The command `name` with `fields` as a client sent them; raises Invalid (or NotFound for an unknown id)."""
    command = BY_NAME.get(name)
    if command is None:
        raise Invalid("There is no such command.", field="command")
    try:
        return command.model_validate(fields, context=FROM_WIRE)
    except ValidationError as error:
        raise refusal(error) from None


def refusal(error: ValidationError, *, of_frames: bool = False) -> Invalid:
    """The first thing wrong, as one sentence that names the field. `of_frames`: places begin with the frame's type."""
    first = error.errors(include_url=False, include_input=False)[0]
    if first["type"].startswith("union_tag"):
        return Invalid("type: There is no such frame.", field="type")
    field = ".".join(str(part) for part in first["loc"][int(of_frames) :])[:100]
    said = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
    words = (
        f"{{what}} {said}."
        if first["type"] == "value_error"
        else _WRONG.get(first["type"], sentence("{what}: {reason}."))
    )
    values = {"what": field or "request", "reason": said, **first.get("ctx", {})}
    return Invalid(words, field=field or None, **values)


_WRONG = {
    "missing": sentence("{what} is missing."),
    "extra_forbidden": sentence("{what} is not known here."),
    "string_too_long": sentence("{what} has at most {max_length} characters."),
    "string_too_short": sentence("{what} has at least {min_length} characters."),
    "too_long": sentence("{what} holds at most {max_length}."),
    "string_type": sentence("{what} should be a text."),
    "int_type": sentence("{what} should be a whole number."),
    "bool_type": sentence("{what} should be true or false."),
    "greater_than_equal": sentence("{what} should be at least {ge}."),
    "less_than_equal": sentence("{what} should be at most {le}."),
    "literal_error": sentence("{what} should be one of {expected}."),
    "string_pattern_mismatch": sentence("{what} does not have the right form."),
}
