"""Reads of how people meet in rooms. Knows no message."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from digi.accounts import queries as people
from digi.accounts import shown
from digi.accounts.actors import Actor
from digi.accounts.models import User, normal
from digi.chat.models import Member, Room


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
    kept = found.values_list("pk", "username", "settings")
    return {pk: username for pk, username, settings in kept if shown.settings(settings).show_online}
