"""The simple dialect: three frames in, three and a refusal out."""

from datetime import UTC, datetime

import pytest

from digi.errors import Invalid, NotFound
from digi.kit import sealed
from digi.protocol import commands as c
from digi.protocol import objects, simple
from digi.protocol.ids import MESSAGE, message_id

HERE, ELSEWHERE = sealed.seal(MESSAGE, message_id(7, 1)), sealed.seal(MESSAGE, message_id(8, 1))


def test_each_frame_is_a_command_in_the_sockets_room():
    add = simple.read({"type": "add", "message": "Hi", "key": "a-key-of-mine"}, 7)
    assert add == c.AddMessage(room=7, body="Hi", key="a-key-of-mine")
    edit = simple.read({"type": "edit", "message_id": HERE, "message": "Ho"}, 7)
    assert edit == c.EditMessage(message=message_id(7, 1), body="Ho")
    assert simple.read({"type": "delete", "message_id": HERE}, 7) == c.DeleteMessage(message=message_id(7, 1))


def test_a_key_is_made_where_none_is_given():
    command = simple.read({"type": "add", "message": "Hi"}, 7)
    assert isinstance(command, c.AddMessage)
    assert command.key


def test_who_one_claims_to_be_is_ignored():
    frame = {"type": "add", "message": "Hi", "user": "alice", "key": "a-key-of-mine"}
    assert simple.read(frame, 7) == c.AddMessage(room=7, body="Hi", key="a-key-of-mine")


@pytest.mark.parametrize("kind", ["edit", "delete"])
def test_a_socket_reaches_into_no_other_room(kind):
    with pytest.raises(NotFound):
        simple.read({"type": kind, "message_id": ELSEWHERE, "message": "Hi"}, 7)


@pytest.mark.parametrize(
    "frame",
    [
        {},
        {"type": "shout", "message": "Hi"},
        {"type": "add"},
        {"type": "add", "message": 5},
        {"type": "add", "message": ""},
        {"type": "add", "message": "Hi", "key": "short"},
        {"type": "edit", "message": "Hi"},
        {"type": "delete", "message_id": 1},
        {"type": ["add"], "message": "Hi"},
    ],
)
def test_anything_else_is_refused(frame):
    with pytest.raises(Invalid):
        simple.read(frame, 7)


def shown(**fields):
    told = {"id": message_id(7, 1), "room": 7, "pos": 1, "rev": 5, "author": "bob", "kind": "text", "body": "Hi"}
    sent_at = datetime(2030, 1, 2, 3, 4, 5, 678_900, UTC)
    return objects.Message(
        **{**told, "reply_to": None, "sent_at": sent_at, "edited_at": None, "deleted": False, **fields}
    )


def test_frames_out_have_these_fields_and_no_others():
    position = {"message_id": HERE, "rev": 5, "sent_at": "2030-01-02T03:04:05.678Z"}
    frame = {"type": "chat.message", "message": "Hi", "user": "bob", **position}
    assert simple.content("chat.message", shown()) == frame
    assert simple.content("chat.message", shown(key="a-key-of-mine")) == {**frame, "key": "a-key-of-mine"}
    assert simple.removal(shown(body="", deleted=True)) == {"type": "chat.message.delete", "user": "bob", **position}
