"""The pool of threads: bounded, lasting, and tidied before each piece of work."""

import asyncio
import threading
from functools import partial

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


async def handed_over(work, thread: str = "test"):
    told = asyncio.get_running_loop().create_future()
    threads.hand_over(work, told.set_result, thread=thread)
    return await asyncio.wait_for(told, 20)


async def test_what_is_handed_over_is_told_on_the_loop():
    assert await handed_over(lambda: 1) == 1
    assert isinstance(await handed_over(lambda: 1 / 0), ZeroDivisionError)


async def test_what_is_handed_over_to_one_thread_is_done_there():
    def here() -> int:
        return threading.get_ident()

    assert len({await handed_over(here) for _ in range(20)}) == 1
    assert await handed_over(here) != await handed_over(here, "another")


async def test_what_such_work_wants_called_is_called_first_and_in_the_same_turn():
    loop, heard = asyncio.get_running_loop(), list[str]()

    def work() -> None:
        for number in range(3):
            threads.call_soon(loop, partial(heard.append, f"published {number}"))
        raise ValueError

    threads.hand_over(work, lambda outcome: heard.append(type(outcome).__name__), thread="test")
    while not heard:  # noqa: ASYNC110 - turn by turn
        await asyncio.sleep(0)
    assert heard == ["published 0", "published 1", "published 2", "ValueError"]


async def test_a_call_that_fails_keeps_no_result_back():
    loop = asyncio.get_running_loop()
    failures: list[str] = []
    loop.set_exception_handler(lambda _, context: failures.append(repr(context["exception"])))
    assert await handed_over(lambda: threads.call_soon(loop, lambda: 1 / 0)) is None
    assert failures == ["ZeroDivisionError('division by zero')"]


async def test_other_threads_and_other_loops_are_called_as_ever():
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    await asyncio.to_thread(threads.call_soon, loop, heard.set)
    await asyncio.wait_for(heard.wait(), 20)
    ended = asyncio.new_event_loop()
    ended.close()
    with pytest.raises(RuntimeError):
        threads.call_soon(ended, heard.set)


def test_what_was_given_to_a_single_thread_is_done_before_it_ends():
    single, done = threads.Single(), list[int]()
    for number in range(100):
        single.submit(partial(done.append, number))
    single.end()
    assert done == list(range(100))
