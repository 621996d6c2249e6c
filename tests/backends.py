"""Real PostgreSQL and Redis servers for tests: started, killed, restarted; knows nothing of pytest or Digi.

They listen on a loopback port behind a random password, and keep their data in a temporary folder.
"""

import atexit
import os
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from tests import binaries as found
from tests.guard import Guard

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
        self._binaries, self._prefix, self._options = found.unprivileged(binaries, self.folder)

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
            os.chown(secret, found.NOBODY, found.NOBODY)
        command = [*self._prefix, str(self._binaries / "initdb"), "-D", str(self._data), "-U", "digi", "-A", "password"]
        command += [f"--pwfile={secret}", "-E", "UTF8", "--no-sync", *found.locale_flags(self._binaries)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, **self._options)
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")


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
