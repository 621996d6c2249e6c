"""A socket's life: order, limits, and an end that tidies up, however its server behaves."""

import asyncio
import json

import pytest

from digi.accounts.models import User
from digi.chat.models import Room
from digi.gateway import connections, outlets, turns
from digi.gateway.auth import Credential
from digi.gateway.chat.consumers import SessionConsumer
from digi.gateway.connections import Connection
from digi.live import hubs
from digi.live.prepared import Prepared
from tests.gateway.conftest import room_token


class Echo(Connection):
    """Answers each frame with itself, after a while."""

    dialect = SessionConsumer.dialect
    pause = 0.0

    async def begin(self) -> int:
        self.hub.subscribe(self, ["room.1"])
        self.hub.begin(self, {"room.1": 0})
        self.release()
        return 0

    async def answer(self, fields) -> None:
        await asyncio.sleep(self.pause)
        self.say(json.dumps(fields))

    def refuse(self, error) -> None:
        self.say(json.dumps({"error": error.code}))


class Server:
    """An ASGI server of one socket, which behaves as it is told."""

    def __init__(self, consumer: type[Connection] = Echo) -> None:
        self.consumer = consumer()
        self.events: asyncio.Queue[dict[str, object]] = asyncio.Queue()
        self.sent: list[dict[str, object]] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.has_lost_peer = False
        user = User(pk=7, username="bob")
        scope = {"type": "websocket", "path": "/ws/", "user": user, "credential": Credential("token", "")}
        self.events.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.ensure_future(self.consumer(scope, self.events.get, self._send))

    async def _send(self, message: dict[str, object]) -> None:
        await self.reads.wait()
        if self.has_lost_peer:
            raise OSError("the peer has gone")
        self.sent.append(message)

    def tell(self, **frame: object) -> None:
        self.events.put_nowait({"type": "websocket.receive", "text": json.dumps(frame)})

    def texts(self) -> list[object]:
        return [json.loads(str(message["text"])) for message in self.sent if message["type"] == "websocket.send"]

    def code(self) -> object:
        return next((message["code"] for message in self.sent if message["type"] == "websocket.close"), None)


@pytest.fixture
async def server():
    made = Server()
    await asyncio.sleep(0.02)
    yield made
    made.task.cancel()
    await asyncio.gather(made.task, return_exceptions=True)
    await hubs.close()


async def until(holds, within: float = 20) -> None:
    async with asyncio.timeout(within):
        while not holds():  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.005)


def is_forgotten(server: Server) -> bool:
    return server.consumer not in server.consumer.hub.sockets()


async def test_frames_are_answered_in_order(server: Server) -> None:
    server.consumer.pause = 0.001  # type: ignore[attr-defined]
    for number in range(100):
        server.tell(number=number)
    await until(lambda: len(server.texts()) == 100)
    assert [one["number"] for one in server.texts()] == list(range(100))  # type: ignore[index]


async def test_a_flood_is_cut(server: Server) -> None:
    server.consumer.pause = 10  # type: ignore[attr-defined]
    for number in range(turns.MOST_WAITING + 3):
        server.tell(number=number)
    await until(lambda: server.code() == 4029)
    await until(server.task.done)
    assert is_forgotten(server)


async def test_a_flood_of_few_but_large_frames_is_cut(server: Server) -> None:
    server.consumer.pause = 10  # type: ignore[attr-defined]
    for _ in range(turns.MOST_WAITING_SIZE // 100_000 + 2):
        server.tell(text="x" * 100_000)
    await until(lambda: server.code() == 4029)


async def test_many_frames_one_after_the_other_are_no_flood(server: Server) -> None:
    for number in range(10):
        for _ in range(100):
            server.tell(text="x" * 1000)
        await until(lambda so_far=(number + 1) * 100: len(server.texts()) == so_far)
    assert server.code() is None


async def test_a_slow_reader_is_cut_and_not_waited_for(server: Server) -> None:
    server.reads.clear()
    for _ in range(12):
        server.consumer.deliver("room.1", 1, Prepared("x" * 100_000))
    assert is_forgotten(server), "at once"
    await asyncio.sleep(0)
    server.reads.set()
    await until(lambda: server.code() == 4008)
    await until(server.task.done)


async def test_a_reader_that_takes_nothing_is_given_up(server: Server, monkeypatch) -> None:
    monkeypatch.setattr(outlets, "SEND_SECONDS", 0.05)
    monkeypatch.setattr(connections, "SEND_SECONDS", 0.05)
    server.reads.clear()
    server.consumer.deliver("room.1", 1, Prepared("Hello"))
    await until(server.task.done)
    assert is_forgotten(server)


async def test_who_does_not_read_answers_is_not_answered_further(server: Server) -> None:
    server.reads.clear()
    for _ in range(100):
        server.tell(text="x" * 10_000)
    await asyncio.sleep(0.1)
    assert server.consumer._outlet._owed < outlets.MOST_UNSENT // 2  # type: ignore[attr-defined]
    server.reads.set()
    await until(lambda: len(server.texts()) == 100)


async def test_a_peer_that_is_lost_while_something_is_sent_leaves_nothing_behind(server: Server) -> None:
    """Servers raise then, and tell of no disconnect."""
    server.has_lost_peer = True
    server.consumer.say("Hello")
    await until(server.task.done)
    assert is_forgotten(server)
    assert not [task for task in server.consumer._tasks if not task.done()]


async def test_a_peer_that_is_lost_during_the_handshake_leaves_nothing_behind() -> None:
    server = Server()
    server.has_lost_peer = True
    with pytest.raises(OSError, match="gone"):
        await server.task
    assert is_forgotten(server)
    await hubs.close()


async def test_a_server_that_cancels_leaves_nothing_behind(server: Server) -> None:
    server.task.cancel()
    await until(server.task.done)
    assert is_forgotten(server)


async def test_a_disconnect_ends_it(server: Server) -> None:
    server.events.put_nowait({"type": "websocket.disconnect", "code": 1001})
    await until(server.task.done)
    assert is_forgotten(server)


async def test_nothing_is_said_after_the_end(server: Server) -> None:
    server.consumer.spawn(server.consumer.end(4008))
    await until(lambda: server.code() == 4008)
    server.tell(late=True)
    server.consumer.say("late")
    await asyncio.sleep(0.02)
    assert server.sent[-1]["type"] == "websocket.close"


async def test_a_frame_that_is_too_large_closes(server: Server) -> None:
    server.tell(text="x" * 140_000)
    await until(lambda: server.code() == 1009)


async def test_a_hub_that_cannot_keep_up_sends_it_round_again(server: Server) -> None:
    server.consumer.restart()
    await until(lambda: server.code() == 1012)


async def test_an_end_during_the_handshake_is_told_after_it(dial, bob: User, lounge: Room, monkeypatch) -> None:
    """Browsers learn a code only from a handshake that succeeded."""
    begin = SessionConsumer.begin

    async def late(self) -> int:
        done = await begin(self)
        await self.end(4001)
        return done

    monkeypatch.setattr(SessionConsumer, "begin", late)
    phone = await dial(bob)
    assert phone.is_accepted
    assert await phone.closing() == 4001


async def test_sockets_that_end_leave_the_hub_empty(dial, alice: User, bob: User, lounge: Room) -> None:
    for user, path in ((alice, "/ws/"), (bob, f"/ws/chat/{room_token(lounge)}/"), (bob, "/ws/chat/nowhere/")):
        await (await dial(user, path)).hang_up()
    await asyncio.sleep(0.02)
    hub = hubs.hub()
    assert (hub._heard, hub._audiences, hub._streams) == ({}, {}, {})
