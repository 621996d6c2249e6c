"""Reads of messages, in pages, each scoped to who asks. Writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.db.models import F, Q

from digi.accounts import shown as people
from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.accounts.queries import people_by_id
from digi.chat import access, logs, policy, shown
from digi.chat.models import Mention, Message, Revision
from digi.errors import Forbidden, Invalid, NotFound
from digi.kit.compiled import Compiled
from digi.kit.remembered import Remembered
from digi.protocol import ids, objects

DEFAULT_PAGE, MOST_A_PAGE = 50, 200
PROBES = 64
MOST_RECENT = 8192  # messages, of a kilobyte or two

Key = tuple[int, int]
"""A message's id, and its rev when that was read."""


class Recent(NamedTuple):
    """A message as it was shown, and the ids of who wrote and who pinned it."""

    message: objects.Message
    people: tuple[int, ...]


recent: Remembered[Key, Recent] = Remembered(MOST_RECENT)
"""What pages have shown lately. Not scoped: only those look here who have read the key for an actor.

Whatever changes in a message gives it another rev, so that nothing here is ever stale.
"""


@dataclass(frozen=True, slots=True)
class MessagesPage:
    """Messages, oldest first; whether there are `more` in the direction asked for; who wrote and who pinned them."""

    messages: list[objects.Message]
    more: bool
    people: list[objects.Person]


@dataclass(frozen=True, slots=True)
class Revised:
    body: str
    written_at: objects.Moment


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
        raise Invalid("Give one of before, after, around and at.", field="before")
    access.member(actor, room_id)
    if around is not None:
        return around_pos(room_id, around, limit)
    keys, more = _span(room_id, before, after, _bounded(limit))
    return _page_of(keys, more=more)


def messages_at(actor: Actor, room_id: int, moment: datetime, *, limit: int = DEFAULT_PAGE) -> MessagesPage:
    """The page around the first message that was sent at `moment` or later: the newest if there is none such."""
    member = access.member(actor, room_id)
    pos = _first_since(room_id, member.room.last_pos, moment)
    return newest(room_id, limit) if pos is None else around_pos(room_id, pos, limit)


def chosen(actor: Actor, message_ids: Iterable[int]) -> MessagesPage:
    """These messages, by their ids, as far as they are there and in rooms of the actor's; at most 200."""
    wanted = list(message_ids)[:MOST_A_PAGE]
    mine = {"room__members__person": actor.person_id, "room__members__has_left": False}
    rows = Message.objects.filter(pk__in=wanted, **mine)
    return _page(rows.order_by("pk"), more=False)


def pins(actor: Actor, room_id: int) -> MessagesPage:
    """What is pinned in a room, the newest pin first: all of it, as there are few."""
    access.member(actor, room_id)
    rows = Message.objects.filter(room=room_id, pinned_at__isnull=False)
    return _page(rows.order_by("-pinned_at", "-pk"), more=False)


def mentions(actor: Actor, before: int | None = None, limit: int = DEFAULT_PAGE) -> MessagesPage:
    """Messages that address the actor, in all rooms they are in, the newest first; those before one, by its id."""
    rows = Message.objects.filter(pk__in=_addressing(actor), is_deleted=False).exclude(author=actor.person_id)
    if before is not None:
        sent_at = _sent_at(actor, before)
        rows = rows.filter(Q(sent_at__lt=sent_at) | Q(sent_at=sent_at, pk__lt=before))
    limit = _bounded(limit)
    found = list(rows.order_by("-sent_at", "-pk")[: limit + 1])
    return _page(found[:limit], more=len(found) > limit)


def revisions(actor: Actor, message_id: int) -> list[Revised]:
    """The earlier texts of a message, oldest first, for its author and the room's moderators."""
    member = access.member_for_message(actor, message_id)
    message = access.message(message_id)
    if not policy.can_see_revisions(member, message):
        raise Forbidden("Only its author and moderators see what a message said before.")
    rows = Revision.objects.filter(message=message_id).order_by("pk")
    return [Revised(row.body, row.written_at) for row in rows]


# ── within a room that is the actor's ──


def newest(room_id: int, limit: int = DEFAULT_PAGE) -> MessagesPage:
    """The newest messages of a room, for whoever has been let in; not scoped."""
    keys, more = _span(room_id, None, None, _bounded(limit))
    return _page_of(keys, more=more)


