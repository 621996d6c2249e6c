"""Sockets of the whole application, in the test's own loop; its work is done by the pool's threads, as in a server."""

import json
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator
from django.db import connections

from digi.accounts import sessions
from digi.accounts.models import User
from digi.chat.models import Room
from digi.kit import sealed, threads
from digi.live import hubs
from digi.protocol.ids import MESSAGE, ROOM

ORIGIN, HOST = b"http://localhost:8000", b"localhost:8000"


@pytest.fixture
def pool(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A pool of this test's own, whose threads close what they opened: a database in use cannot be dropped."""
    own, singles = ThreadPoolExecutor(4), defaultdict[str, threads.Single](threads.Single)
    monkeypatch.setattr(threads, "_pool", own)
    monkeypatch.setattr(threads, "_singles", singles)
    yield
    barrier = threading.Barrier(4 + len(singles))

    def close() -> None:
        barrier.wait(10)
        connections.close_all()

    for single in singles.values():
        single.submit(close)
    for closed in [own.submit(close) for _ in range(4)]:
        closed.result(10)
    for single in singles.values():
        single.end()
    own.shutdown()


@pytest.fixture
async def dial(pool: None) -> AsyncIterator[Callable[..., Awaitable["Phone"]]]:
    """`await dial(user, path, …)`: a socket of theirs, whose handshake has been answered."""
    made: list[Phone] = []

    async def dial(user: User | None = None, path: str = "/ws/", **options: Any) -> Phone:
        token = await threads.run(sessions.new_token, user) if user is not None else None
        phone = Phone(path, token, **options)
        made.append(phone)
        await phone.begin()
        return phone

    yield dial
    for phone in made:
        await phone.hang_up()
    await hubs.close()


class Phone:
    """One socket: `hear()` the next frame, `tell()` one."""

    def __init__(
        self,
        path: str = "/ws/",
        token: str | None = None,
        *,
        headers: tuple[tuple[bytes, bytes], ...] = (),
        subprotocols: tuple[str, ...] = (),
    ) -> None:
        from digi.config.asgi import application

        bearer = ((b"authorization", f"Bearer {token}".encode()),) if token else ()
        every = [(b"host", HOST), *headers, *bearer]
        self._wire = WebsocketCommunicator(application, path, headers=every, subprotocols=list(subprotocols))
        self.is_accepted = False
        self.code: int | None = None
        self.subprotocol: str | None = None

    async def begin(self) -> None:
        self.is_accepted, found = await self._wire.connect(timeout=20)
        if self.is_accepted:
            self.subprotocol = found  # type: ignore[assignment]
        else:
            self.code = found  # type: ignore[assignment]

    async def hear(self, kind: str | None = None) -> Any:
        """The next frame, or the next of a type."""
        while True:
            frame = json.loads(await self._wire.receive_from(timeout=20))
            if kind is None or frame["type"] == kind:
                return frame

    async def tell(self, **frame: Any) -> None:
        await self._wire.send_to(text_data=json.dumps(frame))

    async def tell_raw(self, text: str | None = None, data: bytes | None = None) -> None:
        await self._wire.send_input({"type": "websocket.receive", "text": text, "bytes": data})

    async def ask(self, command: str, **fields: Any) -> Any:
        """The reply to a command; changes heard meanwhile are passed over."""
        await self.tell(type="ask", ref="r", command={"type": command, **fields})
        return await self.hear("reply")

    async def closing(self, within: float = 20) -> int:
        """The code with which the other end closes, whatever it says before."""
        while True:
            output = await self._wire.receive_output(timeout=within)
            if output["type"] == "websocket.close":
                return int(output["code"])

    async def is_silent(self) -> bool:
        return await self._wire.receive_nothing(timeout=0.2)

    async def hang_up(self) -> None:
        if not self._wire.future.done():
            await self._wire.disconnect()


def room_token(room: Room) -> str:
    return sealed.seal(ROOM, room.pk)


def message_token(message: Any) -> str:
    return sealed.seal(MESSAGE, message.id)
