"""Who may do what, through every door: the whole of it in one table.

The Lounge is a group of alice, mona, bob, blake, robbie and peter; the Square a public room of peter alone. *The other*
is peter: fay is his friend, blake is blocked by him, and each of the two has a direct room with him. Frank has left the
Lounge, dora was in it and is deactivated; charlie knows nobody. Each has a room of their own, a note in it; the Hall
is a public room of alice, where mona, bob, fay, blake and robbie are plain members.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.db import connections, transaction
from django.test import Client

from digi.accounts import people, sessions
from digi.accounts.models import User
from digi.api.urls import api
from digi.chat.models import Room
from digi.config.asgi import application
from digi.execute import execute
from digi.kit import sealed, threads
from digi.live import hubs
from digi.protocol import commands as c
from digi.protocol.ids import MESSAGE, ROOM, message_id
from tests.conftest import PASSWORD, as_actor

Talk = Callable[[Coroutine[Any, Any, Any]], Any]

ROLES = {
    "anonymous": None,
    "stranger": "charlie",
    "friend": "fay",
    "member": "bob",
    "former": "frank",
    "blocked": "blake",
    "moderator": "mona",
    "owner": "alice",
    "deactivated": "dora",
    "bot": "robbie",
}

TABLE = """
                                         anonymous stranger friend member former blocked moderator owner deactivated bot
