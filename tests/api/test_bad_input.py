"""Bad input: a precise refusal to its sender; nothing is written, and others notice nothing."""

import json
from typing import Any

import pytest

from digi.chat.models import Message, Revision, Room
from digi.kit import sealed
from digi.protocol.ids import MESSAGE, ROOM

KEY = "a-key-of-mine"
ROOM_ID, MESSAGE_ID = "ROOM", "MESSAGE"  # stand for bob's own in what follows


def with_body(body: Any, **fields: Any) -> str:
    return json.dumps({"room": ROOM_ID, "body": body, **fields})


ADD: dict[str, tuple[str | bytes, int, str | None]] = {
    "nothing": ("", 422, "room"),
    "blanks": ("  \n", 422, "room"),
    "not JSON": ("{room", 422, None),
    "half of JSON": ('{"room": "ROOM", "body": "Hi"', 422, None),
    "two objects": ('{"room": "ROOM", "body": "Hi"} {}', 422, None),
    "an array": ('[{"room": "ROOM", "body": "Hi"}]', 422, None),
    "a text": ('"Hi"', 422, None),
    "null": ("null", 422, None),
    "not UTF-8": (b'{"room": "ROOM", "body": "\xff"}', 422, None),
    "UTF-16": ('{"room": "ROOM", "body": "Hi"}'.encode("utf-16"), 422, None),
    "no body": ('{"room": "ROOM"}', 422, "body"),
    "no room": ('{"body": "Hi"}', 422, "room"),
    "a number as body": (with_body(5), 422, "body"),
    "null as body": (with_body(None), 422, "body"),
    "a list as body": (with_body(["Hi"]), 422, "body"),
    "an empty body": (with_body(""), 422, "body"),
    "a blank body": (with_body(" \n\t\u3000"), 422, "body"),
    "NUL in the body": (with_body("a\0b"), 422, "body"),
    "one code point too many": (with_body("x" * 8001), 422, "body"),
    "one emoji too many": (with_body("🙂" * 8001), 422, "body"),
    "half of a surrogate pair": ('{"room": "ROOM", "body": "\\ud83d"}', 422, "body"),
    "the other half": ('{"room": "ROOM", "body": "\\ude42 Hi"}', 422, "body"),
    "both halves in the wrong order": ('{"room": "ROOM", "body": "\\ude42\\ud83d"}', 422, "body"),
    "half a pair as a field's name": ('{"room": "ROOM", "body": "Hi", "\\ud83d": 1}', 422, "?"),
    "a field twice": ('{"room": "ROOM", "body": "Hi", "body": "Ho"}', 422, "body"),
    "a field twice, spelled otherwise": ('{"room": "ROOM", "body": "Hi", "b\\u006fdy": "Ho"}', 422, "body"),
    "NaN": ('{"room": "ROOM", "body": NaN}', 422, None),
    "infinity": ('{"room": "ROOM", "body": -Infinity}', 422, None),
    "an endless number": ('{"room": "ROOM", "body": 1' + "0" * 10_000 + "}", 422, None),
    "too deep": ('{"room": "ROOM", "body": ' + "[" * 100_000 + "]" * 100_000 + "}", 422, None),
    "too deep in objects": ('{"a":' * 50_000 + "1" + "}" * 50_000, 422, None),
    "an unknown field": (with_body("Hi", user="alice"), 422, "user"),
    "another command": (with_body("Hi", type="message.delete"), 422, "type"),
    "a number as room": ('{"room": 1, "body": "Hi"}', 422, "room"),
    "null as room": ('{"room": null, "body": "Hi"}', 422, "room"),
    "an object as room": ('{"room": {}, "body": "Hi"}', 422, "room"),
    "a name as room": ('{"room": "Lounge", "body": "Hi"}', 404, "room"),
    "an empty room": ('{"room": "", "body": "Hi"}', 404, "room"),
    "an id that was never given": ('{"room": "' + "A" * 32 + '", "body": "Hi"}', 404, "room"),
    "a message's id as room": ('{"room": "MESSAGE", "body": "Hi"}', 404, "room"),
    "a foreign room": ('{"room": "FOREIGN", "body": "Hi"}', 404, "room"),
    "a room's id as reply": (with_body("Hi", reply_to=ROOM_ID), 404, "reply_to"),
    "a foreign message as reply": (with_body("Hi", reply_to="SECRET"), 404, "reply_to"),
    "a number as reply": (with_body("Hi", reply_to=1), 422, "reply_to"),
    "a short key": (with_body("Hi", key="short"), 422, "key"),
    "a long key": (with_body("Hi", key="x" * 65), 422, "key"),
    "a key in capitals": (with_body("Hi", key="A-KEY-OF-MINE"), 422, "key"),
    "a key with a line's end": (with_body("Hi", key=KEY + "\n"), 422, "key"),
    "a key as the server makes them": (with_body("Hi", key="_" + "0" * 32), 422, "key"),
    "a number as key": (with_body("Hi", key=12345678), 422, "key"),
    "null as key": (with_body("Hi", key=None), 422, "key"),
}

