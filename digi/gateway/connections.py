"""What every socket needs, whatever its dialect: life, order, limits, and an end that always tidies up."""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine
from typing import Any

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer

from digi.accounts import actors
from digi.accounts.models import User
from digi.errors import DigiError, Invalid
from digi.gateway.auth import BEARER_PROTOCOL
from digi.kit import threads
from digi.live.hub import Dialect, Hub, hub
from digi.protocol import codec
from digi.protocol.frames import MAX_FRAME

log = logging.getLogger("digi.gateway")

NOT_SIGNED_IN, NOT_A_MEMBER, TOO_SLOW, FLOOD = 4001, 4003, 4008, 4029
TOO_LARGE = 1009
MOST_ASKED = 256  # frames that wait their turn
MOST_UNSENT = 1024 * 1024  # characters that a slow reader may owe
SEND_SECONDS = 10.0


class Connection(AsyncWebsocketConsumer):
    """One socket: frames are handled one after the other, what it hears is queued and never awaited by the hub."""

    dialect: Dialect
    follows = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked: asyncio.Queue[dict[str, Any]] = asyncio.Queue(MOST_ASKED)
        self._unsent: deque[str] = deque()
        self._unsent_size = 0
        self._has_unsent = asyncio.Event()
        self._held: list[tuple[str, str]] | None = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_over = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Channels' own loop gives each socket a channel of the layer and each frame a hop to a thread; and servers
        # do not always tell of a lost peer, so that tidying up cannot be left to `disconnect`.
        self.scope, self.base_send = scope, send
        self.hub: Hub = hub()
        self._log("HANDSHAKING")
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            pass
        finally:
            self._is_over = True
            self.hub.forget(self)
            for task in self._tasks:
                task.cancel()
            self._log("DISCONNECT")

    async def dispatch(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "websocket.connect":
                await self.connect()
            case "websocket.receive":
                self._take(message)
            case "websocket.disconnect":
                raise StopConsumer

    # ── beginning ──

    async def connect(self) -> None:
        """Subscribe before accepting: whoever sees the handshake succeed misses nothing that is said after."""
        user, credential = self.scope["user"], self.scope["credential"]
        refusal = NOT_SIGNED_IN
        if isinstance(user, User) and credential is not None:
            self.user, self.credential, self.actor = user, credential, actors.of(user)
            self.person_id: int = user.pk
            refusal = await self.begin()
        offered = [name for name in self.scope.get("subprotocols", ()) if not name.startswith(BEARER_PROTOCOL)]
        await self.accept(offered[0] if offered else None)
        self._log("CONNECT")
        if refusal:
            await self.end(refusal)
            return
        self._spawn(self._write())
        self._spawn(self._work())

    async def begin(self) -> int:
        """Subscribe and say what has to be said first; returns 0, or the code with which to close.

        What is heard meanwhile is held back until `release`.
        """
        raise NotImplementedError

    def release(self) -> None:
        """Send what was held back, as far as it is still ours to hear, and from now on everything at once."""
        held, self._held = self._held or [], None
        for name, frame in held:
            self.deliver(name, frame)

    # ── hearing (called by the hub) ──

    def deliver(self, name: str, frame: str) -> None:
        if self._held is not None:
            self._held.append((name, frame))
        elif self._unsent_size > MOST_UNSENT:
            self._spawn(self.end(TOO_SLOW))
        elif self.hub.hears(self, name):
            self.say(frame)

    def removed(self, name: str) -> None:
        """By default a room more or less changes nothing for the socket itself."""

    def recheck(self) -> None:
        self._spawn(self._recheck())

    async def _recheck(self) -> None:
        user = await threads.run(self.credential.user)
        if user is None:
            await self.end(NOT_SIGNED_IN)
        else:
            self.actor = actors.of(user)

    # ── saying ──

    def say(self, frame: str) -> None:
        self._unsent.append(frame)
        self._unsent_size += len(frame)
        self._has_unsent.set()

    async def _write(self) -> None:
        while True:
            await self._has_unsent.wait()
            self._has_unsent.clear()
            while self._unsent:
                frame = self._unsent.popleft()
                try:
                    async with asyncio.timeout(SEND_SECONDS):
                        await self.base_send({"type": "websocket.send", "text": frame})
                except (OSError, TimeoutError):
                    self._spawn(self.end(TOO_SLOW))
                    return
                self._unsent_size -= len(frame)

    async def end(self, code: int) -> None:
        """Close, once; nothing is sent or heard after."""
        if self._is_over:
            return
        self._is_over = True
        self.hub.forget(self)
        self._unsent.clear()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self.base_send({"type": "websocket.close", "code": code})
        except (OSError, TimeoutError, RuntimeError):
            log.debug("a socket was gone before it could be closed")

    # ── asking ──

    def _take(self, message: dict[str, Any]) -> None:
        if self._is_over:
            return
        try:
            self._asked.put_nowait(message)
        except asyncio.QueueFull:
            self._spawn(self.end(FLOOD))

    async def _work(self) -> None:
        while not self._is_over:
            message = await self._asked.get()
            try:
                await self.answer(self._decoded(message))
            except DigiError as error:
                self.refuse(error)
            except Exception:  # a bug of ours: its frame fails, the socket lives
                log.exception("a frame could not be handled")
                self.refuse(Broken())

    def _decoded(self, message: dict[str, Any]) -> dict[str, Any]:
        text = message.get("text")
        if text is None:
            raise Invalid("Frames are text, not binary.")
        if len(text) > MAX_FRAME:
            self._spawn(self.end(TOO_LARGE))
            raise Invalid("The frame is too large.")
        return codec.decode(text)

    async def answer(self, fields: dict[str, Any]) -> None:
        """Do what a frame asks; a DigiError that is raised here is told by `refuse`."""
        raise NotImplementedError

    def refuse(self, error: DigiError) -> None:
        raise NotImplementedError

    # ── ──

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _log(self, what: str) -> None:
        client = self.scope.get("client") or ("-", 0)
        log.info("WebSocket %s %s [%s:%s]", what, self.scope["path"], client[0], client[1])


class Broken(DigiError):
    code, status = "unavailable", 503
    sentence = "Something went wrong on the server. Nothing was lost; try again."
