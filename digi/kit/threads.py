"""The process's bounded pool of threads for blocking work; its threads live on, and so do what they keep open."""

import asyncio
import atexit
import contextlib
import threading
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from digi.kit.environment import Environment

T = TypeVar("T")
Call = Callable[[], object]

_MOST = int(Environment().number("DIGI_THREADS", 8, least=1))
_pool = ThreadPoolExecutor(max_workers=_MOST, thread_name_prefix="digi")
_before: list[Call] = []


class Single:
    """One thread that does what it is given in turn. A pool of one does more for each call than some calls do."""

    def __init__(self) -> None:
        self._given: SimpleQueue[Call | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="digi-single", daemon=True)
        self._thread.start()

    def submit(self, call: Call) -> None:
        """Have `call`, which raises nothing, called there."""
        self._given.put(call)

    def end(self) -> None:
        """Return when all that was given is done."""
        self._given.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (call := self._given.get()) is not None:
            call()
            del call  # and what it holds, while there is nothing to do


_singles: defaultdict[str, Single] = defaultdict(Single)


@atexit.register
def _end_singles() -> None:
    for single in _singles.values():
        single.end()


def before_each(tidy: Call) -> None:
    """Have `tidy` called in the thread before each piece of work, such as to drop a broken connection."""
    _before.append(tidy)


async def run(work: Callable[..., T], *args: object, **kwargs: object) -> T:
    """`work(*args)` in a thread. A caller that is cancelled stops waiting; the work itself goes on to its end."""
    return await start(work, *args, **kwargs)


def start(work: Callable[..., T], *args: object, **kwargs: object) -> "asyncio.Future[T]":
    """Begin `work(*args)` in a thread; a future of the running loop."""
    return asyncio.get_running_loop().run_in_executor(_pool, partial(_run, work, args, kwargs))


def hand_over(work: Callable[[], T], then: Callable[[T | Exception], None], *, thread: str) -> None:
    """Begin `work()` and have `then` called on the running loop with what it gives or raises.

    It is done in the thread of this name, which does such work in turn: its connection finds all as it left it.
    """
    loop = asyncio.get_running_loop()

    def worked() -> None:
        _handed.loop, _handed.calls = loop, []
        try:
            outcome: T | Exception = _run(work, (), {})
        except Exception as error:  # noqa: BLE001 - told to whoever asked
            outcome = error
        calls: list[Call] = [*_handed.calls, partial(then, outcome)]
        _handed.loop = None
        with contextlib.suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(_turn, loop, calls)

    _singles[thread].submit(worked)


class _Handed(threading.local):
    """What the work that was handed over to this thread wants called on its loop."""

    loop: asyncio.AbstractEventLoop | None = None
    calls: list[Call]


_handed = _Handed()


def call_soon(loop: asyncio.AbstractEventLoop, call: Call) -> None:
    """From any thread: have `call` called on `loop`; raises RuntimeError where that has ended.

    From work that was handed over by that loop, just before its result is told, in the same turn of the loop.
    """
    if _handed.loop is loop:
        _handed.calls.append(call)
    else:
        loop.call_soon_threadsafe(call)


def _turn(loop: asyncio.AbstractEventLoop, calls: list[Call]) -> None:
    for call in calls:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - told as the loop tells of what it calls; the others are called
            loop.call_exception_handler({"message": "what a thread has handed back failed", "exception": error})


def _run(work: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    for tidy in _before:
        tidy()
    return work(*args, **kwargs)
