"""Requests over HTTP on connections that stay open, each sent when the last one was answered; checks every answer."""

import asyncio
import json
import random
from time import perf_counter
from typing import Any, cast

from bench.generator import waiting
from bench.generator.measuring import Window, spread_of

ANSWER_SECONDS = 10.0


class Reader(asyncio.Protocol):
    """One connection. Reads answers of known length; anything else is a problem."""

    def __init__(self, requests: list[bytes], mark: bytes, count: int) -> None:
        self._requests, self._mark, self._count = requests, mark, count
        self._transport: asyncio.Transport | None = None
        self._random = random.Random(len(requests))
        self._buffer = bytearray()
        self._at = 0.0
        self.is_going = self.is_waiting = False
        self.times: list[float] = []
        self.sample = b""
        self.problems: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's own is none of asyncio's classes

    def begin(self) -> None:
        self.is_going = True
        self._ask()

    def _ask(self) -> None:
        assert self._transport is not None
        self.is_waiting = True
        self._at = perf_counter()
        self._transport.write(self._random.choice(self._requests))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        whole = end + 4 + content_length(self._buffer[:end])
        if len(self._buffer) >= whole:
            self._answered(bytes(self._buffer[: end + 4]), bytes(self._buffer[end + 4 : whole]))

    def _answered(self, head: bytes, body: bytes) -> None:
        self.times.append(perf_counter() - self._at)
        self._buffer.clear()
        self.is_waiting, self.sample = False, body
        if not head.startswith(b"HTTP/1.1 200") or body.count(self._mark) != self._count:
            found = f"{body.count(self._mark)} × {self._mark!r}"
            self.problems.append(f"{head[:60]!r} with {found} instead of {self._count}")
        if self.is_going and len(self.problems) < 5:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.is_going or self.is_waiting:
            self.problems.append(f"the connection ended: {exc!r}")
            self.is_waiting = False

    def end(self) -> None:
        if self._transport is not None:
            self._transport.close()


def content_length(head: bytes | bytearray) -> int:
    """What the head of an answer says; raises ValueError where it says nothing."""
    for line in bytes(head).lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise ValueError(f"an answer without Content-Length: {bytes(head)[:200]!r}")


class Pages:
    """`plan`: `port`, `connections`, `paths`, `token`, and `mark`, which stands `count` times in each answer."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        token = f"Authorization: Bearer {plan['token']}\r\n" if plan.get("token") else ""
        self._requests = [
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{plan['port']}\r\n{token}Accept: application/json\r\n\r\n".encode()
            for path in plan["paths"]
        ]
        self._readers: list[Reader] = []

    async def open(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        mark, count = self._plan["mark"].encode(), self._plan["count"]
        for _ in range(self._plan["connections"]):
            made = loop.create_connection(lambda: Reader(self._requests, mark, count), "127.0.0.1", self._plan["port"])
            self._readers.append((await made)[1])
        return {"connections": len(self._readers)}

    async def run(self, *, warm: float, seconds: float) -> dict[str, Any]:
        for reader in self._readers:
            reader.begin()
        await asyncio.sleep(warm)
        for reader in self._readers:
            reader.times.clear()
        window = Window()
        await asyncio.sleep(seconds)
        window.close()
        times = [taken for reader in self._readers for taken in reader.times]
        await self._finish()
        return {
            "seconds": window.seconds,
            "generator": window.share,
            "messages": len(times),
            "size": len(self._readers[0].sample),
            "latency": spread_of(times),
            "problems": self._problems(),
        }

    async def _finish(self) -> None:
        for reader in self._readers:
            reader.is_going = False
        await waiting.until(lambda: not any(reader.is_waiting for reader in self._readers), ANSWER_SECONDS)

    async def close(self) -> dict[str, Any]:
        for reader in self._readers:
            reader.end()
        return {"problems": self._problems()}

    def _problems(self) -> list[str]:
        found = [problem for reader in self._readers for problem in reader.problems][:5]
        sample = next((reader.sample for reader in self._readers if reader.sample), b"{}")
        return found or out_of_order(json.loads(sample))


def out_of_order(answer: dict[str, Any]) -> list[str]:
    """What is wrong with a page of messages; other answers have no order to check."""
    places = [message["pos"] for message in answer.get("messages", []) if "pos" in message]
    if places and places != list(range(places[0], places[0] + len(places))):
        return [f"a page had the messages {places}"]
    return []
