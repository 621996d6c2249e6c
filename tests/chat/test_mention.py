"""Mentions: whom a text addresses, if they are there to be addressed; counted while unread, and found again."""

import pytest

from digi.accounts import people
from digi.chat import integrity, queries
from digi.chat.models import Mention, Message, Room
from digi.errors import NotFound
from digi.execute import execute
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_person_whole, assert_whole, counted, of_person

pytestmark = pytest.mark.engine


def unread(user, room):
    return queries.entry(as_actor(user), room.pk).mentions


def found(user, **bounds):
    return [message.body for message in queries.mentions(as_actor(user), **bounds).messages]


def edit(user, message, body):
    return execute(as_actor(user), c.EditMessage(message=message.id, body=body)).message


@pytest.fixture
def square(alice, bob, charlie):
    """A public room of alice, with bob and charlie in it."""
    for user in (alice, bob, charlie):
        execute(as_actor(user), c.OpenRoom(name="Square"))
    return Room.objects.get(name="Square")


# ── who is addressed ──


def test_members_are_addressed_by_name_in_any_spelling_each_once(alice, bob, robbie, lounge, say):
    message = say(alice, lounge, "@robbie, @BOB and @bob: look")
    assert message.mentions == ["robbie", "bob"]
    assert message.json_value()["mentions"] == ["robbie", "bob"]
    assert set(Mention.objects.values_list("person", "pos")) == {(bob.pk, message.pos), (robbie.pk, message.pos)}


@pytest.mark.parametrize("body", ["Hello", "@charlie and @nobody", "a@bob", "`@bob`", "@alice", "@"])
def test_nobody_else_is(body, alice, charlie, lounge, say):
    message = say(alice, lounge, body)
    assert "mentions" not in message.json_value()
    assert not Mention.objects.exists()


def test_who_has_left_or_was_deactivated_is_not_addressed(alice, bob, robbie, lounge, say):
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    people.deactivate(robbie)
    assert say(alice, lounge, "@bob @robbie").mentions == []


@pytest.mark.parametrize("blocker", ["alice", "bob"])
def test_nobody_is_addressed_across_a_block(blocker, request, alice, bob, lounge, say):
    other = {"alice": "bob", "bob": "alice"}[blocker]
    execute(as_actor(request.getfixturevalue(blocker)), c.BlockPerson(person=other))
    assert say(alice, lounge, "@bob @robbie").mentions == ["robbie"]
    assert unread(bob, lounge) == 0


def test_everyone_is_addressed_by_everybody_in_small_circles(alice, bob, lounge, direct, say):
    assert say(bob, lounge, "@everyone and @alice").mentions == ["everyone", "alice"]
    assert say(bob, direct, "@Everyone").mentions == ["everyone"]
    assert (unread(alice, lounge), unread(alice, direct)) == (1, 1), "twice addressed is one message"
    assert unread(bob, lounge) == 0


def test_everyone_is_addressed_by_moderators_in_public_rooms(alice, bob, charlie, square, say):
    assert say(bob, square, "@everyone").mentions == []
    assert say(alice, square, "@everyone").mentions == ["everyone"]
    assert (unread(bob, square), unread(charlie, square)) == (1, 1)


# ── counting ──


def test_what_is_read_no_longer_counts_and_counts_again_when_marked_unread(alice, bob, lounge, say, heard):
    first, second = say(alice, lounge, "@bob one"), say(alice, lounge, "@everyone two")
    assert unread(bob, lounge) == 2
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=first.pos))
    assert unread(bob, lounge) == 1
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=second.pos))
    assert "mentions" not in queries.entry(as_actor(bob), lounge.pk).json_value()
    heard.clear()
    execute(as_actor(bob), c.MarkUnread(room=lounge.pk, pos=first.pos))
    assert unread(bob, lounge) == 2
    assert [change.shown.mentions for change in heard.changes()] == [2], "one's devices learn of it"


def test_ones_own_call_to_everyone_is_not_for_oneself(alice, lounge, say):
    message = say(alice, lounge, "@everyone")
    execute(as_actor(alice), c.MarkUnread(room=lounge.pk, pos=message.pos))
    assert unread(alice, lounge) == 0
    assert found(alice) == []


def test_one_more_query_counts_them_for_the_whole_inbox(alice, bob, lounge, direct, say):
    for room in (lounge, direct):
        say(alice, room, "@bob")
    actor = as_actor(bob)
    with counted() as made:
        entries = queries.inbox(actor)
    assert {entry.kind: entry.mentions for entry in entries} == {"group": 1, "direct": 1}
    assert made.number <= 5, made.statements


def test_one_s_own_log_tells_them_too(alice, bob, lounge, say):
    say(alice, lounge, "@bob")
    replica = of_person(bob)
    replica.catch_up()
    assert [entry["mentions"] for entry in replica.shown("entry")] == [1]


