"""In which order frames are answered: one after the other, and those of one lane side by side. Frames are letters."""

import asyncio
from collections import defaultdict
from collections.abc import Callable

import pytest

from digi.gateway import turns
from digi.gateway.turns import Before, Message, Turns

LANES = {"a": "letters", "b": "letters", "c": "letters", "1": "numbers"}
"""What goes into a lane; all else has to be alone."""


class Desk:
    """Answers words when it is told to, and keeps the order in which they were begun and answered."""

    def __init__(self, *, is_open: bool = True) -> None:
        self.turns = Turns(self._begin)
        if is_open:
            self.turns.open()
        self.begun: list[str] = []
        self.answered: list[str] = []
        self._answers: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._tasks: list[asyncio.Task[None]] = []

    def take(self, words: str) -> None:
        for word in words:
            assert self.turns.take({"text": word})

    async def see(self, begun: str) -> None:
        """What has been begun once nothing happens any more by itself."""
        await self._settle()
        assert "".join(self.begun) == begun

    async def answer(self, *words: str) -> None:
        for word in words:
            self._answers[word].set()
        await self._settle()

    async def _settle(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)

    def _begin(self, message: Message, before: Before) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(self._do(message["text"], before))
        self._tasks.append(task)
        return task

    async def _do(self, word: str, before: Before) -> None:
        await self.turns.come(before, LANES.get(word))
        self.begun.append(word)
        await self._answers[word].wait()
        self.answered.append(word)
        await self.turns.end(before)


@pytest.fixture
async def desk() -> Desk:
    return Desk()


async def test_each_waits_for_the_one_before(desk: Desk) -> None:
    desk.take("xyz")
    await desk.see("x")
    await desk.answer("x")
    await desk.see("xy")


async def test_those_of_one_lane_begin_at_once_and_in_order(desk: Desk) -> None:
    desk.take("abc")
    await desk.see("abc")


async def test_one_that_comes_while_its_lane_is_written_begins_at_once(desk: Desk) -> None:
    desk.take("a")
    await desk.see("a")
    desk.take("b")
    await desk.see("ab")


@pytest.mark.parametrize("other", ["x", "1"])
async def test_what_goes_elsewhere_waits_for_all_of_a_lane(desk: Desk, other: str) -> None:
    desk.take("ab" + other)
    await desk.answer("b")
    await desk.see("ab")
    await desk.answer("a")
    await desk.see("ab" + other)


async def test_a_lane_waits_for_what_is_alone(desk: Desk) -> None:
    desk.take("axb")
    await desk.answer("a")
    await desk.see("ax")
    desk.take("c")
    await desk.answer("x", "b", "c")
    await desk.see("axbc")


async def test_what_is_over_early_does_not_let_others_pass(desk: Desk) -> None:
    desk.take("abx")
    await desk.answer("b")
    desk.take("c")
    await desk.see("ab")
    assert desk.answered == ["b"]


async def test_a_lane_that_is_closed_lets_none_begin_beside_it(desk: Desk) -> None:
    desk.take("a")
    await desk.see("a")
    desk.turns.close_lane()
    desk.take("b")
    await desk.see("a")
    await desk.answer("a")
    await desk.see("ab")


async def test_no_more_than_so_many_go_at_once(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(turns, "MOST_AT_ONCE", 2)
    desk.take("abc")
    await desk.see("ab")
    await desk.answer("a")
    await desk.see("abc")


@pytest.mark.parametrize("fill", [lambda: "x" * turns.MOST_WAITING, lambda: ["x" * turns.MOST_WAITING_SIZE]])
async def test_more_than_may_wait_are_refused(desk: Desk, fill: Callable[[], list[str]]) -> None:
    desk.take("x")
    for text in fill():
        assert desk.turns.take({"text": text})
    assert not desk.turns.take({"text": "x"})


async def test_nothing_is_answered_before_it_is_open() -> None:
    desk = Desk(is_open=False)
    desk.take("xy")
    await desk.see("")
    desk.turns.open()
    await desk.see("x")


async def test_what_is_forgotten_is_not_begun(desk: Desk) -> None:
    desk.take("xy")
    desk.turns.forget()
    await desk.answer("x")
    await desk.see("x")
