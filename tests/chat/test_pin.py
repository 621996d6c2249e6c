"""Pinning: a message is kept where all members find it, by members of small circles and moderators of public ones."""

import pytest

from digi.chat import integrity, queries
from digi.chat.actions import pins
from digi.chat.models import Message, Room
from digi.errors import Conflict, Forbidden, NotFound
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_whole, counted

pytestmark = pytest.mark.engine


def pin(user, message, pinned=True):
    return execute(as_actor(user), c.PinMessage(message=message.id, pinned=pinned)).message


def pinned(user, room):
    return [message.body for message in queries.pins(as_actor(user), room.pk).messages]


@pytest.fixture
def square(alice, bob):
    """A public room of alice, with bob in it."""
    for user in (alice, bob):
        execute(as_actor(user), c.OpenRoom(name="Square"))
    return Room.objects.get(name="Square")


def test_a_pin_says_who_put_it_and_when_and_is_the_rooms_next_change(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    heard.clear()
    found = pin(bob, message)
    assert found.pinned is not None
    assert found.pinned.by == "bob"
    assert found.pinned.at >= message.sent_at
    assert set(found.json_value()["pinned"]) == {"by", "at"}
    (change,) = heard
    assert (change.stream, change.rev, change.shown) == (stream(ROOM, lounge.pk), message.rev + 1, found)
    assert_whole(lounge.pk)


def test_the_newest_pin_comes_first_and_names_its_people(alice, bob, robbie, lounge, say):
    one, two, _ = (say(alice, lounge, str(number)) for number in range(1, 4))
    pin(bob, two)
    pin(robbie, one)
    assert pinned(alice, lounge) == ["1", "2"]
    page = queries.pins(as_actor(alice), lounge.pk)
    assert not page.more
    assert {person.username for person in page.people} == {"alice", "bob", "robbie"}


def test_pinning_twice_is_pinning_once(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    found = pin(bob, message)
    heard.clear()
    assert pin(alice, message) == found
    assert not heard


def test_unpinning_takes_it_away_and_twice_changes_nothing(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    pin(bob, message)
    gone = pin(alice, message, False)
    assert "pinned" not in gone.json_value()
    assert pinned(bob, lounge) == []
    heard.clear()
    assert pin(bob, message, False) == gone
    assert not heard
    assert_whole(lounge.pk)


def test_in_a_direct_room_both_pin(alice, bob, direct, say):
    message = say(alice, direct)
    assert pin(bob, message).pinned.by == "bob"
    assert pin(alice, message, False).pinned is None


def test_in_a_public_room_moderators_pin(alice, bob, square, say):
    message = say(bob, square)
    for is_pinned in (True, False):
        with pytest.raises(Forbidden):
            pin(bob, message, is_pinned)
    assert pin(alice, message).pinned.by == "alice"
    execute(as_actor(alice), c.ChangeRole(room=square.pk, person="bob", role="moderator"))
    assert pin(bob, message, False).pinned is None


def test_a_room_has_at_most_a_hundred(alice, lounge, say, monkeypatch):
    monkeypatch.setattr(pins, "MOST_PINS", 2)
    one, two, three = (say(alice, lounge, str(number)) for number in range(1, 4))
    pin(alice, one)
    pin(alice, two)
    with pytest.raises(Conflict):
        pin(alice, three)
    assert pin(alice, two).pinned is not None, "what is there may be asked for again"
    pin(alice, one, False)
    pin(alice, three)
    assert pinned(alice, lounge) == ["3", "2"]


def test_deleting_unpins(alice, bob, lounge, say):
    message = say(bob, lounge)
    pin(alice, message)
    gone = execute(as_actor(alice), c.DeleteMessage(message=message.id)).message
    assert gone is not None
    assert "pinned" not in gone.json_value()
    assert pinned(bob, lounge) == []
    with pytest.raises(Conflict):
        pin(alice, message)
    assert pin(alice, message, False) == gone
    assert not list(integrity.faults())


def test_a_system_line_is_not_pinned(alice, lounge):
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    line = queries.messages(as_actor(alice), lounge.pk).messages[-1]
    with pytest.raises(Forbidden):
        pin(alice, line)


def test_in_an_archived_room_nothing_is_pinned_and_pins_are_read(alice, bob, lounge, say):
    message = say(alice, lounge)
    pin(alice, message)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    with pytest.raises(Forbidden):
        pin(alice, message, False)
    assert pinned(bob, lounge) == ["Hello"]


def test_a_stranger_sees_no_pin_and_puts_none(alice, charlie, lounge, say):
    message = say(alice, lounge)
    with pytest.raises(NotFound):
        pin(charlie, message)
    with pytest.raises(NotFound):
        queries.pins(as_actor(charlie), lounge.pk)


def test_the_pins_of_one_room_are_not_those_of_the_next(alice, bob, lounge, direct, say):
    pin(alice, say(alice, lounge, "here"))
    pin(alice, say(alice, direct, "there"))
    assert (pinned(alice, lounge), pinned(alice, direct)) == (["here"], ["there"])


def test_a_pin_outlives_an_edit_and_who_put_it(alice, bob, lounge, say):
    message = say(alice, lounge)
    pin(bob, message)
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    execute(as_actor(alice), c.EditMessage(message=message.id, body="Better"))
    (found,) = queries.pins(as_actor(alice), lounge.pk).messages
    assert (found.body, found.pinned.by if found.pinned else "") == ("Better", "bob")


def test_reading_them_takes_three_queries_and_pinning_six(alice, lounge, say):
    message, actor = say(alice, lounge), as_actor(alice)
    with counted() as made:
        execute(actor, c.PinMessage(message=message.id))
    assert made.number <= 6, made.statements
    with counted() as made:
        queries.pins(actor, lounge.pk)
    assert made.number <= 3, made.statements


def test_a_retry_answers_with_the_pin(alice, bob, lounge, say):
    message = say(alice, lounge, key="a-key-of-mine")
    found = pin(bob, message)
    assert say(alice, lounge, key="a-key-of-mine") == found
    assert Message.objects.count() == 1