def test_addressing_takes_eight_queries_and_anything_else_six(alice, bob, robbie, lounge, say):
    actor = as_actor(alice)
    for body, most in (("@bob @robbie @everyone", 8), ("Hello", 6)):
        with counted() as made:
            execute(actor, c.AddMessage(room=lounge.pk, body=body))
        assert made.number <= most, made.statements


# ── edits and deletions ──


def test_an_edit_addresses_whom_it_names_now(alice, bob, robbie, lounge, say):
    message = say(alice, lounge, "@bob")
    kept = Mention.objects.get(person=bob).pk
    assert edit(alice, message, "@bob @robbie").mentions == ["bob", "robbie"]
    assert Mention.objects.get(person=bob).pk == kept, "who was addressed before is not once more"
    assert (unread(bob, lounge), unread(robbie, lounge)) == (1, 1)
    assert edit(alice, message, "@everyone, @robbie").mentions == ["everyone", "robbie"]
    assert (unread(bob, lounge), unread(robbie, lounge)) == (1, 1)
    assert "mentions" not in edit(alice, message, "nobody").json_value()
    assert unread(bob, lounge) == 0
    assert not Mention.objects.exists()
    assert_whole(lounge.pk)


def test_what_was_said_to_nobody_can_be_edited_to_address_somebody(alice, bob, lounge, say):
    message = say(alice, lounge)
    execute(as_actor(bob), c.MarkRead(room=lounge.pk, pos=message.pos))
    assert edit(alice, message, "@bob").mentions == ["bob"]
    assert unread(bob, lounge) == 0, "it has been read"
    assert found(bob) == ["@bob"]


def test_a_deleted_message_addresses_nobody(alice, bob, lounge, say):
    message = say(alice, lounge, "@bob @everyone")
    gone = execute(as_actor(alice), c.DeleteMessage(message=message.id)).message
    assert gone is not None
    assert "mentions" not in gone.json_value()
    assert not Mention.objects.exists()
    assert (unread(bob, lounge), found(bob)) == (0, [])
    assert not list(integrity.faults())


def test_a_retry_addresses_nobody_twice(alice, bob, lounge, say):
    for _ in range(2):
        assert say(alice, lounge, "@bob", key="a-key-of-mine").mentions == ["bob"]
    assert Mention.objects.count() == 1


# ── finding them again ──


def test_they_are_found_across_ones_rooms_the_newest_first(alice, bob, lounge, direct, say):
    say(alice, lounge, "1 @bob")
    say(alice, direct, "2 @bob")
    say(alice, lounge, "3 for nobody")
    say(alice, lounge, "4 @everyone and @bob")
    assert found(bob) == ["4 @everyone and @bob", "2 @bob", "1 @bob"]
    assert [person.username for person in queries.mentions(as_actor(bob)).people] == ["alice"]


def test_they_come_in_pages_even_if_the_clock_stood_still(alice, bob, lounge, direct, say):
    for number in range(7):
        say(alice, (lounge, direct)[number % 2], f"{number} @bob")
    Message.objects.update(sent_at=Message.objects.latest("sent_at").sent_at)
    everything, before, pages = found(bob), None, []
    while True:
        page = queries.mentions(as_actor(bob), before, 3)
        pages.append([message.body for message in page.messages])
        if not page.more:
            break
        before = page.messages[-1].id
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [body for page in pages for body in page] == everything


def test_one_goes_on_from_a_message_that_was_deleted(alice, bob, lounge, say):
    said = [say(alice, lounge, f"{number} @bob") for number in range(3)]
    execute(as_actor(alice), c.DeleteMessage(message=said[1].id))
    assert found(bob, before=said[1].id) == ["0 @bob"]


def test_those_of_a_room_one_has_left_are_not_found(alice, bob, lounge, say):
    message = say(alice, lounge, "@bob")
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    assert found(bob) == []
    with pytest.raises(NotFound):
        found(bob, before=message.id)


def test_everyone_is_whoever_was_there(alice, bob, robbie, lounge, charlie, say):
    say(alice, lounge, "@everyone early")
    execute(as_actor(alice), c.InvitePerson(room=lounge.pk, person="charlie"))
    say(alice, lounge, "@everyone late")
    assert found(charlie) == ["@everyone late"]
    assert found(robbie) == ["@everyone late", "@everyone early"]


def test_a_stranger_finds_nothing_and_cannot_tell_what_exists(alice, charlie, lounge, say):
    message = say(alice, lounge, "@everyone")
    assert found(charlie) == []
    for number in (message.id, message.id + 999):
        with pytest.raises(NotFound) as refused:
            found(charlie, before=number)
        assert refused.value.field == "before"


def test_finding_them_takes_three_queries(alice, bob, lounge, say):
    messages, actor = [say(alice, lounge, "@bob") for _ in range(5)], as_actor(bob)
    with counted() as made:
        assert len(queries.mentions(actor, messages[-1].id).messages) == 4
    assert made.number <= 3, made.statements
    assert_person_whole(bob)
