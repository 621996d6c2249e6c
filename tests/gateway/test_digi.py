"""The `digi` dialect on `/ws/`: welcome, ask and reply, live changes, catching up."""

import asyncio

from digi.accounts.models import User
from digi.chat.models import Message, Room
from digi.execute import execute, execute_many
from digi.gateway import writing
from digi.gateway.chat import consumers
from digi.kit import threads
from digi.protocol import commands as c
from digi.protocol import frames
from tests.conftest import as_actor
from tests.gateway.conftest import message_token, room_token


async def do(user: User, command: c.Command):
    """A command through another door of this process."""
    return await threads.run(lambda: execute(as_actor(user), command))


async def test_the_first_frame_says_who_and_where_one_is(dial, bob: User, lounge: Room) -> None:
    welcome = frames.Welcome.model_validate(await (await dial(bob)).hear())
    assert welcome.me.username == "bob"
    assert welcome.version == frames.VERSION
    assert welcome.heads == {"me": welcome.me.head, room_token(lounge): lounge.head}


async def test_a_message_is_answered_and_heard_by_all_who_are_in_the_room(dial, alice, bob, charlie, lounge) -> None:
    phones = [await dial(user) for user in (alice, bob, charlie)]
    for phone in phones:
        await phone.hear("welcome")
    reply = await phones[0].ask("message.add", room=room_token(lounge), body="Hello", key="key-1234")
    assert reply["ok"]
    assert reply["result"]["message"]["body"] == "Hello"
    heard = await phones[1].hear()
    assert heard["type"] == "change"
    assert heard["log"] == room_token(lounge)
    assert heard["rev"] == lounge.head + 1
    assert heard["message"] == reply["result"]["message"]
    assert heard["message"]["key"] == "key-1234"
    assert await phones[2].is_silent()


async def test_what_one_says_at_once_is_written_together_and_in_order(dial, alice, bob, lounge, monkeypatch) -> None:
    batches = batches_of(monkeypatch)
    mine, his = await dial(alice), await dial(bob)
    await mine.hear("welcome")
    bodies = [str(number) for number in range(5)]
    for body in bodies:
        await mine.tell(type="ask", ref=body, command={"type": "message.add", "room": room_token(lounge), "body": body})
    assert [(await mine.hear("reply"))["ref"] for _ in bodies] == bodies
    assert [(await his.hear("change"))["message"]["body"] for _ in bodies] == bodies
    assert max(batches) > 1


async def test_what_is_refused_hinders_nothing_that_is_said_beside_it(dial, alice, lounge) -> None:
    mine = await dial(alice)
    room = room_token(lounge)
    for ref, body in (("1", "One"), ("2", ""), ("3", "Three")):
        await mine.tell(type="ask", ref=ref, command={"type": "message.add", "room": room, "body": body})
    replies = {reply["ref"]: reply["ok"] for reply in [await mine.hear("reply") for _ in range(3)]}
    assert replies == {"1": True, "2": False, "3": True}


async def test_who_says_something_and_leaves_has_said_it(dial, alice, bob, lounge) -> None:
    his = await dial(bob)
    room = room_token(lounge)
    for ref, command in (("1", {"type": "message.add", "body": "Bye"}), ("2", {"type": "room.leave"})):
        await his.tell(type="ask", ref=ref, command={**command, "room": room})
    replies = [await his.hear("reply") for _ in range(2)]
    assert [(reply["ref"], reply["ok"]) for reply in replies] == [("1", True), ("2", True)]


def batches_of(monkeypatch) -> list[int]:
    """How many are written together each time, from here on."""
    sizes: list[int] = []

    def counted(asks):
        sizes.append(len(asks))
        return execute_many(asks)

    monkeypatch.setattr(writing, "execute_many", counted)
    return sizes


async def test_edits_and_deletions_are_heard_in_order(dial, alice, bob, lounge) -> None:
    mine, his = await dial(alice), await dial(bob)
    added = (await mine.ask("message.add", room=room_token(lounge), body="Helo"))["result"]["message"]
    await mine.ask("message.edit", message=added["id"], body="Hello")
    await mine.ask("message.delete", message=added["id"])
    heard = [(await his.hear("change"))["message"] for _ in range(3)]
    assert [(one["body"], one["deleted"]) for one in heard] == [("Helo", False), ("Hello", False), ("", True)]
    assert {one["id"] for one in heard} == {added["id"]}


async def test_a_refusal_is_told_to_its_sender_alone(dial, alice, bob, charlie, lounge) -> None:
    hers, his = await dial(charlie), await dial(bob)
    await his.hear("welcome")
    reply = await hers.ask("message.add", room=room_token(lounge), body="Let me in", key="key-1234")
    assert not reply["ok"]
    assert reply["error"]["code"] == "not_found"
    assert reply["error"]["key"] == "key-1234"
    assert await his.is_silent()
    assert not await Message.objects.filter(body="Let me in").aexists()


async def test_one_hears_a_room_from_the_moment_one_is_let_in(dial, alice, charlie, lounge) -> None:
    his = await dial(charlie)
    await his.hear("welcome")
    await do(alice, c.InvitePerson(room=lounge.pk, person="charlie"))
    entry = await his.hear("change")
    assert entry["log"] == "me"
    assert entry["entry"]["id"] == room_token(lounge)
    await do(alice, c.AddMessage(room=lounge.pk, body="Welcome"))
    while (heard := await his.hear("change"))["message"]["kind"] != "text":
        pass
    assert heard["message"]["body"] == "Welcome"


