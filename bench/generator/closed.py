"""Rooms in which one socket says the next message when it hears its last one, and all others listen."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from bench.generator import sockets, waiting
from bench.generator.measuring import Window, spread_of
from bench.generator.places import Place, Sender
from bench.generator.speech import SPEECHES, Speech

QUIET_SECONDS = 20.0  # within which all that is under way must have come
PATIENCE_SECONDS = 2.0  # without anything new, after which what a server may lose counts as lost
STEP = 0.02


class Room:
    """Its places, the sender's first. `plan`: `id`, `head`, `sign`, and a token for each socket."""

    def __init__(self, speech: type[Speech], plan: dict[str, Any], in_flight: int) -> None:
        self.speech = speech(plan["id"], plan["sign"])
        self.tokens: list[str] = plan["tokens"]
        self.sender = Sender(self.speech, plan["head"], in_flight)
        self.places: list[Place] = [self.sender]
        self.places += [Place(self.speech, plan["head"]) for _ in self.tokens[1:]]

    @property
    def heard(self) -> int:
        return sum(place.heard for place in self.places)

    @property
    def is_quiet(self) -> bool:
        return self.sender.is_quiet and all(place.next == self.sender.next for place in self.places)

    def problems(self) -> list[str]:
        found = [problem for place in self.places for problem in place.problems]
        if self.speech.is_strict and not self.is_quiet:
            behind = sum(place.next < self.sender.next for place in self.places)
            said = f"{self.sender.said} said, {self.sender.granted} granted, {self.sender.heard} heard"
            found.append(f"{self.speech.sign}: {said}; {behind} sockets have not heard all")
        return found


class Closed:
    def __init__(self, plan: dict[str, Any]) -> None:
        self._url: str = plan["url"]
        speech = SPEECHES[plan["speech"]]
        self._rooms = [Room(speech, room, plan["in_flight"]) for room in plan["rooms"]]
        self._ears: list[sockets.Ear] = []

    async def open(self) -> dict[str, Any]:
        window = Window()
        await waiting.each(self._handshakes())
        window.close()
        return {"sockets": len(self._ears), "seconds": window.seconds, "problems": self._problems()}

    def _handshakes(self) -> list[Callable[[], Coroutine[Any, Any, None]]]:
        return [
            partial(self._connect, room, place, token)
            for room in self._rooms
            for place, token in zip(room.places, room.tokens, strict=True)
        ]

    async def _connect(self, room: Room, place: Place, token: str) -> None:
        ear = await sockets.connect(place, self._url + room.speech.path(), token)
        self._ears.append(ear)
        if room.speech.greeting:
            ear.send(room.speech.greeting)
        if isinstance(place, Sender):
            place.send = ear.send

    async def run(self, *, warm: float, seconds: float) -> dict[str, Any]:
        """Talk for `warm + seconds`; rates and latencies are of the latter, `all_…` of everything."""
        before = self._counts()
        for room in self._rooms:
            room.sender.begin()
        await asyncio.sleep(warm)
        for room in self._rooms:
            room.sender.latencies.clear()
        window, began = Window(), self._counts()
        await asyncio.sleep(seconds)
        window.close()
        ended = self._counts()
        timed = [latency for room in self._rooms for latency in room.sender.latencies]
        await self._quieten()
        return {
            "seconds": window.seconds,
            "generator": window.share,
            "messages": ended[0] - began[0],
            "deliveries": ended[1] - began[1],
            "all_messages": self._counts()[0] - before[0],
            "all_deliveries": self._counts()[1] - before[1],
            "latency": spread_of(timed),
            "lost": sum(place.lost for room in self._rooms for place in room.places),
            "problems": self._problems(),
        }

    async def _quieten(self) -> None:
        for room in self._rooms:
            room.sender.end()
        waited = still = 0.0
        heard = -1
        while waited < QUIET_SECONDS and not all(room.is_quiet for room in self._rooms):
            await asyncio.sleep(STEP)
            now = self._counts()[1]
            waited, still, heard = waited + STEP, 0.0 if now != heard else still + STEP, now
            if still > PATIENCE_SECONDS and not self._rooms[0].speech.is_strict:
                return

    def _counts(self) -> tuple[int, int]:
        """Messages that came back to who said them, and frames of messages that came to anybody."""
        return sum(room.sender.heard for room in self._rooms), sum(room.heard for room in self._rooms)

    def _problems(self) -> list[str]:
        return [problem for room in self._rooms for problem in room.problems()]

    async def close(self) -> dict[str, Any]:
        """End all sockets; what was granted, for the audit."""
        for ear in self._ears:
            ear.end()
        said = [{"sign": room.speech.sign, "room": room.speech.room, "said": room.sender.said} for room in self._rooms]
        return {"said": said, "problems": self._problems()}
