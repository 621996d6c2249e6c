"""The inbox: one's rooms, newest first, with what is unread and the last line; few queries, however many rooms."""

from datetime import timedelta

import pytest
from django.utils import timezone

from digi.chat import queries
from digi.chat.models import Message, Room
from digi.errors import NotFound
from digi.execute import execute
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import counted

pytestmark = pytest.mark.engine


def rooms(user):
    return [entry.name for entry in queries.inbox(as_actor(user))]


def open_room(user, name):
    execute(as_actor(user), c.OpenRoom(name=name))
    return Room.objects.get(name=name)


def test_the_room_with_the_newest_message_comes_first(alice, say):
    made = [open_room(alice, name) for name in ("One", "Two", "Three")]
    assert rooms(alice) == ["Three", "Two", "One"]
    say(alice, made[0])
    assert rooms(alice) == ["One", "Three", "Two"]


def test_the_last_line_is_the_newest_message_as_it_is_now(alice, bob, lounge, say):
    message = say(alice, lounge, "last")
    assert queries.inbox(as_actor(bob))[0].last == message
    execute(as_actor(alice), c.DeleteMessage(message=message.id))
    last = queries.inbox(as_actor(bob))[0].last
    assert last is not None
    assert (last.id, last.body, last.deleted) == (message.id, "", True)


def test_a_room_without_messages_has_no_last_line(alice):
    open_room(alice, "One")
    assert "last" not in queries.inbox(as_actor(alice))[0].json_value()


def test_only_ones_own_rooms_are_in_it(alice, bob, charlie, lounge):
    assert rooms(charlie) == []
    assert rooms(bob) == ["Lounge"]


def test_heads_are_those_of_ones_rooms(bob, charlie, lounge, direct):
    assert queries.heads(as_actor(bob)) == {
        room.pk: room.head for room in Room.objects.filter(pk__in=[lounge.pk, direct.pk])
    }
    assert queries.heads(as_actor(charlie)) == {}


@pytest.mark.parametrize("number", [1, 40])
def test_it_takes_five_queries_however_many_rooms_there_are(number, alice, direct, say):
    for index in range(number):
        say(alice, open_room(alice, f"Room {index}"))
    actor = as_actor(alice)
    with counted() as made:
        found = queries.inbox(actor)
    assert len(found) == number + 1
    assert made.number <= 4, made.statements  # and one to know who asks


def test_opening_a_room_takes_ten_queries(alice, bob, lounge, say):
    for number in range(60):
        say(alice, lounge, str(number))
    actor = as_actor(bob)
    with counted() as made:
        queries.entry(actor, lounge.pk)
        queries.messages(actor, lounge.pk)
        queries.members(actor, lounge.pk)
    assert made.number <= 10, made.statements


# ── pages of messages ──


@pytest.fixture
def ten(alice):
    """A room with ten messages, at the positions 1 … 10."""
    room = open_room(alice, "Ten")
    for number in range(1, 11):
        execute(as_actor(alice), c.AddMessage(room=room.pk, body=str(number)))
    return room


def page(user, room, **bounds):
    found = queries.messages(as_actor(user), room.pk, **bounds)
    return [message.pos for message in found.messages], found.more


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, ([*range(1, 11)], False)),
        ({"limit": 3}, ([8, 9, 10], True)),
        ({"limit": 10}, ([*range(1, 11)], False)),
        ({"limit": 0}, ([10], True)),
        ({"limit": -5}, ([10], True)),
        ({"limit": 10**6}, ([*range(1, 11)], False)),
        ({"before": 4}, ([1, 2, 3], False)),
        ({"before": 4, "limit": 3}, ([1, 2, 3], False)),
        ({"before": 4, "limit": 2}, ([2, 3], True)),
        ({"before": 1}, ([], False)),
        ({"before": 0}, ([], False)),
        ({"before": 2**62, "limit": 2}, ([9, 10], True)),
        ({"after": 7}, ([8, 9, 10], False)),
        ({"after": 7, "limit": 3}, ([8, 9, 10], False)),
        ({"after": 7, "limit": 2}, ([8, 9], True)),
        ({"after": 0, "limit": 2}, ([1, 2], True)),
        ({"after": 10}, ([], False)),
        ({"after": 2**62}, ([], False)),
        ({"around": 5, "limit": 4}, ([3, 4, 5, 6], True)),
        ({"around": 5, "limit": 1}, ([5], True)),
        ({"around": 1, "limit": 4}, ([1, 2, 3, 4], True)),
        ({"around": 10, "limit": 4}, ([8, 9, 10], True)),
        ({"around": 5, "limit": 50}, ([*range(1, 11)], False)),
        ({"around": 0, "limit": 4}, ([1, 2, 3, 4], True)),
        ({"around": 2**62, "limit": 4}, ([9, 10], True)),
    ],
)
def test_a_page_is_bounded_by_exclusive_positions(bounds, expected, alice, ten):
    assert page(alice, ten, **bounds) == expected


def test_a_page_never_reaches_into_the_next_room(alice, ten, say):
    say(alice, open_room(alice, "Next"))
    assert page(alice, ten, after=9) == ([10], False)
    assert page(alice, ten, limit=1) == ([10], True)


def test_a_page_names_its_authors_once(alice, bob, lounge, say):
    for user in (bob, alice, bob):
        say(user, lounge)
    found = queries.messages(as_actor(bob), lounge.pk, limit=3)
    assert sorted(person.username for person in found.people) == ["alice", "bob"]


def test_only_one_bound_is_given(alice, ten):
    from digi.errors import Invalid

    with pytest.raises(Invalid):
        page(alice, ten, before=1, after=2)


def test_a_stranger_reads_nothing(charlie, lounge):
    for read in (queries.entry, queries.messages, queries.members):
        with pytest.raises(NotFound):
            read(as_actor(charlie), lounge.pk)
    with pytest.raises(NotFound):
        queries.changes(as_actor(charlie), lounge.pk, 0)


def test_order_is_by_position_whatever_the_clock_did(alice, ten):
    Message.objects.filter(room=ten, pos=5).update(sent_at=timezone.now() + timedelta(days=365))
    assert page(alice, ten)[0] == [*range(1, 11)]


@pytest.mark.parametrize("name", ["ten", "TEN", "ｔｅｎ"])
def test_a_public_room_is_found_by_any_spelling_of_its_name(name, ten):
    assert queries.room_id_of(name) == ten.pk


@pytest.mark.parametrize("name", ["", "nowhere", "Lounge", "a\0b", "x" * 1000])
def test_no_room_is_found_by_what_names_none(name, lounge):
    assert queries.room_id_of(name) is None
