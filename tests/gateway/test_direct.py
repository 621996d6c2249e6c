"""uvicorn's protocol with a way around it: what of uvicorn's own it rests on, on a real server and real sockets."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from digi.gateway.direct import EXTENSION, MOST_WAITING, Arrivals, DirectProtocol
from digi.live.prepared import Prepared, wire_of


class Application:
    """Accepts, and keeps what its server offers."""

    def __init__(self) -> None:
        self.direct: DirectProtocol | None = None
        self.owed_before_the_handshake = -1
        self.send: Any = None
        self.has_ended = asyncio.Event()
        self.reads = asyncio.Event()
        self.reads.set()
        self.taken = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.direct, self.send = scope["extensions"].get(EXTENSION), send
        await receive()
        if self.direct is not None:
            self.direct.write(wire_of("too early"))
        await send({"type": "websocket.accept"})
        while (await receive())["type"] != "websocket.disconnect":
            self.taken += 1
            await self.reads.wait()
        self.has_ended.set()


@pytest.fixture
async def application(request: pytest.FixtureRequest) -> AsyncIterator[Application]:
    made = Application()
    options = getattr(request, "param", {})
    config = uvicorn.Config(
        made, ws=DirectProtocol, lifespan="off", log_config=None, ws_per_message_deflate=options.get("deflate", False)
    )
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        made.port = listener.getsockname()[1]  # type: ignore[attr-defined]
        with contextlib.suppress(asyncio.CancelledError):
            task = asyncio.ensure_future(server._serve([listener]))
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            yield made
            server.should_exit = True
            await task


def dial(application: Application, **options: Any) -> connect:
    port = application.port  # type: ignore[attr-defined]
    return connect(f"ws://127.0.0.1:{port}/", compression=None, **options)


def direct(application: Application) -> DirectProtocol:
    assert application.direct is not None
    return application.direct


async def heard(client: ClientConnection) -> Any:
    async with asyncio.timeout(20):
        return await client.recv()


@pytest.mark.parametrize("text", ["", "Grüße 🎉", "x" * 125, "x" * 126, "x" * 65_536])
async def test_what_is_written_arrives_as_a_message(application: Application, text: str) -> None:
    async with dial(application, max_size=None) as client:
        direct(application).write(Prepared(text).wire)
        assert await heard(client) == text


async def test_both_ways_of_sending_keep_one_order(application: Application) -> None:
    async with dial(application) as client:
        for number in range(0, 100, 2):
            direct(application).write(wire_of(str(number)))
            await application.send({"type": "websocket.send", "text": str(number + 1)})
        assert [await heard(client) for _ in range(100)] == [str(number) for number in range(100)]


async def test_nothing_is_written_before_the_handshake_or_after_the_close(application: Application) -> None:
    async with dial(application) as client:
        direct(application).write(wire_of("in time"))
        await application.send({"type": "websocket.close", "code": 4000})
        direct(application).write(wire_of("too late"))
        assert await heard(client) == "in time"
        with pytest.raises(ConnectionClosed) as closed:
            await heard(client)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4000


async def test_nothing_is_written_to_one_who_has_gone(application: Application) -> None:
    async with dial(application) as client:
        await client.close()
    async with asyncio.timeout(20):
        await application.has_ended.wait()
    assert direct(application).write(wire_of("too late")) == 0
    await direct(application).drained()


async def test_events_come_to_the_application_in_order_whether_it_waits_or_not() -> None:
    arrivals = Arrivals()
    waiting = asyncio.ensure_future(arrivals.get())
    await asyncio.sleep(0)
    for event in ("1", "2", "3"):
        arrivals.put_nowait(event)
    assert [await waiting, await arrivals.get(), await arrivals.get()] == ["1", "2", "3"]
    assert arrivals.empty()


async def test_an_event_is_not_lost_with_a_reader_who_stops_waiting() -> None:
    arrivals = Arrivals()
    waiting = asyncio.ensure_future(arrivals.get())
    await asyncio.sleep(0)
    arrivals.put_nowait("1")
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not arrivals.empty()
    assert await arrivals.get() == "1"


async def test_an_application_that_takes_nothing_is_read_for_no_further(application: Application) -> None:
    """Of many messages; of few, nothing is paused. Then all of them come."""
    async with dial(application, ping_interval=None) as client:
        protocol: Any = direct(application)
        watched = protocol.transport = Watched(protocol.transport)
        for number in range(50):
            await client.send("one by one")
            await until(lambda taken=number + 1: application.taken == taken)
        assert watched.paused == 0
        application.reads.clear()
        for number in range(3 * MOST_WAITING):
            await client.send(str(number))
            await asyncio.sleep(0.001)
        await until(lambda: watched.paused)
        assert MOST_WAITING <= len(protocol.queue) < 2 * MOST_WAITING, "what came by one reading"
        application.reads.set()
        await until(lambda: application.taken == 50 + 3 * MOST_WAITING)
        assert not protocol.read_paused


async def test_messages_can_be_handed_over_as_they_are_read(application: Application) -> None:
    """Those that wait come first, and reading goes on where it was stopped for them."""
    taken: list[Any] = []
    application.reads.clear()
    async with dial(application, ping_interval=None) as client:
        protocol: Any = direct(application)
        for number in range(2 * MOST_WAITING):
            await client.send(str(number))
            await asyncio.sleep(0.001)
        await until(lambda: protocol.read_paused)
        protocol.hand_to(taken.append)
        await client.send("last")
        await until(lambda: taken and taken[-1]["text"] == "last")
        # The first one has been with the application since before.
        assert [one["text"] for one in taken] == [*map(str, range(1, 2 * MOST_WAITING)), "last"]
        assert {one["type"] for one in taken} == {"websocket.receive"}
        application.reads.set()
    async with asyncio.timeout(20):
        await application.has_ended.wait()


class Watched:
    """A transport that counts how often reading is stopped."""

    def __init__(self, transport: Any) -> None:
        self._transport = transport
        self.paused = 0

    def pause_reading(self) -> None:
        self.paused += 1
        self._transport.pause_reading()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


async def until(holds: Any) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - what it waits for is no event
            await asyncio.sleep(0.001)


MORE_THAN_A_SYSTEM_BUFFERS = 24_000_000  # Linux: up to 4 MB on one side and 6 MB on the other


async def test_what_a_reader_owes_is_told_and_waited_for(application: Application) -> None:
    """A reader who stops: the system's buffers fill, and then the transport's."""
    async with dial(application, max_queue=1, max_size=None) as client:
        wire, count = wire_of("x" * 100_000), 0
        assert direct(application).ready is direct(application).transport
        while direct(application).write(wire) < MORE_THAN_A_SYSTEM_BUFFERS:
            count += 1
        assert direct(application).ready is None
        waiting = asyncio.ensure_future(direct(application).drained())
        await asyncio.sleep(0.05)
        assert not waiting.done()
        for _ in range(count + 1):
            await heard(client)
        async with asyncio.timeout(20):
            await waiting
        assert direct(application).ready is direct(application).transport


async def test_one_who_takes_nothing_can_be_dropped(application: Application) -> None:
    async with dial(application):
        direct(application).abort()
        async with asyncio.timeout(20):
            await application.has_ended.wait()


@pytest.mark.parametrize("application", [{"deflate": True}], indirect=True)
async def test_where_each_sockets_bytes_would_differ_it_is_not_offered(application: Application) -> None:
    port = application.port  # type: ignore[attr-defined]
    async with connect(f"ws://127.0.0.1:{port}/", compression="deflate"):
        assert application.direct is None
