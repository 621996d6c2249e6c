"""What passes: who is here, who is writing, what has been delivered; and who is never told of it."""

import asyncio
from typing import Any

import pytest
from django.utils import timezone

from digi.accounts import people
from digi.accounts import queries as people_queries
from digi.accounts.models import User
from digi.chat import queries
from digi.gateway.chat import telling, watching
from digi.kit import threads
from digi.live import publishing
from digi.live.changes import PERSON, Signal, stream
from digi.presence import keeper as keepers
from digi.presence.board import Times
from digi.protocol import commands as c
from digi.protocol.objects import rfc3339
from tests.gateway.conftest import Phone, room_token
from tests.gateway.test_digi import do

ONLINE, AWAY, OFFLINE = {"state": "online"}, {"state": "away"}, {"state": "offline"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seconds take tenths."""
    monkeypatch.setattr(keepers, "TIMES", Times(grace=0.2))
    monkeypatch.setattr(watching, "PAUSE_SECONDS", 0.01)


async def watch(phone: Phone, *usernames: str) -> Any:
    """How these people are, as the server answers."""
    await phone.tell(type="watch", people=list(usernames))
    return (await phone.hear("signal"))["presence"]


async def presence(phone: Phone) -> Any:
    """The next news of who is here."""
    while "presence" not in (signal := await phone.hear("signal")):
        pass
    return signal["presence"]


async def is_told_nothing(phone: Phone) -> bool:
    """Whether the answer to a question overtakes all signals: everything before it has been said."""
    await asyncio.sleep(0.3)
    await phone.tell(type="ping")
    heard = await phone.hear()
    return heard == {"type": "pong"}


async def until(holds, within: float = 20) -> None:
    async with asyncio.timeout(within):
        while not await threads.run(holds):  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.02)


@pytest.fixture
def answering(dial):
    """`await answering(user)`: a welcomed socket, whose frames are being answered."""

    async def answering(user: User) -> Phone:
        phone = await dial(user)
        await phone.tell(type="ping")
        await phone.hear("pong")
        return phone

    return answering


# ── who is here ──


async def test_whom_one_watches_one_is_told_of_at_once(answering, alice, bob, robbie, lounge) -> None:
    hers = await answering(alice)
    await answering(bob)
    assert await watch(hers, "bob", "robbie") == {"bob": ONLINE, "robbie": OFFLINE}


async def test_coming_turning_away_and_going_are_told_as_they_happen(answering, alice, bob, lounge) -> None:
    hers = await answering(alice)
    await watch(hers, "bob")
    his = await answering(bob)
    assert await presence(hers) == {"bob": ONLINE}
    await his.tell(type="here", state="away")
    assert await presence(hers) == {"bob": AWAY}
    await his.tell(type="here", state="online")
    assert await presence(hers) == {"bob": ONLINE}
    await his.hang_up()
    gone = (await presence(hers))["bob"]
    await threads.run(bob.refresh_from_db)
    assert gone == {"state": "offline", "seen_at": rfc3339(bob.seen_at)}


async def test_who_was_here_before_is_told_with_when(answering, alice, bob, lounge) -> None:
    await (await answering(bob)).hang_up()
    here = keepers.keeper()
    await until(lambda: User.objects.get(pk=bob.pk).seen_at is not None)
    await until(lambda: here.state(bob.pk) == "offline")
    hers = await answering(alice)
    bob = await User.objects.aget(pk=bob.pk)
    assert await watch(hers, "bob") == {"bob": {"state": "offline", "seen_at": rfc3339(bob.seen_at)}}


async def test_who_does_not_let_others_know_is_gone_without_a_time(answering, alice, bob, lounge) -> None:
    await do(bob, c.EditSettings(show_last_seen=False))
    hers, his = await answering(alice), await answering(bob)
    await watch(hers, "bob")
    await his.hang_up()
    assert await presence(hers) == {"bob": OFFLINE}
    assert await watch(hers, "bob") == {"bob": OFFLINE}


async def test_a_page_that_is_loaded_anew_is_told_to_nobody(answering, alice, bob, lounge, monkeypatch) -> None:
    monkeypatch.setattr(keepers, "TIMES", Times(grace=20))
    hers, his = await answering(alice), await answering(bob)
    await watch(hers, "bob")
    await his.hang_up()
    await answering(bob)
    assert await is_told_nothing(hers)


async def test_one_of_two_devices_that_goes_is_told_to_nobody(answering, alice, bob, lounge) -> None:
    hers, desk, pocket = await answering(alice), await answering(bob), await answering(bob)
    await watch(hers, "bob")
    await pocket.tell(type="here", state="away")
    await pocket.hang_up()
    assert await is_told_nothing(hers)
    assert (await User.objects.aget(pk=bob.pk)).seen_at is None
    await desk.hang_up()
    assert (await presence(hers))["bob"]["state"] == "offline"


async def test_one_is_not_told_of_oneself(answering, alice, bob, lounge) -> None:
    hers = await answering(alice)
    assert await watch(hers, "alice", "bob") == {"bob": OFFLINE}
    await (await answering(alice)).tell(type="here", state="away")
    assert await is_told_nothing(hers)


async def test_strangers_and_those_who_do_not_exist_are_never_heard_of(answering, alice, charlie, lounge) -> None:
    hers = await answering(alice)
    assert await watch(hers, "charlie", "nobody", "🎉") == {}
    await answering(charlie)
    assert await is_told_nothing(hers)


async def test_friends_see_each_other_without_a_room(answering, alice, charlie) -> None:
    await do(alice, c.RequestFriend(person="charlie"))
    hers, his = await answering(alice), await answering(charlie)
    assert await watch(hers, "charlie") == {}, "a request is no friendship"
    await do(charlie, c.AcceptFriend(person="alice"))
    assert await watch(hers, "charlie") == {"charlie": ONLINE}
    await his.hang_up()


@pytest.mark.parametrize("blocks", [("alice", "bob"), ("bob", "alice")])
async def test_between_the_blocked_nobody_is_here(answering, alice, bob, lounge, blocks) -> None:
    cast = {"alice": alice, "bob": bob}
    await do(cast[blocks[0]], c.BlockPerson(person=blocks[1]))
    hers = await answering(alice)
    assert await watch(hers, "bob") == {}
    await answering(bob)
    assert await is_told_nothing(hers)


@pytest.mark.parametrize("blocks", [("alice", "bob"), ("bob", "alice")])
async def test_a_block_ends_watching_at_once(answering, alice, bob, lounge, blocks) -> None:
    cast = {"alice": alice, "bob": bob}
    hers, his = await answering(alice), await answering(bob)
    assert await watch(hers, "bob") == {"bob": ONLINE}
    await do(cast[blocks[0]], c.BlockPerson(person=blocks[1]))
    assert await presence(hers) == {"bob": OFFLINE}
    await his.tell(type="here", state="away")
    await hers.tell(type="ping")
    await hers.hear("pong")
    assert await is_told_nothing(hers)


async def test_a_block_that_is_lifted_lets_one_see_again(answering, alice, bob, lounge) -> None:
    await do(bob, c.BlockPerson(person="alice"))
    hers = await answering(alice)
    await answering(bob)
    assert await watch(hers, "bob") == {}
    await do(bob, c.UnblockPerson(person="alice"))
    assert await presence(hers) == {"bob": ONLINE}


async def test_who_does_not_want_to_be_seen_is_not_here(answering, alice, bob, lounge) -> None:
    await do(bob, c.EditSettings(show_online=False))
    hers, his = await answering(alice), await answering(bob)
    assert await watch(hers, "bob") == {}
    await his.tell(type="here", state="away")
    assert await is_told_nothing(hers)


async def test_who_begins_to_hide_is_gone_at_once_and_back_when_they_end_it(answering, alice, bob, lounge) -> None:
    await threads.run(people.seen, bob.pk)
    hers = await answering(alice)
    await answering(bob)
    await watch(hers, "bob")
    await do(bob, c.EditSettings(show_online=False))
    assert await presence(hers) == {"bob": OFFLINE}, "and since when is nobody's business"
    await do(bob, c.EditSettings(show_online=True))
    assert await presence(hers) == {"bob": ONLINE}


async def test_who_is_removed_from_a_room_sees_its_people_no_more(answering, alice, bob, lounge) -> None:
    his = await answering(bob)
    await answering(alice)
    assert await watch(his, "alice") == {"alice": ONLINE}
    await do(alice, c.RemoveMember(room=lounge.pk, person="bob"))
    assert await presence(his) == {"alice": OFFLINE}


async def test_whom_one_may_see_is_looked_up_again_every_minute(answering, alice, bob, lounge, monkeypatch) -> None:
    monkeypatch.setattr(watching, "LOOK_SECONDS", 0.1)
    hers = await answering(alice)
    await answering(bob)
    assert await watch(hers, "bob") == {"bob": ONLINE}
    monkeypatch.setattr(publishing, "_listeners", [])  # no hint arrives
    await do(alice, c.RemoveMember(room=lounge.pk, person="bob"))
    assert await presence(hers) == {"bob": OFFLINE}


async def test_watching_others_ends_watching_those_before(answering, alice, bob, robbie, lounge) -> None:
    hers = await answering(alice)
    assert await watch(hers, "bob") == {"bob": OFFLINE}
    assert await watch(hers, "robbie") == {"robbie": OFFLINE}
    await answering(bob)
    await answering(robbie)
    assert await presence(hers) == {"robbie": ONLINE}
    assert await watch(hers) == {}
    await answering(bob)
    assert await is_told_nothing(hers)


async def test_nobody_is_lost_for_a_database_that_is_away(answering, alice, bob, lounge, monkeypatch) -> None:
    monkeypatch.setattr(watching, "RETRY_SECONDS", 0.02)
    visible, failures = queries.visible_presence, [OSError("the database is away")] * 2

    def sometimes(*arguments):
        if failures:
            raise failures.pop()
        return visible(*arguments)

    monkeypatch.setattr(queries, "visible_presence", sometimes)
    assert await watch(await answering(alice), "bob") == {"bob": OFFLINE}


async def test_that_somebody_has_gone_is_told_without_a_database_too(
    answering, alice, bob, lounge, monkeypatch
) -> None:
    def away(*_):
        raise OSError("the database is away")

    hers, his = await answering(alice), await answering(bob)
    await watch(hers, "bob")
    monkeypatch.setattr(people, "seen", away)
    monkeypatch.setattr(people_queries, "seen_at", away)
    await his.hang_up()
    assert await presence(hers) == {"bob": OFFLINE}
    await answering(bob)
    assert await presence(hers) == {"bob": ONLINE}


async def test_a_socket_of_the_simple_dialect_hears_and_tells_nothing(dial, answering, alice, bob, lounge) -> None:
    plain = await dial(bob, f"/ws/chat/{room_token(lounge)}/")
    hers = await answering(alice)
    assert await watch(hers, "bob") == {"bob": OFFLINE}
    await hers.tell(type="typing", room=room_token(lounge))
    for kind in ("watch", "here", "typing", "ack"):
        await plain.tell(type=kind)
        assert (await plain.hear())["type"] == "error"
    assert await plain.is_silent()


async def test_nobody_hears_of_looking_again(answering, bob) -> None:
    his = await answering(bob)
    publishing.publish([Signal(stream(PERSON, bob.pk), {"presence": {}}, rewatch=True)])
    assert await is_told_nothing(his)


# ── who is writing ──


async def test_the_others_of_a_room_hear_that_one_is_writing(answering, alice, bob, charlie, lounge) -> None:
    hers, his, mine, outside = [await answering(one) for one in (alice, bob, bob, charlie)]
    await his.tell(type="typing", room=room_token(lounge))
    assert await hers.hear() == {"type": "signal", "log": room_token(lounge), "typing": "bob"}
    for silent in (his, mine, outside):
        assert await silent.is_silent()


async def test_who_is_not_in_a_room_is_not_heard_writing_there(answering, alice, bob, charlie, lounge) -> None:
    hers, his, outside = [await answering(one) for one in (alice, bob, charlie)]
    await outside.tell(type="typing", room=room_token(lounge))
    await do(alice, c.RemoveMember(room=lounge.pk, person="bob"))
    while "member" not in await hers.hear("change"):
        pass
    await hers.hear("change")
    await his.tell(type="typing", room=room_token(lounge))
    assert await is_told_nothing(hers)


async def test_it_is_told_once_a_second_and_room(answering, alice, bob, lounge, monkeypatch) -> None:
    hers, his = await answering(alice), await answering(bob)
    for _ in range(20):
        await his.tell(type="typing", room=room_token(lounge))
    assert (await hers.hear())["typing"] == "bob"
    assert await is_told_nothing(hers)
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    await his.tell(type="typing", room=room_token(lounge))
    assert (await hers.hear())["typing"] == "bob"


@pytest.mark.parametrize("blocks", [("alice", "bob"), ("bob", "alice")])
async def test_between_the_blocked_nobody_is_writing(
    answering, alice, bob, robbie, lounge, blocks, monkeypatch
) -> None:
    """In a group that has both; from the moment of the block on."""
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    cast = {"alice": alice, "bob": bob}
    hers, his, its = [await answering(one) for one in (alice, bob, robbie)]
    await his.tell(type="typing", room=room_token(lounge))
    assert (await hers.hear())["typing"] == (await its.hear())["typing"] == "bob"
    await do(cast[blocks[0]], c.BlockPerson(person=blocks[1]))
    await asyncio.sleep(0.1)  # the hint is on its way to his socket
    await his.tell(type="typing", room=room_token(lounge))
    assert (await its.hear())["typing"] == "bob"
    await hers.tell(type="ping")
    assert (await hers.hear())["type"] in {"pong", "change"}
    await do(cast[blocks[0]], c.UnblockPerson(person=blocks[1]))
    await asyncio.sleep(0.1)
    await his.tell(type="typing", room=room_token(lounge))
    assert (await hers.hear("signal"))["typing"] == "bob"


# ── what has been delivered ──


async def test_the_other_of_a_direct_room_hears_what_was_delivered(answering, alice, bob, direct, say) -> None:
    hers, his, mine = await answering(alice), await answering(bob), await answering(bob)
    said = await threads.run(say, alice, direct)
    await his.tell(type="ack", cursors={room_token(direct): said.rev})
    expected = {"type": "signal", "log": room_token(direct), "delivered": {"bob": said.rev}}
    assert await hers.hear("signal") == expected
    await mine.tell(type="ping")
    while (heard := await mine.hear())["type"] != "pong":
        assert "delivered" not in heard


async def test_in_other_rooms_and_to_outsiders_nothing_is_delivered(
    answering, alice, bob, charlie, lounge, direct
) -> None:
    hers, his, outside = [await answering(one) for one in (alice, bob, charlie)]
    await his.tell(type="ack", cursors={room_token(lounge): lounge.head, "nonsense": 1, "": 2, "x" * 32: 3})
    await outside.tell(type="ack", cursors={room_token(direct): 1})
    assert await is_told_nothing(hers)


async def test_nothing_is_delivered_that_is_not_there(answering, alice, bob, direct) -> None:
    hers, his = await answering(alice), await answering(bob)
    await his.tell(type="ack", cursors={room_token(direct): 2**62})
    assert (await hers.hear("signal"))["delivered"] == {"bob": direct.head}


async def test_delivery_goes_forward_only(answering, alice, bob, direct, say, monkeypatch) -> None:
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    hers, his = await answering(alice), await answering(bob)
    for rev in (direct.head, direct.head - 1, 0):
        await his.tell(type="ack", cursors={room_token(direct): rev})
    assert (await hers.hear("signal"))["delivered"] == {"bob": direct.head}
    said = await threads.run(say, alice, direct)
    await his.hear("change")
    await his.tell(type="ack", cursors={room_token(direct): said.rev})
    assert (await hers.hear("signal"))["delivered"] == {"bob": said.rev}


async def test_what_was_delivered_is_told_again_to_who_comes_later(answering, alice, bob, direct, monkeypatch) -> None:
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    his = await answering(bob)
    await his.tell(type="ack", cursors={room_token(direct): direct.head})
    hers = await answering(alice)
    await his.tell(type="ack", cursors={room_token(direct): direct.head})
    assert (await hers.hear("signal"))["delivered"] == {"bob": direct.head}


async def test_what_is_acknowledged_too_often_is_told_together(answering, alice, bob, direct, say) -> None:
    hers, his = await answering(alice), await answering(bob)
    await his.tell(type="ack", cursors={room_token(direct): direct.head})
    assert (await hers.hear("signal"))["delivered"] == {"bob": direct.head}
    revs = [(await threads.run(say, alice, direct, f"{number}")).rev for number in range(5)]
    for rev in revs:
        await his.tell(type="ack", cursors={room_token(direct): rev})
    assert (await hers.hear("signal"))["delivered"] == {"bob": revs[-1]}


async def test_kinds_and_blocks_are_not_read_again_for_each(answering, alice, bob, direct, monkeypatch) -> None:
    """Or a stream of signals would be one of queries."""
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 0.0)
    hers, his = await answering(alice), await answering(bob)
    assert direct.head > 1
    for turn in range(direct.head):
        await his.tell(type="typing", room=room_token(direct))
        assert (await hers.hear("signal"))["typing"] == "bob"
        await his.tell(type="ack", cursors={room_token(direct): turn + 1})
        assert (await hers.hear("signal"))["delivered"] == {"bob": turn + 1}
        if turn == 0:
            monkeypatch.setattr(queries, "direct_among", None)
            monkeypatch.setattr(people_queries, "blocked_with", None)


# ── being seen ──


async def test_when_ones_last_socket_ends_it_is_noted(answering, bob) -> None:
    began = timezone.now()
    desk, pocket = await answering(bob), await answering(bob)
    await desk.hang_up()
    await asyncio.sleep(0.1)
    assert (await User.objects.aget(pk=bob.pk)).seen_at is None
    await pocket.hang_up()
    await until(lambda: User.objects.get(pk=bob.pk).seen_at is not None)
    assert began <= (await User.objects.aget(pk=bob.pk)).seen_at <= timezone.now()  # type: ignore[operator]


async def test_sockets_that_end_leave_the_board_empty(answering, alice, bob, lounge) -> None:
    for user in (alice, bob):
        phone = await answering(user)
        await watch(phone, "alice", "bob", "robbie")
        await phone.hang_up()
    board = keepers.keeper()._board
    await until(lambda: not board._leaving)
    assert not any((board._person_of, board._here, board._watchers, board._watched))