message.add    in the Lounge                   401      404    404     ok    404      ok        ok    ok         401  ok
message.add    in the Square                   401      404    404    404    404     404       404   404         401 404
message.add    in the other's direct room      401      404     ok    404    404     403       404   404         401 404
message.edit   one's own                       401      404    404     ok    404      ok        ok    ok         401  ok
message.edit   the other's                     401      404    404    403    404     403       403   403         401 403
message.edit   in the other's direct room      401      404     ok    404    404     403       404   404         401 404
message.delete one's own                       401      404    404     ok    404      ok        ok    ok         401  ok
message.delete the other's                     401      404    404    403    404     403        ok    ok         401 403
message.delete in the other's direct room      401      404     ok    404    404     403       404   404         401 404
message.forward the other's, to one's own room 401      404    404     ok    404      ok        ok    ok         401  ok
message.forward one's note, to the Lounge      401      404    404     ok    404      ok        ok    ok         401  ok
message.forward one's note, to the direct room 401      404     ok    404    404     403       404   404         401 404
message.react  to one's own                    401      404    404     ok    404      ok        ok    ok         401  ok
message.react  to the other's                  401      404    404     ok    404      ok        ok    ok         401  ok
message.react  in the other's direct room      401      404     ok    404    404     403       404   404         401 404
message.pin    the other's                     401      404    404     ok    404      ok        ok    ok         401  ok
message.pin    in the Hall                     401      404    403    403    404     403       403    ok         401 403
message.pin    in the other's direct room      401      404     ok    404    404     403       404   404         401 404
room.create    a group                         401       ok     ok     ok     ok      ok        ok    ok         401  ok
room.create    a group with the other          401       ok     ok     ok     ok     404        ok    ok         401  ok
room.create    a public room                   401       ok     ok     ok     ok      ok        ok    ok         401  ok
room.create    another Square                  401      409    409    409    409     409       409   409         401 409
room.create    a direct room with the other    401      403     ok     ok    403     404        ok    ok         401  ok
room.open      the Square                      401       ok     ok     ok     ok      ok        ok    ok         401  ok
room.open      a new name                      401       ok     ok     ok     ok      ok        ok    ok         401  ok
room.join      the Square                      401       ok     ok     ok     ok      ok        ok    ok         401  ok
room.join      the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.join      the other's direct room         401      404     ok    404    404      ok       404   404         401 404
room.leave     the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.leave     the other's direct room         401      404    403    404    404     403       404   404         401 404
room.invite    a newcomer                      401      404    404     ok    404      ok        ok    ok         401  ok
room.invite    the other                       401      404    404     ok    404     404        ok    ok         401  ok
room.invite    to the other's direct room      401      404    403    404    404     403       404   404         401 404
room.remove    the other                       401      404    404    403    404     403        ok    ok         401 403
room.remove    the owner                       401      404    404    403    404     403       403   403         401 403
room.remove    from the other's direct room    401      404    403    404    404     403       404   404         401 404
room.role      of the other                    401      404    404    403    404     403       403    ok         401 403
room.role      the owner's, to member          401      404    404    403    404     403       403   409         401 403
room.role      in the other's direct room      401      404    403    404    404     403       404   404         401 404
room.rename    the Lounge                      401      404    404    403    404     403        ok    ok         401 403
room.rename    the other's direct room         401      404    403    404    404     403       404   404         401 404
room.topic     of the Lounge                   401      404    404    403    404     403        ok    ok         401 403
room.topic     of the other's direct room      401      404    403    404    404     403       404   404         401 404
room.archive   the Lounge                      401      404    404    403    404     403       403    ok         401 403
room.archive   the other's direct room         401      404    403    404    404     403       404   404         401 404
room.read      the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.read      the other's direct room         401      404     ok    404    404      ok       404   404         401 404
room.unread    the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.mute      the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.mute      the other's direct room         401      404     ok    404    404      ok       404   404         401 404
room.star      the Lounge                      401      404    404     ok    404      ok        ok    ok         401  ok
room.star      the other's direct room         401      404     ok    404    404      ok       404   404         401 404
draft.save     in the Lounge                   401      404    404     ok    404      ok        ok    ok         401  ok
draft.save     in the other's direct room      401      404     ok    404    404      ok       404   404         401 404
friend.request the other                       401       ok     ok     ok     ok     404        ok    ok         401  ok
friend.request oneself                         401      422    422    422    422     422       422   422         401 422
friend.accept  the other                       401      404     ok    404    404     404       404   404         401 404
friend.decline the other                       401       ok    409     ok     ok     404        ok    ok         401  ok
friend.withdraw the other                      401       ok    409     ok     ok     404        ok    ok         401  ok
friend.remove  the other                       401       ok     ok     ok     ok     404        ok    ok         401  ok
person.block   the other                       401       ok     ok     ok     ok      ok        ok    ok         401  ok
person.block   oneself                         401      422    422    422    422     422       422   422         401 422
person.unblock the other                       401       ok     ok     ok     ok      ok        ok    ok         401  ok
profile.edit   one's own                       401       ok     ok     ok     ok      ok        ok    ok         401  ok
settings.edit  one's own                       401       ok     ok     ok     ok      ok        ok    ok         401  ok

GET /me                                        401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /me/changes                                401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /rooms                                     401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /friends                                   401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /people                                    401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /people/{username}          the other      401       ok     ok     ok     ok     404        ok    ok         401  ok
GET /rooms/{room}               the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/messages      the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/messages      the Square     401      404    404    404    404     404       404   404         401 404
GET /rooms/{room}/messages      the direct     401      404     ok    404    404      ok       404   404         401 404
GET /rooms/{room}/changes       the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/members       the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/pins          the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/pins          the direct     401      404     ok    404    404      ok       404   404         401 404
GET /rooms/{room}/reads         the Lounge     401      404    404     ok    404      ok        ok    ok         401  ok
GET /rooms/{room}/reads         the direct     401      404     ok    404    404      ok       404   404         401 404
GET /drafts                                    401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /mentions                                  401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /messages?ids={message}     the other's    401       ok     ok     ok     ok      ok        ok    ok         401  ok
GET /mentions?before={message}  the other's    401      404    404     ok    404      ok        ok    ok         401  ok
GET /messages/{message}/revisions one's own    401      404    404     ok    404      ok        ok    ok         401  ok
GET /messages/{message}/revisions the other's  401      404    404    403    404     403        ok    ok         401 403
POST /token                                    401       ok     ok     ok     ok      ok        ok    ok         401 401

