"""Commands: every one is declared once, and what they may hold is said there."""

import pytest
from pydantic import ValidationError

from digi.errors import Invalid, NotFound
from digi.execute import ACTIONS
from digi.kit import sealed
from digi.protocol import commands as c
from digi.protocol.ids import MAX_BODY, MESSAGE, ROOM, SERVER_KEY

ROOM_TOKEN, MESSAGE_TOKEN = sealed.seal(ROOM, 7), sealed.seal(MESSAGE, (7 << 32) + 1)


def test_every_command_has_an_action_and_a_sentence():
    assert set(ACTIONS) == set(c.BY_NAME.values())
    assert all(model.__doc__ and model.__doc__.strip().endswith(".") for model in c.BY_NAME.values())


def test_a_command_is_called_what_its_frames_say():
    assert {name: model.model_fields["type"].default for name, model in c.BY_NAME.items()} == {n: n for n in c.BY_NAME}


def test_ids_come_sealed_and_are_numbers_within():
    command = c.parse("message.add", {"room": ROOM_TOKEN, "body": "Hi", "reply_to": MESSAGE_TOKEN})
    assert isinstance(command, c.AddMessage)
    assert (command.room, command.reply_to) == (7, (7 << 32) + 1)


@pytest.mark.parametrize("token", ["", "7", "Lounge", "A" * 32, MESSAGE_TOKEN, ROOM_TOKEN[:-1], ROOM_TOKEN + "A"])
def test_what_was_never_sealed_as_a_room_is_missing(token):
    with pytest.raises(NotFound) as refused:
        c.parse("room.join", {"room": token})
    assert refused.value.field == "room"


@pytest.mark.parametrize("number", [7, 7.0, True, None, [7]])
def test_a_client_never_names_a_plain_number(number):
    with pytest.raises(Invalid) as refused:
        c.parse("room.join", {"room": number})
    assert refused.value.field == "room"


def test_an_unknown_command_is_refused():
    for name in ("message.shout", "", "AddMessage", "Message.Add"):
        with pytest.raises(Invalid) as refused:
            c.parse(name, {})
        assert refused.value.field == "command"


def test_an_unknown_field_is_refused():
    with pytest.raises(Invalid) as refused:
        c.parse("room.join", {"room": ROOM_TOKEN, "as": "alice"})
    assert refused.value.field == "as"


@pytest.mark.parametrize("body", ["x" * MAX_BODY, "🙂" * MAX_BODY, " x ", "\r\n.\t"])
def test_a_body_counts_code_points_and_is_kept_as_it_is(body):
    assert c.AddMessage(room=7, body=body).body == body


@pytest.mark.parametrize("body", ["", " ", "\n\u3000", "x" * (MAX_BODY + 1), "a\0"])
def test_a_body_is_neither_blank_nor_endless(body):
    with pytest.raises(ValidationError):
        c.AddMessage(room=7, body=body)


@pytest.mark.parametrize("key", ["abcdefgh", "0" * 64, "a-b-c-d-e"])
def test_a_clients_key_has_eight_to_sixty_four_small_letters(key):
    assert c.AddMessage(room=7, body="x", key=key).key == key


@pytest.mark.parametrize(
    "key", ["abcdefg", "x" * 65, "ABCDEFGH", "abcdefg ", "abcdefgh\n", "äbcdefgh", SERVER_KEY * 9, ""]
)
def test_no_other_key_is_taken(key):
    with pytest.raises(ValidationError):
        c.AddMessage(room=7, body="x", key=key)


def test_the_server_makes_a_key_that_no_client_can_have():
    one, two = (c.AddMessage(room=7, body="x").key for _ in range(2))
    assert one != two
    assert one.startswith(SERVER_KEY)


@pytest.mark.parametrize(
    ("given", "kept"),
    [("  The   Lounge ", "The Lounge"), ("a\tb\nc", "a b c"), ("e\u0301", "é"), ("x" * 80, "x" * 80), ("a.b", "a.b")],
)
def test_a_rooms_name_is_one_tidy_line(given, kept):
    assert c.OpenRoom(name=given).name == kept


@pytest.mark.parametrize(
    "name",
    ["", "  ", ".", "..", "a/b", "x" * 81, "a\0", "a\u200bb", "\u202egnp", "a\u2066b", "\x1b[1m", "\u0958" * 80],
)
def test_a_rooms_name_hides_nothing(name):
    with pytest.raises(ValidationError):
        c.OpenRoom(name=name)


def test_an_empty_topic_removes_it():
    assert c.SetTopic(room=7, topic="  ").topic == ""


def test_commands_are_frozen():
    command = c.JoinRoom(room=7)
    with pytest.raises(ValidationError):
        setattr(command, "room", 8)  # noqa: B010 - mypy knows it too


def test_a_refusal_names_the_field_and_repeats_nothing():
    with pytest.raises(Invalid) as refused:
        c.parse("room.role", {"room": ROOM_TOKEN, "person": "bob", "role": "a secret word"})
    assert refused.value.field == "role"
    assert refused.value.detail.startswith("role ")
    assert "secret" not in refused.value.detail
