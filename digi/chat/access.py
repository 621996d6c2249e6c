"""The gates: rows that an actor may use, or NotFound. Within a transaction, under the room's lock where one is held."""

from django.db.models import Exists, QuerySet

from digi.accounts.actors import Actor
from digi.accounts.models import Block, User
from digi.chat import policy, shown
from digi.chat.changes import Changes
from digi.chat.models import Member, Message, Room
from digi.errors import Conflict, Forbidden, NotFound, sentence
from digi.protocol.ids import room_of

NO_ROOM = sentence("There is no such room, or it is not yours to see.")
NO_MESSAGE = sentence("There is no such message, or it is not yours to see.")


def member(actor: Actor, room_id: int) -> Member:
    """The actor's membership, with person and room; raises NotFound, or Unauthenticated for an outdated actor."""
    row = _members(actor, room_id).select_related("room").first()
    if row is None:
        raise NotFound(NO_ROOM, field="room")
    actor.check(row.person)
    return row


def room_and_member(made: Changes, actor: Actor, room_id: int, field: str = "room") -> tuple[Room, Member]:
    """A room that `made` holds locked, and the actor's membership read under that lock."""
    room, row = made.rooms.get(room_id), _members(actor, room_id).first()
    if room is None or row is None:
        raise NotFound(NO_ROOM if field == "room" else NO_MESSAGE, field=field)
    actor.check(row.person)
    row.room = room
    return room, row


def writable(made: Changes, actor: Actor, room_id: int, field: str = "room") -> tuple[Room, Member]:
    """As `room_and_member`, where the room is not read-only for the actor; raises Forbidden."""
    room, row = room_and_member(made, actor, room_id, field)
    require_writable(room, row)
    return room, row


def require_writable(room: Room, row: Member) -> None:
    is_blocked = room.kind == Room.Kind.DIRECT and row.is_blocked  # type: ignore[attr-defined]
    if not policy.can_write(room, is_blocked=is_blocked):
        raise Forbidden(
            "This conversation is read-only: one of you has blocked the other."
            if is_blocked
            else "This room is archived: it can be read, not written."
        )


def require(allowed: bool, sentence: str) -> None:  # noqa: FBT001 - reads as a sentence where it is called
    if not allowed:
        raise Forbidden(sentence)


def require_undeleted(message: Message, field: str | None = None) -> None:
    if message.is_deleted:
        raise Conflict("This message was deleted.", field=field)


def message(message_id: int) -> Message:
    row = Message.objects.filter(pk=message_id).select_related(*shown.PEOPLE_OF_MESSAGE).first()
    if row is None:
        raise NotFound(NO_MESSAGE, field="message")
    return row


def other_member(room: Room, username: str) -> Member:
    """Another's membership, by username; raises NotFound."""
    row = Member.objects.filter(room=room, person__username=username, has_left=False).select_related("person").first()
    if row is None:
        raise NotFound("There is no such member in this room.", field="person")
    row.room = room
    return row


def _members(actor: Actor, room_id: int) -> QuerySet[Member]:
    rows = Member.objects.filter(room=room_id, person=actor.person_id, has_left=False).select_related("person")
    return rows.annotate(is_blocked=Exists(_blocks_within(room_id)))


def _blocks_within(room_id: int) -> QuerySet[Block]:
    """Blocks between the two of a direct room; meaningless for other kinds."""
    inside = Member.objects.filter(room=room_id).values("person")
    return Block.objects.filter(blocker__in=inside, blocked__in=inside, is_active=True)


def person(user: User | None) -> User:
    if user is None or not user.is_active:
        raise NotFound("There is no such person.", field="person")
    return user


def member_for_message(actor: Actor, message_id: int) -> Member:
    """The actor's membership in the room of a message; raises NotFound that speaks of the message."""
    try:
        return member(actor, room_of(message_id))
    except NotFound:
        raise NotFound(NO_MESSAGE, field="message") from None
