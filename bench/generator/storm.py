"""A thousand people who were away all come back at once and catch up, while others go on talking.

Away means cut off, as by a power cut of the network between; back means no pause before the handshake.
"""

import asyncio
import json
from functools import partial
from time import perf_counter
from typing import Any

from bench.generator import sockets, waiting
from bench.generator.measuring import Window, spread_of
from bench.generator.mixed import Mixed

GONE_SECONDS = 3.0  # for the server to notice
SYNCED_SECONDS = 120.0


class Returning:
    """Somebody with old cursors: asks for what they missed and checks that it is all there, in order."""

    def __init__(self, cursors: dict[str, int]) -> None:
        self._cursors = cursors
        self.ear: sockets.Ear | None = None
        self.asked = False
        self.synced_at = 0.0
        self.changes = 0
        self.problems: list[str] = []

    def take(self, payload: bytes) -> None:
        if payload.startswith(b'{"type":"welcome"'):
            self.asked = True
            self._ask()
        elif payload.startswith(b'{"type":"synced"'):
            self.synced_at = perf_counter()
            self._check(json.loads(payload)["logs"])
        elif payload.startswith((b'{"type":"error"', b'{"type":"reply"')):
            self.complain(f"{payload[:200]!r}")

    def _ask(self) -> None:
        if self.ear is not None and self.asked:
            self.asked = False
            self.ear.send(json.dumps({"type": "sync", "ref": "1", "cursors": self._cursors}).encode())

    def connected(self, ear: sockets.Ear) -> None:
        self.ear = ear
        self._ask()  # the welcome may have come with the handshake

    def _check(self, logs: dict[str, Any]) -> None:
        for log, after in self._cursors.items():
            page = logs.get(log, {"changes": [], "upto": 0, "head": -1, "more": True})
            revs = [change["rev"] for change in page["changes"]]
            if page["more"] or revs != list(range(after + 1, page["head"] + 1)):
                self.complain(f"{log} was caught up on with {revs} from {after} to {page['head']}")
            self.changes += len(revs)

    def complain(self, problem: str) -> None:
        self.problems.append(problem)


class Storm:
    """`plan`: `url`, `people` (`token`, `cursors`), `talk`: a plan for those who go on."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self._url, self._people = f"{plan['url']}/ws/", plan["people"]
        self._talk = Mixed(plan["talk"])
        self._returning: list[Returning] = []

    async def open(self) -> dict[str, Any]:
        opened = await self._talk.open()
        problems = await self._come(waiting.AT_ONCE)
        return {**opened, "problems": [*opened["problems"], *problems]}

    async def run(self, *, warm: float) -> dict[str, Any]:
        """Cut all off, let them come back; how long until the last one holds everything."""
        for one in self._returning:
            assert one.ear is not None
            one.ear.end()
        await asyncio.sleep(GONE_SECONDS)
        talk = asyncio.create_task(self._talk.run(warm=warm, seconds=SYNCED_SECONDS, until=self._is_over))
        self._returning = []
        await asyncio.sleep(warm)
        began, window = perf_counter(), Window()
        problems = await self._come(len(self._people))
        window.close()
        times = [one.synced_at - began for one in self._returning]
        meanwhile = await talk
        return {
            "seconds": window.seconds,
            "generator": window.share,
            "synced": spread_of(times),
            "changes": sum(one.changes for one in self._returning),
            "latency": meanwhile["latency"],
            "lost": meanwhile["lost"],
            "problems": [*problems, *meanwhile["problems"]],
        }

    async def _come(self, at_once: int) -> list[str]:
        returning = [Returning(one["cursors"]) for one in self._people]

        async def come(number: int) -> None:
            one = returning[number]
            one.connected(await sockets.connect(one, self._url, self._people[number]["token"]))

        await waiting.each((partial(come, number) for number in range(len(returning))), at_once)
        await waiting.until(lambda: all(one.synced_at for one in returning), SYNCED_SECONDS)
        self._returning = returning
        missing = sum(not one.synced_at for one in returning)
        found = [problem for one in returning for problem in one.problems][:5]
        return [*found, f"{missing} of {len(returning)} were never told what they missed"] if missing else found

    def _is_over(self) -> bool:
        return len(self._returning) == len(self._people)

    async def close(self) -> dict[str, Any]:
        for one in self._returning:
            if one.ear is not None:
                one.ear.end()
        return await self._talk.close()
