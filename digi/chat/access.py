"""The gates: rows that an actor may use, or NotFound. Within a transaction, under the room's lock where one is held."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Exists, OuterRef, QuerySet, When

from digi.accounts.actors import Actor
from digi.accounts.models import Block, User
from digi.accounts.queries import are_blocked
from digi.chat import policy
from digi.chat.changes import Changes
from digi.chat.models import Member, Message, Room
from digi.errors import Conflict, Forbidden, NotFound, sentence
from digi.kit.compiled import Compiled
from digi.protocol.ids import room_of

NO_ROOM = sentence("There is no such room, or it is not yours to see.")
NO_MESSAGE = sentence("There is no such message, or it is not yours to see.")
MOST_CROSSED = 2500  # pairs of a room and a person among which one query looks


def member(actor: Actor, room_id: int) -> Member:
    """The actor's membership, with person and room; raises NotFound, or Unauthenticated for an outdated actor."""
    found = _with_room([room_id], [actor.person_id])
    if not found:
        raise NotFound(NO_ROOM, field="room")
    actor.check(found[0].person)
    return found[0]


def room_and_member(made: Changes, actor: Actor, room_id: int, field: str = "room") -> tuple[Room, Member]:
    """A room that `made` holds locked, and the actor's membership read under that lock."""
    own = (room_id, actor.person_id)
    room, member = _in_room(made, room_id, memberships([own]).get(own), field)
    actor.check(member.person)
    member.room = room
    return room, member


Pair = tuple[int, int]
"""A room and a person."""


def memberships(wanted: Iterable[Pair]) -> dict[Pair, Member]:
    """The memberships among these pairs, with the person, by that pair: in as few queries as pay."""
    return _found(_present, wanted)


class Author(NamedTuple):
    """Of a membership, its person and its room, what it takes to say something. `is_blocked`: in a direct room."""

    pk: int
    room_id: int
    person_id: int
    role: str
    username: str
    is_active: bool
    auth_epoch: int
    kind: str
    is_archived: bool
    head: int
    last_pos: int
    is_blocked: bool

    def room(self) -> Room:
        values = self.room_id, self.kind, self.is_archived, self.head, self.last_pos
        return Room.from_db(DEFAULT_DB_ALIAS, ("id", *_ROOM), values)


def authors(made: Changes, wanted: Iterable[Pair]) -> dict[Pair, Author]:
    """As `memberships`, for those who only say something: in the same query `made` takes in the rooms it has locked."""
    found = _found(lambda rooms, people: map(Author._make, _writing(rooms, people)), wanted)
    for one in found.values():
        if made.rooms.get(one.room_id) is None:
            made.rooms.take_in(one.room())
    return found


def author(made: Changes, actor: Actor, room_id: int, found: Mapping[Pair, Author]) -> tuple[Room, Author]:
    """As `room_and_member`, of those who were `found`."""
    room, row = _in_room(made, room_id, found.get((room_id, actor.person_id)))
    actor.check(row)
    return room, row


Found = TypeVar("Found", Member, Author)


def _in_room(made: Changes, room_id: int, row: Found | None, field: str = "room") -> tuple[Room, Found]:
    room = made.rooms.get(room_id)
    if room is None or row is None:
        raise NotFound(NO_ROOM if field == "room" else NO_MESSAGE, field=field)
    return room, row


def _found(find: Callable[[set[int], set[int]], Iterable[Found]], wanted: Iterable[Pair]) -> dict[Pair, Found]:
    found: dict[Pair, Found] = {}
    for pairs in _in_runs(sorted(set(wanted))):
        rooms, people = ({pair[side] for pair in pairs} for side in (0, 1))
        found |= {(row.room_id, row.person_id): row for row in find(rooms, people)}
    return found


def rooms(room_ids: Collection[int]) -> dict[int, Room]:
    """These rooms by id, as they are; nothing is locked."""
    return {row.pk: row for row in _rooms(room_ids)}


_rooms = Compiled(lambda room_ids: Room.objects.filter(pk__in=room_ids))


_UNUSED = [f"person__{name}" for name in ("password", "last_login", "skeleton", "joined_at", "seen_at")]


def _rows(rooms: Collection[int], people: Collection[int]) -> QuerySet[Member]:
    found = Member.objects.filter(room__in=rooms, person__in=people, has_left=False)
    return found.select_related("person")


def _authors(rooms: Collection[int], people: Collection[int]) -> QuerySet[Any, Any]:
    both = Member.objects.filter(room=OuterRef(OuterRef("room"))).values("person")
    block = Exists(Block.objects.filter(blocker__in=both, blocked__in=both, is_active=True))
    is_blocked = Case(When(room__kind=Room.Kind.DIRECT, then=block), default=False)
    return _rows(rooms, people).values_list("pk", "room", "person", *_OF_AN_AUTHOR, is_blocked)


_OF_A_PERSON = ("person__username", "person__is_active", "person__auth_epoch")
_ROOM = ("kind", "is_archived", "head", "last_pos")
_OF_A_ROOM = [f"room__{name}" for name in _ROOM]
_OF_AN_AUTHOR = ("role", *_OF_A_PERSON, *_OF_A_ROOM)

_present = Compiled(lambda rooms, people: _rows(rooms, people).defer(*_UNUSED))
_writing: Compiled[tuple[Any, ...]] = Compiled(_authors)
_with_room = Compiled(lambda rooms, people: _rows(rooms, people).select_related("room").defer(*_UNUSED))


def _in_runs(pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Such that not too many rows lie where their rooms and their people cross."""
    run: list[Pair] = []
    rooms: set[int] = set()
    for pair in pairs:
        if len(rooms) * len(run) >= MOST_CROSSED:
            yield run
            run, rooms = [], set()
        run.append(pair)
        rooms.add(pair[0])
    if run:
        yield run


def _is_blocked(room: Room) -> bool:
    """Whether it is a direct room between whose two people a block stands."""
    return room.pair is not None and are_blocked(*map(int, room.pair.split(":")))


def writable(made: Changes, actor: Actor, room_id: int, field: str = "room") -> tuple[Room, Member]:
    """As `room_and_member`, where the room is not read-only for the actor; raises Forbidden."""
    room, row = room_and_member(made, actor, room_id, field)
    require_writable(room, is_blocked=_is_blocked(room))
    return room, row


def require_writable(room: Room, *, is_blocked: bool) -> None:
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
    row = Message.objects.filter(pk=message_id).select_related("author", "pinned_by").first()
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
