"""The order in which the frames of one socket are answered: that in which they came. Knows no frame and no dialect.

Each waits for those before it, except for what is written together anyway: frames that go into one lane are put there
one after the other, so that one transaction has all of them.
"""

import asyncio
from collections.abc import Callable
from typing import Any

MOST_WAITING = 256  # frames
MOST_WAITING_SIZE = 4 * 1024 * 1024  # characters in them
MOST_AT_ONCE = 16  # or one socket would crowd the others' out of the lane

Message = dict[str, Any]
Before = asyncio.Task[None] | None
"""What the frame before is answered in."""

Begin = Callable[[Message, Before], "asyncio.Task[None]"]


class Turns:
    """`begin` is called for each frame in turn and begins a task, which calls `come`, answers, and calls `end`."""

    __slots__ = ("_begin", "_lane", "_last", "_size", "_under_way", "_waiting")

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._waiting: list[Message] = []  # never long, and an empty deque is as large as a hundred of these
        self._size = 0
        self._under_way = 1  # until `open`
        self._lane: object | None = None  # into which all go that are under way
        self._last: Before = None

    def open(self) -> None:
        """Answer from now on."""
        self._ended()

    def take(self, message: Message) -> bool:
        """Have a frame answered; False: more wait than may."""
        self._size += _size(message)
        if len(self._waiting) >= MOST_WAITING or self._size > MOST_WAITING_SIZE:
            return False
        self._waiting.append(message)
        self._go_on()
        return True

    async def come(self, before: Before, lane: object | None) -> None:
        """Before a frame is answered: wait until it may be. `lane` is where it goes if it is written together."""
        if lane is None or lane is not self._lane:
            self._lane = None
            await _done(before)
            self._lane = lane
        if lane is not None:
            self._go_on()

    def close_lane(self) -> None:
        """Whatever comes next waits for what is under way."""
        self._lane = None

    async def end(self, before: Before) -> None:
        """After a frame was answered."""
        await _done(before)
        self._ended()

    def forget(self) -> None:
        """Begin with nothing more."""
        self._waiting.clear()

    def _ended(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._lane = self._last = None
        self._go_on()

    def _go_on(self) -> None:
        """Begin with what waits, as far as it need not wait for what is under way: it may go into the same lane."""
        most = 1 if self._lane is None else MOST_AT_ONCE
        while self._waiting and self._under_way < most:
            message = self._waiting.pop(0)
            self._size -= _size(message)
            self._under_way += 1
            self._last = self._begin(message, self._last)


async def _done(before: Before) -> None:
    if before is not None and not before.done():
        await asyncio.wait([before])


def _size(message: Message) -> int:
    return len(message.get("text") or message.get("bytes") or "")
