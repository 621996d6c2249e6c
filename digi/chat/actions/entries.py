"""What one keeps of a room for oneself: how far one has read, whether it may disturb, whether it is kept on top.

It takes a rev of the person's log and none of the room's. Knows no door.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from digi.accounts import shown as people
from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.chat import access, logs, queries, shown
from digi.chat.changes import Changes, changes
from digi.chat.models import Member, Room
from digi.errors import DigiError, NotFound
from digi.kit.statements import raised, update_all
from digi.live.changes import ROOM, Signal, stream
from digi.protocol import objects
from digi.protocol.commands import MarkRead, MarkUnread, MuteRoom, StarRoom
from digi.protocol.objects import Result

FOR_GOOD = datetime(9999, 12, 31, tzinfo=UTC)


Ask = tuple[Actor, MarkRead]


def mark_read(actor: Actor, command: MarkRead) -> Result:
    """Move the mark forward, never back, and never past the last message."""
    outcome = mark_read_many([(actor, command)])[0]
    if isinstance(outcome, DigiError):
        raise outcome
    return outcome


def mark_read_many(asks: Sequence[Ask]) -> list[Result | DigiError]:
    """Move marks in one transaction; one that is refused hinders no other."""
    with changes(people={actor.person_id for actor, _ in asks}) as made:
        rows = access.memberships((command.room, actor.person_id) for actor, command in asks)
        rooms = access.rooms({room_id for room_id, _ in rows})
        pairs = logs.pairs_of(rooms.values())
        before = {row.pk: row.entry_rev for row in rows.values()}
        # In the order of rows, as adding messages writes them: two transactions never wait for each other.
        in_order = sorted(range(len(asks)), key=lambda number: _pk_of(rows, asks[number]))
        marked = {number: _marked(made, rows, rooms, pairs, asks[number]) for number in in_order}
        moved = {row.pk: [row.entry_rev] for row in rows.values() if row.entry_rev != before[row.pk]}
        update_all(Member, ["entry_rev"], moved)
    lasts = logs.last_messages(rooms.values())
    outcomes = [marked[number] for number in range(len(asks))]
    return [one if isinstance(one, DigiError) else _result(one, pairs, lasts) for one in outcomes]


def _pk_of(rows: Mapping[tuple[int, int], Member], ask: Ask) -> int:
    found = rows.get((ask[1].room, ask[0].person_id))
    return found.pk if found is not None else 0


def _marked(
    made: Changes,
    rows: Mapping[tuple[int, int], Member],
    rooms: Mapping[int, Room],
    pairs: Mapping[int, list[User]],
    ask: Ask,
) -> Member | DigiError:
    actor, command = ask
    member = rows.get((command.room, actor.person_id))
    if member is None:
        return NotFound(access.NO_ROOM, field="room")
    try:
        actor.check(member.person)
    except DigiError as error:
        return error
    member.room = rooms[member.room_id]
    pos = min(command.pos, member.room.last_pos)
    # Adding a message moves the mark too, under another lock: only the database can compare the two.
    if raised(Member, "read_pos", member.pk, pos):
        member.read_pos = pos
        made.tell_entry(member, pairs.get(member.room_id))
        _tell_read(made, member)
    return member


def _result(member: Member, pairs: Mapping[int, list[User]], lasts: Mapping[int, objects.Message]) -> Result:
    mentions = logs.unread_mentions(member.person_id, [member]).get(member.room_id, 0)
    return Result(room=shown.entry(member, pairs.get(member.room_id), lasts.get(member.room_id), mentions))


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
