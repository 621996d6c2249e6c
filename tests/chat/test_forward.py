"""Forwarding: what was said in one room is said in another, once for each key, and stays its author's."""

import pytest
from django.db import connection

from digi.chat import queries
from digi.chat.actions import messages
from digi.chat.models import Mention, Message, Room
from digi.errors import Conflict, Forbidden, NotFound
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from digi.protocol.ids import message_id
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_whole, counted

pytestmark = pytest.mark.engine

KEY = "a-key-of-mine"


def forward(user, message, room, **fields):
    return execute(as_actor(user), c.ForwardMessage(message=message.id, room=room.pk, **fields)).message


def test_it_is_a_new_message_that_names_who_wrote_it(alice, bob, lounge, direct, say, heard):
    message = say(alice, lounge, "Hello *there*")
    heard.clear()
    found = forward(bob, message, direct)
    assert (found.room, found.author, found.body, found.forwarded_from) == (direct.pk, "bob", "Hello *there*", "alice")
    assert (found.reply_to, found.edited_at, found.kind) == (None, None, "text")
    assert found.id != message.id
    (change,) = heard
    assert (change.stream, change.rev, change.shown) == (stream(ROOM, direct.pk), found.rev, found)
    for room in (lounge, direct):
        assert_whole(room.pk)


def test_a_message_that_was_not_forwarded_does_not_speak_of_it(alice, lounge, say):
    assert "forwarded_from" not in say(alice, lounge).json_value()


def test_of_a_forward_the_first_author_stays_named(alice, bob, lounge, direct, say):
    first = forward(alice, say(bob, lounge), direct)
    assert forward(alice, first, lounge).forwarded_from == "bob"


def test_one_may_forward_within_a_room_and_what_one_wrote(alice, lounge, say):
    found = forward(alice, say(alice, lounge), lounge)
    assert (found.author, found.forwarded_from) == ("alice", "alice")


def test_a_retry_adds_nothing_and_answers_the_same(alice, bob, lounge, direct, say, heard):
    message = say(alice, lounge)
    found = forward(bob, message, direct, key=KEY)
    heard.clear()
    result = execute(as_actor(bob), c.ForwardMessage(message=message.id, room=direct.pk, key=KEY))
    assert (result.message, result.is_repeat) == (found, True)
    assert not heard
    assert Message.objects.filter(room=direct).count() == 1


@pytest.mark.parametrize("other", ["message", "room", "text"])
def test_the_same_key_for_something_else_is_a_conflict(other, alice, bob, lounge, direct, say):
    one, two = say(alice, lounge), say(alice, lounge)
    forward(bob, one, direct, key=KEY)
    command = {
        "message": c.ForwardMessage(message=two.id, room=direct.pk, key=KEY),
        "room": c.ForwardMessage(message=one.id, room=lounge.pk, key=KEY),
        "text": c.AddMessage(room=direct.pk, body="Hello", key=KEY),
    }[other]
    with pytest.raises(Conflict) as refused:
        execute(as_actor(bob), command)
    assert refused.value.field == "key"


