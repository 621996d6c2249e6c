"""The pool of threads: bounded, lasting, and tidied before each piece of work."""

import asyncio
import threading

import pytest

from digi.kit import threads


async def test_work_is_done_elsewhere_and_its_answer_comes_back():
    assert await threads.run(lambda a, b: (a + b, threading.current_thread().name), 1, b=2) != (
        3,
        threading.current_thread().name,
    )


async def test_what_goes_wrong_comes_back_too():
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 / 0)


async def test_threads_are_few_and_live_on():
    names = await asyncio.gather(*(threads.run(lambda: threading.current_thread().name) for _ in range(100)))
    assert len(set(names)) <= threads._MOST


async def test_each_piece_of_work_begins_tidily(monkeypatch):
    tidied: list[int] = []
    monkeypatch.setattr(threads, "_before", [*threads._before, lambda: tidied.append(1)])
    await threads.run(lambda: None)
    await threads.run(lambda: None)
    assert tidied == [1, 1]
