"""Reacting: an emoji and who put it, kept with the message; the same thing twice is one thing."""

import pytest

from digi.accounts import people
from digi.chat import queries
from digi.chat.actions import reactions
from digi.chat.models import Message
from digi.errors import Conflict, Forbidden, NotFound
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from digi.protocol.ids import message_id
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_whole, counted, of_room

pytestmark = pytest.mark.engine

HEART, RED_HEART = "❤", "❤\ufe0f"


def react(user, message, emoji="👍", on=True):
    return execute(as_actor(user), c.ReactToMessage(message=message.id, emoji=emoji, on=on)).message


def shown(message):
    return [(one.emoji, one.people) for one in message.reactions]


def test_everybody_who_put_an_emoji_is_named_the_first_one_first(alice, bob, robbie, lounge, say):
    message = say(alice, lounge)
    react(bob, message)
    react(robbie, message, "🎉")
    found = react(alice, message)
    assert shown(found) == [("👍", ["bob", "alice"]), ("🎉", ["robbie"])]
    assert found.json_value()["reactions"][0] == {"emoji": "👍", "people": ["bob", "alice"]}
    assert queries.messages(as_actor(robbie), lounge.pk).messages[-1] == found


def test_a_message_without_reactions_does_not_speak_of_them(alice, lounge, say):
    assert "reactions" not in say(alice, lounge).json_value()


def test_a_reaction_is_the_rooms_next_change(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    heard.clear()
    found = react(bob, message)
    (change,) = heard
    assert (change.stream, change.rev, change.shown) == (stream(ROOM, lounge.pk), message.rev + 1, found)
    assert (found.pos, found.body, found.edited_at) == (message.pos, message.body, None)
    assert_whole(lounge.pk)


def test_putting_twice_is_putting_once(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    found = react(bob, message)
    heard.clear()
    assert react(bob, message) == found
    assert not heard


def test_taking_away_leaves_what_others_put(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    react(alice, message)
    react(bob, message)
    assert shown(react(alice, message, on=False)) == [("👍", ["bob"])]
    heard.clear()
    assert shown(react(alice, message, on=False)) == [("👍", ["bob"])]
    assert not heard, "what is not there need not be taken away"
    gone = react(bob, message, on=False)
    assert "reactions" not in gone.json_value()
    assert_whole(lounge.pk)


@pytest.mark.parametrize(
    ("first", "second"),
    [(HEART, RED_HEART), (RED_HEART, HEART), ("1\ufe0f\u20e3", "1\u20e3"), ("☝\ufe0f🏽", "☝🏽")],
)
def test_an_emoji_is_the_same_in_either_style_and_stays_as_first_given(first, second, alice, bob, lounge, say):
    message = say(alice, lounge)
    react(alice, message, first)
    assert shown(react(bob, message, second)) == [(first, ["alice", "bob"])]
    assert shown(react(bob, message, second)) == [(first, ["alice", "bob"])]
    assert shown(react(alice, message, second, on=False)) == [(first, ["bob"])]


def test_a_skin_tone_makes_another_emoji(alice, bob, lounge, say):
    message = say(alice, lounge)
    react(alice, message, "👍")
    assert len(shown(react(bob, message, "👍🏽"))) == 2


def test_a_message_has_at_most_twenty_different_emoji(alice, bob, lounge, say):
    message = say(alice, lounge)
    for number in range(reactions.MOST_EMOJI):
        react(alice, message, chr(0x1F600 + number))
    with pytest.raises(Conflict) as refused:
        react(bob, message, "🎉")
    assert refused.value.field == "emoji"
    assert len(react(bob, message, chr(0x1F600)).reactions) == reactions.MOST_EMOJI, "joining in is still possible"
    react(alice, message, chr(0x1F601), on=False)
    assert len(react(bob, message, "🎉").reactions) == reactions.MOST_EMOJI
    assert_whole(lounge.pk)


def test_an_emoji_counts_at_most_two_hundred_people(alice, bob, lounge, say):
    message = say(alice, lounge)
    crowd = [f"person-{number}" for number in range(reactions.MOST_PEOPLE)]
    Message.objects.filter(pk=message.id).update(reactions=[{"emoji": "👍", "people": crowd}])
    with pytest.raises(Conflict) as refused:
        react(bob, message)
    assert refused.value.field == "emoji"
    assert len(react(bob, message, "🎉").reactions) == 2


def test_nobody_reacts_to_a_deleted_message_and_its_reactions_are_gone(alice, bob, lounge, say):
    message = say(alice, lounge)
    react(bob, message)
    tombstone = execute(as_actor(alice), c.DeleteMessage(message=message.id)).message
    assert tombstone is not None
    assert "reactions" not in tombstone.json_value()
    for on in (True, False):
        with pytest.raises(Conflict):
            react(bob, message, on=on)


def test_nobody_reacts_to_a_system_line(alice, bob, lounge):
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    line = queries.messages(as_actor(bob), lounge.pk).messages[-1]
    with pytest.raises(Forbidden):
        react(bob, line)


def test_an_edit_leaves_the_reactions(alice, bob, lounge, say):
    message = say(alice, lounge)
    react(bob, message)
    edited = execute(as_actor(alice), c.EditMessage(message=message.id, body="Better")).message
    assert edited is not None
    assert shown(edited) == [("👍", ["bob"])]


def test_where_one_may_not_write_one_does_not_react(alice, bob, direct, lounge, say):
    here, there = say(alice, lounge), say(alice, direct)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    execute(as_actor(alice), c.BlockPerson(person="bob"))
    for message in (here, there):
        with pytest.raises(Forbidden):
            react(bob, message)


def test_a_stranger_cannot_tell_the_message_exists(alice, charlie, lounge, say):
    message = say(alice, lounge)
    details = set()
    for number in (message.id, message_id(lounge.pk, 999), message_id(999, 1)):
        with pytest.raises(NotFound) as refused:
            execute(as_actor(charlie), c.ReactToMessage(message=number, emoji="👍"))
        details.add((refused.value.detail, refused.value.field))
    assert len(details) == 1


def test_who_was_deactivated_stays_among_those_who_reacted(alice, bob, lounge, say):
    message = say(alice, lounge)
    react(bob, message)
    people.deactivate(bob)
    assert shown(react(alice, message)) == [("👍", ["bob", "alice"])]


def test_it_takes_five_queries(alice, bob, lounge, say):
    message = say(alice, lounge)
    actor = as_actor(bob)
    with counted() as made:
        execute(actor, c.ReactToMessage(message=message.id, emoji="👍"))
    assert made.number <= 5, made.statements


def test_reactions_are_found_by_catching_up(alice, bob, lounge, say, heard):
    live, late = of_room(lounge), of_room(lounge)
    live.catch_up()
    heard.clear()
    message = say(alice, lounge)
    for user in (alice, bob):
        react(user, message)
    react(alice, message, on=False)
    live.hear(heard.changes())
    late.catch_up(1)
    assert_contiguous(heard.changes())
    assert live.objects == late.objects
