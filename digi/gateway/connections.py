"""What every socket needs, whatever its dialect: life, order, limits, and an end that always tidies up."""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import Coroutine
from typing import Any, cast

from channels.exceptions import StopConsumer
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils import translation

from digi.accounts import actors
from digi.accounts.actors import Actor
from digi.accounts.languages import language_of
from digi.accounts.models import User
from digi.errors import DigiError, Invalid, Unauthenticated
from digi.execute import execute
from digi.gateway import admission, writing
from digi.gateway.auth import PROTOCOLS, Credential
from digi.gateway.direct import direct_of
from digi.gateway.outlets import SEND_SECONDS, Outlet, outlet
from digi.gateway.turns import Before, Message, Turns
from digi.kit import threads
from digi.live.audiences import Deliver, Dialect, Line, lines_changed
from digi.live.hub import Hub
from digi.live.hubs import hub
from digi.live.prepared import Prepared
from digi.protocol import codec
from digi.protocol.commands import Command
from digi.protocol.frames import MAX_FRAME
from digi.protocol.objects import Result

log = logging.getLogger("digi.gateway")

NOT_SIGNED_IN, NOT_A_MEMBER, TOO_SLOW, FLOOD = 4001, 4003, 4008, 4029
TOO_LARGE, RESTARTING, TRY_LATER = 1009, 1012, 1013
RETRY_SECONDS = 1.0


