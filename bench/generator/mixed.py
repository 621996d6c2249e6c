"""Many people in many rooms who speak when they please, not when the server is ready: an open loop.

Each message is timed from when it was meant to be sent, so that a server that holds the load up hides nothing.
"""

import asyncio
import random
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

from bench.generator import sockets, waiting
from bench.generator.measuring import Window, spread_of
from bench.generator.visitors import PlainVisitor, Shared, Visitor

QUIET_SECONDS = 20.0
NAP = 0.001  # the coarsest that anything is late by our own doing


class Timed:
    """Gives frames to a visitor, and notes when its own messages came back."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.complain = visitor.complain

    def take(self, payload: bytes) -> None:
        visitor = self.visitor
        visitor.take(payload)
        if visitor.came:
            now, shared = perf_counter(), visitor.shared
            shared.echoed.update((number, now - shared.meant[number]) for number in visitor.came)
            visitor.came.clear()


class Mixed:
    """`plan`: `url`, `speech`, `sign`, `rooms`, `people` (`token`, `rooms`), and how many a second: `said`, `typed`,
    `marked`.
    """

    def __init__(self, plan: dict[str, Any]) -> None:
        self._plan = plan
        self._shared = Shared(plan["rooms"], plan["sign"])
        kind = Visitor if plan["speech"] == "digi" else PlainVisitor
        self._visitors = [kind(self._shared, one["rooms"]) for one in plan["people"]]
        self._is_strict = kind.is_strict
        self._ears: list[sockets.Ear] = []
        self._random = random.Random(plan["sign"])

    async def open(self) -> dict[str, Any]:
        window = Window()
        ears: dict[int, sockets.Ear] = {}

        async def connect(number: int) -> None:
            visitor, token = self._visitors[number], self._plan["people"][number].get("token", "")
            ears[number] = await sockets.connect(Timed(visitor), self._plan["url"] + visitor.path, token)

        await waiting.each(partial(connect, number) for number in range(len(self._visitors)))
        self._ears = [ears[number] for number in range(len(ears))]
        window.close()
        return {"sockets": len(ears), "seconds": window.seconds, "problems": self._problems()}

    async def run(
        self, *, warm: float, seconds: float, until: Callable[[], bool] | None = None, pace: float = 1.0
    ) -> dict[str, Any]:
        """Speak for `warm + seconds`, or until `until` holds; `pace` times as often as the plan says."""
        tasks = [asyncio.create_task(self._keep(rate * pace, act)) for rate, act in self._acts() if rate]
        await asyncio.sleep(warm)
        first, window, heard = self._shared.said, Window(), self._heard()
        await waiting.until(until or (lambda: False), seconds)
        last, heard = self._shared.said, self._heard() - heard
        window.close()
        for task in tasks:
            task.cancel()
        await self._quieten()
        echoed, failed = self._shared.echoed, [repr(task.exception()) for task in tasks if _has_failed(task)]
        latencies = [echoed[number] for number in range(first + 1, last + 1) if number in echoed]
        return {
            "seconds": window.seconds,
            "generator": window.share,
            "messages": last - first,
            "deliveries": heard,
            "signals": sum(one.signals for one in self._visitors),
            "latency": spread_of(latencies),
            "lost": last - first - len(latencies),
            "problems": [*failed, *self._problems()],
        }

    def _acts(self) -> list[tuple[float, Callable[[float], None]]]:
        return [
            (self._plan["said"], self._say),
            (self._plan.get("typed", 0), self._type),
            (self._plan.get("marked", 0), self._mark),
        ]

    async def _keep(self, rate: float, act: Callable[[float], None]) -> None:
        """Act `rate` times a second on average, as independent people do; what is late is done at once."""
        due = perf_counter()
        while True:
            due += self._random.expovariate(rate)
            ahead = due - perf_counter()
            if ahead > 0:
                await asyncio.sleep(max(ahead, NAP))
            act(min(due, perf_counter()))

    def _someone(self) -> tuple[Visitor, sockets.Ear, int]:
        number = self._random.randrange(len(self._ears))
        visitor = self._visitors[number]
        return visitor, self._ears[number], self._random.choice(visitor.rooms)

    def _say(self, due: float) -> None:
        visitor, ear, room = self._someone()
        ear.send(visitor.ask(room, due))

    def _type(self, _: float) -> None:
        _visitor, ear, room = self._someone()
        ear.send(self._shared.typing(room))

    def _mark(self, _: float) -> None:
        visitor, ear, room = self._someone()
        ear.send(visitor.mark(room))

    def _heard(self) -> int:
        return sum(one.heard for one in self._visitors)

    def _missing(self) -> int:
        shared = self._shared
        if not self._is_strict:
            return shared.said - len(shared.echoed)
        behind = sum(one.behind for one in self._visitors)
        return behind + shared.said - shared.granted + shared.marked - shared.marks_granted

    async def _quieten(self) -> None:
        await waiting.until(lambda: not self._missing(), QUIET_SECONDS)

    def _problems(self) -> list[str]:
        found = [problem for one in self._visitors for problem in one.problems][:10]
        if self._is_strict and self._missing():
            shared = self._shared
            behind = sum(one.behind for one in self._visitors)
            said = f"of {shared.said} messages {shared.granted} granted, of {shared.marked} marks"
            found.append(f"{shared.sign}: {said} {shared.marks_granted}; {behind} rooms not heard to their end")
        return found

    async def close(self) -> dict[str, Any]:
        for ear in self._ears:
            ear.end()
        shared = self._shared
        return {"said": [{"sign": shared.sign, "room": "", "said": shared.said}], "problems": self._problems()}


def _has_failed(task: asyncio.Task[None]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is not None
