"""Deleting: a tombstone stays, and nothing of what was said."""

import pytest
from django.db import connection

from digi.chat import integrity, queries
from digi.chat.models import Message, Revision
from digi.errors import Forbidden, NotFound
from digi.execute import execute
from digi.live import sources
from digi.live.changes import ROOM, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_whole

pytestmark = pytest.mark.engine

SECRET = "the-secret-words"


def delete(user, message):
    return execute(as_actor(user), c.DeleteMessage(message=message.id)).message


@pytest.mark.parametrize("who", ["bob", "alice"])
def test_its_author_and_moderators_delete_a_message(who, request, bob, lounge, say, heard):
    message = say(bob, lounge)
    heard.clear()
    gone = delete(request.getfixturevalue(who), message)
    assert (gone.pos, gone.author, gone.body, gone.deleted) == (message.pos, "bob", "", True)
    (change,) = heard
    assert (change.stream, change.shown, change.rev) == (stream(ROOM, lounge.pk), gone, message.rev + 1)
    assert_whole(lounge.pk)


def test_other_members_do_not(bob, robbie, lounge, say):
    message = say(bob, lounge)
    with pytest.raises(Forbidden):
        delete(robbie, message)
    assert Message.objects.get(pk=message.id).body == "Hello"


def test_deleting_twice_is_deleting_once(bob, lounge, say, heard):
    message = say(bob, lounge)
    gone = delete(bob, message)
    heard.clear()
    assert delete(bob, message) == gone
    assert not heard


def test_a_system_line_stays(alice, lounge):
    execute(as_actor(alice), c.RenameRoom(room=lounge.pk, name="Salon"))
    line = Message.objects.filter(room=lounge, kind="system").latest("pos")
    with pytest.raises(Forbidden):
        execute(as_actor(alice), c.DeleteMessage(message=line.pk))


def test_nothing_of_the_text_is_left_anywhere(alice, bob, lounge, say, heard):
    message = say(bob, lounge, f"{SECRET} 1")
    for number in (2, 3):
        execute(as_actor(bob), c.EditMessage(message=message.id, body=f"{SECRET} {number}"))
    heard.clear()
    delete(alice, message)
    assert SECRET not in every_value_of_every_table()
    assert SECRET not in repr(list(heard))
    assert SECRET not in repr(sources.page(stream(ROOM, lounge.pk), 0))
    assert SECRET not in repr(queries.messages(as_actor(bob), lounge.pk))
    assert SECRET not in repr(queries.inbox(as_actor(bob)))
    assert not Revision.objects.filter(message=message.id).exists()
    assert Message.objects.get(pk=message.id).digest == ""
    assert not list(integrity.faults())


def every_value_of_every_table() -> str:
    with connection.cursor() as cursor:
        values = []
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            values.append(repr(cursor.fetchall()))
    return "".join(values)


def test_no_earlier_text_of_a_deleted_message_is_shown(alice, bob, lounge, say):
    message = say(bob, lounge)
    execute(as_actor(bob), c.EditMessage(message=message.id, body="Goodbye"))
    delete(bob, message)
    assert queries.revisions(as_actor(alice), message.id) == []


def test_a_reply_to_a_tombstone_is_possible(alice, bob, lounge, say):
    message = say(bob, lounge)
    delete(bob, message)
    assert say(alice, lounge, reply_to=message.id).reply_to == message.id


def test_in_an_archived_room_nothing_is_deleted(alice, bob, lounge, say):
    message = say(bob, lounge)
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    with pytest.raises(Forbidden):
        delete(bob, message)


def test_a_stranger_deletes_nothing(bob, charlie, lounge, say):
    message = say(bob, lounge)
    with pytest.raises(NotFound):
        delete(charlie, message)