SYNC me                                        401       ok     ok     ok     ok      ok        ok    ok         401  ok
SYNC the Lounge                                401      404    404     ok    404      ok        ok    ok         401  ok
SYNC the Square                                401      404    404    404    404     404       404   404         401 404
SYNC the direct                                401      404     ok    404    404      ok       404   404         401 404
"""

CODES = {
    "ok": "ok",
    "401": "unauthenticated",
    "403": "forbidden",
    "404": "not_found",
    "409": "conflict",
    "422": "invalid",
}


def _rows() -> dict[str, dict[str, str]]:
    """`{"message.add in the Lounge": {"anonymous": "unauthenticated", …}, …}`"""
    head, *lines = [line for line in TABLE.splitlines() if line.strip()]
    assert head.split() == list(ROLES)
    rows = {}
    for line in lines:
        words = line.split()
        label, outcomes = " ".join(words[: -len(ROLES)]), words[-len(ROLES) :]
        rows[label] = dict(zip(ROLES, (CODES[outcome] for outcome in outcomes), strict=True))
    assert len(rows) == len(lines), "a row stands there twice"
    return rows


ROWS = _rows()
COMMANDS = [label for label in ROWS if label.split()[0] in c.BY_NAME]
READS = [label for label in ROWS if label.startswith(("GET ", "POST "))]
SYNCS = [label for label in ROWS if label.startswith("SYNC ")]


@dataclass
class World:
    users: dict[str, User]
    tokens: dict[str, str]
    lounge: str
    square: str
    directs: dict[str, str]
    own: dict[str, str]
    """Each one's message in the Lounge."""
    said: dict[str, str]
    """Each one's message in a direct room with the other."""
    homes: dict[str, str]
    notes: dict[str, str]
    """Each one's room of their own, and a message in it."""
    hall: str
    """A message in the Hall."""

    def direct(self, who: str | None) -> str:
        """One's direct room with the other; for who has none, somebody else's."""
        return self.directs.get(who or "", self.directs["fay"])

    def token(self, who: str | None) -> str | None:
        return self.tokens[who] if who else None


@pytest.fixture
def world(db: None) -> World:
    names = ("alice", "mona", "bob", "frank", "blake", "dora", "peter", "charlie", "fay", "newcomer")
    users = {name: people.create(name, PASSWORD) for name in names}
    users["robbie"] = people.create("robbie", None, is_bot=True)

    def do(who: str, command: c.Command) -> Any:
        return execute(as_actor(users[who]), command)

    inside = ["mona", "bob", "frank", "blake", "dora", "peter", "robbie"]
    lounge = do("alice", c.CreateRoom(kind="group", name="Lounge", people=inside)).room.id
    square = do("peter", c.CreateRoom(kind="public", name="Square")).room.id
    do("alice", c.ChangeRole(room=lounge, person="mona", role="moderator"))
    own = {who: do(who, c.AddMessage(room=lounge, body="Hello")).message.id for who in ("alice", *inside)}
    directs, said = {}, {}
    for friend in ("fay", "blake"):
        do(friend, c.RequestFriend(person="peter"))
        do("peter", c.AcceptFriend(person=friend))
        directs[friend] = do(friend, c.CreateRoom(kind="direct", people=["peter"])).room.id
        said[friend] = do(friend, c.AddMessage(room=directs[friend], body="Hello")).message.id
    homes = {who: do(who, c.CreateRoom(kind="group", name=f"Home of {who}")).room.id for who in users}
    notes = {who: do(who, c.AddMessage(room=homes[who], body="Note")).message.id for who in users}
    for who in ("alice", "mona", "bob", "fay", "blake", "robbie"):
        hall = do(who, c.OpenRoom(name="Hall")).room.id
    in_hall = do("alice", c.AddMessage(room=hall, body="Hello")).message.id
    do("frank", c.LeaveRoom(room=lounge))
    do("peter", c.BlockPerson(person="blake"))
    people.deactivate(users["dora"])
    return World(
        users=users,
        tokens={name: sessions.new_token(user) for name, user in users.items()},
        lounge=sealed.seal(ROOM, lounge),
        square=sealed.seal(ROOM, square),
        directs={name: sealed.seal(ROOM, room) for name, room in directs.items()},
        own={name: sealed.seal(MESSAGE, message) for name, message in own.items()},
        said={name: sealed.seal(MESSAGE, message) for name, message in said.items()},
        homes={name: sealed.seal(ROOM, room) for name, room in homes.items()},
        notes={name: sealed.seal(MESSAGE, message) for name, message in notes.items()},
        hall=sealed.seal(MESSAGE, in_hall),
    )


