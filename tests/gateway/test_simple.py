"""The `simple` dialect on `/ws/chat/<connection id>/`, key for key."""

import re
from unittest.mock import patch

import pytest

from digi.accounts.models import User
from digi.chat.models import Message, Room
from digi.gateway.chat.dialects import Simple
from digi.kit import threads
from digi.protocol import commands as c
from tests.gateway.conftest import message_token, room_token
from tests.gateway.test_digi import do


@pytest.fixture
def path(lounge: Room) -> str:
    return f"/ws/chat/{room_token(lounge)}/"


async def test_adding_editing_and_deleting_looks_so(dial, alice: User, bob: User, path: str) -> None:
    mine, his = await dial(alice, path), await dial(bob, path)
    await mine.tell(type="add", message="Hello", key="key-1234")
    added = await mine.hear()
    assert await his.hear() == added
    assert added.keys() == {"type", "message", "user", "message_id", "rev", "sent_at", "key"}
    assert (added["type"], added["message"], added["user"], added["key"]) == (
        "chat.message",
        "Hello",
        "alice",
        "key-1234",
    )
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", added["message_id"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", added["sent_at"])

    await mine.tell(type="edit", message_id=added["message_id"], message="Hello!")
    edited = await his.hear()
    assert edited == {**added, "type": "chat.message.edit", "message": "Hello!", "rev": added["rev"] + 1}

    await mine.tell(type="delete", message_id=added["message_id"])
    kept = {name: added[name] for name in ("user", "message_id", "sent_at")}
    assert await his.hear() == {**kept, "type": "chat.message.delete", "rev": added["rev"] + 2}


async def test_a_message_without_a_key_is_shown_without_one(dial, alice: User, path: str) -> None:
    phone = await dial(alice, path)
    await phone.tell(type="add", message="Hello")
    assert "key" not in await phone.hear()


async def test_a_retried_key_gets_its_frame_again_alone(dial, alice: User, bob: User, path: str) -> None:
    mine, his = await dial(alice, path), await dial(bob, path)
    await mine.tell(type="add", message="Hello", key="key-1234")
    first = await mine.hear()
    await his.hear()
    await mine.tell(type="add", message="Hello", key="key-1234")
    assert await mine.hear() == first
    assert await his.is_silent()
    assert await Message.objects.filter(body="Hello").acount() == 1


async def test_a_key_is_not_reused_for_something_else(dial, alice: User, path: str) -> None:
    phone = await dial(alice, path)
    await phone.tell(type="add", message="Hello", key="key-1234")
    await phone.hear()
    await phone.tell(type="add", message="Other", key="key-1234")
    refused = await phone.hear()
    assert (refused["type"], refused["code"], refused["key"]) == ("error", "conflict", "key-1234")


async def test_the_author_is_who_is_signed_in_whatever_the_frame_says(dial, bob: User, path: str) -> None:
    phone = await dial(bob, path)
    await phone.tell(type="add", message="Hello", user="alice", author="alice", sent_at="1970-01-01", rev=1)
    assert (await phone.hear())["user"] == "bob"


async def test_a_refusal_is_told_to_the_sender_alone(dial, alice: User, bob: User, path: str) -> None:
    mine, his = await dial(alice, path), await dial(bob, path)
    await mine.tell(type="add", message="Hello")
    added = await his.hear()
    await his.tell(type="edit", message_id=added["message_id"], message="Not mine")
    refused = await his.hear()
    assert refused.keys() == {"type", "code", "detail"}
    assert (refused["type"], refused["code"]) == ("error", "forbidden")
    assert await mine.hear() == added
    assert await mine.is_silent()


async def test_a_public_room_is_found_by_its_name_however_it_is_written(dial, alice: User) -> None:
    await do(alice, c.OpenRoom(name="Straße"))
    for name in ("Straße", "STRASSE", "stra%C3%9Fe", "ｓｔｒａｓｓｅ"):
        assert await (await dial(alice, f"/ws/chat/{name}/")).is_silent()


async def test_a_socket_neither_creates_nor_joins(dial, alice: User, charlie: User) -> None:
    await do(alice, c.OpenRoom(name="lobby"))
    assert await (await dial(charlie, "/ws/chat/lobby/")).closing() == 4003
    assert await (await dial(charlie, "/ws/chat/nowhere/")).closing() == 4003
    assert not await Room.objects.filter(slug="nowhere").aexists()


async def test_system_lines_and_comings_are_not_told(dial, alice: User, charlie: User, lounge, path: str) -> None:
    phone = await dial(alice, path)
    await do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))
    await do(alice, c.RenameRoom(room=lounge.pk, name="Salon"))
    await do(alice, c.SetTopic(room=lounge.pk, topic="Talk"))
    assert await phone.is_silent()


