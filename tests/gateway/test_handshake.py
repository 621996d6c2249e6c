"""Who may open a socket: cookies with an Origin, or tokens; how a refusal looks; what is logged."""

import logging

import pytest
from django.conf import settings as configured
from django.db.backends.utils import CursorWrapper
from pytest_django.fixtures import Settings

from digi.accounts import installations, sessions
from digi.accounts.models import User
from digi.chat.models import Room
from digi.gateway.logs import ShortIds
from digi.kit import hosts, threads
from tests.gateway.conftest import HOST, ORIGIN, room_token


def signed_in(user: User) -> str:
    """The key of a new session of this person."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = configured.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


@pytest.fixture
def cookie(alice: User) -> tuple[bytes, bytes]:
    return b"cookie", f"{configured.SESSION_COOKIE_NAME}={signed_in(alice)}".encode()


# ── Origin ──


async def test_a_page_of_this_server_is_let_in(dial, cookie) -> None:
    phone = await dial(headers=((b"origin", ORIGIN), cookie))
    assert phone.is_accepted
    assert (await phone.hear())["me"]["username"] == "alice"


@pytest.mark.parametrize(
    "origin",
    [
        None,
        b"null",
        b"",
        b"https://evil.example",
        b"http://localhost:8000.evil.example",
        b"http://evil-localhost:8000",
        b"http://localhost:8001",
        b"http://localhost",
        b"https://localhost:8000",
        b"http://127.0.0.1:8000",
        b"HTTP://LOCALHOST:8000/",
        b"file://",
        b"http://[::1",
    ],
)
async def test_any_other_page_is_refused_before_it_is_accepted(dial, cookie, origin) -> None:
    phone = await dial(headers=(cookie, *(((b"origin", origin),) if origin is not None else ())))
    assert not phone.is_accepted


async def test_two_origins_are_none(dial, cookie) -> None:
    phone = await dial(headers=(cookie, (b"origin", ORIGIN), (b"origin", b"https://evil.example")))
    assert not phone.is_accepted


@pytest.mark.parametrize("host", [b"evil.example:8000", b"[::1", b"", b"1.2.3.4:8000", b"0.0.0.0:8000"])
async def test_a_foreign_name_that_points_here_is_refused(dial, cookie, host, monkeypatch) -> None:
    """DNS rebinding: the page's Origin and the request's Host agree, and both are the attacker's."""
    from tests.gateway import conftest

    monkeypatch.setattr(conftest, "HOST", host)
    phone = await dial(headers=(cookie, (b"origin", b"http://" + host)))
    assert not phone.is_accepted


@pytest.mark.parametrize("host", [b"localhost:8000", b"127.0.0.1:8000", b"[::1]:8000", b"digi.localhost:8000"])
async def test_every_name_of_this_machine_is_its_own(dial, cookie, host, monkeypatch) -> None:
    from tests.gateway import conftest

    monkeypatch.setattr(conftest, "HOST", host)
    assert (await dial(headers=(cookie, (b"origin", b"http://" + host)))).is_accepted


def test_an_address_of_another_machine_is_not_this_ones() -> None:
    assert not hosts.is_own("203.0.113.7")
    assert not hosts.is_own("user@127.0.0.1")
    assert hosts.is_own("LOCALHOST.:80")


async def test_with_a_url_the_origin_is_exactly_that(dial, cookie, settings: Settings) -> None:
    settings.DIGI_URL, settings.DIGI_ORIGINS = "https://Chat.example:443", ["https://other.example"]
    for origin in (b"https://chat.example", b"https://other.example"):
        assert (await dial(headers=(cookie, (b"origin", origin)))).is_accepted
    for origin in (ORIGIN, b"http://chat.example", b"https://chat.example:8443", b"https://chat.example.evil", b"null"):
        assert not (await dial(headers=(cookie, (b"origin", origin)))).is_accepted


# ── Credentials ──


async def test_without_a_session_it_is_closed_without_a_word(dial) -> None:
    phone = await dial(headers=((b"origin", ORIGIN),))
    assert phone.is_accepted
    assert await phone.closing() == 4001


@pytest.mark.parametrize(
    "cookie", [b"digi=", b"digi=nonsense", b"digi=%00", b"digi=../../etc/passwd", b"=;;=", b"\xff"]
)
async def test_a_cookie_that_is_no_session_signs_nobody_in(dial, cookie: bytes) -> None:
    phone = await dial(headers=((b"origin", ORIGIN), (b"cookie", cookie)))
    assert await phone.closing() == 4001


async def test_a_program_shows_its_token_and_needs_no_origin(dial, robbie: User) -> None:
    assert (await (await dial(robbie)).hear())["me"]["username"] == "robbie"