def fields_of(label: str, world: World, who: str | None) -> dict[str, Any]:
    """What a command's row asks for, as a client sends it."""
    own, direct = world.own.get(who or "", world.own["peter"]), world.direct(who)
    said = world.said.get(who or "", world.said["fay"])
    home, note = world.homes[who or "charlie"], world.notes[who or "charlie"]
    lounge, square = {"room": world.lounge}, {"room": world.square}
    told: dict[str, dict[str, Any]] = {
        "message.add in the Lounge": {**lounge, "body": "Hi"},
        "message.add in the Square": {**square, "body": "Hi"},
        "message.add in the other's direct room": {"room": direct, "body": "Hi"},
        "message.edit one's own": {"message": own, "body": "Hi"},
        "message.edit the other's": {"message": world.own["peter"], "body": "Hi"},
        "message.edit in the other's direct room": {"message": said, "body": "Hi"},
        "message.delete one's own": {"message": own},
        "message.delete the other's": {"message": world.own["peter"]},
        "message.delete in the other's direct room": {"message": said},
        "message.forward the other's, to one's own room": {"message": world.own["peter"], "room": home},
        "message.forward one's note, to the Lounge": {"message": note, **lounge},
        "message.forward one's note, to the direct room": {"message": note, "room": direct},
        "message.react to one's own": {"message": own, "emoji": "👍"},
        "message.react to the other's": {"message": world.own["peter"], "emoji": "👍"},
        "message.react in the other's direct room": {"message": said, "emoji": "👍"},
        "message.pin the other's": {"message": world.own["peter"]},
        "message.pin in the Hall": {"message": world.hall},
        "message.pin in the other's direct room": {"message": said},
        "room.create a group": {"kind": "group", "name": "Attic"},
        "room.create a group with the other": {"kind": "group", "name": "Attic", "people": ["peter"]},
        "room.create a public room": {"kind": "public", "name": "Garden"},
        "room.create another Square": {"kind": "public", "name": "square"},
        "room.create a direct room with the other": {"kind": "direct", "people": ["peter"]},
        "room.open the Square": {"name": "square"},
        "room.open a new name": {"name": "Garden"},
        "room.join the Square": square,
        "room.join the Lounge": lounge,
        "room.join the other's direct room": {"room": direct},
        "room.leave the Lounge": lounge,
        "room.leave the other's direct room": {"room": direct},
        "room.invite a newcomer": {**lounge, "person": "newcomer"},
        "room.invite the other": {**lounge, "person": "peter"},
        "room.invite to the other's direct room": {"room": direct, "person": "newcomer"},
        "room.remove the other": {**lounge, "person": "peter"},
        "room.remove the owner": {**lounge, "person": "alice"},
        "room.remove from the other's direct room": {"room": direct, "person": "peter"},
        "room.role of the other": {**lounge, "person": "peter", "role": "moderator"},
        "room.role the owner's, to member": {**lounge, "person": "alice", "role": "member"},
        "room.role in the other's direct room": {"room": direct, "person": "peter", "role": "owner"},
        "room.rename the Lounge": {**lounge, "name": "Salon"},
        "room.rename the other's direct room": {"room": direct, "name": "Salon"},
        "room.topic of the Lounge": {**lounge, "topic": "Tea"},
        "room.topic of the other's direct room": {"room": direct, "topic": "Tea"},
        "room.archive the Lounge": lounge,
        "room.archive the other's direct room": {"room": direct},
        "room.read the Lounge": {**lounge, "pos": 1},
        "room.read the other's direct room": {"room": direct, "pos": 1},
        "room.unread the Lounge": {**lounge, "pos": 1},
        "room.mute the Lounge": lounge,
        "room.mute the other's direct room": {"room": direct},
        "room.star the Lounge": lounge,
        "room.star the other's direct room": {"room": direct},
        "draft.save in the Lounge": {**lounge, "body": "Dear all"},
        "draft.save in the other's direct room": {"room": direct, "body": "Dear all"},
        "profile.edit one's own": {"hue": 7},
        "settings.edit one's own": {"theme": "dark"},
    }
    if label.endswith(" oneself"):
        return {"person": who or "charlie"}
    return told.get(label, {"person": "peter"})


