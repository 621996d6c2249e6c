"""This end of the pipe to the generator, and of the programs that prepare and audit a server's database."""

import json
import os
import subprocess
import sys
import time
from typing import Any

from bench import cores
from bench.servers import ROOT, SOCKET_IO, Server

PROMISE_NOTHING = frozenset({"reference", *SOCKET_IO})
"""What goes wrong on these sides is remarked on, and does not end the run."""


class Violation(Exception):
    """What was measured is not what was promised: the figures are worth nothing."""


class Generator:
    def __init__(self) -> None:
        mine = cores.split()[1]
        environ = {**os.environ, "BENCH_CORES": ",".join(map(str, mine))}
        command = [sys.executable, "-m", "bench.generator"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
        self._process: subprocess.Popen[str] = subprocess.Popen(command, env=environ, **pipes)  # type: ignore[call-overload]
        self._sides: dict[str, Server] = {}

    def ask(self, what: str, side: str, **options: Any) -> dict[str, Any]:
        """Its answer; raises Violation for what it found wrong, except on sides that promise nothing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, "side": side, **options}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"problems": ["the generator has ended"]}
        if side in PROMISE_NOTHING:
            answer["troubles"] = answer.pop("problems", [])
        if answer.get("problems"):
            raise Violation(f"{side}, {what}: " + "\n  ".join(answer["problems"]))
        return answer

    def open(self, side: str, load: str, plan: dict[str, Any], server: Server) -> dict[str, Any]:
        self._sides[side] = server
        return self.ask("open", side, load=load, plan=plan)

    def run(self, side: str, **options: Any) -> dict[str, Any]:
        """One measurement; `server` is the share of a core that the server used, `cpu` its seconds; `others`
        is what everything else on the machine used, in cores.
        """
        server = self._sides[side]
        before = self._used(server)
        answer = self.ask("run", side, **options)
        passed, cpu, own, load, busy = (now - then for now, then in zip(self._used(server), before, strict=True))
        others = max(0.0, busy - cpu - load) / passed
        return {**answer, "cpu": cpu, "own_cpu": own, "server": cpu / passed, "others": others}

    def _used(self, server: Server) -> tuple[float, ...]:
        """The time, and the processor time of all the server's processes, its own, the load, and of everything."""
        mine = cores.used_seconds([self._process.pid])
        own = cores.used_seconds(server.own_pids())
        return time.perf_counter(), server.used_seconds(), own, mine, cores.busy_seconds()

    def close(self, side: str) -> dict[str, Any]:
        del self._sides[side]
        return self.ask("close", side)

    def end(self) -> None:
        self._process.kill()
        self._process.wait(10)


def populate(server: Server, plan: dict[str, Any]) -> dict[str, Any]:
    """People, rooms and messages into Digi's database."""
    found: dict[str, Any] = _program("bench.population", server, plan)
    return found


def audit(server: Server, said: list[dict[str, Any]]) -> None:
    """Raise Violation unless the database holds what was granted."""
    problems = _program("bench.audit", server, {"said": said})
    if problems:
        raise Violation("the database: " + "\n  ".join(problems))


def _program(module: str, server: Server, asked: dict[str, Any]) -> Any:
    environ = {**server.environ(), "DJANGO_SETTINGS_MODULE": "digi.config.settings"}
    command = [sys.executable, "-m", module]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, input=json.dumps(asked), text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)
