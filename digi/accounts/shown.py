"""Rows of people as the wire shows them; reads nothing."""

from collections.abc import Mapping
from typing import Any, Literal

from digi.accounts.models import Block, Friendship, User
from digi.kit import names
from digi.live.changes import PERSON, Change, stream
from digi.protocol import objects

NONE, REQUESTED, FRIENDS = Friendship.State.NONE, Friendship.State.REQUESTED, Friendship.State.FRIENDS


def person(user: User) -> objects.Person:
    return objects.Person.model_construct(
        username=user.username,
        display_name=user.display_name,
        initials=user.initials or names.initials(user.display_name),
        hue=user.hue,
        bot=user.is_bot,
    )


def me(user: User) -> objects.Me:
    fields, chosen = person(user).__dict__, settings(user.settings)
    return objects.Me.model_construct(**fields, rev=user.rev, owner=user.is_owner, head=user.head, settings=chosen)


def settings(kept: Mapping[str, Any]) -> objects.Settings:
    """What is kept of a person's settings, with the defaults for all else; only the former goes over the wire."""
    return objects.Settings.model_construct(**kept)


def friend(friendship: Friendship, viewer_id: int) -> objects.Friend:
    """As `viewer_id`, one of the two, sees it."""
    is_low = friendship.low_id == viewer_id
    other = friendship.high if is_low else friendship.low
    return objects.Friend.model_construct(
        person=other.username,
        profile=person(other),
        state=_state(friendship, viewer_id),
        rev=friendship.low_rev if is_low else friendship.high_rev,
    )


def _state(friendship: Friendship, viewer_id: int) -> Literal["friend", "incoming", "outgoing", "none"]:
    if friendship.state == REQUESTED:
        return "outgoing" if friendship.requested_by_id == viewer_id else "incoming"
    return "friend" if friendship.state == FRIENDS else "none"


def block(row: Block) -> objects.Block:
    return objects.Block.model_construct(
        person=row.blocked.username, profile=person(row.blocked), active=row.is_active, rev=row.rev
    )


def friend_change(friendship: Friendship, viewer_id: int) -> Change:
    shown = friend(friendship, viewer_id)
    return _change(viewer_id, "friend", shown, shown.rev, shown.person)


def block_change(row: Block) -> Change:
    return _change(row.blocker_id, "block", block(row), row.rev, row.blocked.username)


def me_change(user: User) -> Change:
    return _change(user.pk, "me", me(user), user.rev, "")


def _change(person_id: int, kind: str, shown: objects.Shown, rev: int, ident: str) -> Change:
    return Change(stream(PERSON, person_id), rev, kind, shown, f"{kind}:{ident}", added=rev)
