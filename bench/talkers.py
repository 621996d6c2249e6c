"""Several people of one room who talk at once, at a given pace together: in a process of their own, for what measures
meanwhile is not to wait for them. And people to listen.

`python -m bench.talkers` is that process: it reads its task as JSON, and writes how it went.
"""

import asyncio
import json
import subprocess
import sys
import time
from typing import Any, NamedTuple

from websockets.asyncio.client import ClientConnection, connect

from tests.running import ROOT, Digi

WINDOW = 25  # messages of each that are not yet answered


class Sent(NamedTuple):
    seconds: float
    rate: float


class Talkers:
    def __init__(self, digi: Digi, tokens: list[str]) -> None:
        self._digi, self._tokens = digi, tokens

    def begin(self, room: str, count: int, *, rate: float) -> subprocess.Popen[str]:
        """Have them say `count` messages, `rate` a second as far as the server keeps up; `finished` waits for it."""
        url = self._digi.url.replace("http", "ws", 1) + "/ws/"
        task = {"url": url, "tokens": self._tokens, "room": room, "count": count, "rate": rate}
        command, pipe = [sys.executable, "-m", "bench.talkers"], subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        assert process.stdin
        process.stdin.write(json.dumps(task))
        process.stdin.close()
        return process

    def say(self, room: str, count: int, *, rate: float) -> Sent:
        """As `begin`; returns when all are answered."""
        return finished(self.begin(room, count, rate=rate))

    def last_pos(self, room: str) -> int:
        status, answer = self._digi.call(f"/rooms/{room}", self._tokens[0])
        assert status == 200, answer
        return int(answer["room"]["last_pos"])


def finished(process: subprocess.Popen[str]) -> Sent:
    assert process.stdout
    with process:
        told = process.stdout.read()
    if process.returncode:
        raise RuntimeError("The talkers could not say all that they were to say; the reason stands above.")
    return Sent(**json.loads(told))


def people_of(digi: Digi, names: list[str]) -> dict[str, Any]:
    """Accounts of these names on the data of the server, with their keys."""
    environ = {**digi.environ, "DJANGO_SETTINGS_MODULE": "digi.config.settings"}
    command = [sys.executable, "-m", "tests.e2e.registrar"]
    lines = "".join(f"{name}\n" for name in names)
    made = subprocess.run(command, cwd=ROOT, env=environ, input=lines, text=True, capture_output=True, check=True)
    return dict(zip(names, (json.loads(line) for line in made.stdout.splitlines()), strict=True))


# ── their own process ──


class Talker:
    """One of them: says a share of it all, and reads all the time what comes, so that the line stays open."""

    def __init__(self, socket: ClientConnection, room: str) -> None:
        self._socket, self._room = socket, room
        self._free = asyncio.Semaphore(WINDOW)
        self._reading = asyncio.create_task(self._read())

    async def say(self, number: int) -> None:
        await self._free.acquire()
        body = f"Message {number} of a storm, about as long as people write."
        command = {"type": "message.add", "room": self._room, "body": body}
        await self._socket.send(json.dumps({"type": "ask", "ref": str(number), "command": command}))

    async def _read(self) -> None:
        async for frame in self._socket:
            if '"ref"' not in frame:  # of the others, and most of all that comes
                continue
            answer = json.loads(frame)
            if not answer.get("ok"):
                raise RuntimeError(answer.get("error"))
            self._free.release()

    async def talk(self, numbers: range, started: float, rate: float) -> None:
        talking = asyncio.create_task(self._talk(numbers, started, rate))
        await asyncio.wait([talking, self._reading], return_when=asyncio.FIRST_COMPLETED)
        if self._reading.done():
            talking.cancel()
            raise RuntimeError("the line was cut") from self._reading.exception()
        await talking

    async def _talk(self, numbers: range, started: float, rate: float) -> None:
        for number in numbers:
            await asyncio.sleep(max(0.0, started + number / rate - time.monotonic()))
            await self.say(number)
        for _ in range(WINDOW):
            await self._free.acquire()  # all are answered

    async def leave(self) -> None:
        self._reading.cancel()
        await self._socket.close()


async def talk(url: str, tokens: list[str], room: str, count: int, rate: float) -> Sent:
    headers = [{"Authorization": f"Bearer {token}"} for token in tokens]
    sockets = await asyncio.gather(*(connect(url, additional_headers=one, max_size=None) for one in headers))
    talkers = [Talker(socket, room) for socket in sockets]
    started = time.monotonic()
    shares = [range(first, count, len(talkers)) for first in range(len(talkers))]
    try:
        await asyncio.gather(*(one.talk(share, started, rate) for one, share in zip(talkers, shares, strict=True)))
        seconds = time.monotonic() - started
    finally:
        await asyncio.gather(*(one.leave() for one in talkers), return_exceptions=True)
    return Sent(seconds, count / seconds)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(talk(**json.load(sys.stdin)))._asdict()))
