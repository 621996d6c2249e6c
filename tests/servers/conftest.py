"""Real servers, one for each kind and module: nobody kills these."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.sync.client import ClientConnection

from tests import services
from tests.running import ROOT, Digi, heard

KINDS = {
    "uvicorn, in-process, SQLite": {"server": "uvicorn"},
    "daphne, in-process, SQLite": {"server": "daphne"},
    "uvicorn, Redis, PostgreSQL": {"server": "uvicorn", "redis": "yes", "postgres": "yes"},
    "daphne, Redis, SQLite": {"server": "daphne", "redis": "yes"},
}


@dataclass
class Site:
    """A running Digi where alice and bob share a room."""

    digi: Digi
    alice: str
    bob: str
    room: str

    @contextmanager
    def listen(self, token: str) -> Iterator[ClientConnection]:
        """A `digi` socket that has been welcomed."""
        with self.digi.socket("/ws/", token) as socket:
            assert heard(socket)["type"] == "welcome"
            yield socket

    def add(self, token: str, body: str, **fields: str) -> Any:
        return self.digi.do(token, "message.add", room=self.room, body=body, **fields)["message"]

    def bodies(self) -> list[str]:
        """All texts of the room, oldest first."""
        _, page = self.digi.call(f"/rooms/{self.room}/messages?limit=200", self.alice)
        return [one["body"] for one in page["messages"] if one["kind"] == "text"]


def furnish(digi: Digi) -> Site:
    alice, bob = add_both(digi)
    room = digi.do(alice, "room.create", kind="group", name="Lounge", people=["bob"])["room"]["id"]
    return Site(digi, alice, bob, room)


ADD_BOTH = """
import django
django.setup()
from digi.accounts import people, sessions
for name in ("alice", "bob"):
    print(sessions.new_token(people.create(name, None)))
"""


def add_both(digi: Digi) -> tuple[str, str]:
    """Tokens of alice and bob, who are new: in one process, as each takes its time to start."""
    environ = {**digi.environ, "DJANGO_SETTINGS_MODULE": "digi.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ADD_BOTH], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    )
    alice, bob = done.stdout.split()
    return alice, bob


def options(redis: str = "", postgres: str = "", **serve: str) -> dict[str, str]:
    """The options of a server; `redis` and `postgres` ask for those of this run."""
    found = {"DIGI_RATE": "1000", **serve}
    if redis:
        server = services.own_redis()
        if server is None:
            services.not_run("tests with Redis: there is none")
        server.start()
        found["REDIS_URL"] = server.url
    if postgres:
        cluster = services.own_postgres()
        if cluster is None:
            services.not_run("tests with PostgreSQL: there is none")
        cluster.start()
        found["DATABASE_URL"] = cluster.fresh_database()
    return found


@pytest.fixture(scope="module", params=list(KINDS.values()), ids=list(KINDS))
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    digi = Digi(**options(**request.param))
    try:
        digi.start()
        yield furnish(digi)
    finally:
        digi.end()
