"""What is malformed: a precise error to its sender, the socket lives, nothing is written, others notice nothing."""

import json
from typing import Any

import pytest

from digi.accounts.models import User
from digi.chat.models import Message, Room
from digi.kit import sealed, threads
from digi.protocol.ids import MAX_BODY
from tests.gateway.conftest import message_token, room_token

FOREIGN = "f" * 32  # of the right form, and sealed by no key

NOT_FRAMES = [
    "",
    " ",
    "Hello",
    "{",
    "null",
    "[]",
    '"text"',
    "1",
    '[{"type": "ping"}]',
    "{'type': 'ping'}",
    '{"type": NaN}',
    '{"type": "ping", "x": Infinity}',
    '{"type": "ping", "x": 1e999}',
    '{"type": "ping", "type": "ping"}',
    '{"type": "ping", "x": {"a": 1, "a": 2}}',
    '{"type": "ping", "\\ud800": 1}',
    "[" * 50_000,
    '{"a":' * 20_000,
    '{"type":"ping"}\x00',
    '{"type": "ping"} {"type": "ping"}',
    "\ufeff{}",
    '{"n": ' + "9" * 5000 + "}",
]

DIGI: list[tuple[dict[str, Any], str]] = [
    ({}, "type"),
    ({"type": None}, "type"),
    ({"type": "no such frame"}, "type"),
    ({"type": ["ping"]}, "type"),
    ({"type": "ping", "more": 1}, "more"),
    ({"type": "ask", "ref": "r"}, "command"),
    ({"type": "ask", "ref": 1, "command": {}}, "ref"),
    ({"type": "ask", "ref": "r" * 65, "command": {}}, "ref"),
    ({"type": "ask", "ref": "r", "command": []}, "command"),
    ({"type": "ask", "ref": "r", "command": "message.add"}, "command"),
    ({"type": "sync", "ref": "r", "cursors": {"me": "1"}}, "me"),
    ({"type": "sync", "ref": "r", "cursors": {"me": -1}}, "me"),
    ({"type": "sync", "ref": "r", "cursors": {"me": 1.5}}, "me"),
    ({"type": "sync", "ref": "r", "cursors": {"me": True}}, "me"),
    ({"type": "sync", "ref": "r", "cursors": {"me": 2**80}}, "me"),
    ({"type": "sync", "ref": "r", "cursors": []}, "cursors"),
    ({"type": "sync", "ref": "r", "cursors": {str(number): 0 for number in range(501)}}, "cursors"),
]

COMMANDS = [
    ({}, "invalid", "command"),
    ({"type": "message.burn"}, "invalid", "command"),
    ({"type": 7}, "invalid", "command"),
    ({"type": "__class__"}, "invalid", "command"),
    ({"type": "message.add"}, "invalid", "room"),
    ({"type": "message.add", "room": 1, "body": "x"}, "invalid", "room"),
    ({"type": "message.add", "room": None, "body": "x"}, "invalid", "room"),
    ({"type": "message.add", "room": FOREIGN, "body": "x"}, "not_found", "room"),
    ({"type": "message.add", "room": "room.1", "body": "x"}, "not_found", "room"),
    ({"type": "message.add", "room": "ROOM", "body": 5}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": ["x"]}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": {"$gt": ""}}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": None}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": ""}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": " \n\t\u3000"}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": "x" * (MAX_BODY + 1)}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": "a\0b"}, "invalid", "body"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "key": "short"}, "invalid", "key"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "key": "k" * 65}, "invalid", "key"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "key": "KEY-1234"}, "invalid", "key"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "key": "key-1234\n"}, "invalid", "key"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "key": "_0123456789"}, "invalid", "key"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "author": "alice"}, "invalid", "author"),
    ({"type": "message.add", "room": "ROOM", "body": "x", "reply_to": "ROOM"}, "not_found", "reply_to"),
    ({"type": "message.edit", "message": "ROOM", "body": "x"}, "not_found", "message"),
    ({"type": "message.delete", "message": 2**32}, "invalid", "message"),
    ({"type": "message.delete", "message": "NO_MESSAGE"}, "not_found", "message"),
    ({"type": "room.read", "room": "ROOM", "pos": -1}, "invalid", "pos"),
    ({"type": "room.read", "room": "ROOM", "pos": 2**31}, "invalid", "pos"),
    ({"type": "room.read", "room": "ROOM", "pos": True}, "invalid", "pos"),
    ({"type": "room.create", "kind": "secret"}, "invalid", "kind"),
    ({"type": "room.create", "kind": "group", "people": ["bob"] * 51}, "invalid", "people"),
    ({"type": "room.invite", "room": "ROOM", "person": "nobody"}, "not_found", "person"),
    ({"type": "room.invite", "room": "ROOM", "person": "a\0b"}, "invalid", "person"),
    ({"type": "profile.edit", "hue": 360}, "invalid", "hue"),
    ({"type": "profile.edit", "is_owner": True}, "invalid", "is_owner"),
]

