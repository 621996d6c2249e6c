"""Reads of rooms and of what one keeps about them, each scoped to who asks. Writes nothing."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet

from digi.accounts import shown as people
from digi.accounts.actors import Actor
from digi.chat import access, logs, shown
from digi.chat.models import Draft, Member, Room
from digi.chat.queries.pages import MessagesPage, around_pos, newest
from digi.kit import names, sealed
from digi.kit.compiled import Compiled
from digi.live import sources
from digi.live.changes import ROOM, stream
from digi.protocol import ids, objects

MOST_WITH_READS = 50
"""Members up to which a room tells how far each has read."""


class Opened(NamedTuple):
    """`reads`: how far each member has read, by username, as far as that is told."""

    page: MessagesPage
    members: list[objects.Member]
    reads: dict[str, int]


def inbox(actor: Actor) -> list[objects.Entry]:
    """The actor's rooms, the one with the newest message first: four queries however many there are."""
    return inbox_and_people(actor)[0]


def inbox_and_people(actor: Actor) -> tuple[list[objects.Entry], list[objects.Person]]:
    """The inbox, and who wrote the last messages in it: the same four queries."""
    rows = list(_entries(actor))
    rooms = [row.room for row in rows]
    pairs, lasts, mentions = logs.pairs_of(rooms), logs.last_rows(rooms), logs.unread_mentions(actor.person_id, rows)
    last = {room_id: shown.message(row, row.author.username) for room_id, row in lasts.items()}
    found = [
        shown.entry(row, pairs.get(row.room_id), last.get(row.room_id), mentions.get(row.room_id, 0)) for row in rows
    ]
    authors = {row.author_id: row.author for row in lasts.values()}
    newest_first = sorted(found, key=lambda one: one.last.sent_at if one.last else one.created_at, reverse=True)
    return newest_first, [people.person(user) for user in authors.values()]


def entry(actor: Actor, room_id: int) -> objects.Entry:
    row = access.member(actor, room_id)
    pairs, lasts = logs.pairs_of([row.room]), logs.last_messages([row.room])
    mentions = logs.unread_mentions(actor.person_id, [row])
    return shown.entry(row, pairs.get(room_id), lasts.get(room_id), mentions.get(room_id, 0))


def heads(actor: Actor) -> dict[int, int]:
    """The head of each of the actor's rooms, by id: one query."""
    return dict(_heads([actor.person_id]))


def direct_among(actor: Actor, room_ids: Iterable[int]) -> set[int]:
    """Those of these rooms that are direct rooms of the actor's: one query."""
    rows = _entries(actor).filter(room__in=list(room_ids), room__kind=Room.Kind.DIRECT)
    return set(rows.values_list("room", flat=True))


def changes(actor: Actor, room_id: int, after: int, limit: int = sources.PAGE) -> sources.Page:
    """What changed in a room after a rev; raises NotFound."""
    page = sources.page(stream(ROOM, room_id), after, max(1, min(limit, sources.PAGE)))
    access.member(actor, room_id)  # after reading: who was removed meanwhile must not see what is newer than that
    return page


def members(actor: Actor, room_id: int) -> list[objects.Member]:
    """Who is in a room now: owners and moderators first, then by name."""
    access.member(actor, room_id)
    return _shown(_members(room_id))


def reads(actor: Actor, room_id: int) -> dict[str, int]:
    """How far each member has read, by username: of those who let others know, and in small rooms only."""
    access.member(actor, room_id)
    return _reads(actor, _members(room_id)[: MOST_WITH_READS + 1])


def tells_reads(room_id: int) -> bool:
    """Whether a room is small enough to tell how far its members have read; not scoped."""
    return len(_some_members([room_id])) <= MOST_WITH_READS


_some_members: Compiled[tuple[int]] = Compiled(
    lambda room: Member.objects.filter(room__in=room, has_left=False).values_list("pk")[: MOST_WITH_READS + 1]
)


def opened(actor: Actor, room_id: int, around: int | None = None) -> Opened:
    """What a room shows when it is entered: messages (the newest, or those around a pos) and members.

    Three queries, four around a pos. Raises NotFound.
    """
    access.member(actor, room_id)
    page = newest(room_id) if around is None else around_pos(room_id, around)
    rows = list(_members(room_id))
    return Opened(page, _shown(rows), _reads(actor, rows))


def drafts(actor: Actor) -> list[objects.Draft]:
    """What the actor has begun to write, in the rooms they are in: one query."""
    mine = {"room__members__person": actor.person_id, "room__members__has_left": False}
    rows = Draft.objects.filter(person=actor.person_id, **mine).exclude(body="")
    return [shown.draft(row) for row in rows.order_by("pk")]


def room_id_of(token_or_name: str) -> int | None:
    """The room that a connection id names: unsealed, or else a public room of this name."""
    room_id = sealed.unseal(ids.ROOM, token_or_name)
    if room_id is not None or "\0" in token_or_name:
        return room_id
    return (
        Room.objects.filter(kind=Room.Kind.PUBLIC, slug=names.folded(token_or_name))
        .values_list("pk", flat=True)
        .first()
    )


_heads: Compiled[tuple[int, int]] = Compiled(
    lambda people: Member.objects.filter(person__in=people, has_left=False).values_list("room", "room__head")
)


def _entries(actor: Actor) -> QuerySet[Member]:
    return Member.objects.filter(person=actor.person_id, has_left=False).select_related("room")


def _members(room_id: int) -> QuerySet[Member]:
    return Member.objects.filter(room=room_id, has_left=False).select_related("person")


def _shown(rows: Iterable[Member]) -> list[objects.Member]:
    rank = {"owner": 0, "moderator": 1, "member": 2}
    found = [shown.member(row) for row in rows]
    return sorted(found, key=lambda member: (rank[member.role], member.profile.display_name.casefold()))


def _reads(actor: Actor, rows: Iterable[Member]) -> dict[str, int]:
    rows = list(rows)
    if len(rows) > MOST_WITH_READS:
        return {}
    return {
        row.person.username: row.read_pos
        for row in rows
        if row.person_id == actor.person_id or people.settings(row.person.settings).show_reads
    }
