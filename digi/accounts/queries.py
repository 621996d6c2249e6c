"""Reads about people, each scoped to who asks; writes nothing."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet

from digi.accounts import shown
from digi.accounts.actors import Actor
from digi.accounts.models import Block, Friendship, User, normal
from digi.errors import NotFound
from digi.kit.compiled import Compiled
from digi.live.changes import Change
from digi.protocol import objects

MOST_FOUND = 20


def me(actor: Actor) -> objects.Me:
    return shown.me(actor.check(next(iter(people_by_id([actor.person_id])), None)))


people_by_id = Compiled(lambda ids: User.objects.filter(pk__in=ids))


def people(actor: Actor, q: str) -> list[objects.Person]:
    """Active people whose username or display name holds `q`, but nobody who has blocked the actor."""
    wanted = q.strip()
    found = visible(actor).exclude(pk=actor.person_id).order_by("username")
    if "\0" in wanted:
        return []
    if wanted:
        found = found.filter(Q(username__contains=normal(wanted)) | Q(display_name__icontains=wanted))
    return [shown.person(user) for user in found[:MOST_FOUND]]


def person(actor: Actor, username: str) -> objects.Person:
    return shown.person(visible_user(actor, username))


def visible(actor: Actor) -> QuerySet[User]:
    """Active people who have not blocked the actor."""
    blocked_by = Block.objects.filter(blocked=actor.person_id, is_active=True).values("blocker")
    return User.objects.filter(is_active=True).exclude(pk__in=blocked_by)


def visible_user(actor: Actor, username: str) -> User:
    """The person of this name; raises NotFound, also where they have blocked the actor."""
    user = None if "\0" in username else visible(actor).filter(username=normal(username)).first()
    if user is None:
        raise NotFound("There is no such person.", field="person")
    return user


def are_blocked(one: int, other: int) -> bool:
    """Whether either of the two blocks the other."""
    return Block.objects.filter(Q(blocker=one, blocked=other) | Q(blocker=other, blocked=one), is_active=True).exists()


def blocked_with(person_id: int) -> frozenset[int]:
    """Everybody with whom a block stands, whoever of the two put it: one query."""
    pairs = _blocks_of([person_id])
    return frozenset(blocked if blocker == person_id else blocker for blocker, blocked in pairs)


_blocks_of: Compiled[tuple[int, int]] = Compiled(
    lambda people: Block.objects.filter(Q(blocker__in=people) | Q(blocked__in=people), is_active=True).values_list(
        "blocker", "blocked"
    )
)


def seen_at(person_ids: Iterable[int]) -> dict[int, datetime]:
    """When these people were last here, as far as that is known and they let others know: one query.

    Who does not want to be seen here is not seen going either.
    """
    rows = User.objects.filter(pk__in=list(person_ids), seen_at__isnull=False)
    found = [(pk, seen, shown.settings(kept)) for pk, seen, kept in rows.values_list("pk", "seen_at", "settings")]
    return {pk: seen for pk, seen, chosen in found if seen and chosen.show_last_seen and chosen.show_online}


def are_friends(one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return Friendship.objects.filter(low=low, high=high, state=Friendship.State.FRIENDS).exists()


def friendship_with(person_id: int) -> QuerySet[Friendship]:
    """The friendship between a person and the one of the outer query, for an Exists."""
    theirs = Q(low=person_id, high=OuterRef("pk")) | Q(high=person_id, low=OuterRef("pk"))
    return Friendship.objects.filter(theirs, state=Friendship.State.FRIENDS)


def friends(actor: Actor) -> list[objects.Friend]:
    """Friends and open requests, both ways."""
    rows = _friendships(actor.person_id).exclude(state=Friendship.State.NONE)
    found = [shown.friend(row, actor.person_id) for row in rows]
    return sorted(found, key=lambda friend: friend.profile.display_name.casefold())


def connected(person_id: int) -> list[int]:
    """Whom a person has a friendship or an open request with."""
    pairs = _friendships(person_id).exclude(state=Friendship.State.NONE).values_list("low", "high")
    return [low if high == person_id else high for low, high in pairs]


def blocks(actor: Actor) -> list[objects.Block]:
    rows = Block.objects.filter(blocker=actor.person_id, is_active=True, blocked__is_active=True).select_related(
        "blocked"
    )
    return [shown.block(row) for row in rows.order_by("blocked__username")]


def heads(ids: Iterable[int]) -> dict[int, int]:
    return dict(User.objects.filter(pk__in=list(ids)).values_list("pk", "head"))


def changes(person_id: int, after: int, upto: int, limit: int) -> list[Change]:
    """What changed in a person's log as far as this package keeps it."""
    return [
        *_changed_friends(person_id, after, upto, limit),
        *_changed_blocks(person_id, after, upto, limit),
        *(shown.me_change(user) for user in User.objects.filter(pk=person_id, rev__gt=after, rev__lte=upto)),
    ]


def _changed_friends(person_id: int, after: int, upto: int, limit: int) -> list[Change]:
    as_low = Q(low=person_id, low_rev__gt=after, low_rev__lte=upto)
    as_high = Q(high=person_id, high_rev__gt=after, high_rev__lte=upto)
    rows = _friendships(person_id).filter(as_low | as_high)
    found = [shown.friend_change(row, person_id) for row in rows]
    return sorted(found, key=lambda change: change.rev)[:limit]


def _changed_blocks(person_id: int, after: int, upto: int, limit: int) -> list[Change]:
    rows = Block.objects.filter(blocker=person_id, rev__gt=after, rev__lte=upto).select_related("blocked")
    return [shown.block_change(row) for row in rows.order_by("rev")[:limit]]


def _friendships(person_id: int) -> QuerySet[Friendship]:
    return Friendship.objects.filter(Q(low=person_id) | Q(high=person_id)).select_related("low", "high")