SIMPLE: list[tuple[dict[str, Any], str, str]] = [
    ({}, "invalid", "type"),
    ({"type": "burn"}, "invalid", "type"),
    ({"type": "add"}, "invalid", "message"),
    ({"type": "add", "message": 5}, "invalid", "message"),
    ({"type": "add", "message": ""}, "invalid", "message"),
    ({"type": "add", "message": "a\0b"}, "invalid", "message"),
    ({"type": "add", "message": "x" * (MAX_BODY + 1)}, "invalid", "message"),
    ({"type": "add", "message": "x", "key": 5}, "invalid", "key"),
    ({"type": "edit", "message": "x"}, "invalid", "message_id"),
    ({"type": "edit", "message": "x", "message_id": 1}, "invalid", "message_id"),
    ({"type": "edit", "message": "x", "message_id": FOREIGN}, "not_found", "message_id"),
    ({"type": "delete", "message_id": "ROOM"}, "not_found", "message_id"),
    ({"type": "delete", "message_id": "NO_MESSAGE"}, "not_found", "message"),
]


def filled(value: Any, lounge: Room) -> Any:
    """`value` with the room's real tokens in it."""
    tokens = {"ROOM": room_token(lounge), "NO_MESSAGE": sealed.seal("message", (lounge.pk << 32) + 999)}
    if isinstance(value, dict):
        return {name: filled(part, lounge) for name, part in value.items()}
    return tokens.get(value, value) if isinstance(value, str) else value


@pytest.fixture
async def others(dial, bob: User, lounge: Room):
    """bob, on both dialects, and what the database holds: neither may notice anything."""
    phones = [await dial(bob), await dial(bob, f"/ws/chat/{room_token(lounge)}/")]
    await phones[0].hear("welcome")
    before = await Message.objects.acount()
    yield phones
    assert [await phone.is_silent() for phone in phones] == [True, True]
    assert await Message.objects.acount() == before


async def test_what_is_no_frame_is_refused_on_both_dialects(dial, alice: User, lounge: Room, others) -> None:
    digi, simple = await dial(alice), await dial(alice, f"/ws/chat/{room_token(lounge)}/")
    for text in NOT_FRAMES:
        await digi.tell_raw(text)
        refused = (await digi.hear("error"))["error"]
        assert refused["code"] == "invalid", text[:80]
        assert len(refused["detail"]) < 300
        await simple.tell_raw(text)
        assert (await simple.hear("error"))["code"] == "invalid", text[:80]
    await digi.tell(type="ping")
    assert await digi.hear() == {"type": "pong"}


async def test_binary_frames_are_refused(dial, alice: User, lounge: Room, others) -> None:
    digi, simple = await dial(alice), await dial(alice, f"/ws/chat/{room_token(lounge)}/")
    for data in (b"", b"\xff\xfe", json.dumps({"type": "ping"}).encode()):
        await digi.tell_raw(data=data)
        assert (await digi.hear("error"))["error"]["detail"] == "Frames are text, not binary."
        await simple.tell_raw(data=data)
        assert (await simple.hear("error"))["code"] == "invalid"


async def test_envelopes_are_refused_by_field(dial, alice: User, lounge: Room, others) -> None:
    phone = await dial(alice)
    for frame, field in DIGI:
        await phone.tell(**frame)
        refused = (await phone.hear("error"))["error"]
        assert (refused["code"], field in refused.get("field", "")) == ("invalid", True), (frame, refused)
    await phone.tell(type="ping")
    await phone.hear("pong")


