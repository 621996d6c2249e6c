"""The process's bounded pool of threads for blocking work; its threads live on, and so do what they keep open."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from digi.kit.environment import Environment

T = TypeVar("T")

_MOST = int(Environment().number("DIGI_THREADS", 8, least=1))
_pool = ThreadPoolExecutor(max_workers=_MOST, thread_name_prefix="digi")
_single = ThreadPoolExecutor(max_workers=1, thread_name_prefix="digi-single")
_before: list[Callable[[], None]] = []


def before_each(tidy: Callable[[], None]) -> None:
    """Have `tidy` called in the thread before each piece of work, such as to drop a broken connection."""
    _before.append(tidy)


async def run(work: Callable[..., T], *args: object, **kwargs: object) -> T:
    """`work(*args)` in a thread. A caller that is cancelled stops waiting; the work itself goes on to its end."""
    return await start(work, *args, **kwargs)


def start(work: Callable[..., T], *args: object, **kwargs: object) -> "asyncio.Future[T]":
    """Begin `work(*args)` in a thread; a future of the running loop."""
    return asyncio.get_running_loop().run_in_executor(_pool, partial(_run, work, args, kwargs))


def start_alone(work: Callable[..., T], *args: object) -> "asyncio.Future[T]":
    """As `start`, in the one thread that does such work in turn, whose connection finds its pages as it left them."""
    return asyncio.get_running_loop().run_in_executor(_single, partial(_run, work, args, {}))


def _run(work: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    for tidy in _before:
        tidy()
    return work(*args, **kwargs)
