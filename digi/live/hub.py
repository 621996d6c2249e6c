"""One per process and event loop: takes what was published and gives it to the sockets that hear it.

Encodes a change once for each dialect. Never awaits a socket. What hints lose, the sources still have: holes are
read once per stream, and heads are compared every few seconds and after any trouble with the layer.
"""

import asyncio
import logging
import random
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from digi.kit import threads
from digi.live import publishing, sources
from digi.live.audiences import Audience, Dialect, Hearers, Socket, hearers
from digi.live.changes import Change, Published, Signal, split, stream
from digi.live.prepared import Frames, Prepared
from digi.live.streams import Stream

log = logging.getLogger("digi.live")

ANTI_ENTROPY_SECONDS = 5.0
PAUSE_SECONDS = 0.5  # between two comparisons, however often hints are said to be lost
RETRY_SECONDS = 1.0  # before a hole that could not be filled is read once more
GRACE_SECONDS = 0.02  # two threads of this process may hand over their commits in the wrong order
HEADS_AT_ONCE = 500

Said = tuple[Published, int]
"""A signal, or a change and up to which rev of its stream those hold everything who are to hear it."""


class Hub:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._streams: dict[str, Stream] = {}
        self._audiences: dict[str, Audience] = {}
        self._heard: dict[Socket, set[str]] = {}  # the streams that each socket hears
        self._repairing: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._suspect = asyncio.Event()

    # ── from any thread ──

    def publish(self, published: Sequence[Published]) -> None:
        """Take in what a thread of this process has committed."""
        try:
            threads.call_soon(self._loop, partial(self.receive, published))
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
        """Pass on what was published: in its order, but for what is only said, which is told log by log."""
        said: dict[str, list[Change]] = {}
        for item in published:
            if not self.is_heard(item.stream):
                continue
            if isinstance(item, Change) and item.is_only_said:
                said.setdefault(item.stream, []).append(item)
                continue
            self._offer_all(said)
            if isinstance(item, Signal):
                self._pass_on(item)
            else:
                self._offer(item.stream, [item])
        self._offer_all(said)

    def _offer_all(self, said: dict[str, list[Change]]) -> None:
        for name, changes in said.items():
            self._offer(name, changes)
        said.clear()

    def _offer(self, name: str, changes: Iterable[Change]) -> None:
        known = self._streams.get(name)
        if known is not None:
            self._deliver(name, [ready for change in changes for ready in known.offer(change)])
            self._repair_if_hole(name)

    def suspect(self) -> None:
        """Hints may have been lost: compare all heads at once."""
        self._suspect.set()

    def subscribe(self, socket: Socket, names: Iterable[str]) -> None:
        """Have the socket hear these streams. Read where they stand afterwards, and give that to `begin`."""
        heard = self._heard.setdefault(socket, set())
        for name in names:
            heard.add(name)
            if name not in self._streams:
                self._streams[name], self._audiences[name] = Stream(name), Audience()
            self._audiences[name].add(socket)

    def begin(self, socket: Socket, heads: dict[str, int]) -> None:
        """Have the socket hear what is newer than these heads, at which its person was in those streams."""
        for name, head in heads.items():
            if self.hears(socket, name):
                self.hear_after(socket, {name: head})
            else:  # gained while they were read; or lost, as one who has come back is, to an old departure told late
                self._join(socket, name, head)

    def hear_after(self, socket: Socket, heads: dict[str, int]) -> None:
        """What its streams held up to `heads` the socket learns, or has learnt, elsewhere; it hears what is newer."""
        for name, head in heads.items():
            if self.hears(socket, name):
                self._audiences[name].hear_after(socket, head)
        self.learn(heads)

    def _join(self, socket: Socket, name: str, after: int) -> None:
        is_first = name not in self._streams
        self.subscribe(socket, [name])
        self._audiences[name].hear_after(socket, after)
        self._tell_missed(socket, self._streams[name], after)
        self.learn({name: after})
        if is_first:  # hints of it that came earlier were for nobody here
            self._repair_soon(name, 0)

    def unsubscribe(self, socket: Socket, name: str) -> None:
        if not self.hears(socket, name):
            return
        self._heard[socket].discard(name)
        audience = self._audiences[name]
        audience.remove(socket)
        if not audience:
            del self._audiences[name], self._streams[name]

    def forget(self, socket: Socket) -> None:
        """Take the socket out of everything."""
        for name in list(self._heard.get(socket, ())):
            self.unsubscribe(socket, name)
        self._heard.pop(socket, None)

    def hears(self, socket: Socket, name: str, rev: int = 0) -> bool:
        """Whether the socket hears this stream and, where it is given, the change of this rev in it."""
        audience = self._audiences.get(name)
        return audience is not None and audience.hears(socket, rev)

    def is_heard(self, name: str) -> bool:
        """Whether anybody here hears this stream."""
        return name in self._audiences

    def head(self, name: str) -> int:
        """Up to which rev this hub has told a stream; 0 for one that it does not know."""
        known = self._streams.get(name)
        return (known.head or 0) if known is not None else 0

    def sockets(self) -> list[Socket]:
        return list(self._heard)

    def learn(self, heads: dict[str, int]) -> None:
        """Compare heads as read from their sources, after subscribing, with what this hub has delivered."""
        for name, head in heads.items():
            known = self._streams.get(name)
            if known is None:
                continue
            self._deliver(name, known.start(head))
            if known.head is not None and known.head < head:
                self._repair_soon(name, 0)
            self._repair_if_hole(name)

    def since(self, socket: Socket, name: str, after: int) -> tuple[list[Change], int] | None:
        """What a stream that the socket hears has after `after`, and up to which rev; None: ask the source."""
        known = self._streams.get(name)
        if known is None or known.head is None or not self._audiences[name].hears(socket, known.head + 1):
            return None
        found = known.since(after)
        return None if found is None else (found, known.head)

    def recall(self, name: str, page: sources.Page, after: int) -> None:
        """Keep what a socket has caught up on for the others of the stream: those who come back come together."""
        known = self._streams.get(name)
        if known is not None:
            known.recall(page.changes, after, page.upto)

    # ── delivery ──

    def _deliver(self, name: str, ready: Sequence[Change]) -> None:
        for run in self._runs(name, ready):
            try:
                self._take_out(run[0])
                audience = self._audiences.get(name)  # which those who left may have left empty
                if audience is not None:
                    _send(audience.hearers(run[0].rev), name, [(change, change.rev - 1) for change in run])
                self._take_in(run[0])
            except Exception:  # a bug of ours must not keep back what follows
                log.exception("%s: a change could not be told", name)

    def _runs(self, name: str, changes: Sequence[Change]) -> Iterator[Sequence[Change]]:
        """These changes of a stream, together where all of its sockets hear all of them, else one at a time."""
        audience = self._audiences.get(name)
        if audience is None or not changes:
            return
        if audience.all_hear(changes[0].rev) and all(change.is_only_said for change in changes):
            yield changes
        else:
            yield from ([change] for change in changes)

    def _hearers(self, change: Change) -> list[Socket]:
        """Who is to hear a change. To a socket that began after it, it and all that follows from it is old news."""
        audience = self._audiences.get(change.stream)
        return [] if audience is None else audience.sockets(change.rev)

    def _take_out(self, change: Change) -> None:
        """Before a change is heard: who leaves hears neither it nor anything after."""
        if change.leaver is not None:
            self._remove([one for one in self._hearers(change) if one.person_id == change.leaver], change.stream)
        if change.stops is not None:
            self._remove(self._hearers(change), change.stops)

    def _take_in(self, change: Change) -> None:
        """After a change was heard: what it lets its person hear, and whether they may hear anything."""
        if change.hears is None and change.kind != "me":
            return
        for socket in self._hearers(change):
            if change.hears is not None and socket.follows and not self.hears(socket, change.hears):
                self._join(socket, change.hears, getattr(change.shown, "head", 0))
            if change.kind == "me":
                socket.recheck()

    def _tell_missed(self, socket: Socket, known: Stream, after: int) -> None:
        """What others here were told of a stream before the socket came to hear it."""
        missed = known.since(after) if known.head is not None else []
        if missed is None:
            self.unsubscribe(socket, known.name)
            socket.restart()
            return
        for change in missed:
            if change.leaver == socket.person_id:  # what let it in came late: its person is out again
                self._remove([socket], known.name)
                return
            _send(hearers([socket]), known.name, [(change, after)])

    def _remove(self, sockets: Iterable[Socket], name: str) -> None:
        for socket in sockets:
            if self.hears(socket, name):
                self.unsubscribe(socket, name)
                socket.removed(name)

    def _pass_on(self, signal: Signal) -> None:
        sockets = [one for one in self._audiences[signal.stream].sockets() if one.person_id not in signal.unheard_by]
        if signal.rewatch:
            for socket in sockets:
                socket.rewatch()
        elif self.head(signal.stream) >= signal.after:
            _send(hearers(sockets), signal.stream, [(signal, 0)])

    # ── repair ──

    def _repair_if_hole(self, name: str) -> None:
        known = self._streams.get(name)
        if known is not None and known.has_hole:
            self._repair_soon(name, GRACE_SECONDS)

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
                    break
                page = await threads.run(sources.page, name, known.head)
                if self._streams.get(name) is known:
                    self._deliver(name, known.repair(page.changes, page.upto))
                more = page.has_more
        except Exception as error:  # noqa: BLE001 - the source is a database, whose errors are not ours to know
            log.warning("%s: could not read what is missing: %s", name, repr(error))
        finally:
            self._repairing.discard(name)
        known = self._streams.get(name)
        if known is not None and known.has_hole:
            self._repair_soon(name, RETRY_SECONDS)

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
            except Exception as error:  # noqa: BLE001 - as above
                log.warning("could not compare heads with the database: %s", repr(error))
            await asyncio.sleep(PAUSE_SECONDS)

    async def compare(self) -> None:
        """One look at the heads of everything heard here."""
        kinds: dict[str, list[int]] = {}
        for name in self._audiences:
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


def _send(those: Hearers, name: str, said: Iterable[Said]) -> None:
    """Render once for each dialect that is spoken; to most of those who hear it, the same bytes are written at once."""
    rendered: dict[Dialect, Frames] = {}
    for dialect, transports in those.ready.items():
        frames = rendered[dialect] = Frames(_rendered(dialect, said))
        wire = frames.wire
        if wire:
            for transport in transports:
                if not transport.is_closing():
                    transport.write(wire)
    for socket in those.others:
        dialect = socket.dialect
        if dialect not in rendered:
            rendered[dialect] = Frames(_rendered(dialect, said))
        for rev, frame in rendered[dialect]:
            socket.deliver(name, rev, frame)


def _rendered(dialect: Dialect, said: Iterable[Said]) -> Iterator[tuple[int, Prepared]]:
    """What this dialect has for these; a bug of ours in one must not keep back the others."""
    for what, after in said:
        try:
            text = dialect.signal(what) if isinstance(what, Signal) else dialect.change(what, after)
        except Exception:
            log.exception("%s: something could not be told", what.stream)
            continue
        if text is not None:
            yield (0 if isinstance(what, Signal) else what.rev), Prepared(text)
