"""A real server and a real browser for all of these tests, and people to sit in front of it.

Nothing may go wrong quietly: a test fails if any page of it logged an error, such as a breach of the policy.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, WebError, expect

from tests import running
from tests.e2e.pages import Someone

expect.set_options(timeout=20_000)  # a busy machine is no fault of the page

WIDE = {"width": 1440, "height": 860}
BROKEN_LINE = (
    r"WebSocket connection to .* failed|ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET"
    r"|ERR_CONTENT_LENGTH_MISMATCH|unknown error occurred when fetching the script"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def server() -> Iterator[running.Digi]:
    """The server of all tests that leave it running; each brings people of its own."""
    started = running.Digi()
    started.start()
    yield started
    started.end()


class Registrar:
    """Makes accounts on the data of a server: see registrar.py."""

    def __init__(self, server: running.Digi) -> None:
        environ = {**server.environ, "DJANGO_SETTINGS_MODULE": "digi.config.settings"}
        command = [sys.executable, "-m", "tests.e2e.registrar"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=running.ROOT, env=environ, stdin=pipe, stdout=pipe, text=True)

    def register(self, name: str) -> dict[str, str]:
        keys: dict[str, str] = self._ask(name)
        return keys

    def fill(self, room: str, count: int, *authors: Someone) -> int:
        """Give a room a past of so many messages, "Line 1" and so on, a minute apart; returns its last pos."""
        return int(self._ask(" ".join(["fill", room, str(count), *(author.name for author in authors)]))["last_pos"])

    def _ask(self, line: str) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        with self._process:
            pass  # closes both pipes, which ends the process, and waits for it


@pytest.fixture(scope="session")
def registrar(server: running.Digi) -> Iterator[Registrar]:
    made = Registrar(server)
    made.register("olivia")  # the first one owns the server
    yield made
    made.close()


class Console:
    """What the pages of a test complained about."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self._forgiven: list[str] = []

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self._heard)
        context.on("weberror", self._thrown)

    def forgive(self, pattern: str) -> None:
        """Let pass what a test provokes."""
        self._forgiven.append(pattern)

    def unforgiven(self) -> list[str]:
        return [text for text in self.complaints if not any(re.search(one, text) for one in self._forgiven)]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")

    def _thrown(self, error: WebError) -> None:
        self.complaints.append(f"thrown: {error.error}")


@pytest.fixture
def console() -> Iterator[Console]:
    heard = Console()
    yield heard
    assert not heard.unforgiven()


@pytest.fixture
def context_at(browser: Browser, console: Console) -> Iterator[Callable[..., BrowserContext]]:
    """`context_at(server, viewport=…)`: a browser of its own, with its own cookies."""
    opened: list[BrowserContext] = []

    def open_at(server: running.Digi, **options: Any) -> BrowserContext:
        settings = {"locale": "en-GB", "timezone_id": "Europe/Oslo", "viewport": WIDE, **options}
        context = browser.new_context(base_url=server.url, **settings)
        context.set_default_timeout(20_000)
        console.listen(context)
        opened.append(context)
        return context

    yield open_at
    for context in opened:
        context.close()


_numbers = count(1)


@pytest.fixture
def person(
    server: running.Digi, registrar: Registrar, context_at: Callable[..., BrowserContext]
) -> Callable[..., Someone]:
    """`person("alice")`: somebody new, signed in, before an empty page; `person(alice)`: her at another browser."""

    def come(who: str | Someone, **options: Any) -> Someone:
        name = f"{who}{next(_numbers)}" if isinstance(who, str) else who.name
        keys = registrar.register(name)
        context = context_at(server, **options)
        context.add_cookies([{"name": keys["cookie"], "value": keys["session"], "url": server.url}])
        return Someone(context, server, name, keys["token"])

    return come


@pytest.fixture
def pair(person: Callable[..., Someone]) -> tuple[Someone, Someone, str]:
    """alice and bob, friends, each with their direct room open; and its id."""
    alice, bob = person("alice"), person("bob")
    room = befriend(alice, bob)
    for someone in (alice, bob):
        someone.open(room)
    return alice, bob, room


def befriend(one: Someone, other: Someone) -> str:
    """Make friends of the two; returns the id of their direct room."""
    one.do("friend.request", person=other.name)
    other.do("friend.accept", person=one.name)
    return str(one.do("room.create", kind="direct", people=[other.name])["room"]["id"])
