"""Sockets that only are there, each ready once the server has said its first word; nothing is ever said on them."""

import json
from functools import partial
from typing import Any

from picows import WSError

from bench.generator import sockets, waiting
from bench.generator.measuring import Window
from bench.generator.speech import SPEECHES


class Listener:
    def __init__(self) -> None:
        self.frames = 0
        self.problems: list[str] = []

    def take(self, payload: bytes) -> None:
        self.frames += 1
        if b'"type":"error"' in payload[:40]:
            self.complain(json.dumps(payload[:200].decode()))

    def complain(self, problem: str) -> None:
        self.problems.append(problem)


class Idle:
    """`plan`: `url`, `speech`, and `seats`, each the room and the token of one socket."""

    def __init__(self, plan: dict[str, Any]) -> None:
        speech = SPEECHES[plan["speech"]]
        self._welcomes = speech.answers
        self._urls = [plan["url"] + speech(seat["room"], "idle").path() for seat in plan["seats"]]
        self._tokens = [seat.get("token", "") for seat in plan["seats"]]
        self._ears: list[sockets.Ear] = []
        self._listeners: list[Listener] = []

    async def open(self) -> dict[str, Any]:
        return {}

    async def run(self, *, upto: int) -> dict[str, Any]:
        """Have the first `upto` seats taken."""
        window = Window()
        wanted = range(len(self._listeners), upto)
        await waiting.each(partial(self._connect, number) for number in wanted)
        window.close()
        return {
            "sockets": len(self._ears),
            "seconds": window.seconds,
            "generator": window.share,
            "problems": self.problems(),
        }

    async def _connect(self, number: int) -> None:
        listener = Listener()
        self._listeners.append(listener)
        try:
            self._ears.append(await sockets.connect(listener, self._urls[number], self._tokens[number]))
        except (OSError, WSError) as error:
            listener.complain(f"no handshake: {error!r}")

    def problems(self) -> list[str]:
        silent = sum(not listener.frames for listener in self._listeners) if self._welcomes else 0
        said = [problem for listener in self._listeners for problem in listener.problems][:5]
        return [*said, f"{silent} sockets were not welcomed"] if silent else said

    async def close(self) -> dict[str, Any]:
        for ear in self._ears:
            ear.end()
        return {"problems": self.problems()}
