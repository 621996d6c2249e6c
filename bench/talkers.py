"""Somebody who says very much through one socket, at a given pace, and people to listen."""

import json
import subprocess
import sys
import time
from typing import Any, NamedTuple

from tests.running import ROOT, Digi

WINDOW = 200  # messages not yet answered


class Sent(NamedTuple):
    seconds: float
    rate: float


class Talker:
    def __init__(self, digi: Digi, token: str) -> None:
        self._digi, self._token = digi, token
        self._socket = digi.socket("/ws/", token, max_size=None)

    def say(self, room: str, count: int, *, rate: float) -> Sent:
        """Say `count` messages, `rate` a second as far as the server keeps up; returns when all are answered."""
        started, open_, done = time.monotonic(), 0, 0
        for number in range(count):
            while open_ >= WINDOW:
                open_ -= self._answers(block=True)
            body = f"Message {number} of a storm, about as long as people write."
            command = {"type": "message.add", "room": room, "body": body}
            self._socket.send(json.dumps({"type": "ask", "ref": str(number), "command": command}))
            open_ += 1
            ahead = started + number / rate - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
        while done < open_:
            done += self._answers(block=True)
        seconds = time.monotonic() - started
        return Sent(seconds, count / seconds)

    def _answers(self, *, block: bool) -> int:
        frame = json.loads(self._socket.recv(timeout=30 if block else 0))
        if frame["type"] == "reply" and not frame["ok"]:
            raise RuntimeError(frame["error"])
        return int(frame["type"] == "reply")

    def last_pos(self, room: str) -> int:
        status, answer = self._digi.call(f"/rooms/{room}", self._token)
        assert status == 200, answer
        return int(answer["room"]["last_pos"])


def people_of(digi: Digi, names: list[str]) -> dict[str, Any]:
    """Accounts of these names on the data of the server, with their keys."""
    environ = {**digi.environ, "DJANGO_SETTINGS_MODULE": "digi.config.settings"}
    command = [sys.executable, "-m", "tests.e2e.registrar"]
    lines = "".join(f"{name}\n" for name in names)
    made = subprocess.run(command, cwd=ROOT, env=environ, input=lines, text=True, capture_output=True, check=True)
    return dict(zip(names, (json.loads(line) for line in made.stdout.splitlines()), strict=True))