EDIT: dict[str, tuple[str | bytes, int, str | None]] = {
    "nothing": ("", 422, "message"),
    "not JSON": ("body", 422, None),
    "no body": ('{"message": "MESSAGE"}', 422, "body"),
    "an empty body": ('{"message": "MESSAGE", "body": ""}', 422, "body"),
    "NUL in the body": ('{"message": "MESSAGE", "body": "\\u0000"}', 422, "body"),
    "one code point too many": (json.dumps({"message": MESSAGE_ID, "body": "x" * 8001}), 422, "body"),
    "half of a surrogate pair": ('{"message": "MESSAGE", "body": "\\udc00"}', 422, "body"),
    "a key": ('{"message": "MESSAGE", "body": "Hi", "key": "a-key-of-mine"}', 422, "key"),
    "a number as message": ('{"message": 4294967297, "body": "Hi"}', 422, "message"),
    "a room's id as message": ('{"message": "ROOM", "body": "Hi"}', 404, "message"),
    "a foreign message": ('{"message": "SECRET", "body": "Hi"}', 404, "message"),
    "a message that was never said": ('{"message": "NEVER", "body": "Hi"}', 404, "message"),
    "another's message": ('{"message": "ANOTHERS", "body": "Hi"}', 403, None),
}


@pytest.fixture
def place(alice, bob, lounge, say, call):
    """Turns the words that stand for ids into ids."""
    elsewhere = Room.objects.get(pk=_open(alice).id)
    ids = {
        "ROOM": sealed.seal(ROOM, lounge.pk),
        "MESSAGE": sealed.seal(MESSAGE, say(bob, lounge, "Hello").id),
        "ANOTHERS": sealed.seal(MESSAGE, say(alice, lounge, "Hello").id),
        "FOREIGN": sealed.seal(ROOM, elsewhere.pk),
        "SECRET": sealed.seal(MESSAGE, say(alice, elsewhere, "secret").id),
        "NEVER": sealed.seal(MESSAGE, (lounge.pk << 32) + 9999),
    }

    def place(body):
        for word, token in ids.items():
            quoted, real = f'"{word}"', f'"{token}"'
            body = (
                body.replace(quoted.encode(), real.encode()) if isinstance(body, bytes) else body.replace(quoted, real)
            )
        return body

    return place


def _open(user):
    from digi.execute import execute
    from digi.protocol import commands as c
    from tests.conftest import as_actor

    return execute(as_actor(user), c.CreateRoom(kind="group", name="Attic")).room


def state():
    return [
        *Message.objects.order_by("pk").values_list("pk", "rev", "body"),
        *Room.objects.order_by("pk").values_list("pk", "head", "last_pos"),
        *Revision.objects.values_list("pk", "body"),
    ]


