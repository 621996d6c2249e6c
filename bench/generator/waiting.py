"""Doing many things at once, but not too many, and waiting for what comes about; knows no socket."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from time import perf_counter

AT_ONCE = 64  # handshakes under way


async def until(has_come: Callable[[], bool], seconds: float, step: float = 0.01) -> bool:
    """Whether it came about within so many seconds."""
    deadline = perf_counter() + seconds
    while not has_come() and perf_counter() < deadline:  # noqa: ASYNC110 - looked at, so that frames need not tell
        await asyncio.sleep(step)
    return has_come()


async def each(work: Iterable[Callable[[], Awaitable[None]]], at_once: int = AT_ONCE) -> None:
    """Do all of it, so many at once."""
    gate = asyncio.Semaphore(at_once)

    async def one(job: Callable[[], Awaitable[None]]) -> None:
        async with gate:
            await job()

    async with asyncio.TaskGroup() as group:
        for job in work:
            group.create_task(one(job))
