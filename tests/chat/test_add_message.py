"""Adding a message: once for each key, in order, to members only."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from digi.chat.models import Message, Room
from digi.errors import Conflict, Forbidden, NotFound, Unauthenticated
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_whole, counted

pytestmark = pytest.mark.engine

KEY = "a-key-of-mine"


def test_messages_take_the_next_pos_and_rev(bob, lounge, say):
    lounge.refresh_from_db()
    one, two = say(bob, lounge, "One"), say(bob, lounge, "Two")
    assert (one.pos, two.pos) == (lounge.last_pos + 1, lounge.last_pos + 2)
    assert (one.rev, two.rev) == (lounge.head + 1, lounge.head + 2)
    assert_whole(lounge.pk)


def test_a_message_is_shown_as_it_was_sent(bob, lounge, say):
    before = timezone.now()
    message = say(bob, lounge, "  Hello 🙂\nthere  ", key=KEY)
    assert (message.body, message.author, message.kind, message.key) == ("  Hello 🙂\nthere  ", "bob", "text", KEY)
    assert (message.reply_to, message.edited_at, message.deleted) == (None, None, False)
    assert before <= message.sent_at <= timezone.now()


def test_a_message_is_told_to_the_room_and_to_nobody_else(bob, lounge, say, heard):
    message = say(bob, lounge)
    (change,) = heard
    assert (change.stream, change.rev, change.shown) == (stream(ROOM, lounge.pk), message.rev, message)
    assert change.added == change.rev


def test_a_key_that_the_server_made_is_not_shown(bob, lounge, say):
    assert "key" not in say(bob, lounge).json_value()


def test_a_retry_adds_nothing_tells_nobody_and_answers_the_same(bob, lounge, say, heard):
    message = say(bob, lounge, key=KEY)
    heard.clear()
    result = execute(as_actor(bob), c.AddMessage(room=lounge.pk, body="Hello", key=KEY))
    assert (result.message, result.is_repeat) == (message, True)
    assert not heard
    assert Message.objects.filter(room=lounge, author=bob).count() == 1
    assert_whole(lounge.pk)


@pytest.mark.parametrize("other", ["body", "reply", "room"])
def test_the_same_key_with_other_content_is_a_conflict(other, alice, bob, lounge, direct, say):
    first = say(alice, lounge)
    say(bob, lounge, key=KEY)
    fields = {"room": lounge.pk, "body": "Hello", "key": KEY}
    change = {"body": {"body": "Hi"}, "reply": {"reply_to": first.id}, "room": {"room": direct.pk}}[other]
    with pytest.raises(Conflict) as refused:
        execute(as_actor(bob), c.AddMessage(**{**fields, **change}))
    assert refused.value.field == "key"
    assert_whole(lounge.pk)
    assert_whole(direct.pk)


def test_two_people_may_use_one_key(alice, bob, lounge, say):
    assert say(alice, lounge, key=KEY).pos != say(bob, lounge, key=KEY).pos


def test_a_retry_after_an_edit_answers_with_the_message_as_it_is_now(bob, lounge, say):
    message = say(bob, lounge, key=KEY)
    execute(as_actor(bob), c.EditMessage(message=message.id, body="Goodbye"))
    again = say(bob, lounge, key=KEY)
    assert (again.id, again.body) == (message.id, "Goodbye")
    assert again.edited_at is not None


def test_after_an_edit_only_what_was_asked_for_at_first_is_a_retry(bob, lounge, say):
    message = say(bob, lounge, key=KEY)
    for body in ("Goodbye", "Farewell"):
        execute(as_actor(bob), c.EditMessage(message=message.id, body=body))
    for other in ("Goodbye", "Farewell"):
        with pytest.raises(Conflict):
            say(bob, lounge, other, key=KEY)
    assert say(bob, lounge, key=KEY).body == "Farewell"


def test_a_retry_after_a_deletion_answers_with_the_tombstone(bob, lounge, say):
    message = say(bob, lounge, key=KEY)
    execute(as_actor(bob), c.DeleteMessage(message=message.id))
    for body in ("Hello", "something else, as nobody remembers what it said"):
        again = say(bob, lounge, body, key=KEY)
        assert (again.id, again.body, again.deleted) == (message.id, "", True)
    assert_whole(lounge.pk)


def test_a_retry_in_an_archived_room_still_answers(alice, bob, lounge, say):
    message = say(bob, lounge, key=KEY)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    assert say(bob, lounge, key=KEY) == message


def test_a_reply_names_a_message_of_the_same_room(alice, bob, lounge, say):
    first = say(alice, lounge)
    assert say(bob, lounge, reply_to=first.id).reply_to == first.id


def test_a_retried_reply_answers_even_if_the_key_is_all_it_shares(alice, bob, lounge, say):
    first = say(alice, lounge)
    reply = say(bob, lounge, reply_to=first.id, key=KEY)
    assert say(bob, lounge, reply_to=first.id, key=KEY) == reply


def test_nobody_replies_across_rooms(bob, lounge, direct, say):
    elsewhere = say(bob, direct)
    with pytest.raises(NotFound) as refused:
        say(bob, lounge, reply_to=elsewhere.id)
    assert refused.value.field == "reply_to"


def test_a_refused_message_takes_no_number_and_is_told_to_nobody(bob, charlie, lounge, say, heard):
    lounge.refresh_from_db()
    with pytest.raises(NotFound):
        say(charlie, lounge)
    assert not heard
    after = Room.objects.get(pk=lounge.pk)
    assert (after.head, after.last_pos) == (lounge.head, lounge.last_pos)


def test_an_archived_room_takes_no_messages(alice, bob, lounge, say):
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    with pytest.raises(Forbidden):
        say(alice, lounge)


def test_a_removed_member_adds_nothing_more(alice, bob, lounge, say):
    actor = as_actor(bob)
    execute(as_actor(alice), c.RemoveMember(room=lounge.pk, person="bob"))
    with pytest.raises(NotFound):
        execute(actor, c.AddMessage(room=lounge.pk, body="Hello"))


def test_an_actor_from_before_a_revocation_is_signed_out(bob, lounge):
    from digi.accounts import sessions

    actor = as_actor(bob)
    sessions.revoke(bob.pk)
    with pytest.raises(Unauthenticated):
        execute(actor, c.AddMessage(room=lounge.pk, body="Hello"))


def test_ones_own_messages_never_count_as_unread(alice, bob, lounge, say):
    from digi.chat import queries

    say(alice, lounge)
    say(bob, lounge)
    say(bob, lounge)
    assert queries.entry(as_actor(bob), lounge.pk).unread == 0
    assert queries.entry(as_actor(alice), lounge.pk).unread == 2


@pytest.mark.parametrize("where", ["lounge", "direct"])
@pytest.mark.parametrize("is_reply", [False, True])
def test_adding_takes_four_queries_and_one_for_a_lock_or_a_reply(where, is_reply, request, alice, bob, say):
    room = request.getfixturevalue(where)
    fields = {"reply_to": say(alice, room).id} if is_reply else {}
    actor = as_actor(bob)
    with counted() as queries:
        execute(actor, c.AddMessage(room=room.pk, body="Hello", **fields))
    assert queries.number == 4 + connection.features.has_select_for_update + is_reply, queries.statements


def test_many_at_once_are_added_in_order_and_fail_alone(alice, bob, charlie, lounge, direct, heard):
    from digi.chat.actions import messages

    def ask(user, room, body, **fields):
        return as_actor(user), c.AddMessage(room=room.pk, body=body, **fields)

    asks = [
        ask(alice, lounge, "1", key=KEY),
        ask(charlie, lounge, "refused"),
        ask(bob, direct, "2"),
        ask(alice, lounge, "1", key=KEY),
        ask(alice, lounge, "another text under one key", key=KEY),
        ask(bob, lounge, "3"),
    ]
    outcomes: list[Any] = messages.add_many(asks)
    assert [type(outcome).__name__ for outcome in outcomes] == [
        "Result",
        "NotFound",
        "Result",
        "Result",
        "Conflict",
        "Result",
    ]
    assert outcomes[0].message == outcomes[3].message
    assert [change.shown.body for change in heard.changes()] == ["1", "2", "3"]
    assert_contiguous(heard.changes())
    assert_whole(lounge.pk)
    assert_whole(direct.pk)


@pytest.mark.parametrize("others", [0, 3])
def test_a_key_that_was_used_is_found_however_many_are_added_with_it(others, alice, bob, lounge):
    from digi.chat.actions import messages

    def ask(user, body, **fields):
        return as_actor(user), c.AddMessage(room=lounge.pk, body=body, **fields)

    first: Any = messages.add_many([ask(alice, "Hello", key=KEY)])[0]
    asks = [ask(bob, str(number)) for number in range(others)]
    outcomes: list[Any] = messages.add_many([*asks, ask(alice, "Hello", key=KEY), ask(bob, "Hello", key=KEY)])
    repeated, of_another = outcomes[-2:]
    assert repeated.is_repeat
    assert repeated.message == first.message
    assert not of_another.is_repeat, "a key is one person's"
    assert_whole(lounge.pk)


def test_a_retry_is_answered_where_one_may_no_longer_write(alice, lounge):
    said = execute(as_actor(alice), c.AddMessage(room=lounge.pk, body="Hello", key=KEY))
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk, archived=True))
    again = execute(as_actor(alice), c.AddMessage(room=lounge.pk, body="Hello", key=KEY))
    assert again.is_repeat
    assert again.message == said.message
