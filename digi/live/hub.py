"""One per process and event loop: takes what was published and gives it to the sockets that hear it.

Encodes a change once for each dialect. Never awaits a socket. What hints lose, the sources still have: holes are
read once per stream, and heads are compared every few seconds and after any trouble with the layer.
"""

import asyncio
import logging
import random
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any, Protocol

from digi.kit import threads
from digi.live import publishing, sources
from digi.live.changes import Change, Published, Signal, split, stream
from digi.live.streams import Stream

log = logging.getLogger("digi.live")

ANTI_ENTROPY_SECONDS = 5.0
GRACE_SECONDS = 0.02  # two threads of this process may hand over their commits in the wrong order
HEADS_AT_ONCE = 500


class Dialect(Protocol):
    def change(self, change: Change, after: int) -> str | None:
        """The frame for this change, for sockets that hold everything up to `after`; None if they do not hear it."""

    def signal(self, signal: Signal) -> str | None: ...


class Socket(Protocol):
    """What a door puts in: all calls come on the loop's thread and must not block."""

    person_id: int
    dialect: Dialect
    follows: bool
    """Whether it hears rooms as its person gains them."""

    def deliver(self, name: str, frame: str) -> None:
        """Send a frame of the stream `name`."""

    def removed(self, name: str) -> None:
        """It hears nothing of this stream any more."""

    def recheck(self) -> None:
        """What its person may do has changed: look whether it may stay."""


