"""How far one has read: only forward, told to one's own devices as a change and to the others as a signal."""

from typing import Any

import pytest

from digi.chat import queries
from digi.chat.models import Room
from digi.errors import NotFound
from digi.execute import execute, execute_many
from digi.live.changes import PERSON, ROOM, Signal, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, counted

pytestmark = pytest.mark.engine


@pytest.fixture
def five(alice, bob, lounge, say):
    """Five messages of alice; returns the last one."""
    return [say(alice, lounge, str(number)) for number in range(1, 6)][-1]


def read(user, room, pos):
    return execute(as_actor(user), c.MarkRead(room=room.pk, pos=pos)).room


def unread(user, room, pos):
    return execute(as_actor(user), c.MarkUnread(room=room.pk, pos=pos)).room


def test_the_mark_moves_forward_and_never_back(bob, lounge, five, heard):
    assert read(bob, lounge, five.pos - 2).unread == 2
    heard.clear()
    assert read(bob, lounge, five.pos - 4).unread == 2
    assert not heard
    assert read(bob, lounge, five.pos).unread == 0


def test_the_mark_never_passes_the_last_message(bob, lounge, five):
    assert read(bob, lounge, 2**31 - 1).read_pos == five.pos


def test_many_are_moved_at_once_and_each_is_refused_alone(alice, bob, charlie, lounge, five, heard):
    heard.clear()
    asks = [(as_actor(user), c.MarkRead(room=lounge.pk, pos=pos)) for user, pos in ((bob, 2), (charlie, 3), (bob, 4))]
    with counted() as made:
        outcomes: list[Any] = execute_many(asks)
    low, refused, high = outcomes
    assert (low.room.read_pos, high.room.read_pos) == (4, 4), "both as it is once all is written"
    assert isinstance(refused, NotFound)
    own = [change for change in heard if change.stream == stream(PERSON, bob.pk)]
    assert [change.shown.read_pos for change in own] == [2, 4]
    assert made.number <= 15, made.statements
    assert_person_whole(bob)


def test_the_log_of_the_room_does_not_move(bob, lounge, five):
    before = Room.objects.get(pk=lounge.pk).head
    read(bob, lounge, five.pos)
    unread(bob, lounge, 1)
    assert Room.objects.get(pk=lounge.pk).head == before


def test_ones_devices_learn_by_ones_log_and_others_by_a_signal(bob, lounge, five, heard):
    heard.clear()
    read(bob, lounge, five.pos)
    (change,) = heard.changes()
    assert (change.stream, change.kind, change.shown.read_pos) == (stream(PERSON, bob.pk), "entry", five.pos)
    (signal,) = [item for item in heard if isinstance(item, Signal)]
    head = Room.objects.get(pk=lounge.pk).head
    assert signal == Signal(
        stream(ROOM, lounge.pk), {"read": {"bob": five.pos}}, unheard_by=frozenset({bob.pk}), after=head
    )
    assert_person_whole(bob)


def test_marking_unread_brings_back_the_message_and_all_after_it(bob, lounge, five, heard):
    read(bob, lounge, five.pos)
    heard.clear()
    entry = unread(bob, lounge, five.pos - 1)
    assert (entry.read_pos, entry.unread) == (five.pos - 2, 2)
    assert [type(item).__name__ for item in heard] == ["Change"], "others do not learn of it"
    assert unread(bob, lounge, five.pos - 1) == entry
    assert len(heard) == 1
    assert_contiguous(heard.changes())


def test_there_is_nothing_unread_beyond_the_last_message(bob, lounge, five):
    assert unread(bob, lounge, 10**6).unread == 0


def test_speaking_reads_what_was_said_before(bob, lounge, five, say):
    say(bob, lounge)
    entry = queries.entry(as_actor(bob), lounge.pk)
    assert (entry.unread, entry.read_pos) == (0, five.pos + 1)


def test_marks_in_a_direct_room_name_both(alice, bob, direct, say, heard):
    message = say(alice, direct)
    heard.clear()
    read(bob, direct, message.pos)
    (change,) = heard.changes()
    assert change.shown.people == ["alice", "bob"]
