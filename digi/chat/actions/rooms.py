"""Making rooms, entering them, and changing what they are called. Knows no door."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from digi.accounts import queries as people
from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.chat import access, policy, queries
from digi.chat.actions.messages import add_system
from digi.chat.changes import Changes, changes
from digi.chat.models import Member, Room
from digi.errors import Conflict, Forbidden, Invalid, NotFound
from digi.kit import names
from digi.protocol import objects
from digi.protocol.commands import ArchiveRoom, CreateRoom, JoinRoom, OpenRoom, RenameRoom, SetTopic
from digi.protocol.objects import Result

Kind = Room.Kind
MAX_SLUG = 200


def create(actor: Actor, command: CreateRoom) -> Result:
    if command.kind == "direct":
        return _create_direct(actor, command)
    others = _invitable(actor, command.people)
    if command.kind == "public" and command.name is None:
        raise Invalid("A public room needs a name.", field="name")
    with changes(people=[actor.person_id, *(user.pk for user in others)]) as made:
        founder = actor.check(made.people.get(actor.person_id))
        _require_unblocked(founder, others)
        name = command.name or ", ".join(user.display_name for user in (founder, *others))[:80]
        if command.kind == "public":
            _require_free(name)
        room = _begin(made, command.kind, founder, others, name=name)
    return Result(room=queries.entry(actor, room.pk))


def open_by_name(actor: Actor, command: OpenRoom) -> Result:
    with changes() as made:
        room = public(command.name)
        if room is not None:
            made.rooms.lock([room.pk])
        made.people.lock([actor.person_id])
        person = actor.check(made.people.get(actor.person_id))
        if room is None:
            room = _begin(made, Kind.PUBLIC, person, [], name=command.name)
        else:
            enter(made, made.rooms[room.pk], person)
    return Result(room=queries.entry(actor, room.pk))


def join(actor: Actor, command: JoinRoom) -> Result:
    with changes(rooms=[command.room], people=[actor.person_id]) as made:
        person = actor.check(made.people.get(actor.person_id))
        room = made.rooms.get(command.room)
        if room is None or (room.kind != Kind.PUBLIC and not _is_member(room, person)):
            raise NotFound(access.NO_ROOM, field="room")
        enter(made, room, person)
    return Result(room=queries.entry(actor, room.pk))


def rename(actor: Actor, command: RenameRoom) -> Result:
    with changes(rooms=[command.room]) as made:
        room, member = access.writable(made, actor, command.room)
        access.require(policy.can_arrange(member, room), "Only moderators of a group or public room rename it.")
        if room.name != command.name:
            if room.kind == Kind.PUBLIC:
                _require_free(command.name, but=room)
            _give_name(room, command.name)
            made.renew_room(room, "name", "slug")
            add_system(made, room, member, objects.Event(name="room.renamed", to=command.name))
    return Result(room=queries.entry(actor, room.pk))


def set_topic(actor: Actor, command: SetTopic) -> Result:
    with changes(rooms=[command.room]) as made:
        room, member = access.writable(made, actor, command.room)
        access.require(policy.can_arrange(member, room), "Only moderators of a group or public room set its topic.")
        if room.topic != command.topic:
            room.topic = command.topic
            made.renew_room(room, "topic")
            add_system(made, room, member, objects.Event(name="room.topic", to=command.topic))
    return Result(room=queries.entry(actor, room.pk))


def archive(actor: Actor, command: ArchiveRoom) -> Result:
    with changes(rooms=[command.room]) as made:
        room, member = access.room_and_member(made, actor, command.room)
        access.require(policy.can_archive(member, room), "Only an owner of a group or public room archives it.")
        if room.is_archived != command.archived:
            room.is_archived = command.archived
            made.renew_room(room, "is_archived")
            said = objects.Event(name="room.archived" if command.archived else "room.unarchived")
            add_system(made, room, member, said)
    return Result(room=queries.entry(actor, room.pk))


def enter(made: Changes, room: Room, person: User) -> Member:
    """Make `person` a plain member of `room` (both locked), with nothing unread; nothing changes for a member."""
    member = Member.objects.filter(room=room, person=person).first()
    if member is not None and not member.has_left:
        return member
    if room.is_archived:
        raise Forbidden("This room is archived: nobody new can enter.")
    member = member or Member(room=room, person=person)
    member.room, member.person = room, person
    member.role, member.has_left = Member.Role.MEMBER, False
    member.joined_at, member.read_pos = timezone.now(), room.last_pos
    member.muted_until, member.is_starred = None, False
    made.renew_member(member)
    return member


def public(name: str) -> Room | None:
    return Room.objects.filter(kind=Kind.PUBLIC, slug=_slug(name)).first()


def _create_direct(actor: Actor, command: CreateRoom) -> Result:
    if len(command.people) != 1:
        raise Invalid("A direct room has exactly one other person.", field="people")
    if command.name is not None:
        raise Invalid("A direct room has no name.", field="name")
    other = _invitable(actor, command.people)[0]
    with changes(people=[actor.person_id, other.pk]) as made:  # both locked: the pair cannot be made twice
        founder = actor.check(made.people.get(actor.person_id))
        _require_unblocked(founder, [other])
        low, high = sorted((founder.pk, other.pk))
        room = Room.objects.filter(pair=f"{low}:{high}").first()
        if room is None:
            _require_may_meet(actor, other)
            room = _begin(made, Kind.DIRECT, founder, [made.people[other.pk]], pair=f"{low}:{high}")
    return Result(room=queries.entry(actor, room.pk))


def _invitable(actor: Actor, usernames: Iterable[str]) -> list[User]:
    """Other people, each once, of whom nobody has blocked the actor; raises NotFound or Invalid."""
    others = {user.pk: user for user in (people.visible_user(actor, username) for username in usernames)}
    if actor.person_id in others:
        raise Invalid("That is you; name somebody else.", field="people")
    return list(others.values())


def _require_unblocked(founder: User, others: Iterable[User]) -> None:
    """Read with all of them locked, so that a block cannot come in between."""
    if any(people.are_blocked(founder.pk, other.pk) for other in others):
        raise Forbidden("You have blocked this person. Lift the block first.", field="people")


def _require_may_meet(actor: Actor, other: User) -> None:
    if not policy.may_meet(
        are_friends=people.are_friends(actor.person_id, other.pk),
        share_a_room=queries.share_a_room(actor.person_id, other.pk),
        strangers_allowed=settings.DIGI_DIRECT == "members",
    ):
        raise Forbidden("Become friends first: send a friend request.", field="people")


def _begin(
    made: Changes, kind: str, founder: User, others: Iterable[User], *, name: str = "", pair: str | None = None
) -> Room:
    room = Room(kind=kind, pair=pair, created_at=timezone.now())
    if kind != Kind.DIRECT:
        _give_name(room, name)
    room.save(force_insert=True)
    made.rooms.take_in(room)
    users = [founder, *others]
    both = sorted(users, key=lambda user: user.pk) if kind == Kind.DIRECT else None
    made.renew_room(room, pair=both)
    for user in users:
        role = Member.Role.OWNER if user is founder and kind != Kind.DIRECT else Member.Role.MEMBER
        member = Member(room=room, person=user, role=role, joined_at=room.created_at)
        made.renew_member(member, both)
    return room


def _give_name(room: Room, name: str) -> None:
    """Of two who give one name at the same time, the constraint stops one, who then tries again and finds it taken."""
    room.name = name
    if room.kind == Kind.PUBLIC:
        room.slug = _slug(name)


def _slug(name: str) -> str:
    """Folding can make a name several times as long (U+FDFA: eighteen letters)."""
    slug = names.folded(name)
    if len(slug) > MAX_SLUG:
        raise Invalid("This name is too long when written out.", field="name")
    return slug


def _require_free(name: str, but: Room | None = None) -> None:
    found = public(name)
    if found is not None and found != but:
        raise Conflict("There is a public room of this name.", field="name")


def _is_member(room: Room, person: User) -> bool:
    return Member.objects.filter(room=room, person=person, has_left=False).exists()
