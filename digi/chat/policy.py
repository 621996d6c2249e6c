"""Who may do what: pure functions of rows that were read under the lock. No query here, and no other place decides."""

from typing import Protocol

from digi.chat.models import Member, Message, Room

_RANK = {Member.Role.MEMBER.value: 1, Member.Role.MODERATOR.value: 2, Member.Role.OWNER.value: 3}


class HasRole(Protocol):
    """A membership, or what was read of one."""

    @property
    def role(self) -> str: ...


def is_moderator(member: HasRole) -> bool:
    """A moderator, or an owner."""
    return _RANK[member.role] >= _RANK[Member.Role.MODERATOR]


def is_owner(member: Member) -> bool:
    return member.role == Member.Role.OWNER


def can_write(room: Room, *, is_blocked: bool) -> bool:
    """Archived rooms, and direct rooms with a block between the two, are read-only."""
    return not room.is_archived and not is_blocked


def can_edit(member: Member, message: Message) -> bool:
    return message.author_id == member.person_id and message.kind == Message.Kind.TEXT


def can_react(message: Message) -> bool:
    """Every member may, to what a person said."""
    return message.kind == Message.Kind.TEXT


def can_forward(message: Message) -> bool:
    return message.kind == Message.Kind.TEXT


def can_pin(member: Member, room: Room) -> bool:
    """Where everybody knows everybody, everybody may."""
    return room.kind != Room.Kind.PUBLIC or is_moderator(member)


def can_address_everyone(member: HasRole, room: Room) -> bool:
    return room.kind != Room.Kind.PUBLIC or is_moderator(member)


def can_delete(member: Member, message: Message) -> bool:
    return message.kind == Message.Kind.TEXT and (message.author_id == member.person_id or is_moderator(member))


def can_see_revisions(member: Member, message: Message) -> bool:
    return message.author_id == member.person_id or is_moderator(member)


def can_arrange(member: Member, room: Room) -> bool:
    """Give a room another name or topic."""
    return room.kind != Room.Kind.DIRECT and is_moderator(member)


def can_archive(member: Member, room: Room) -> bool:
    return room.kind != Room.Kind.DIRECT and is_owner(member)


def can_invite(room: Room) -> bool:
    """Every member of a group or public room may."""
    return room.kind != Room.Kind.DIRECT


def can_remove(member: Member, target: Member) -> bool:
    return is_moderator(member) and _RANK[member.role] > _RANK[target.role]


def can_change_role(member: Member, room: Room) -> bool:
    return room.kind != Room.Kind.DIRECT and is_owner(member)


def may_meet(*, are_friends: bool, share_a_room: bool, strangers_allowed: bool) -> bool:
    """Whether two people may begin a direct room."""
    return are_friends or (share_a_room and strangers_allowed)
