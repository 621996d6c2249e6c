"""How what is said to a socket leaves: past the server's queues where it lets us, else one frame after the other.

Neither is ever awaited by the one who says something. Knows no frame and no dialect.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from digi.gateway.direct import DirectProtocol, direct_of
from digi.live.prepared import Prepared, wire_of

SEND_SECONDS = 10.0
MOST_UNSENT = 1024 * 1024  # bytes or characters that a slow reader may owe
MUCH = 256 * 1024  # characters owed, from which on no further question of this reader is answered

Spawn = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]


class Outlet(Protocol):
    def say(self, frame: str) -> None:
        """Send a frame, in order."""

    def deliver(self, name: str, rev: int, frame: Prepared) -> None:
        """As `say`, for the hub; who owes too much after it has failed."""

    async def drained(self) -> None:
        """Return when the reader does not owe much."""

    def end(self) -> None:
        """Take nothing more, and forget what is not sent yet."""

    def abort(self) -> None:
        """Drop the connection, if that is ours to do."""


def outlet(scope: Any, send: Any, spawn: Spawn, failed: Callable[[], None]) -> Outlet:
    """The best that this socket's server offers; `failed` is called where its reader takes too little."""
    direct = direct_of(scope)
    return Direct(direct, failed) if direct is not None else Queued(send, spawn, failed)


class Direct:
    """Onto the transport itself."""

    __slots__ = ("_failed", "_protocol", "_write")

    def __init__(self, protocol: DirectProtocol, failed: Callable[[], None]) -> None:
        self._protocol, self._failed = protocol, failed
        self._write = protocol.write

    def say(self, frame: str) -> None:
        self._write(wire_of(frame))

    def deliver(self, name: str, rev: int, frame: Prepared) -> None:
        if self._write(frame.wire) > MOST_UNSENT:
            self._failed()

    async def drained(self) -> None:
        await self._protocol.drained()

    def end(self) -> None:
        """The protocol takes nothing once it closes."""

    def abort(self) -> None:
        self._protocol.abort()


class Queued:
    """Through the server's `send`, one at a time."""

    def __init__(self, send: Any, spawn: Spawn, failed: Callable[[], None]) -> None:
        self._send, self._spawn, self._failed = send, spawn, failed
        self._unsent: deque[str] = deque()
        self._owed = 0
        self._is_over = False
        self._writing: asyncio.Task[None] | None = None
        self._is_drained = asyncio.Event()
        self._is_drained.set()

    def say(self, frame: str) -> None:
        if self._is_over:
            return
        self._unsent.append(frame)
        self._owed += len(frame)
        if self._owed > MUCH:
            self._is_drained.clear()
        if self._writing is None:
            self._writing = self._spawn(self._write())

    def deliver(self, name: str, rev: int, frame: Prepared) -> None:
        self.say(frame)
        if self._owed > MOST_UNSENT:
            self._failed()

    async def drained(self) -> None:
        await self._is_drained.wait()

    def end(self) -> None:
        self._is_over = True
        self._unsent.clear()

    def abort(self) -> None:
        """The server's connection is not ours."""

    async def _write(self) -> None:
        while self._unsent:
            frame = self._unsent.popleft()
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await self._send({"type": "websocket.send", "text": frame})
            except (OSError, TimeoutError, RuntimeError):
                self._failed()
                return
            self._owed -= len(frame)
            if self._owed <= MUCH:
                self._is_drained.set()
        self._writing = None