class Hub:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._streams: dict[str, Stream] = {}
        self._sockets: dict[str, set[Socket]] = {}
        self._heard: dict[Socket, set[str]] = {}
        self._repairing: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._suspect = asyncio.Event()

    # ── from any thread ──

    def publish(self, published: Sequence[Published]) -> None:
        """Take in what a thread of this process has committed."""
        try:
            self._loop.call_soon_threadsafe(self.receive, published)
        except RuntimeError:
            log.debug("the loop has ended; others find the change by anti-entropy")

    # ── on the loop ──

    def start(self) -> None:
        publishing.listen(self.publish)
        self.spawn(self._anti_entropy())

    async def stop(self) -> None:
        publishing.unlisten(self.publish)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def receive(self, published: Iterable[Published]) -> None:
        for item in published:
            if item.stream not in self._sockets:
                continue
            if isinstance(item, Signal):
                self._pass_on(item)
            else:
                self._deliver(item.stream, self._streams[item.stream].offer(item))
                if self._streams.get(item.stream, _NONE).has_hole:
                    self._repair_soon(item.stream, GRACE_SECONDS)

    def suspect(self) -> None:
        """Hints may have been lost: compare all heads at once."""
        self._suspect.set()

    def subscribe(self, socket: Socket, names: Iterable[str]) -> None:
        heard = self._heard.setdefault(socket, set())
        for name in names:
            heard.add(name)
            self._streams.setdefault(name, Stream(name))
            self._sockets.setdefault(name, set()).add(socket)

    def unsubscribe(self, socket: Socket, name: str) -> None:
        sockets = self._sockets.get(name)
        if sockets is None or socket not in sockets:
            return
        sockets.discard(socket)
        self._heard[socket].discard(name)
        if not sockets:
            del self._sockets[name], self._streams[name]

    def forget(self, socket: Socket) -> None:
        """Take the socket out of everything."""
        for name in list(self._heard.get(socket, ())):
            self.unsubscribe(socket, name)
        self._heard.pop(socket, None)

    def hears(self, socket: Socket, name: str) -> bool:
        return name in self._heard.get(socket, ())

    def sockets(self) -> list[Socket]:
        return list(self._heard)

    def learn(self, heads: dict[str, int]) -> None:
        """Compare heads as read from their sources, after subscribing, with what this hub has delivered."""
        for name, head in heads.items():
            known = self._streams.get(name)
            if known is None:
                continue
            if known.head is None:
                known.start(head)
            elif known.head < head:
                self._repair_soon(name, 0)

    def since(self, name: str, after: int) -> list[Change] | None:
        """What changed in a stream after `after`, if this hub remembers; None: ask the source."""
        known = self._streams.get(name)
        return known.since(after) if known else None

    def head(self, name: str) -> int | None:
        known = self._streams.get(name)
        return known.head if known else None

    # ── delivery ──

    def _deliver(self, name: str, ready: list[Change]) -> None:
        for change in ready:
            self._apply(change)
            frames: dict[int, str | None] = {}
            for socket in list(self._sockets.get(name, ())):
                key = id(socket.dialect)
                if key not in frames:
                    frames[key] = socket.dialect.change(change, change.rev - 1)
                frame = frames[key]
                if frame is not None:
                    socket.deliver(name, frame)

    def _apply(self, change: Change) -> None:
        """Before a change is heard: who leaves hears it no more, who comes hears what follows."""
        sockets = list(self._sockets.get(change.stream, ()))
        if change.leaver is not None:
            self._remove((socket for socket in sockets if socket.person_id == change.leaver), change.stream)
        if change.stops is not None:
            self._remove((socket for socket in sockets if self.hears(socket, change.stops or "")), change.stops)
        if change.hears is not None:
            for socket in sockets:
                if socket.follows:
                    self.subscribe(socket, [change.hears])
                    self._streams[change.hears].start(getattr(change.shown, "head", 0))
        if change.kind == "me":
            for socket in sockets:
                socket.recheck()

    def _remove(self, sockets: Iterable[Socket], name: str) -> None:
        for socket in list(sockets):
            self.unsubscribe(socket, name)
            socket.removed(name)

    def _pass_on(self, signal: Signal) -> None:
        frames: dict[int, str | None] = {}
        for socket in list(self._sockets.get(signal.stream, ())):
            if socket.person_id == signal.unheard_by:
                continue
            key = id(socket.dialect)
            if key not in frames:
                frames[key] = socket.dialect.signal(signal)
            frame = frames[key]
            if frame is not None:
                socket.deliver(signal.stream, frame)

    # ── repair ──

    def _repair_soon(self, name: str, delay: float) -> None:
        if name not in self._repairing:
            self._repairing.add(name)
            self.spawn(self._repair(name, delay))

    async def _repair(self, name: str, delay: float) -> None:
        """Read what is missing, once for all sockets of the stream."""
        try:
            await asyncio.sleep(delay)
            more = True
            while more and (known := self._streams.get(name)) is not None and known.head is not None:
                if delay and not known.has_hole:
                    return
                page = await threads.run(sources.page, name, known.head)
                if self._streams.get(name) is known:
                    self._deliver(name, known.repair(page.changes, page.upto))
                more = page.has_more
        except Exception:  # the source is a database: whatever fails, anti-entropy tries again
            log.exception("%s: could not read what is missing", name)
        finally:
            self._repairing.discard(name)

    async def _anti_entropy(self) -> None:
        """Every few seconds, and at once after trouble, compare heads with the sources'."""
        while True:
            try:
                async with asyncio.timeout(ANTI_ENTROPY_SECONDS * random.uniform(0.8, 1.2)):  # noqa: S311
                    await self._suspect.wait()
            except TimeoutError:
                pass
            self._suspect.clear()
            try:
                await self.compare()
            except Exception:  # as above
                log.exception("could not compare heads with the database")

    async def compare(self) -> None:
        """One look at the heads of everything heard here."""
        kinds: dict[str, list[int]] = {}
        for name in self._sockets:
            kind, number = split(name)
            kinds.setdefault(kind, []).append(number)
        for kind, numbers in kinds.items():
            for start in range(0, len(numbers), HEADS_AT_ONCE):
                heads = await threads.run(sources.heads, kind, numbers[start : start + HEADS_AT_ONCE])
                self.learn({stream(kind, number): head for number, head in heads.items()})

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


_NONE = Stream("")
_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running loop; started by its first use, as not every server has a lifespan."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        from digi.live.bridge import Bridge

        for ended in [other for other in _hubs if other.is_closed()]:
            publishing.unlisten(_hubs.pop(ended).publish)
        found = _hubs[loop] = Hub(loop)
        found.start()
        Bridge(found).start()
    return found


async def close() -> None:
    """End the running loop's hub, if it has one."""
    found = _hubs.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.stop()
