"""A real Digi in a process of its own: started on a free port, talked to over HTTP and sockets, killed on purpose."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PASSWORD = "correct horse battery staple"
ROOT = Path(__file__).parent.parent
_collected: list[Path] = []  # of servers of this run that have answered


class Digi:
    """`Digi(server="daphne", workers="2", REDIS_URL=…)`: lower-case options are serve's, upper-case ones environment.

    The port and the data folder stay the same over `kill()` and `start()`.
    """

    def __init__(self, **options: str) -> None:
        self._serve = {name: value for name, value in options.items() if name.islower()}
        data = options.get("DIGI_DATA") or tempfile.mkdtemp(prefix="digi-test-")
        environ = {name: value for name, value in options.items() if name.isupper()}
        self.environ = {**_clean_environment(), **environ, "DIGI_DATA": data}
        self.port = int(self._serve.pop("port", 0)) or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path(data) / "serve.log"
        self._static = Path(data) / "static"

    # ── life ──

    def start(self, within: float = 60) -> None:
        """Start the server and wait until it answers."""
        self._take_static_files()
        arguments = [f"--{name}={value}" for name, value in {**self._serve, "port": str(self.port)}.items()]
        command = [sys.executable, "-m", "digi", "serve", *arguments]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url + "/about/", timeout=2).close()
                _collected.append(self._static)
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the server does not answer:\n{self.log()}")

    def _take_static_files(self) -> None:
        """Take over what another server has collected and compressed: it is the same, and takes seconds."""
        if _collected and not self._static.exists():
            with contextlib.suppress(FileNotFoundError):
                shutil.copytree(_collected[-1], self._static)

    def kill(self) -> None:
        """End it as a power cut would (its workers too)."""
        if self._process is not None:
            for pid in [*_children(self._process.pid), self._process.pid]:
                _send(pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def stop(self, within: float = 15) -> int:
        """Ask it to stop; returns its exit status."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        status = self._process.wait(within)
        self._process = None
        return status

    def end(self) -> None:
        self.kill()

    def log(self) -> str:
        return self._log.read_text("utf-8", "replace") if self._log.exists() else ""

    # ── talking ──

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """`digi ARGUMENTS…` on the same data."""
        command = [sys.executable, "-m", "digi", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environ, input=stdin, text=True, capture_output=True, timeout=60, check=False
        )

    def add(self, name: str, *, is_bot: bool = False) -> str:
        """A new account (its password is PASSWORD); returns a token of theirs."""
        kind = ["--bot"] if is_bot else ["--password-stdin"]
        added = self.run("user", "add", name, *kind, stdin=PASSWORD + "\n")
        assert added.returncode == 0, added.stderr
        if is_bot:
            return self.run("token", name).stdout.strip()
        status, answer = self.call("/token", None, {"username": name, "password": PASSWORD})
        assert status == 200, answer
        return str(answer["token"])

    def call(self, path: str, token: str | None = None, body: Any = None) -> tuple[int, Any]:
        """GET, or POST if there is a body; the status and the decoded answer."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1{path}", content, headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def do(self, token: str, command: str, **fields: Any) -> Any:
        """Run a command that must succeed; returns its result."""
        status, answer = self.call(f"/commands/{command}", token, fields)
        assert status == 200, answer
        return answer

    def socket(
        self, path: str, token: str, headers: Mapping[str, str] | None = None, **options: Any
    ) -> ClientConnection:
        """A WebSocket of the bearer's, such as `socket("/ws/", token)`."""
        headers = {"Authorization": f"Bearer {token}", **(headers or {})}
        return connect(self.url.replace("http", "ws", 1) + path, additional_headers=headers, **options)


def heard(connection: ClientConnection, within: float = 20) -> Any:
    """The next frame, decoded; raises TimeoutError."""
    return json.loads(connection.recv(timeout=within))


def tell(connection: ClientConnection, **frame: Any) -> None:
    connection.send(json.dumps(frame))


def _clean_environment() -> dict[str, str]:
    ours = ("DIGI_", "DATABASE_URL", "REDIS_URL", "DJANGO_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    listing = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listing.read_text().split()] if listing.exists() else []


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
