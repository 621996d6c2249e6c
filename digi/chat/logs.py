"""Rooms as logs, read: heads, and what changed after a rev. Not scoped to an actor: the hub's and `queries`' source."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from django.db.models import Count, F, Q

from digi.accounts.models import User
from digi.accounts.queries import people_by_id
from digi.chat import shown
from digi.chat.models import Draft, Member, Mention, Message, Room
from digi.kit.compiled import Compiled
from digi.live.changes import Change
from digi.protocol import objects
from digi.protocol.ids import message_id


def heads(ids: Iterable[int]) -> dict[int, int]:
    return dict(_heads(list(ids)))


_heads: Compiled[tuple[int, int]] = Compiled(lambda ids: Room.objects.filter(pk__in=ids).values_list("pk", "head"))


def room_changes(room_id: int, after: int, upto: int, limit: int) -> list[Change]:
    """Messages, members and the room itself, each once, as last changed after `after` and up to `upto`."""
    span, changed = ([room_id], [after], [upto]), _changed(limit)
    found = [
        *(shown.message_change(row, row.author.username) for row in with_people(changed.messages(*span))),
        *(shown.member_change(row) for row in changed.members(*span)),
        *(shown.room_change(row, pair_of(row)) for row in changed.rooms(*span)),
    ]
    return sorted(found, key=lambda change: change.rev)[:limit]


class _Changed(NamedTuple):
    """What is found by lists of one room, one `after` and one `upto`."""

    messages: Compiled[Message]
    members: Compiled[Member]
    rooms: Compiled[Room]


@cache
def _changed(limit: int) -> _Changed:
    def span(after: list[int], upto: list[int]) -> Q:
        return Q(rev__gt=after[0], rev__lte=upto[0])

    messages, members = Message.objects.order_by("rev"), Member.objects.select_related("person").order_by("rev")
    return _Changed(
        Compiled(lambda room, *bounds: messages.filter(span(*bounds), room__in=room)[:limit]),
        Compiled(lambda room, *bounds: members.filter(span(*bounds), room__in=room)[:limit]),
        Compiled(lambda room, *bounds: Room.objects.filter(span(*bounds), pk__in=room)),
    )


def person_changes(person_id: int, after: int, upto: int, limit: int) -> list[Change]:
    """Rooms that a person gained, lost, read on, muted or starred, and what they have begun to write in them."""
    drafts = Draft.objects.filter(person=person_id, rev__gt=after, rev__lte=upto).order_by("rev")[:limit]
    found = [*_entry_changes(person_id, after, upto, limit), *(shown.draft_change(row) for row in drafts)]
    return sorted(found, key=lambda change: change.rev)[:limit]


def _entry_changes(person_id: int, after: int, upto: int, limit: int) -> list[Change]:
    rows = Member.objects.filter(person=person_id, entry_rev__gt=after, entry_rev__lte=upto)
    members = list(rows.select_related("room", "person").order_by("entry_rev")[:limit])
    pairs, lasts = pairs_of(row.room for row in members), last_messages(row.room for row in members)
    mentions = unread_mentions(person_id, members)
    return [
        shown.entry_change(row, pairs.get(row.room_id), lasts.get(row.room_id), mentions.get(row.room_id, 0))
        for row in members
    ]


def pair_of(room: Room) -> list[User] | None:
    return pairs_of([room]).get(room.pk)


def pairs_of(rooms: Iterable[Room]) -> dict[int, list[User]]:
    """The two people of each direct room among `rooms`, by room id, in one query."""
    pairs = {room.pk: [int(number) for number in room.pair.split(":")] for room in rooms if room.pair}
    users = User.objects.in_bulk({number for pair in pairs.values() for number in pair}) if pairs else {}
    return {room_id: [users[number] for number in pair if number in users] for room_id, pair in pairs.items()}


def last_messages(rooms: Iterable[Room]) -> dict[int, objects.Message]:
    """The newest message of each room, by room id, in one query."""
    return {room_id: shown.message(row, row.author.username) for room_id, row in last_rows(rooms).items()}


def last_rows(rooms: Iterable[Room]) -> dict[int, Message]:
    """The row of each room's newest message, by room id, in one query."""
    ids = [message_id(room.pk, room.last_pos) for room in rooms if room.last_pos]
    rows = with_people(Message.objects.filter(pk__in=ids)) if ids else ()
    return {row.room_id: row for row in rows}


def with_people(messages: Iterable[Message]) -> list[Message]:
    """These rows with who wrote and who pinned them, each person read and made once."""
    rows = list(messages)
    return dressed(rows, {user.pk: user for user in people_by_id(people_of(rows))})


def dressed(rows: list[Message], users: Mapping[int, User]) -> list[Message]:
    for row in rows:
        row.author = users[row.author_id]
        row.pinned_by = users[row.pinned_by_id] if row.pinned_by_id is not None else None
    return rows


def people_of(rows: Iterable[Message]) -> set[int]:
    """The ids of who wrote and who pinned these messages."""
    return {number for row in rows for number in (row.author_id, row.pinned_by_id) if number is not None}


def unread_mentions(person_id: int, members: Iterable[Member]) -> dict[int, int]:
    """How many unread messages address a person in these rooms of theirs, by room id: one query, or none."""
    room_ids = [row.room_id for row in members if row.read_pos < row.room.last_pos and not row.has_left]
    if not room_ids:
        return {}
    me = Q(room__members__person=person_id, pos__gt=F("room__members__read_pos"))
    rows = Mention.objects.filter(me & (Q(person=person_id) | Q(person=None)), room__in=room_ids)
    counted = rows.exclude(message__author=person_id).values("room").annotate(number=Count("message", distinct=True))
    return dict(counted.values_list("room", "number"))
