"""What is derived from the vocabulary is current, complete and true."""

import re
from collections.abc import Callable

import pytest

from digi import errors
from digi.accounts.models import User
from digi.chat.models import Room
from digi.execute import execute
from digi.gateway import connections
from digi.protocol import codegen, frames, manual, objects, simple, typescript
from digi.protocol import commands as c
from tests.conftest import as_actor

TYPES, MANUAL = typescript.text(), manual.text()


def test_the_written_files_are_current():
    assert codegen.stale() == []


def test_check_names_the_stale_and_writes_nothing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(codegen, "stale", lambda: ["docs/protocol.md"])
    monkeypatch.setattr(codegen, "write", pytest.fail)
    assert codegen.main(["--check"]) == 1
    assert "docs/protocol.md is stale" in capsys.readouterr().err


def test_writing_mends_what_is_stale(tmp_path):
    assert codegen.write(tmp_path) == list(codegen.WRITTEN)
    assert codegen.stale(tmp_path) == []
    (tmp_path / "docs/protocol.md").write_text("something else")
    assert codegen.stale(tmp_path) == ["docs/protocol.md"]
    assert codegen.write(tmp_path) == ["docs/protocol.md"]


@pytest.mark.parametrize("name", c.BY_NAME)
def test_every_command_is_a_type_and_a_section(name):
    assert f'  "{name}": {{' in TYPES
    section = MANUAL.partition(f"### `{name}`\n")[2].partition("\n###")[0]
    assert section.strip().startswith((c.BY_NAME[name].__doc__ or "").splitlines()[0])
    for field in c.BY_NAME[name].model_fields.keys() - {"type"}:
        assert re.search(rf"\| `{field}\??` \|", section)


@pytest.mark.parametrize("model", [*typescript.models(objects), *typescript.models(frames)])
def test_every_object_and_frame_is_a_type_and_a_section(model):
    assert f"export type {model.__name__} = " in TYPES
    title = model.__name__ if "type" not in model.model_fields else f"`{model.model_fields['type'].default}`"
    assert re.search(rf"^####? {re.escape(title)}$", MANUAL, re.MULTILINE)


def test_types_say_what_may_be_missing():
    assert "  key?: string;\n  reply_to: MessageId | null;\n" in TYPES
    assert "    key?: string;\n    reply_to?: MessageId | null;\n" in TYPES
    assert "export type Entry = Room & {" in TYPES
    assert "is_repeat:" not in TYPES


def test_every_error_has_its_line():
    for error in errors.DigiError.__subclasses__():
        assert f"| `{error.code}` | {error.status} |" in MANUAL


@pytest.mark.parametrize("code", ["NOT_SIGNED_IN", "NOT_A_MEMBER", "TOO_SLOW", "FLOOD", "TOO_LARGE"])
def test_every_close_code_has_its_line(code):
    assert f"| {getattr(connections, code)} |" in MANUAL


def test_no_part_of_the_manual_is_left_open():
    assert "{{" not in MANUAL


def test_the_simple_frames_are_typed_as_they_are(alice: User, lounge: Room, say: Callable[..., objects.Message]):
    message = say(alice, lounge, "Hello", key="a-key-of-mine")
    for frame, name in (
        (simple.content("chat.message", message), "SimpleMessage"),
        (simple.removal(message), "SimpleDeleted"),
    ):
        body = TYPES.partition(f"export type {name} = {{\n")[2].partition("};")[0]
        assert set(re.findall(r"^  (\w+)\??:", body, re.MULTILINE)) == frame.keys()


def test_commands_answer_with_what_the_manual_says(alice: User, bob: User, charlie: User):
    """Every command once, in an order in which each is allowed."""

    def did(user: User, command: c.Command) -> objects.Result:
        result = execute(as_actor(user), command)
        assert sorted(result.json_value()) == sorted(manual.answers_with(command.name_on_wire)), command
        done.add(command.name_on_wire)
        return result

    done: set[str] = set()
    room = did(alice, c.CreateRoom(kind="public", name="Lounge")).room
    assert room is not None
    message = did(alice, c.AddMessage(room=room.id, body="Hello")).message
    assert message is not None
    for user, command in (
        (alice, c.EditMessage(message=message.id, body="Hello!")),
        (alice, c.ForwardMessage(message=message.id, room=room.id)),
        (alice, c.ReactToMessage(message=message.id, emoji="👍")),
        (alice, c.PinMessage(message=message.id)),
        (alice, c.MuteRoom(room=room.id)),
        (alice, c.StarRoom(room=room.id)),
        (alice, c.SaveDraft(room=room.id, body="Dear all")),
        (alice, c.DeleteMessage(message=message.id)),
        (bob, c.OpenRoom(name="lounge")),
        (bob, c.MarkUnread(room=room.id, pos=1)),
        (bob, c.MarkRead(room=room.id, pos=1)),
        (alice, c.ChangeRole(room=room.id, person="bob", role="moderator")),
        (alice, c.InvitePerson(room=room.id, person="charlie")),
        (alice, c.RemoveMember(room=room.id, person="charlie")),
        (charlie, c.JoinRoom(room=room.id)),
        (charlie, c.LeaveRoom(room=room.id)),
        (alice, c.RenameRoom(room=room.id, name="The Lounge")),
        (alice, c.SetTopic(room=room.id, topic="Anything")),
        (alice, c.ArchiveRoom(room=room.id)),
        (alice, c.RequestFriend(person="bob")),
        (bob, c.DeclineFriend(person="alice")),
        (alice, c.RequestFriend(person="bob")),
        (alice, c.WithdrawFriend(person="bob")),
        (alice, c.RequestFriend(person="bob")),
        (bob, c.AcceptFriend(person="alice")),
        (alice, c.RemoveFriend(person="bob")),
        (alice, c.BlockPerson(person="bob")),
        (alice, c.UnblockPerson(person="bob")),
        (alice, c.EditProfile(hue=20)),
        (alice, c.EditSettings(theme="dark")),
    ):
        did(user, command)
    assert done == c.BY_NAME.keys()