def path_of(label: str, world: World, who: str | None) -> str:
    path = label.split()[1]
    rooms = {"Lounge": world.lounge, "Square": world.square, "direct": world.direct(who)}
    room = rooms.get(label.rsplit(maxsplit=1)[-1], "")
    message = world.own.get(who or "", world.own["peter"]) if "one's own" in label else world.own["peter"]
    return path.format(username="peter", room=room, message=message)


# ── the doors ──


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is taken back, although actions insist on transactions of their own."""
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]
    with atomic:
        yield
        transaction.set_rollback(True)


def call(method: str, path: str, token: str | None, body: Any = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    ask = getattr(Client(enforce_csrf_checks=True), method.lower())
    return ask(f"/api/v1{path}", headers=headers, **content)


def outcome(response: Any) -> str:
    answer = response.json()
    assert response.status_code == 200 or response.status_code == int(
        next(number for number, code in CODES.items() if code == answer["code"])
    )
    return "ok" if response.status_code == 200 else str(answer["code"])


PATIENCE = 20  # seconds, for a busy machine


class Refused(Exception):
    """The socket was closed with this code."""


async def over_socket(token: str | None, frame: dict[str, Any]) -> dict[str, Any]:
    """The answer to one frame on a socket of its own; raises Refused."""
    headers = [(b"host", b"127.0.0.1:8000"), (b"origin", b"http://127.0.0.1:8000")]
    if token:
        headers.append((b"authorization", f"Bearer {token}".encode()))
    socket = WebsocketCommunicator(application, "/ws/", headers=headers)
    is_connected, _ = await socket.connect(PATIENCE)
    assert is_connected
    try:
        first = await socket.receive_output(PATIENCE)
        if first["type"] == "websocket.close":
            raise Refused(first["code"])
        await socket.send_json_to({**frame, "ref": "1"})
        while True:
            answer: dict[str, Any] = await socket.receive_json_from(PATIENCE)
            if answer.get("ref") == "1":
                return answer
    finally:
        await socket.disconnect(timeout=PATIENCE)


async def socket_outcome(token: str | None, frame: dict[str, Any]) -> str:
    try:
        answer = await over_socket(token, frame)
    except Refused as closed:
        return {4001: "unauthenticated"}[closed.args[0]]
    if answer["type"] == "synced":
        return "ok" if answer["logs"] else "not_found"
    return "ok" if answer["ok"] else str(answer["error"]["code"])


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, db: None) -> Iterator[Talk]:
    """Runs what talks to sockets; the work they have done in threads stays within the test's own transaction."""
    connection = connections["default"]
    pool = ThreadPoolExecutor(1, initializer=lambda: connections.__setitem__("default", connection))
    monkeypatch.setattr(threads, "_pool", pool)
    monkeypatch.setattr(threads, "_singles", defaultdict(lambda: pool))
    monkeypatch.setattr(threads, "_before", [])  # which would look at the connection, and this is not theirs
    connection.inc_thread_sharing()
    with pool, asyncio.Runner() as runner:
        yield runner.run
        runner.run(hubs.close())
    connection.dec_thread_sharing()


