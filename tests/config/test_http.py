"""Requests in the pool: bodies, streams, clients that leave, errors, and an end that is always told."""

import asyncio
import threading
import time

import pytest
from django.core.handlers import exception
from django.core.signals import request_finished
from django.http import HttpResponse, StreamingHttpResponse

from digi.config.http import MAX_BODY, PooledHandler

GONE = {"type": "http.disconnect"}


class Client:
    """Sends one request, and remembers what comes back."""

    def __init__(self, view, *events, leaves: asyncio.Event | None = None) -> None:
        self.handler = PooledHandler()
        self.handler._middleware_chain = view  # type: ignore[attr-defined]
        self.events = list(events) or [{"type": "http.request", "body": b""}]
        self.leaves = leaves or asyncio.Event()
        self.sent: list[dict[str, object]] = []

    async def receive(self):
        if self.events:
            return self.events.pop(0)
        await self.leaves.wait()
        return GONE

    async def send(self, message) -> None:
        self.sent.append(message)

    async def run(self, **more: object) -> None:
        scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b"", **more}
        async with asyncio.timeout(5):
            await self.handler(scope, self.receive, self.send)

    @property
    def status(self) -> object:
        return self.sent[0]["status"]

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)  # type: ignore[misc]


def echo(request) -> HttpResponse:
    return HttpResponse(request.body + request.path.encode())


@pytest.fixture
def finished():
    """How often `request_finished` was told."""
    told: list[object] = []

    def tell(**_: object) -> None:
        told.append(1)

    request_finished.connect(tell)
    yield told
    request_finished.disconnect(tell)


async def test_a_body_arrives_in_parts(finished) -> None:
    parts = [{"type": "http.request", "body": bytes([65 + n]), "more_body": n < 3} for n in range(4)]
    client = Client(echo, *parts)
    await client.run()
    assert client.body == b"ABCD/"
    assert finished == [1]


async def test_a_client_that_leaves_in_the_middle_of_its_body_is_not_answered(finished) -> None:
    client = Client(echo, {"type": "http.request", "body": b"A", "more_body": True}, GONE)
    await client.run()
    assert client.sent == []
    assert finished == []


async def test_a_body_that_is_too_large_is_refused_while_it_arrives() -> None:
    part = {"type": "http.request", "body": b"x" * (MAX_BODY // 2 + 1), "more_body": True}
    client = Client(echo, part, part, part)
    await client.run()
    assert client.status == 413
    assert len(client.events) == 1, "the rest is not read"


async def test_an_error_of_a_view_is_an_answer(finished, monkeypatch) -> None:
    page = HttpResponse(status=500)
    monkeypatch.setattr(exception, "response_for_exception", lambda *_: page)
    client = Client(exception.convert_exception_to_response(lambda request: HttpResponse(1 / 0)))
    await client.run()
    assert client.status == 500
    assert finished == [1]


async def test_a_stream_is_made_in_the_pool_and_sent_part_by_part(finished) -> None:
    threads: set[str] = set()

    def parts():
        for part in (b"one", b"two", b"three"):
            threads.add(threading.current_thread().name.rsplit("_", 1)[0])
            yield part

    client = Client(lambda request: StreamingHttpResponse(parts()))
    await client.run()
    assert [message["body"] for message in client.sent[1:-1]] == [b"one", b"two", b"three"]
    assert threads == {"digi"}
    assert finished == [1]


async def test_an_endless_stream_ends_when_its_client_leaves(finished) -> None:
    leaves, closed = asyncio.Event(), []

    def parts():
        try:
            while True:
                time.sleep(0.01)
                yield b"more"
        finally:
            closed.append(1)

    client = Client(lambda request: StreamingHttpResponse(parts()), leaves=leaves)
    running = asyncio.ensure_future(client.run())
    await asyncio.sleep(0.1)
    leaves.set()
    await running
    assert closed == [1]
    assert finished == [1]


async def test_a_client_that_is_lost_while_it_is_answered_is_no_error(finished) -> None:
    client = Client(echo)

    async def send(message) -> None:
        raise OSError("the client has gone")

    client.send = send  # type: ignore[method-assign]
    await client.run()
    assert finished == [1]


async def test_slow_requests_do_not_wait_for_each_other() -> None:
    all_at_once = threading.Barrier(4)

    def slow(request) -> HttpResponse:
        all_at_once.wait(20)  # raises if the others do not get their turn while this one is served
        return HttpResponse("done")

    answered = [Client(slow) for _ in range(4)]
    await asyncio.gather(*(client.run() for client in answered))
    assert [client.sent[0]["status"] for client in answered] == [200] * 4


async def test_the_root_path_is_never_a_clients_word() -> None:
    client = Client(lambda request: HttpResponse(request.META["SCRIPT_NAME"] + request.path))
    await client.run(root_path="/evil", path="/about/")
    assert client.body == b"/about/"
