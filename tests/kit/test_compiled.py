"""Querysets compiled once: the same rows as the ORM's own, whatever the number of ids."""

import pytest

from digi.accounts import people
from digi.accounts.models import User
from digi.chat.models import Member
from digi.kit.compiled import Compiled
from tests.logs import counted

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


@pytest.fixture
def users() -> list[User]:
    return [people.create(f"user{number}", None) for number in range(9)]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 9])
def test_it_finds_what_is_asked_for_and_nothing_else(count: int, users: list[User]) -> None:
    wanted = [user.pk for user in users[:count]]
    find = Compiled(lambda ids: User.objects.filter(pk__in=ids, is_active=True).order_by("-pk"))
    for _ in range(2):
        with counted() as queries:
            found = find(wanted)
        assert [user.pk for user in found] == wanted[::-1]
        assert queries.number == bool(count)


def test_its_rows_are_whole(users: list[User]) -> None:
    find = Compiled(lambda ids: User.objects.filter(pk__in=ids))
    [found], loaded = find([users[0].pk]), User.objects.get(pk=users[0].pk)
    assert {**vars(found), "_state": None} == {**vars(loaded), "_state": None}
    found.save(update_fields=["seen_at"])


def test_related_rows_come_along(bob: User, lounge) -> None:
    find = Compiled(lambda people: Member.objects.filter(person__in=people).select_related("person", "room"))
    with counted() as queries:
        [found] = find([bob.pk])
        assert (found.person.username, found.room.name) == ("bob", lounge.name)
    assert queries.number == 1


def test_several_lists_do_not_mix(alice: User, bob: User, lounge) -> None:
    find = Compiled(lambda rooms, people: Member.objects.filter(room__in=rooms, person__in=people))
    assert [(row.room_id, row.person_id) for row in find([lounge.pk], [bob.pk])] == [(lounge.pk, bob.pk)]
    assert find([lounge.pk, -5], [-1, -2, -3]) == []
    assert find([lounge.pk], []) == []
