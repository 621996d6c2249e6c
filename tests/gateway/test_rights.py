"""What ends a session: refused at once, closed with 4001 soon after; and the other sessions of the person live on."""

import asyncio
import time

import pytest

from digi.accounts import people, sessions
from digi.accounts.models import Token, User
from digi.chat.models import Message, Room
from digi.kit import threads
from tests.gateway.conftest import ORIGIN, room_token
from tests.gateway.test_handshake import signed_in


@pytest.fixture
async def browser(dial, bob: User):
    """A socket of bob's session, and its key."""
    from django.conf import settings

    key = await threads.run(signed_in, bob)
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}".encode()
    phone = await dial(headers=((b"origin", ORIGIN), (b"cookie", cookie)))
    await phone.hear("welcome")
    return phone, key


async def closes_soon(phone) -> None:
    assert await phone.closing(within=10) == 4001


async def test_signing_out_closes_its_own_sockets_and_no_others(dial, browser, bob: User, lounge: Room) -> None:
    phone, key = browser
    program = await dial(bob)
    await threads.run(sessions.end, bob.pk, [key])
    await closes_soon(phone)
    assert (await program.ask("message.add", room=room_token(lounge), body="Still here"))["ok"]


async def test_a_new_password_ends_sessions(dial, browser, bob: User) -> None:
    await threads.run(people.set_password, bob, "another correct horse battery")
    await closes_soon(browser[0])


async def test_deactivation_ends_everything(dial, browser, bob: User, lounge: Room) -> None:
    program = await dial(bob, f"/ws/chat/{room_token(lounge)}/")
    await threads.run(people.deactivate, bob)
    await asyncio.gather(closes_soon(browser[0]), closes_soon(program))


async def test_revoking_tokens_ends_programs(dial, robbie: User, lounge: Room) -> None:
    program = await dial(robbie)
    await threads.run(sessions.revoke_tokens, robbie)
    await closes_soon(program)
    assert not await Token.objects.filter(person=robbie).aexists()


async def test_who_is_signed_out_writes_nothing_from_that_moment(dial, bob: User, lounge: Room, monkeypatch) -> None:
    """Even where this process has not heard of it: every write looks for itself."""
    from digi.live import publishing

    program = await dial(bob)
    await program.hear("welcome")
    monkeypatch.setattr(publishing, "_listeners", [])
    await threads.run(people.deactivate, bob)
    await program.tell(type="ask", ref="r", command={"type": "message.add", "room": room_token(lounge), "body": "Late"})
    assert await program.closing() == 4001
    assert not await Message.objects.filter(body="Late").aexists()


async def test_a_session_that_lives_on_is_not_refused_while_its_rights_are_looked_up(
    dial, browser, bob: User, lounge: Room, monkeypatch
) -> None:
    from digi.live import publishing

    program = await dial(bob)
    monkeypatch.setattr(publishing, "_listeners", [])
    await threads.run(sessions.end, bob.pk, [browser[1]])
    assert (await program.ask("message.add", room=room_token(lounge), body="Mine is another"))["ok"]


async def test_what_is_said_at_once_while_rights_are_looked_up_stays_in_order(
    dial, browser, bob: User, lounge: Room, monkeypatch
) -> None:
    from digi.gateway import auth
    from digi.live import publishing

    program = await dial(bob)
    await program.hear("welcome")
    look, pauses = auth.Credential.user, [0.0, 0.0, 0.2]

    def slowly(credential):
        time.sleep(pauses.pop())  # the first look takes longest
        return look(credential)

    monkeypatch.setattr(auth.Credential, "user", slowly)
    monkeypatch.setattr(publishing, "_listeners", [])
    await threads.run(sessions.end, bob.pk, [browser[1]])
    for body in "123":
        command = {"type": "message.add", "room": room_token(lounge), "body": body}
        await program.tell(type="ask", ref=body, command=command)
    assert [(await program.hear("reply"))["ref"] for _ in range(3)] == ["1", "2", "3"]
    assert [one.body async for one in Message.objects.order_by("pos")] == ["1", "2", "3"]


async def test_rights_that_end_during_the_handshake_let_nobody_in(dial, bob: User, lounge: Room, monkeypatch) -> None:
    from digi.chat import queries

    heads = queries.heads

    def meanwhile(actor):
        people.deactivate(bob)
        monkeypatch.setattr(queries, "heads", heads)
        return heads(actor)

    monkeypatch.setattr(queries, "heads", meanwhile)
    assert await (await dial(bob)).closing() == 4001


async def test_another_session_that_ends_during_the_handshake_does_not_matter(
    dial, bob: User, lounge, monkeypatch
) -> None:
    from digi.chat import queries

    heads = queries.heads

    def meanwhile(actor):
        sessions.revoke(bob.pk)
        monkeypatch.setattr(queries, "heads", heads)
        return heads(actor)

    monkeypatch.setattr(queries, "heads", meanwhile)
    assert (await (await dial(bob)).hear())["type"] == "welcome"


async def test_a_look_that_fails_is_repeated(dial, bob: User, monkeypatch) -> None:
    from digi.gateway import auth, connections

    monkeypatch.setattr(connections, "RETRY_SECONDS", 0.02)
    program = await dial(bob)
    look, failures = auth.Credential.user, [OSError("the database is away")] * 3

    def sometimes(credential):
        if failures:
            raise failures.pop()
        return look(credential)

    monkeypatch.setattr(auth.Credential, "user", sometimes)
    await threads.run(people.deactivate, bob)
    await closes_soon(program)
    assert not failures