# ── the table, held against the doors ──


def test_every_command_has_a_row() -> None:
    assert {label.split()[0] for label in COMMANDS} == set(c.BY_NAME)


def test_every_read_has_a_row() -> None:
    offered = set()
    for path, methods in api.get_openapi_schema(path_prefix="")["paths"].items():
        offered |= {f"{method.upper()} {path}" for method in methods if not path.startswith("/commands/")}
    assert {" ".join(label.split()[:2]).partition("?")[0] for label in READS} == offered


def test_commands_over_http(world: World) -> None:
    assert_table(
        COMMANDS,
        lambda label, who: outcome(
            call("POST", f"/commands/{label.split()[0]}", world.token(who), fields_of(label, world, who))
        ),
    )


def test_reads_over_http(world: World) -> None:
    def seen(label: str, who: str | None) -> str:
        body = {"username": who or "nobody", "password": PASSWORD} if label == "POST /token" else None
        token = None if body else world.token(who)
        return outcome(call(label.split(maxsplit=1)[0], path_of(label, world, who), token, body))

    assert_table(READS, seen)


def test_commands_over_a_socket(world: World, talk: Talk) -> None:
    def seen(label: str, who: str | None) -> str:
        command = {**fields_of(label, world, who), "type": label.split(maxsplit=1)[0]}
        return str(talk(socket_outcome(world.token(who), {"type": "ask", "command": command})))

    assert_table(COMMANDS, seen)


def test_catching_up_over_a_socket(world: World, talk: Talk) -> None:
    def seen(label: str, who: str | None) -> str:
        logs = {"me": "me", "Lounge": world.lounge, "Square": world.square, "direct": world.direct(who)}
        cursors = {logs[label.rsplit(maxsplit=1)[-1]]: 0}
        return str(talk(socket_outcome(world.token(who), {"type": "sync", "cursors": cursors})))

    assert_table(SYNCS, seen)


def assert_table(labels: list[str], seen: Callable[[str, str | None], str]) -> None:
    found = {}
    for label in labels:
        for role, who in ROLES.items():
            with undone():
                found[label, role] = seen(label, who)
    assert_as_in_the_table(found)


def assert_as_in_the_table(found: dict[tuple[str, str], str]) -> None:
    wrong = [
        f"{label}, {role}: {code}, not {ROWS[label][role]}"
        for (label, role), code in found.items()
        if code != ROWS[label][role]
    ]
    assert found
    assert not wrong, "\n".join(wrong)


# ── missing and forbidden look the same ──

NO_ROOM, NO_MESSAGE = sealed.seal(ROOM, 10**6), sealed.seal(MESSAGE, message_id(10**6, 1))


def unseen(world: World) -> list[tuple[str, str]]:
    """Pairs of ids: one of something that charlie may not see, and one of nothing at all."""
    room = Room.objects.get(name="Lounge")
    never_said = sealed.seal(MESSAGE, message_id(room.pk, 9999))
    pairs = [(world.lounge, NO_ROOM), (world.directs["fay"], NO_ROOM), (world.lounge, "x" * 32), (world.lounge, "x")]
    return [*pairs, *((world.own["peter"], nothing) for nothing in (NO_MESSAGE, never_said, "x" * 32, "lounge"))]


