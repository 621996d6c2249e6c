"""Whom a message addresses: found in its text, and kept as rows so that it can be counted. Knows no door."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from digi.accounts.models import Block
from digi.chat import policy
from digi.chat.access import Author
from digi.chat.models import Member, Mention, Message, Room
from digi.chat.text import mentioned

EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Addressed:
    """`names` as on the wire; `people` by id, with None for everyone."""

    names: list[str] = field(default_factory=list)
    people: list[int | None] = field(default_factory=list)


def find(room: Room, author: Member | Author, body: str) -> Addressed:
    """Whom of `room` its member `author` addresses in `body`: one query, and none where there is no @."""
    if "@" not in body:
        return Addressed()
    named = mentioned(body)
    found: dict[str, int | None] = dict(_others(room, author, named)) if named else {}
    if policy.can_address_everyone(author, room):
        found[EVERYONE] = None
    names = [name for name in named if name in found]
    return Addressed(names, [found[name] for name in names])


def rows_of(message: Message, people: Iterable[int | None]) -> list[Mention]:
    return [
        Mention(message_id=message.pk, room_id=message.room_id, person_id=person, pos=message.pos) for person in people
    ]


def renew(message: Message, addressed: Addressed) -> None:
    """Bring the rows of an edited message to whom it addresses now; who was addressed before is not once more."""
    rows = Mention.objects.filter(message=message) if message.mentions else Mention.objects.none()
    before = dict(rows.values_list("person", "pk"))
    gone = [pk for person, pk in before.items() if person not in addressed.people]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(rows_of(message, (one for one in addressed.people if one not in before)))
    message.mentions = addressed.names


def forget(message: Message) -> None:
    if message.mentions:
        Mention.objects.filter(message=message).delete()
    message.mentions = []


def _others(room: Room, author: Member | Author, named: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Usernames and ids of those members who may be addressed: who is here, and has no block with the author."""
    rows = Member.objects.filter(room=room, has_left=False, person__is_active=True, person__username__in=named)
    blocks = Block.objects.filter(is_active=True)
    rows = rows.exclude(person__in=blocks.filter(blocker=author.person_id).values("blocked"))
    rows = rows.exclude(person__in=blocks.filter(blocked=author.person_id).values("blocker"))
    return rows.exclude(person=author.person_id).values_list("person__username", "person")
