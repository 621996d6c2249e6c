"""The servers that tests rely on: every PostgreSQL and Redis of this machine starts, dies, comes back, and goes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests import backends, binaries, guard

pytestmark = pytest.mark.slow


def each(search: Callable[[], Iterator[Path]], what: str) -> Iterable[object]:
    missing = pytest.param(None, marks=pytest.mark.skip(reason=f"NOT RUN: {what}"))
    return [pytest.param(path, id=str(path)) for path in search()] or [missing]


@pytest.mark.parametrize("binary", each(binaries.every_redis, "Redis"))
def test_redis_comes_back_at_the_same_address_with_nothing_left(binary):
    server = backends.Redis(binary)
    server.start()
    server.run("SET", "word", "hello")
    server.kill()
    assert not server.answers()
    server.start()
    assert server.run("GET", "word") is None
    server.stop()
    assert not server.is_running


@pytest.mark.parametrize("folder", each(binaries.every_postgres, "PostgreSQL"))
def test_postgres_keeps_what_was_committed_when_it_is_killed(folder):
    server = backends.Postgres(folder)
    server.start()
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE word (text text)")
        connection.execute("INSERT INTO word VALUES ('hello')")
    server.kill()
    assert not server.answers()
    server.start()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT text FROM word WHERE text ILIKE 'HELLO'").fetchall() == [("hello",)]
        assert connection.execute("SELECT 'Ä' ILIKE 'ä'").fetchone() == (True,)
    server.stop()


def test_databases_of_two_tests_are_strangers(postgres):
    first, second = postgres.fresh_database(), postgres.fresh_database()
    with psycopg.connect(first, autocommit=True) as connection:
        connection.execute("CREATE TABLE word (text text)")
    with psycopg.connect(second) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("SELECT * FROM word")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="only root is refused by PostgreSQL")
def test_root_without_namespaces_starts_postgres_as_nobody(monkeypatch):
    monkeypatch.setattr(binaries, "can_unshare", lambda: False)
    server = backends.Postgres(list(binaries.every_postgres())[-1])
    server.start()
    server.run("SELECT 1")
    server.stop()


def test_a_server_that_cannot_start_says_why(tmp_path):
    server = backends.Redis(Path(sys.executable))
    with pytest.raises(RuntimeError, match=r"(?s)did not start.*SyntaxError"):
        server.start(within=0.5)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_nothing_outlives_a_run_that_was_killed(redis, tmp_path):
    """A second run starts a server, and is killed outright: its server and its folder go too."""
    code = (
        "import sys, time; from tests import backends, binaries\n"
        "server = backends.Redis(next(binaries.every_redis())); server.start()\n"
        "print(server._process.pid, server.folder, flush=True); time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    pid, folder = run.stdout.readline().split()
    assert guard.is_alive(int(pid))
    run.send_signal(signal.SIGKILL)
    run.communicate()
    until(lambda: not guard.is_alive(int(pid)) and not Path(folder).exists())


def until(condition: Callable[[], bool], within: float = 10) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