def around_pos(room_id: int, pos: int, limit: int = DEFAULT_PAGE) -> MessagesPage:
    """The messages around a pos of a room, for whoever has been let in; not scoped."""
    limit = _bounded(limit)
    earlier, more_before = _span(room_id, pos, None, limit // 2)
    later, more_after = _span(room_id, None, pos - 1, limit - len(earlier))
    return _page_of([*earlier, *later], more=more_before or more_after)


def _span(room_id: int, before: int | None, after: int | None, limit: int) -> tuple[list[Key], bool]:
    """The keys of at most `limit` messages in pos order, and whether more lie beyond: by the primary key alone."""
    low, high = ids.message_id(room_id, 0), ids.message_id(room_id + 1, 0)
    if after is not None:
        low += min(after, high - low - 1)
        found = _keys_between("pk", limit + 1)([low], [high])
        return found[:limit], len(found) > limit
    if before is not None:
        high = low + min(before, high - low - 1)
    found = _keys_between("-pk", limit + 1)([low], [high])
    return found[:limit][::-1], len(found) > limit


@cache
def _keys_between(order: str, limit: int) -> Compiled[Key]:
    """Of messages between two ids, both exclusive."""
    rows = Message.objects.order_by(order)
    return Compiled(lambda low, high: rows.filter(pk__gt=low[0], pk__lt=high[0]).values_list("pk", "rev")[:limit])


def _first_since(room_id: int, last_pos: int, moment: datetime) -> int | None:
    """The pos of the first message sent at `moment` or later, if any.

    Nothing is indexed by time: each round asks for a few primary keys and leaves a 65th of the room to look in.
    """
    low, high = 0, last_pos + 1  # the one sought is in low + 1 … high
    while high - low > 1:
        step = -(-(high - low) // (PROBES + 1))
        probes = range(low + step, high, step)
        rows = Message.objects.filter(pk__in=[ids.message_id(room_id, pos) for pos in probes])
        sent_at = dict(rows.values_list("pos", "sent_at"))
        high = next((pos for pos in probes if pos in sent_at and sent_at[pos] >= moment), high)
        low = max((pos for pos in probes if pos < high), default=low)
    return high if high <= last_pos else None


def _addressing(actor: Actor) -> Iterable[int]:
    """The ids of messages that address the actor: by name, or as everybody who was there."""
    mine = Q(room__members__person=actor.person_id, room__members__has_left=False)
    is_there = Q(person=None, message__sent_at__gte=F("room__members__joined_at"))
    return Mention.objects.filter(mine & (Q(person=actor.person_id) | is_there)).values_list("message", flat=True)


def _sent_at(actor: Actor, message_id: int) -> datetime:
    mine = {"room__members__person": actor.person_id, "room__members__has_left": False}
    found = Message.objects.filter(pk=message_id, **mine).values_list("sent_at", flat=True).first()
    if found is None:
        raise NotFound(access.NO_MESSAGE, field="before")
    return found


def _page(rows: Iterable[Message], *, more: bool) -> MessagesPage:
    rows = logs.with_people(rows)
    users = {user.pk: user for row in rows for user in (row.author, row.pinned_by) if user is not None}
    found = [shown.message(row, row.author.username) for row in rows]
    return MessagesPage(found, more, [people.person(user) for user in users.values()])


def _page_of(keys: list[Key], *, more: bool) -> MessagesPage:
    """The messages of these keys in their order, and their people: one query if all were shown lately, else two."""
    known = {key[0]: one for key in keys if (one := recent.get(key)) is not None}
    unknown = [number for number, _ in keys if number not in known]
    rows = _rows(unknown)
    users = _by_id({number for one in known.values() for number in one.people} | logs.people_of(rows))
    for row in logs.dressed(rows, users):
        known[row.pk] = one = Recent(shown.message(row, row.author.username), tuple(logs.people_of([row])))
        recent.put((row.pk, row.rev), one)
    found = [known[number] for number, _ in keys if number in known]
    in_order = dict.fromkeys(number for one in found for number in one.people)
    return MessagesPage([one.message for one in found], more, [people.person(users[number]) for number in in_order])


_rows = Compiled(lambda message_ids: Message.objects.filter(pk__in=message_ids))


def _by_id(person_ids: Collection[int]) -> dict[int, User]:
    return {user.pk: user for user in people_by_id(person_ids)}


def _bounded(limit: int) -> int:
    return max(1, min(limit, MOST_A_PAGE))
