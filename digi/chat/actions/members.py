"""Who is in a room, and in what role. Knows no door."""

from django.db.models import QuerySet

from digi.accounts import queries as people
from digi.accounts.actors import Actor
from digi.accounts.models import normal
from digi.chat import access, policy, shown
from digi.chat.actions import drafts, rooms
from digi.chat.actions.messages import add_system
from digi.chat.changes import Changes, changes
from digi.chat.models import Member, Room
from digi.errors import Conflict, Forbidden
from digi.protocol import objects
from digi.protocol.commands import ChangeRole, InvitePerson, LeaveRoom, RemoveMember
from digi.protocol.objects import Result

Role = Member.Role


def invite(actor: Actor, command: InvitePerson) -> Result:
    other = people.visible_user(actor, command.person)
    with changes(rooms=[command.room], people=[other.pk]) as made:
        room, member = access.writable(made, actor, command.room)
        access.require(policy.can_invite(room), "A direct room is between two.")
        if people.are_blocked(actor.person_id, other.pk):
            raise Forbidden("You have blocked this person. Lift the block first.", field="person")
        before = room.head
        invited = rooms.enter(made, room, access.person(made.people.get(other.pk)))
        if room.head != before:
            add_system(made, room, member, objects.Event(name="member.invited", person=other.username))
        invited.person = other
    return Result(member=shown.member(invited))


def leave(actor: Actor, command: LeaveRoom) -> Result:
    """Leave. If the last owner goes, the room goes to the longest-serving moderator, then member."""
    with changes(rooms=[command.room]) as made:
        room, member = access.room_and_member(made, actor, command.room)
        access.require(room.kind != Room.Kind.DIRECT, "A direct room stays. Block the person to stop their messages.")
        heir = _heir(member)
        made.people.lock([member.person_id, *([heir.person_id] if heir else [])])
        _end(made, member)
        if heir is not None:
            _give_role(made, heir, Role.OWNER)
        if room.kind == Room.Kind.GROUP:
            add_system(made, room, member, objects.Event(name="member.left"))
    return Result()


def remove(actor: Actor, command: RemoveMember) -> Result:
    with changes(rooms=[command.room]) as made:
        room, member = access.room_and_member(made, actor, command.room)
        access.require(room.kind != Room.Kind.DIRECT and policy.is_moderator(member), "Only moderators remove members.")
        target = access.other_member(room, normal(command.person))
        access.require(policy.can_remove(member, target), "You can only remove members of a lower role than yours.")
        made.people.lock([target.person_id])
        _end(made, target)
        add_system(made, room, member, objects.Event(name="member.removed", person=target.person.username))
    return Result(member=shown.member(target))


def change_role(actor: Actor, command: ChangeRole) -> Result:
    with changes(rooms=[command.room]) as made:
        room, member = access.writable(made, actor, command.room)
        access.require(policy.can_change_role(member, room), "Only owners change roles.")
        target = access.other_member(room, normal(command.person))
        if target.role == Role.OWNER and command.role != "owner" and not _others(target, Role.OWNER).exists():
            raise Conflict("A room keeps an owner. Make somebody else owner first.", field="role")
        if target.role != command.role:
            made.people.lock([target.person_id])
            _give_role(made, target, command.role)
            event = objects.Event(name="member.role", person=target.person.username, to=command.role)
            add_system(made, room, member, event)
    return Result(member=shown.member(target))


def _end(made: Changes, member: Member) -> None:
    drafts.forget(made, member)
    member.has_left = True
    _give_role(made, member, Role.MEMBER)


def _give_role(made: Changes, member: Member, role: str) -> None:
    """The person is locked by now, and what they keep of a room changes under that lock alone: read it again."""
    member.refresh_from_db(fields=["read_pos", "muted_until", "is_starred"])
    member.role = role
    made.renew_member(member)


def _heir(member: Member) -> Member | None:
    """Who owns the room after `member`, if they were its last owner and anybody is left."""
    if member.role != Role.OWNER or _others(member, Role.OWNER).exists():
        return None
    for role in (Role.MODERATOR, Role.MEMBER):
        heir = _others(member, role).select_related("person").order_by("joined_at", "pk").first()
        if heir is not None:
            heir.room = member.room
            return heir
    return None


def _others(member: Member, role: str) -> QuerySet[Member]:
    rows = Member.objects.filter(room=member.room_id, role=role, has_left=False, person__is_active=True)
    return rows.exclude(pk=member.pk)
