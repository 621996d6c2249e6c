"""Drafts: what one has begun to write, for one's other devices; nobody else ever hears of it."""

import pytest

from digi.chat import integrity, queries
from digi.chat.models import Draft, Room
from digi.errors import NotFound
from digi.execute import execute
from digi.live.changes import PERSON, stream
from digi.protocol import commands as c
from digi.protocol.ids import message_id
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, counted, of_person

pytestmark = pytest.mark.engine


def save(user, room, body="Dear all", reply_to=None):
    return execute(as_actor(user), c.SaveDraft(room=room.pk, body=body, reply_to=reply_to)).draft


def bodies(user):
    return [draft.body for draft in queries.drafts(as_actor(user))]


def test_a_draft_is_kept_and_told_to_ones_own_devices_alone(alice, bob, lounge, say, heard):
    message, before = say(alice, lounge), Room.objects.get(pk=lounge.pk).head
    heard.clear()
    draft = save(bob, lounge, "  Dear all\n", message.id)
    assert (draft.room, draft.body, draft.reply_to) == (lounge.pk, "  Dear all\n", message.id)
    (change,) = heard
    assert (change.stream, change.kind, change.rev, change.shown) == (stream(PERSON, bob.pk), "draft", draft.rev, draft)
    assert queries.drafts(as_actor(bob)) == [draft]
    assert queries.drafts(as_actor(alice)) == []
    assert Room.objects.get(pk=lounge.pk).head == before
    assert_person_whole(bob)


def test_saving_the_same_again_takes_no_rev(bob, lounge, heard):
    draft = save(bob, lounge)
    heard.clear()
    assert save(bob, lounge) == draft
    assert not heard


def test_a_later_draft_takes_the_place_of_the_earlier(bob, lounge):
    first, second = save(bob, lounge, "Dear"), save(bob, lounge, "Dear all")
    assert second.rev == first.rev + 1
    assert second.saved_at >= first.saved_at
    assert bodies(bob) == ["Dear all"]
    assert Draft.objects.count() == 1


def test_an_empty_text_forgets_it_and_what_it_replied_to(alice, bob, lounge, say, heard):
    message = say(alice, lounge)
    save(bob, lounge, "Dear all", message.id)
    heard.clear()
    gone = save(bob, lounge, "", message.id)
    assert (gone.body, gone.reply_to) == ("", None)
    (change,) = heard.changes()
    assert change.shown == gone
    assert bodies(bob) == []
    heard.clear()
    assert save(bob, lounge, "") == gone
    assert not heard


def test_forgetting_what_was_never_begun_changes_nothing(bob, lounge, heard):
    heard.clear()
    assert save(bob, lounge, "").rev == 0
    assert not heard
    assert not Draft.objects.exists()


def test_each_room_has_its_own(bob, lounge, direct):
    save(bob, lounge, "here")
    save(bob, direct, "there")
    assert bodies(bob) == ["here", "there"]


def test_the_draft_of_a_room_one_leaves_is_emptied(alice, bob, lounge, direct, heard):
    save(bob, lounge, "here")
    save(bob, direct, "there")
    heard.clear()
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    assert bodies(bob) == ["there"]
    assert [change.shown.body for change in heard.changes() if change.kind == "draft"] == [""]
    assert_contiguous(heard.changes())
    assert not Draft.objects.filter(body="here").exists()
    execute(as_actor(alice), c.InvitePerson(room=lounge.pk, person="bob"))
    assert bodies(bob) == ["there"]
    assert_person_whole(bob)
    assert not list(integrity.faults())


def test_so_is_that_of_a_room_one_is_removed_from(alice, bob, lounge):
    save(bob, lounge)
    execute(as_actor(alice), c.RemoveMember(room=lounge.pk, person="bob"))
    assert not Draft.objects.exclude(body="").exists()


def test_a_reply_is_begun_to_a_message_of_the_same_room(alice, bob, lounge, direct, say):
    elsewhere = say(bob, direct)
    for number in (elsewhere.id, message_id(lounge.pk, 999), message_id(lounge.pk, 0)):
        with pytest.raises(NotFound) as refused:
            save(bob, lounge, "Dear all", number)
        assert refused.value.field == "reply_to"


def test_in_an_archived_room_a_draft_is_still_kept(alice, bob, lounge):
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    assert save(bob, lounge).body == "Dear all"


def test_a_stranger_begins_nothing(charlie, lounge):
    with pytest.raises(NotFound):
        save(charlie, lounge)
    assert not Draft.objects.exists()


def test_drafts_are_found_by_catching_up(bob, lounge, direct, heard):
    live, late = of_person(bob), of_person(bob)
    live.catch_up()
    heard.clear()
    save(bob, lounge, "one")
    save(bob, direct, "two")
    execute(as_actor(bob), c.StarRoom(room=lounge.pk))
    save(bob, lounge, "three")
    live.hear(heard.changes())
    late.catch_up(1)
    assert_contiguous(heard.changes())
    for replica in (live, late):
        assert sorted(draft["body"] for draft in replica.shown("draft")) == ["three", "two"]


def test_keeping_one_takes_five_queries_and_reading_them_one(bob, lounge):
    actor = as_actor(bob)
    with counted() as made:
        execute(actor, c.SaveDraft(room=lounge.pk, body="Dear all"))
    assert made.number <= 5, made.statements
    with counted() as made:
        assert len(queries.drafts(actor)) == 1
    assert made.number == 1, made.statements
