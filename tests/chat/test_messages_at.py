"""Going to a date: the page around the first message sent then or later, found without looking at every message."""

from datetime import UTC, datetime, timedelta

import pytest

from digi.chat import queries
from digi.chat.models import Message, Room
from digi.errors import NotFound
from digi.execute import execute
from digi.protocol import commands as c
from digi.protocol.ids import message_id
from tests.conftest import as_actor
from tests.logs import counted

pytestmark = pytest.mark.engine

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def fill(room, number):
    """So many messages, one an hour."""
    author = room.members.first().person
    rows = (
        Message(
            id=message_id(room.pk, pos),
            room=room,
            author=author,
            body=str(pos),
            key=f"key-{pos:06}",
            sent_at=START + pos * HOUR,
            pos=pos,
            rev=pos + 1000,
            added_rev=pos + 1000,
        )
        for pos in range(1, number + 1)
    )
    Message.objects.bulk_create(rows, batch_size=200)
    Room.objects.filter(pk=room.pk).update(last_pos=number, head=number + 1000)


@pytest.fixture
def square(alice):
    execute(as_actor(alice), c.OpenRoom(name="Square"))
    return Room.objects.get(name="Square")


def positions(user, room, moment, limit=4):
    return [message.pos for message in queries.messages_at(as_actor(user), room.pk, moment, limit=limit).messages]


@pytest.mark.parametrize("pos", [1, 2, 63, 64, 65, 66, 67, 130, 299, 300])
def test_the_page_is_around_the_first_message_sent_then_or_later(pos, alice, square):
    fill(square, 300)
    around = [one.pos for one in queries.messages(as_actor(alice), square.pk, around=pos, limit=4).messages]
    assert pos in around
    for moment in (START + pos * HOUR, START + pos * HOUR - HOUR / 2):
        assert positions(alice, square, moment) == around


def test_before_everything_it_is_the_beginning_and_after_everything_the_newest(alice, square):
    fill(square, 10)
    assert positions(alice, square, datetime.min.replace(tzinfo=UTC)) == [1, 2, 3, 4]
    assert positions(alice, square, datetime.max.replace(tzinfo=UTC)) == [7, 8, 9, 10]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_so_it_is_where_next_to_nothing_was_said(number, alice, square):
    fill(square, number)
    for moment in (START, START + HOUR, START + 99 * HOUR):
        assert positions(alice, square, moment) == [*range(1, number + 1)]


def test_a_deleted_message_still_has_its_time(alice, square):
    fill(square, 5)
    Message.objects.filter(pos=3).update(body="", digest="", is_deleted=True)
    assert positions(alice, square, START + 3 * HOUR, limit=1) == [3]


def test_it_ends_whatever_the_clock_did(alice, square):
    fill(square, 200)
    for row in Message.objects.all():
        row.sent_at = START + (row.pos * 7919 % 200) * HOUR
        row.save(update_fields=["sent_at"])
    assert positions(alice, square, START + 100 * HOUR)


def test_a_large_room_takes_eight_queries(alice, square):
    fill(square, 5000)
    actor = as_actor(alice)
    with counted() as made:
        page = queries.messages_at(actor, square.pk, START + 3333 * HOUR)
    assert 3333 in [message.pos for message in page.messages]
    # who asks, three rounds, what is in the page's two halves, what it says, and who wrote it
    assert made.number <= 8, made.statements


def test_a_stranger_reads_nothing(charlie, square):
    fill(square, 5)
    with pytest.raises(NotFound):
        positions(charlie, square, START)