def asked_of_one(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Every command that names a room or a message which charlie may not see."""
    found = [(label.split()[0], fields_of(label, world, "charlie")) for label in COMMANDS]
    secret = {world.lounge, world.directs["fay"], world.own["peter"]}
    return [(name, fields) for name, fields in found if secret & {str(value) for value in fields.values()}]


def test_a_stranger_cannot_tell_what_exists_by_any_command(world: World) -> None:
    tried = set()
    for name, fields in asked_of_one(world):
        for real, nothing in unseen(world):
            if real in fields.values():
                other = {key: nothing if value == real else value for key, value in fields.items()}
                assert_same(world, "POST", f"/commands/{name}", fields, other)
                tried.add(name)
    assert tried == {name for name, model in c.BY_NAME.items() if {"room", "message"} & model.model_fields.keys()}


def test_a_stranger_cannot_tell_what_exists_by_what_is_replied_to(world: World) -> None:
    call("POST", "/commands/room.open", world.token("charlie"), {"name": "Garden"})
    garden = sealed.seal(ROOM, Room.objects.get(name="Garden").pk)
    for nothing in (NO_MESSAGE, sealed.seal(MESSAGE, message_id(Room.objects.get(name="Lounge").pk, 9999))):
        fields = {"room": garden, "body": "Hi", "key": "a-key-of-mine"}
        real = {**fields, "reply_to": world.own["peter"]}
        assert_same(world, "POST", "/commands/message.add", real, {**fields, "reply_to": nothing})


def test_a_stranger_cannot_tell_what_exists_by_any_read(world: World) -> None:
    for label in READS:
        path = path_of(label, world, "charlie")
        for real, nothing in unseen(world):
            if real in path:
                assert_same(world, "GET", path, None, None, path.replace(real, nothing))


def test_the_blocked_cannot_tell_that_the_person_exists(world: World) -> None:
    for name, model in c.BY_NAME.items():
        # One may block back who has blocked oneself, and so learns of them; roles are seen by every member anyway.
        if "person" in model.model_fields and not name.startswith(("person.", "room.remove", "room.role")):
            fields = {**fields_of(f"{name} the other", world, "blake"), "person": "peter"}
            assert_same(world, "POST", f"/commands/{name}", fields, {**fields, "person": "nobody"}, who="blake")
    direct = {"kind": "direct", "people": ["peter"]}
    assert_same(world, "POST", "/commands/room.create", direct, {**direct, "people": ["nobody"]}, who="blake")
    assert_same(world, "GET", "/people/peter", None, None, "/people/nobody", who="blake")
    assert_same(world, "GET", "/people?q=peter", None, None, "/people?q=nobody", who="blake")


def assert_same(world: World, method: str, path: str, real: Any, nothing: Any, other: str = "", who: str = "charlie"):
    responses = [
        call(method, path, world.token(who), real),
        call(method, other or path, world.token(who), nothing),
    ]
    one, two = ((found.status_code, found.content, dict(found.headers)) for found in responses)
    assert one == two, f"{method} {path} {real}"


def test_a_stranger_cannot_tell_what_exists_by_any_socket(world: World, talk: Talk) -> None:
    token = world.token("charlie")
    for name, fields in asked_of_one(world):
        for real, nothing in unseen(world):
            if real in fields.values():
                other = {key: nothing if value == real else value for key, value in fields.items()}
                asks = [{"type": "ask", "command": {**asked, "type": name}} for asked in (fields, other)]
                one, two = [talk(over_socket(token, ask)) for ask in asks]
                assert one == two
    cursors = {world.lounge: 0, NO_ROOM: 0, world.directs["fay"]: 0}
    assert talk(over_socket(token, {"type": "sync", "cursors": cursors}))["logs"] == {}
    for room in (world.lounge, NO_ROOM, world.directs["fay"], "lounge"):
        assert talk(closed_with(f"/ws/chat/{room}/", token)) == 4003


async def closed_with(path: str, token: str | None) -> int:
    socket = WebsocketCommunicator(application, path, headers=[(b"authorization", f"Bearer {token}".encode())])
    assert (await socket.connect(PATIENCE))[0]
    message = await socket.receive_output(PATIENCE)
    await socket.wait(PATIENCE)
    assert message["type"] == "websocket.close"
    return int(message["code"])
