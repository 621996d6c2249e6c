"""Editing: by its author alone; what it said before is kept for the author and moderators."""

import pytest

from digi.chat import queries
from digi.chat.models import Message, Revision
from digi.errors import Conflict, Forbidden, NotFound
from digi.execute import execute
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from digi.protocol.ids import message_id
from tests.conftest import as_actor
from tests.logs import assert_whole

pytestmark = pytest.mark.engine


def edit(user, message, body="Goodbye"):
    return execute(as_actor(user), c.EditMessage(message=message.id, body=body)).message


def test_an_edit_takes_the_next_rev_and_keeps_the_place(bob, lounge, say, heard):
    message = say(bob, lounge)
    say(bob, lounge, "later")
    heard.clear()
    edited = edit(bob, message)
    assert (edited.pos, edited.sent_at, edited.body) == (message.pos, message.sent_at, "Goodbye")
    assert edited.rev == message.rev + 2
    assert edited.edited_at is not None
    (change,) = heard
    assert (change.stream, change.shown, change.added) == (stream(ROOM, lounge.pk), edited, message.rev)
    assert_whole(lounge.pk)


def test_an_edit_to_the_same_text_changes_and_tells_nothing(bob, lounge, say, heard):
    message = say(bob, lounge)
    heard.clear()
    assert edit(bob, message, "Hello") == message
    assert not heard
    assert not Revision.objects.exists()


@pytest.mark.parametrize("who", ["alice", "robbie"])
def test_nobody_edits_what_another_said(who, request, bob, lounge, say):
    message = say(bob, lounge)
    with pytest.raises(Forbidden):
        edit(request.getfixturevalue(who), message)


def test_a_stranger_cannot_tell_the_message_exists(bob, charlie, lounge, say):
    message = say(bob, lounge)
    details = set()
    for number in (message.id, message_id(lounge.pk, 999), message_id(999, 1)):
        with pytest.raises(NotFound) as refused:
            execute(as_actor(charlie), c.EditMessage(message=number, body="Hi"))
        details.add((refused.value.detail, refused.value.field))
    assert len(details) == 1


def test_a_deleted_message_is_not_edited(bob, lounge, say):
    message = say(bob, lounge)
    execute(as_actor(bob), c.DeleteMessage(message=message.id))
    with pytest.raises(Conflict):
        edit(bob, message)
    assert Message.objects.get(pk=message.id).body == ""


def test_a_system_line_is_not_edited(alice, lounge):
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    line = Message.objects.filter(room=lounge, kind="system").latest("pos")
    with pytest.raises(Forbidden):
        execute(as_actor(alice), c.EditMessage(message=line.pk, body="Hi"))


def test_in_an_archived_room_nothing_is_edited(alice, bob, lounge, say):
    message = say(bob, lounge)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    with pytest.raises(Forbidden):
        edit(bob, message)


def test_earlier_texts_are_for_the_author_and_moderators(alice, bob, robbie, lounge, say):
    message = say(bob, lounge, "one")
    edit(bob, message, "two")
    edit(bob, message, "three")
    for user in (alice, bob):
        found = queries.revisions(as_actor(user), message.id)
        assert [was.body for was in found] == ["one", "two"]
        assert found[0].written_at == message.sent_at
    with pytest.raises(Forbidden):
        queries.revisions(as_actor(robbie), message.id)


def test_who_lost_the_role_no_longer_sees_earlier_texts(alice, bob, robbie, lounge, say):
    message = say(bob, lounge, "one")
    edit(bob, message, "two")
    execute(as_actor(alice), c.ChangeRole(room=lounge.pk, person="robbie", role="moderator"))
    assert queries.revisions(as_actor(robbie), message.id)
    execute(as_actor(alice), c.ChangeRole(room=lounge.pk, person="robbie", role="member"))
    with pytest.raises(Forbidden):
        queries.revisions(as_actor(robbie), message.id)


def test_an_edit_in_a_group_the_author_left_is_refused_as_missing(bob, lounge, say):
    message = say(bob, lounge)
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    with pytest.raises(NotFound):
        edit(bob, message)