def test_a_retry_is_answered_whatever_became_of_what_was_forwarded(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    found = forward(bob, message, direct, key=KEY)
    execute(as_actor(alice), c.DeleteMessage(message=message.id))
    assert forward(bob, message, direct, key=KEY) == found
    execute(as_actor(alice), c.RemoveMember(room=lounge.pk, person="bob"))
    assert forward(bob, message, direct, key=KEY) == found


def test_it_says_what_the_message_says_now(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    execute(as_actor(alice), c.EditMessage(message=message.id, body="Better"))
    found = forward(bob, message, direct)
    execute(as_actor(alice), c.EditMessage(message=message.id, body="Best"))
    assert (found.body, found.edited_at) == ("Better", None)
    assert Message.objects.get(pk=found.id).body == "Better"


def test_nothing_but_the_text_goes_along(alice, bob, lounge, direct, say):
    message = say(alice, lounge, "@bob come, @everyone!", reply_to=say(alice, lounge).id)
    execute(as_actor(bob), c.ReactToMessage(message=message.id, emoji="👍"))
    execute(as_actor(bob), c.PinMessage(message=message.id))
    found = forward(alice, message, direct)
    assert not {"mentions", "reactions", "pinned"} & found.json_value().keys()
    assert found.reply_to is None
    assert not Mention.objects.filter(room=direct).exists()
    assert queries.entry(as_actor(bob), direct.pk).mentions == 0


def test_a_deleted_message_is_not_forwarded(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    execute(as_actor(alice), c.DeleteMessage(message=message.id))
    with pytest.raises(Conflict):
        forward(bob, message, direct)


def test_a_system_line_is_not_forwarded(alice, bob, lounge, direct):
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    line = queries.messages(as_actor(bob), lounge.pk).messages[-1]
    with pytest.raises(Forbidden):
        forward(bob, line, direct)


def test_who_forwarded_it_changes_no_word_of_it_but_may_delete_it(alice, bob, lounge, direct, say):
    found = forward(bob, say(alice, lounge), direct)
    with pytest.raises(Forbidden):
        execute(as_actor(bob), c.EditMessage(message=found.id, body="What alice never said"))
    gone = execute(as_actor(bob), c.DeleteMessage(message=found.id)).message
    assert gone is not None
    assert "forwarded_from" not in gone.json_value()


def test_it_outlives_what_it_copied(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    found = forward(bob, message, direct)
    execute(as_actor(alice), c.DeleteMessage(message=message.id))
    assert Message.objects.get(pk=found.id).body == "Hello"


def test_nobody_forwards_what_they_may_not_read(alice, bob, charlie, lounge, say):
    message = say(alice, lounge)
    execute(as_actor(charlie), c.OpenRoom(name="Garden"))
    garden = Room.objects.get(name="Garden")
    details = set()
    for number in (message.id, message_id(lounge.pk, 999), message_id(999, 1)):
        with pytest.raises(NotFound) as refused:
            execute(as_actor(charlie), c.ForwardMessage(message=number, room=garden.pk))
        details.add((refused.value.detail, refused.value.field))
    assert len(details) == 1
    assert not Message.objects.filter(room=garden).exists()


def test_who_has_left_forwards_nothing_from_there(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    with pytest.raises(NotFound):
        forward(bob, message, direct)


def test_nobody_forwards_to_where_they_may_not_write(alice, bob, charlie, lounge, direct, say):
    execute(as_actor(charlie), c.OpenRoom(name="Garden"))
    message = say(bob, lounge)
    with pytest.raises(NotFound):
        forward(bob, message, Room.objects.get(name="Garden"))
    execute(as_actor(alice), c.BlockPerson(person="bob"))
    with pytest.raises(Forbidden):
        forward(bob, message, direct)


def test_from_an_archived_room_one_may_forward(alice, bob, lounge, direct, say):
    message = say(alice, lounge)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    assert forward(bob, message, direct).body == "Hello"


def test_it_is_added_among_many_others(alice, bob, lounge, direct, say, heard):
    message = say(alice, lounge)
    heard.clear()
    actor = as_actor(bob)
    outcomes = messages.add_many(
        [
            (actor, c.AddMessage(room=direct.pk, body="One")),
            (actor, c.ForwardMessage(message=message.id, room=direct.pk)),
            (actor, c.ForwardMessage(message=message_id(lounge.pk, 999), room=direct.pk)),
            (actor, c.AddMessage(room=direct.pk, body="Three")),
        ]
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["Result", "Result", "NotFound", "Result"]
    assert [change.shown.body for change in heard.changes()] == ["One", "Hello", "Three"]
    assert_contiguous(heard.changes())
    assert_whole(direct.pk)


def test_it_takes_six_queries_and_one_for_a_lock(alice, bob, lounge, direct, say):
    message, actor = say(alice, lounge), as_actor(bob)
    with counted() as made:
        execute(actor, c.ForwardMessage(message=message.id, room=direct.pk))
    assert made.number == 6 + connection.features.has_select_for_update, made.statements