async def test_the_removed_hear_that_they_are_and_nothing_more(dial, alice, bob, lounge) -> None:
    his = await dial(bob)
    await his.hear("welcome")
    await do(alice, c.RemoveMember(room=lounge.pk, person="bob"))
    await do(alice, c.AddMessage(room=lounge.pk, body="About bob"))
    heard = await his.hear()
    assert heard["log"] == "me"
    assert heard["left"]["id"] == room_token(lounge)
    assert await his.is_silent()
    await his.tell(type="sync", ref="s", cursors={room_token(lounge): 0})
    assert (await his.hear("synced"))["logs"] == {}
    assert (await his.ask("message.add", room=room_token(lounge), body="Wait"))["error"]["code"] == "not_found"


async def test_read_marks_reach_the_others_and_ones_own_devices(dial, alice, bob, lounge, say) -> None:
    said = await threads.run(say, alice, lounge)
    one, other, hers = await dial(bob), await dial(bob), await dial(alice)
    for phone in (one, other, hers):
        await phone.hear("welcome")
    await one.ask("room.read", room=room_token(lounge), pos=said.pos)
    entry = (await other.hear())["entry"]
    assert entry["read_pos"] == said.pos
    assert entry["unread"] == 0
    assert await hers.hear() == {"type": "signal", "log": room_token(lounge), "read": {"bob": said.pos}}
    assert await other.is_silent()


async def test_a_ping_is_answered(dial, bob) -> None:
    phone = await dial(bob)
    await phone.tell(type="ping")
    assert await phone.hear("pong") == {"type": "pong"}


# ── catching up ──


async def test_catching_up_brings_what_changed_since(dial, alice, bob, lounge, say) -> None:
    first = await threads.run(say, alice, lounge, "one")
    phone = await dial(bob)
    second = await threads.run(say, alice, lounge, "two")
    await do(alice, c.EditMessage(message=first.id, body="one, better"))
    await phone.tell(type="sync", ref="s1", cursors={room_token(lounge): first.rev})
    synced = frames.Synced.model_validate(await phone.hear("synced"))
    page = synced.logs[room_token(lounge)]
    assert synced.ref == "s1"
    assert [one["message"]["body"] for one in page.changes] == ["two", "one, better"]
    assert (page.upto, page.head, page.more) == (second.rev + 1, second.rev + 1, False)


async def test_catching_up_from_the_beginning_reads_the_database(dial, alice, bob, lounge, say) -> None:
    await threads.run(say, alice, lounge, "one")
    phone = await dial(bob)
    await phone.tell(type="sync", ref="s", cursors={room_token(lounge): 0, "me": 0})
    logs = (await phone.hear("synced"))["logs"]
    assert {next(iter(one.keys() - {"rev"})) for one in logs[room_token(lounge)]["changes"]} == {
        "message",
        "member",
        "room",
    }
    assert "entry" in logs["me"]["changes"][0]


async def test_a_deleted_text_is_in_no_answer(dial, alice, bob, lounge, say) -> None:
    phone = await dial(bob)
    said = await threads.run(say, alice, lounge, "secret")
    await do(alice, c.DeleteMessage(message=said.id))
    for _ in range(2):
        assert (await phone.hear("change"))["message"]
    for after in (0, said.rev - 1, said.rev):
        await phone.tell(type="sync", ref="s", cursors={room_token(lounge): after})
        assert "secret" not in str(await phone.hear("synced"))


async def test_logs_that_are_not_ones_own_are_missing_from_the_answer(dial, alice, charlie, lounge, say) -> None:
    phone = await dial(charlie)
    message = await threads.run(say, alice, lounge)
    cursors = dict.fromkeys([room_token(lounge), "nonsense", "room.1", "", "x" * 32, message_token(message)], 0)
    await phone.tell(type="sync", ref="s", cursors={**cursors, "me": 0})
    assert (await phone.hear("synced"))["logs"].keys() == {"me"}


async def test_a_cursor_from_the_future_is_answered_with_nothing(dial, bob, lounge) -> None:
    phone = await dial(bob)
    await phone.tell(type="sync", ref="s", cursors={room_token(lounge): 10**9, "me": 2**62})
    assert [one["changes"] for one in (await phone.hear("synced"))["logs"].values()] == [[], []]


async def test_a_long_absence_is_caught_up_page_by_page(dial, alice, bob, lounge, say, monkeypatch) -> None:
    monkeypatch.setattr(consumers, "MOST_SYNCED", 4)
    for number in range(9):
        await threads.run(say, alice, lounge, f"{number}")
    phone = await dial(bob)
    bodies, cursor, more = [], lounge.head, True
    while more:
        await phone.tell(type="sync", ref="s", cursors={room_token(lounge): cursor})
        page = (await phone.hear("synced"))["logs"][room_token(lounge)]
        bodies += [one["message"]["body"] for one in page["changes"]]
        cursor, more = page["upto"], page["more"]
    assert bodies == [f"{number}" for number in range(9)]


async def test_joining_while_others_talk_misses_nothing_and_doubles_nothing(dial, alice, bob, lounge) -> None:
    async def talk() -> None:
        for number in range(30):
            await do(alice, c.AddMessage(room=lounge.pk, body=f"{number}"))

    talking = asyncio.create_task(talk())
    for _ in range(5):
        phone = await dial(bob)
        head = (await phone.hear("welcome"))["heads"][room_token(lounge)]
        await asyncio.sleep(0.01)
        await phone.tell(type="ping")
        revs = []
        while (frame := await phone.hear())["type"] != "pong":
            revs.append(frame["rev"])
        assert revs == list(range(head + 1, head + 1 + len(revs)))
    await talking