async def test_a_socket_of_one_room_does_not_reach_into_another(
    dial, alice: User, lounge: Room, path: str, say
) -> None:
    other = await do(alice, c.OpenRoom(name="lobby"))
    said = (await do(alice, c.AddMessage(room=other.room.id, body="There"))).message
    phone = await dial(alice, path)
    await phone.tell(type="edit", message_id=message_token(said), message="Here")
    assert (await phone.hear())["code"] == "not_found"


async def test_each_change_is_rendered_once_for_all(dial, alice: User, bob: User, path: str) -> None:
    phones = [await dial(user, path) for user in (alice, bob, bob, alice)]
    with patch.object(Simple, "chat_message", autospec=True, side_effect=Simple.chat_message) as rendered:
        await phones[0].tell(type="add", message="Hello")
        for phone in phones:
            assert (await phone.hear())["message"] == "Hello"
    assert rendered.call_count == 1


async def test_the_removed_are_closed_and_hear_nothing_more(dial, alice: User, bob: User, lounge, path: str) -> None:
    his = await dial(bob, path)
    await do(alice, c.RemoveMember(room=lounge.pk, person="bob"))
    await do(alice, c.AddMessage(room=lounge.pk, body="About bob"))
    assert await his.closing() == 4003


# ── ?after= ──


async def test_after_brings_what_was_missed_and_then_what_is_live(dial, alice: User, lounge, path: str, say) -> None:
    kept, edited, deleted = [await threads.run(say, alice, lounge, body) for body in ("kept", "edit", "delete")]
    cursor = deleted.rev
    new = await threads.run(say, alice, lounge, "new")
    await do(alice, c.EditMessage(message=edited.id, body="edited"))
    await do(alice, c.DeleteMessage(message=deleted.id))
    gone = await threads.run(say, alice, lounge, "gone")
    await do(alice, c.DeleteMessage(message=gone.id))
    phone = await dial(alice, f"{path}?after={cursor}")
    heard = [await phone.hear() for _ in range(4)]
    assert [(one["type"], one["message_id"]) for one in heard] == [
        ("chat.message", message_token(new)),
        ("chat.message.edit", message_token(edited)),
        ("chat.message.delete", message_token(deleted)),
        ("chat.message.delete", message_token(gone)),
    ]
    await phone.tell(type="add", message="live")
    assert (await phone.hear())["message"] == "live"
    assert kept.rev < cursor


async def test_without_after_only_what_is_live_is_told(dial, alice: User, lounge, path: str, say) -> None:
    await threads.run(say, alice, lounge)
    assert await (await dial(alice, path)).is_silent()


async def test_a_long_absence_is_told_to_the_end(dial, alice: User, lounge, path: str) -> None:
    def talk() -> None:
        from digi.chat.actions import messages
        from tests.conftest import as_actor

        actor = as_actor(alice)
        messages.add_many(
            [(actor, c.AddMessage(room=lounge.pk, body=f"{number} " + "x" * 7000)) for number in range(450)]
        )

    await threads.run(talk)
    phone = await dial(alice, f"{path}?after=0")
    heard = [(await phone.hear())["message"].split()[0] for _ in range(450)]
    assert heard == [f"{number}" for number in range(450)]
    assert await phone.is_silent()


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "9" * 30, "²", "%00"])
async def test_a_wrong_after_is_told_and_the_socket_lives(dial, alice: User, path: str, after: str) -> None:
    phone = await dial(alice, f"{path}?after={after}")
    refused = await phone.hear()
    assert (refused["type"], refused["code"], refused["field"]) == ("error", "invalid", "after")
    await phone.tell(type="add", message="Hello")
    assert (await phone.hear())["message"] == "Hello"


async def test_reconnecting_while_others_talk_loses_and_doubles_nothing(
    dial, alice: User, bob: User, lounge, path
) -> None:
    import asyncio

    async def talk() -> None:
        for number in range(40):
            await do(alice, c.AddMessage(room=lounge.pk, body=f"{number}"))

    cursor, heard = lounge.head, list[str]()
    talking = asyncio.create_task(talk())
    while len(heard) < 40:
        phone = await dial(bob, f"{path}?after={cursor}")
        for _ in range(min(7, 40 - len(heard))):
            frame = await phone.hear("chat.message")
            cursor = frame["rev"]
            heard.append(frame["message"])
        await phone.hang_up()
    await talking
    assert heard == [f"{number}" for number in range(40)]
