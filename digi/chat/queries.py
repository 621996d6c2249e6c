"""Reads of rooms and messages, each scoped to who asks. Writes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from digi.accounts import queries as people
from digi.accounts import shown as people_shown
from digi.accounts.actors import Actor
from digi.accounts.models import User, normal
from digi.chat import access, logs, policy, shown
from digi.chat.models import Member, Message, Revision, Room
from digi.errors import Forbidden, Invalid
from digi.kit import names, sealed
from digi.live import sources
from digi.live.changes import ROOM, stream
from digi.protocol import ids, objects

DEFAULT_PAGE, MOST_A_PAGE = 50, 200


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """Messages, oldest first; whether there are `more` in the direction asked for; and who wrote them."""

    messages: list[objects.Message]
    more: bool
    people: list[objects.Person]


@dataclass(frozen=True, slots=True)
class Revised:
    body: str
    written_at: objects.Moment


def inbox(actor: Actor) -> list[objects.Entry]:
    """The actor's rooms, the one with the newest message first: three queries however many there are."""
    rows = list(_entries(actor))
    pairs, lasts = logs.pairs_of(row.room for row in rows), logs.last_messages(row.room for row in rows)
    found = [shown.entry(row, pairs.get(row.room_id), lasts.get(row.room_id)) for row in rows]
    return sorted(found, key=lambda entry: entry.last.sent_at if entry.last else entry.created_at, reverse=True)


def entry(actor: Actor, room_id: int) -> objects.Entry:
    row = access.member(actor, room_id)
    pairs, lasts = logs.pairs_of([row.room]), logs.last_messages([row.room])
    return shown.entry(row, pairs.get(room_id), lasts.get(room_id))


def heads(actor: Actor) -> dict[int, int]:
    """The head of each of the actor's rooms, by id: one query."""
    return dict(_entries(actor).values_list("room", "room__head"))


def messages(
    actor: Actor,
    room_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = DEFAULT_PAGE,
) -> MessagesPage:
    """A page by exclusive `pos`: the newest, those before or after a pos, or those around one. Raises NotFound."""
    if sum(bound is not None for bound in (before, after, around)) > 1:
        raise Invalid("Give one of before, after and around.", field="before")
    access.member(actor, room_id)
    limit = max(1, min(limit, MOST_A_PAGE))
    if around is not None:
        return _around(room_id, around, limit)
    rows, more = _span(room_id, before, after, limit)
    return _page(rows, more=more)


def changes(actor: Actor, room_id: int, after: int, limit: int = sources.PAGE) -> sources.Page:
    """What changed in a room after a rev; raises NotFound."""
    page = sources.page(stream(ROOM, room_id), after, max(1, min(limit, sources.PAGE)))
    access.member(actor, room_id)  # after reading: who was removed meanwhile must not see what is newer than that
    return page


def members(actor: Actor, room_id: int) -> list[objects.Member]:
    """Who is in a room now: owners and moderators first, then by name."""
    access.member(actor, room_id)
    return _members(room_id)


def opened(actor: Actor, room_id: int) -> tuple[MessagesPage, list[objects.Member]]:
    """What a room shows when it is entered, its newest messages and its members: three queries. Raises NotFound."""
    access.member(actor, room_id)
    rows, more = _span(room_id, None, None, DEFAULT_PAGE)
    return _page(rows, more=more), _members(room_id)


def _members(room_id: int) -> list[objects.Member]:
    rows = Member.objects.filter(room=room_id, has_left=False).select_related("person")
    rank = {"owner": 0, "moderator": 1, "member": 2}
    found = [shown.member(row) for row in rows]
    return sorted(found, key=lambda member: (rank[member.role], member.profile.display_name.casefold()))


def revisions(actor: Actor, message_id: int) -> list[Revised]:
    """The earlier texts of a message, oldest first, for its author and the room's moderators."""
    member = access.member_for_message(actor, message_id)
    message = access.message(message_id)
    if not policy.can_see_revisions(member, message):
        raise Forbidden("Only its author and moderators see what a message said before.")
    rows = Revision.objects.filter(message=message_id).order_by("pk")
    return [Revised(row.body, row.written_at) for row in rows]


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


def share_a_room(one: int, other: int) -> bool:
    """Whether two people are members of one group or public room."""
    theirs = Member.objects.filter(person=other, has_left=False).exclude(room__kind=Room.Kind.DIRECT).values("room")
    return Member.objects.filter(person=one, has_left=False, room__in=theirs).exists()


def visible_presence(actor: Actor, usernames: Iterable[str]) -> dict[int, str]:
    """Those of `usernames` whose presence the actor may see, by id: two queries however many there are.

    These are friends and people in a room of the actor's, unless one of the two blocks the other or they do not want
    to be seen. Whoever does not exist is missing just the same.
    """
    named = {normal(username) for username in usernames}
    hidden = people.blocked_with(actor.person_id) | {actor.person_id}
    mine = Member.objects.filter(person=actor.person_id, has_left=False).values("room")
    beside = Member.objects.filter(person=OuterRef("pk"), has_left=False, room__in=mine)
    rows = User.objects.filter(Exists(people.friendship_with(actor.person_id)) | Exists(beside))
    found = rows.filter(username__in=named, is_active=True).exclude(pk__in=hidden)
    shown_to = found.values_list("pk", "username", "settings")
    return {pk: username for pk, username, kept in shown_to if people_shown.settings(kept).show_online}


def _entries(actor: Actor) -> QuerySet[Member]:
    return Member.objects.filter(person=actor.person_id, has_left=False).select_related("room")


def _span(room_id: int, before: int | None, after: int | None, limit: int) -> tuple[list[Message], bool]:
    """At most `limit` rows in pos order, and whether more lie beyond: found in the primary key alone."""
    low, high = ids.message_id(room_id, 0), ids.message_id(room_id + 1, 0)
    rows = Message.objects.filter(pk__gt=low, pk__lt=high).select_related("author")
    top = high - low - 1
    if after is not None:
        found = list(rows.filter(pk__gt=low + min(after, top)).order_by("pk")[: limit + 1])
        return found[:limit], len(found) > limit
    if before is not None:
        rows = rows.filter(pk__lt=low + min(before, top))
    found = list(rows.order_by("-pk")[: limit + 1])
    return found[:limit][::-1], len(found) > limit


def _around(room_id: int, pos: int, limit: int) -> MessagesPage:
    earlier, more_before = _span(room_id, pos, None, limit // 2)
    later, more_after = _span(room_id, None, pos - 1, limit - len(earlier))
    return _page([*earlier, *later], more=more_before or more_after)


def _page(rows: Iterable[Message], *, more: bool) -> MessagesPage:
    rows = list(rows)
    authors: dict[int, User] = {row.author_id: row.author for row in rows}
    found = [shown.message(row, row.author.username) for row in rows]
    return MessagesPage(found, more, [people_shown.person(user) for user in authors.values()])
