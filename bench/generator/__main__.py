"""The process that makes the load: a command on each line of stdin, its answer on each line of stdout, both JSON.

`{"do": "open", "side": …, "load": …, "plan": {…}}`, then `{"do": "run", "side": …, …}` as often as wanted, `close`.
"""

import asyncio
import json
import os
import resource
import sys
from typing import Any, Protocol

import uvloop

from bench.generator.closed import Closed
from bench.generator.idle import Idle
from bench.generator.mixed import Mixed
from bench.generator.pages import Pages
from bench.generator.storm import Storm


class Load(Protocol):
    async def open(self) -> dict[str, Any]: ...

    async def close(self) -> dict[str, Any]: ...

    async def run(self, **options: Any) -> dict[str, Any]: ...


LOADS: dict[str, Any] = {"closed": Closed, "idle": Idle, "mixed": Mixed, "pages": Pages, "storm": Storm}


class Loads:
    """What is open, by the side it talks to: all of it stays connected while one at a time runs."""

    def __init__(self) -> None:
        self._open: dict[str, Load] = {}

    async def do(self, asked: dict[str, Any]) -> dict[str, Any]:
        what, side = asked.pop("do"), asked.pop("side")
        if what == "open":
            self._open[side] = LOADS[asked["load"]](asked["plan"])
            return await self._open[side].open()
        if what == "close":
            return await self._open.pop(side).close()
        return await self._open[side].run(**asked)


async def serve() -> None:
    loop, loads = asyncio.get_running_loop(), Loads()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        try:
            answer = await loads.do(json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever it is, who asked must learn it
            answer = {"problems": [_said(error)]}
        print(json.dumps(answer), flush=True)


def _said(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return f"{len(error.exceptions)} ×, first: {_said(error.exceptions[0])}"
    return repr(error)


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if cores := os.environ.get("BENCH_CORES"):
        os.sched_setaffinity(0, {int(core) for core in cores.split(",")})
    uvloop.run(serve())


if __name__ == "__main__":
    main()