def assert_refused(call, bob, path, body, status, field, heard):
    before = state()
    heard.clear()
    found, answer = call(bob, path, body)
    assert (found, answer.get("field")) == (status, field), answer
    assert answer["code"] == {403: "forbidden", 404: "not_found", 422: "invalid"}[status]
    assert answer["detail"]
    assert len(answer["detail"]) < 300
    assert state() == before
    assert not heard


@pytest.mark.parametrize("case", ADD)
def test_a_message_is_refused(case, bob, call, place, heard):
    body, status, field = ADD[case]
    assert_refused(call, bob, "/commands/message.add", place(body), status, field, heard)


@pytest.mark.parametrize("case", EDIT)
def test_an_edit_is_refused(case, bob, call, place, heard):
    body, status, field = EDIT[case]
    assert_refused(call, bob, "/commands/message.edit", place(body), status, field, heard)


@pytest.mark.parametrize(
    "body",
    [
        "x" * 8000,
        "🙂" * 8000,
        "👩‍👩‍👧‍👦",
        "e\u0301",
        "\u202eevil",
        " Hi ",
        "a\r\nb\tc\u0007",
        "\ufffe\uffff",
        "<script>alert(1)</script>",
        "'; DROP TABLE chat_message; --",
        "﷽" * 4000,
    ],
)
def test_any_other_text_is_kept_as_it_was_sent(body, bob, call, place):
    room = json.loads(place('"ROOM"'))
    for ensure_ascii in (True, False):
        asked = json.dumps({"room": room, "body": body}, ensure_ascii=ensure_ascii)
        status, answer = call(bob, "/commands/message.add", asked.encode())
        assert (status, answer["message"]["body"]) == (200, body)
        assert Message.objects.latest("pk").body in {body, "secret"}
    messages = call(bob, f"/rooms/{room}/messages?limit=1")[1]["messages"]
    assert messages[0]["body"] == body


def test_a_refusal_never_repeats_what_was_sent(bob, call, place):
    status, answer = call(bob, "/commands/message.add", place(with_body(["a very secret text"])))
    assert status == 422
    assert "secret" not in json.dumps(answer)


def test_a_request_of_more_than_a_megabyte_is_refused(bob, call, place):
    status, answer = call(bob, "/commands/message.add", place(with_body("x" * 1_100_000)))
    assert status in {400, 413, 422}
    assert answer["code"] == "invalid"


LONG = "\u0958" * 80
"""Composed, it is 80 characters; as names are kept (NFC), 160."""


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        ("room.open", {"name": LONG}),
        ("room.create", {"kind": "group", "name": LONG}),
        ("profile.edit", {"display_name": LONG[:60]}),
    ],
)
def test_a_name_that_grows_is_measured_as_it_is_kept(command, fields, alice, call):
    status, answer = call(alice, f"/commands/{command}", fields)
    assert (status, answer["code"]) == (422, "invalid")
    assert answer["field"] in fields


@pytest.mark.parametrize("pos", [-1, 2**31, 2**70, 1.5, "1", None, True])
def test_a_position_is_a_whole_number(pos, bob, call, place):
    status, answer = call(bob, "/commands/room.read", place(json.dumps({"room": ROOM_ID, "pos": pos})))
    assert (status, answer["field"]) == (422, "pos")


@pytest.mark.parametrize("people", ["bob", ["bob"] * 51, [1], [None], [""], ["a\0b"], {"bob": 1}])
def test_people_are_a_short_list_of_names(people, alice, call):
    status, answer = call(alice, "/commands/room.create", {"kind": "group", "name": "Attic", "people": people})
    assert (status, answer["code"]) == (422, "invalid")
    assert answer["field"].startswith("people")


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "a\nb\0", "a\u202eb", "x" * 81, 5, None, "\u200b"])
def test_a_room_has_a_name_that_can_be_read(name, alice, call):
    status, answer = call(alice, "/commands/room.open", {"name": name})
    assert (status, answer["field"]) == (422, "name")