class Connection(AsyncWebsocketConsumer):
    """One socket: frames are answered in the order they come in, and what it hears never keeps the hub waiting."""

    scope: Any
    dialect: Dialect
    follows = False
    actor: Actor
    person_id: int
    credential: Credential

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turns = Turns(self._begin)
        self._rechecks: asyncio.Lock | None = None
        self._early: list[str] | None = []
        self._held: list[tuple[str, int, Prepared]] | None = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_accepted = self._is_over = self._is_closed = False
        self.deliver: Deliver = self._hold
        self.line: Line | None = None
        self._refusal = 0  # the code with which to close once accepted

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        # Channels' own loop gives each socket a channel of the layer and each frame a hop to a thread; and servers
        # do not always tell of a lost peer, so that tidying up cannot be left to `disconnect`.
        self.scope, self.base_send = scope, send
        self._send: Any = send
        self._outlet: Outlet = outlet(scope, send, self.spawn, self._too_slow)
        self._main = cast("asyncio.Task[None]", asyncio.current_task())
        self.hub: Hub = hub()
        self._lanes = writing.lanes()
        self._log("HANDSHAKING")
        try:
            await self._read(receive)
        except asyncio.CancelledError:
            if not self._is_closed:  # else it was `end`, which does not wait for a peer's last word
                raise
            self._main.uncancel()
        finally:
            self._is_over = True
            self.hub.forget(self)
            self._turns.forget()
            self.left()
            for task in self._tasks:
                task.cancel()
            self._log("DISCONNECT")

    async def _read(self, receive: Any) -> None:
        with contextlib.suppress(StopConsumer):
            while not self._is_closed:
                await self.dispatch(await receive())

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
        accepted = dict(self.scope.get("headers", ())).get(b"accept-language", b"").decode("latin-1")
        translation.activate(language_of(self.scope["user"], accepted))
        self._context = contextvars.copy_context()  # for this socket's own tasks
        async with admission.turn():
            refusal = await self._let_in()
        offered = [name for name in self.scope.get("subprotocols", ()) if name in PROTOCOLS]
        await self.accept(offered[0] if offered else None)
        self._is_accepted = True
        early, self._early = self._early or [], None
        for frame in early:
            self._outlet.say(frame)
        self._hear()
        self._log("CONNECT")
        if refusal or self._refusal:
            await self.end(refusal or self._refusal)
            return
        self.spawn(self._open())
        if (direct := direct_of(self.scope)) is not None:
            direct.hand_to(self._take)

    async def _let_in(self) -> int:
        user, self.credential = self.scope["user"], self.scope["credential"]
        if user is None:
            return TRY_LATER
        while isinstance(user, User):
            self.actor, self.person_id = actors.of(user), user.pk
            try:
                return await self.begin()
            except Unauthenticated:  # something has ended some session of this person just now: this one?
                user = await threads.run(self.credential.user)
            except Exception as error:  # noqa: BLE001 - such as a database that is away
                log.warning("a socket could not begin: %s", repr(error))
                return TRY_LATER
        return NOT_SIGNED_IN

    async def begin(self) -> int:
        """Subscribe and say what has to be said first; returns 0, or the code with which to close.

        What is heard meanwhile is held back until `release`. Called again if rights have changed meanwhile.
        """
        raise NotImplementedError

    def release(self) -> None:
        """Send what was held back, as far as it is still ours to hear, and from now on everything at once."""
        held, self._held = self._held or [], None
        for name, rev, frame in held:
            if self.hub.hears(self, name, rev):
                self.say(frame)
        self._hear()

    # ── hearing (called by the hub) ──

    def _hold(self, name: str, rev: int, frame: Prepared) -> None:
        if self._held is not None:
            self._held.append((name, rev, frame))
        else:
            self.say(frame)

    def _hear(self) -> None:
        """From now on what is heard goes out by the shortest way, if nothing has to go before it."""
        if self._early is None and self._held is None:
            self.deliver, self.line = self._outlet.deliver, direct_of(self.scope)
            lines_changed()

    def _too_slow(self) -> None:
        self.hub.forget(self)
        self.spawn(self.end(TOO_SLOW))

    def removed(self, name: str) -> None:
        """By default a room more or less changes nothing for the socket itself."""

    def recheck(self) -> None:
        self.spawn(self._recheck())

    def rewatch(self) -> None:
        """By default a socket watches nobody."""

    def restart(self) -> None:
        self.spawn(self.end(RESTARTING))

    async def _recheck(self) -> None:
        """Look whether the credential still holds; without an answer, again and again."""
        while not self._is_over:
            try:
                user = await threads.run(self.credential.user)
            except Exception as error:  # noqa: BLE001 - whatever a database raises
                log.warning("a socket's rights could not be looked up: %s", repr(error))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if user is None:
                await self.end(NOT_SIGNED_IN)
            else:
                self.actor = actors.of(user)
                self.renewed(user)
            return

    async def _recheck_in_turn(self) -> None:
        """As `_recheck`, for frames that are under way at once: what they ask for next stays in their order."""
        self._turns.close_lane()
        self._rechecks = self._rechecks or asyncio.Lock()  # whose waiters come in order
        async with self._rechecks:
            await self._recheck()

    def renewed(self, user: User) -> None:
        """Called with its person as they are after something of theirs has changed."""

    # ── saying ──

    def say(self, frame: str) -> None:
        """Send a frame, once the socket is accepted."""
        if self._early is None:
            self._outlet.say(frame)
        else:
            self._early.append(frame)

    async def drained(self) -> None:
        """Return when the reader has not much left to read."""
        await self._outlet.drained()

    async def end(self, code: int) -> None:
        """Close, once; nothing is sent or heard after."""
        if not self._is_accepted:
            self._refusal = self._refusal or code
            return
        if self._is_over:
            return
        self._is_over = True
        self.hub.forget(self)
        self._turns.forget()
        self._outlet.end()
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await self._send({"type": "websocket.close", "code": code})
        except (OSError, TimeoutError, RuntimeError):
            log.debug("a socket was gone before it could be closed")
            self._outlet.abort()
        finally:
            self._is_closed = True
            if asyncio.current_task() is not self._main:  # which waits for the peer's next word
                self._main.cancel()

    # ── asking ──

    def _take(self, message: dict[str, Any]) -> None:
        if not self._is_over and not self._turns.take(message):
            self.spawn(self.end(FLOOD))

    def _begin(self, message: Message, before: Before) -> asyncio.Task[None]:
        return self.spawn(self._answered(message, before))

    async def _answered(self, message: Message, before: Before) -> None:
        try:
            fields = self._decoded(message)
            await self._turns.come(before, self.lane_of(fields))
            await self.answer(fields)
        except DigiError as error:
            self.refuse(error)
        except Exception:  # a bug of ours: its frame fails, the socket lives
            log.exception("a frame could not be handled")
            self.refuse(Broken())
        await self.drained()
        await self._turns.end(before)

    async def _open(self) -> None:
        await self.opened()
        self._turns.open()

    async def opened(self) -> None:
        """Called once the socket is open, before the first frame is answered."""

    def left(self) -> None:
        """Called when the socket has gone, however it went, and whether or not it was ever open."""

    def _decoded(self, message: dict[str, Any]) -> dict[str, Any]:
        text = message.get("text")
        if text is None:
            raise Invalid("Frames are text, not binary.")
        if len(text) > MAX_FRAME:
            self.spawn(self.end(TOO_LARGE))
            raise Invalid("The frame is too large.")
        return codec.decode(text)

    def lane_of(self, fields: dict[str, Any]) -> object | None:
        """Into which lane of `writing` this frame's command goes, if it does and needs nothing done before."""
        return None

    async def answer(self, fields: dict[str, Any]) -> None:
        """Do what a frame asks; a DigiError that is raised here is told by `refuse`."""
        raise NotImplementedError

    def refuse(self, error: DigiError) -> None:
        raise NotImplementedError

    async def execute(self, command: Command, told: writing.Told | None = None) -> Result:
        """Do what `command` asks, and have `told` called with the result as soon as it is there.

        That another session of this person has ended does not fail it.
        """
        try:
            try:
                return await self._execute(command, told)
            except Unauthenticated:
                await self._recheck_in_turn()
                return await self._execute(command, told)
        except DigiError:
            raise
        except Exception:  # a bug of ours: who asked is told, by the ref or key they gave
            log.exception("%s could not be done", command.name_on_wire)
            raise Broken() from None

    async def _execute(self, command: Command, told: writing.Told | None) -> Result:
        if writing.goes_together(command):
            return await self._lanes.execute(self.actor, command, told)
        result = await threads.run(execute, self.actor, command)
        if told is not None:
            told(result)
        return result

    # ── ──

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task of this socket's own: in its language, whoever begins it, and ended with it at the latest."""
        task = self._main.get_loop().create_task(work, context=self._context)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _log(self, what: str) -> None:
        client = self.scope.get("client") or ("-", 0)
        log.info("WebSocket %s %s [%s:%s]", what, self.scope["path"], client[0], client[1])


class Broken(DigiError):
    code, status = "unavailable", 503
    sentence = "Something went wrong on the server. Nothing was lost; try again."