async def test_a_program_that_cannot_set_headers_shows_it_as_a_subprotocol(dial, robbie: User, lounge: Room) -> None:
    token = await threads.run(sessions.new_token, robbie)
    phone = await dial(path=f"/ws/chat/{room_token(lounge)}/", subprotocols=("digi.simple", f"bearer.{token}"))
    assert phone.is_accepted
    assert phone.subprotocol == "digi.simple"
    assert await phone.is_silent()


async def test_a_token_is_never_chosen_as_the_subprotocol(dial, robbie: User) -> None:
    token = await threads.run(sessions.new_token, robbie)
    phone = await dial(subprotocols=(f"bearer.{token}", "unknown"))
    assert phone.is_accepted
    assert phone.subprotocol is None


@pytest.mark.parametrize("token", ["", "digi_", "digi_nonsense", "x" * 10_000, "digi_é"])
async def test_a_wrong_token_signs_nobody_in(dial, token: str) -> None:
    phone = await dial(subprotocols=("digi.simple", f"bearer.{token}"))
    assert await phone.closing() == 4001


async def test_a_wrong_token_does_not_fall_back_to_the_cookie(dial, cookie) -> None:
    """Or a page of any origin could name one and travel on the visitor's cookie."""
    phone = await dial(headers=(cookie, (b"origin", b"https://evil.example")), subprotocols=("bearer.digi_nonsense",))
    assert await phone.closing() == 4001


async def test_who_is_deactivated_is_not_let_in(dial, charlie: User) -> None:
    token = await threads.run(sessions.new_token, charlie)
    charlie.is_active = False
    await threads.run(charlie.save)
    assert await (await dial(headers=((b"authorization", f"Bearer {token}".encode()),))).closing() == 4001


# ── Rooms ──


async def test_a_room_that_is_not_there_and_one_that_is_not_ones_own_look_the_same(dial, charlie, lounge: Room) -> None:
    for room in (room_token(lounge), "Lounge", "no-such-room", "x" * 32, "%00", "%ff", "🎉", str(lounge.pk)):
        phone = await dial(charlie, f"/ws/chat/{room}/")
        assert phone.is_accepted
        assert await phone.closing() == 4003


async def test_who_is_not_signed_in_learns_nothing_of_rooms(dial, lounge: Room) -> None:
    for room in (room_token(lounge), "no-such-room"):
        assert await (await dial(path=f"/ws/chat/{room}/", headers=((b"origin", ORIGIN),))).closing() == 4001


async def test_a_database_that_is_away_is_not_mistaken_for_a_wrong_token(dial, bob: User, monkeypatch) -> None:
    from digi.chat import queries

    def away(*_):
        raise OSError("the database is away")

    monkeypatch.setattr(queries, "heads", away)
    assert await (await dial(bob)).closing() == 1013


# ── What it costs ──


async def test_the_welcome_takes_three_queries_after_those_that_say_who_it_is(
    dial, cookie, lounge: Room, monkeypatch
) -> None:
    """Which rooms, then oneself and where each room stands. What the server is called it asks but once."""
    asked: list[str] = []
    execute = CursorWrapper.execute

    def counted(cursor, sql, *arguments):
        asked.append(sql)
        return execute(cursor, sql, *arguments)

    await threads.run(installations.epoch)
    monkeypatch.setattr(CursorWrapper, "execute", counted)
    await (await dial(headers=(cookie, (b"origin", ORIGIN)))).hear("welcome")
    read = [sql for sql in asked if sql.startswith("SELECT")]
    assert [table in sql for table, sql in zip(("django_session", "accounts_user"), read, strict=False)] == [True] * 2
    assert len(read) == 2 + 3, read


# ── What is logged ──


async def test_lines_tell_of_each_socket_without_ids_or_secrets(dial, bob: User, lounge: Room, caplog) -> None:
    caplog.set_level(logging.INFO, "digi.gateway")
    caplog.handler.addFilter(ShortIds())
    token = await threads.run(sessions.new_token, bob)
    phone = await dial(path=f"/ws/chat/{room_token(lounge)}/", subprotocols=("digi.simple", f"bearer.{token}"))
    await phone.hang_up()
    short = room_token(lounge)[:6]
    lines = [record.getMessage() for record in caplog.records if record.name == "digi.gateway"]
    assert [line.split()[1] for line in lines] == ["HANDSHAKING", "CONNECT", "DISCONNECT"]
    assert all(f"/ws/chat/{short}…/" in line for line in lines)
    assert token not in caplog.text
    assert room_token(lounge) not in caplog.text


def test_the_test_speaks_to_the_host_it_says() -> None:
    assert ORIGIN == b"http://" + HOST
