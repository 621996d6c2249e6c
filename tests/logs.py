"""What holds of every log at any moment, and a small client that keeps itself current by a log alone."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from digi.accounts.models import Block, Friendship, User
from digi.chat.models import Draft, Member, Message, Room
from digi.live import sources
from digi.live.changes import PERSON, ROOM, Change, stream

_UNCOUNTED = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK")


def assert_whole(room_id: int) -> None:
    """Positions 1 … n; each rev once, none above the head."""
    room = Room.objects.get(pk=room_id)
    messages = Message.objects.filter(room=room).order_by("pos")
    assert [row.pos for row in messages] == list(range(1, room.last_pos + 1))
    members = Member.objects.filter(room=room)
    revs = [*(row.rev for row in messages), *(row.rev for row in members), room.rev]
    assert_numbers(revs, room.head)


def assert_person_whole(user: User) -> None:
    person = User.objects.get(pk=user.pk)
    revs = [
        *Member.objects.filter(person=person).values_list("entry_rev", flat=True),
        *Friendship.objects.filter(low=person).values_list("low_rev", flat=True),
        *Friendship.objects.filter(high=person).values_list("high_rev", flat=True),
        *Block.objects.filter(blocker=person).values_list("rev", flat=True),
        *Draft.objects.filter(person=person).values_list("rev", flat=True),
        *([person.rev] if person.rev else []),
    ]
    assert_numbers(revs, person.head)


def assert_numbers(revs: Iterable[int], head: int) -> None:
    found = sorted(revs)
    assert len(found) == len(set(found)), f"a rev stands there twice: {found}"
    assert not found or 1 <= found[0] <= found[-1] <= head


def assert_contiguous(changes: Iterable[Change]) -> None:
    """Each log's changes were told in order and without a gap."""
    revs: dict[str, list[int]] = {}
    for change in changes:
        revs.setdefault(change.stream, []).append(change.rev)
    for name, found in revs.items():
        assert found == list(range(found[0], found[0] + len(found))), f"{name}: {found}"


class Replica:
    """The objects of one log as whoever follows it holds them: of each, the one with the newest rev."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cursor = 0
        self.objects: dict[str, Change] = {}

    def hear(self, changes: Iterable[Change]) -> None:
        for change in changes:
            held = self.objects.get(change.ident)
            if change.stream == self.name and (held is None or held.rev < change.rev):
                self.objects[change.ident] = change

    def catch_up(self, limit: int = 3) -> None:
        more = True
        while more:
            page = sources.page(self.name, self.cursor, limit)
            assert [change.rev for change in page.changes] == sorted({change.rev for change in page.changes})
            assert all(self.cursor < change.rev <= page.upto for change in page.changes)
            self.hear(page.changes)
            self.cursor, more = page.upto, page.has_more

    def shown(self, kind: str) -> list[dict[str, Any]]:
        return [change.shown.json_value() for change in self.objects.values() if change.kind == kind]


def of_room(room: Room | int) -> Replica:
    return Replica(stream(ROOM, room if isinstance(room, int) else room.pk))


def of_person(user: User) -> Replica:
    return Replica(stream(PERSON, user.pk))


class counted(CaptureQueriesContext):
    """`with counted() as queries: …`, then `queries.number`: all but BEGIN, COMMIT and savepoints."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def statements(self) -> list[str]:
        return [query["sql"] for query in self.captured_queries if not query["sql"].upper().startswith(_UNCOUNTED)]

    @property
    def number(self) -> int:
        return len(self.statements)
