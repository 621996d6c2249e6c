"""What one keeps of a room for oneself: how far one has read, whether it may disturb, whether it is kept on top.

It takes a rev of the person's log and none of the room's. Knows no door.
"""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from digi.accounts import shown as people
from digi.accounts.actors import Actor
from digi.chat import access, queries
from digi.chat.changes import Changes, changes
from digi.chat.models import Member
from digi.live.changes import ROOM, Signal, stream
from digi.protocol.commands import MarkRead, MarkUnread, MuteRoom, StarRoom
from digi.protocol.objects import Result

FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)


def mark_read(actor: Actor, command: MarkRead) -> Result:
    """Move the mark forward, never back, and never past the last message."""
    with changes(people=[actor.person_id]) as made:
        member = access.member(actor, command.room)
        pos = min(command.pos, member.room.last_pos)
        # Adding a message moves the mark too, under another lock: only the database can compare the two.
        if Member.objects.filter(pk=member.pk, read_pos__lt=pos).update(read_pos=pos):
            member.read_pos = pos
            made.renew_entry(member)
            _tell_read(made, member)
    return Result(room=queries.entry(actor, command.room))


def mark_unread(actor: Actor, command: MarkUnread) -> Result:
    with changes(people=[actor.person_id]) as made:
        member = access.member(actor, command.room)
        pos = min(command.pos, member.room.last_pos + 1) - 1
        if member.read_pos != pos:
            member.read_pos = pos
            made.renew_entry(member, "read_pos")
    return Result(room=queries.entry(actor, command.room))


def mute(actor: Actor, command: MuteRoom) -> Result:
    with changes(people=[actor.person_id]) as made:
        member = access.member(actor, command.room)
        until = _until(command.minutes)
        if member.muted_until != until:
            member.muted_until = until
            made.renew_entry(member, "muted_until")
    return Result(room=queries.entry(actor, command.room))


def star(actor: Actor, command: StarRoom) -> Result:
    with changes(people=[actor.person_id]) as made:
        member = access.member(actor, command.room)
        if member.is_starred != command.starred:
            member.is_starred = command.starred
            made.renew_entry(member, "is_starred")
    return Result(room=queries.entry(actor, command.room))


def _until(minutes: int | None) -> datetime | None:
    if minutes is None:
        return FOR_GOOD
    return timezone.now() + timedelta(minutes=minutes) if minutes else None


def _tell_read(made: Changes, member: Member) -> None:
    """Tell the others, unless they are too many to care or the member does not want it known."""
    if not people.settings(member.person.settings).show_reads or not queries.tells_reads(member.room_id):
        return
    read, heard_on = {"read": {member.person.username: member.read_pos}}, stream(ROOM, member.room_id)
    made.tell(Signal(heard_on, read, unheard_by=frozenset({member.person_id}), after=member.room.head))