async def test_commands_are_refused_by_field(dial, alice: User, lounge: Room, others) -> None:
    phone = await dial(alice)
    for number, (command, code, field) in enumerate(COMMANDS):
        await phone.tell(type="ask", ref=f"{number}", command=filled(command, lounge))
        reply = await phone.hear("reply")
        assert (reply["ref"], reply["ok"]) == (f"{number}", False), command
        error = reply["error"]
        assert (error["code"], field in error.get("field", "")) == (code, True), (command, error)
        assert error["detail"].endswith(".")
        assert error["ref"] == f"{number}"


async def test_simple_frames_are_refused_by_field(dial, alice: User, lounge: Room, others) -> None:
    phone = await dial(alice, f"/ws/chat/{room_token(lounge)}/")
    for frame, code, field in SIMPLE:
        await phone.tell(**filled(frame, lounge))
        error = await phone.hear("error")
        assert (error["code"], field in error.get("field", "")) == (code, True), (frame, error)


async def test_half_a_surrogate_pair_is_refused_wherever_it_stands(dial, alice: User, lounge: Room, others) -> None:
    phone = await dial(alice)
    for text in (
        '{"type": "ask", "ref": "r", "command": {"type": "message.add", "room": "%s", "body": "\\ud83d"}}',
        '{"type": "ask", "ref": "\\udc00", "command": {"type": "message.add", "room": "%s", "body": "x"}}',
        '{"type": "ask", "ref": "r", "command": {"type": "message.add", "room": "%s", "key": "\\ud800", "body": "x"}}',
    ):
        await phone.tell_raw(text % room_token(lounge))
        assert (await phone.hear("error"))["error"]["code"] == "invalid"


async def test_the_error_of_a_refused_message_names_its_key(dial, alice: User, lounge: Room, others) -> None:
    phone = await dial(alice, f"/ws/chat/{room_token(lounge)}/")
    await phone.tell(type="add", message="", key="key-1234")
    assert (await phone.hear())["key"] == "key-1234"


async def test_a_stranger_cannot_tell_that_a_message_exists(dial, alice, charlie: User, lounge: Room, say) -> None:
    said = await threads.run(say, alice, lounge)
    phone = await dial(charlie)
    missing = sealed.seal("message", (lounge.pk << 32) + 999)
    answers = [
        await phone.ask(command, message=message, **more)
        for message in (message_token(said), missing)
        for command, more in (("message.edit", {"body": "x"}), ("message.delete", {}))
    ]
    assert answers[:2] == answers[2:]


async def test_text_survives_as_it_was_written(dial, alice: User, bob: User, lounge: Room) -> None:
    his = await dial(bob)
    await his.hear("welcome")
    mine = await dial(alice)
    for body in (
        "🎉👩‍👩‍👧",
        "\u202eevil",
        "<script>",
        "' OR 1=1 --",
        "a\u2028b",
        "e\u0301",
        "x" * MAX_BODY,
        "𝕏" * MAX_BODY,
    ):
        reply = await mine.ask("message.add", room=room_token(lounge), body=body)
        assert reply["ok"], reply
        assert (await his.hear("change"))["message"]["body"] == body


async def test_a_bug_of_ours_fails_its_frame_and_not_the_socket(
    dial, alice: User, lounge: Room, monkeypatch, caplog
) -> None:
    from digi.gateway import writing

    phone = await dial(alice)
    await phone.hear("welcome")
    with monkeypatch.context() as patched:
        patched.setattr(writing, "execute_many", lambda *_: 1 / 0)
        await phone.tell(type="ask", ref="r", command={"type": "message.add", "room": room_token(lounge), "body": "x"})
        refused = await phone.hear()
    assert "unavailable" in str(refused)
    assert refused.get("ref") == "r", "or its sender would wait for ever"
    assert "ZeroDivisionError" in caplog.text
    assert refused["type"] == "reply"
    assert (await phone.ask("message.add", room=room_token(lounge), body="x"))["ok"]
