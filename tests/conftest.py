"""The fixed cast: alice owns the Lounge, bob is a member, charlie an outsider, robbie a bot who is a member."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from pytest_django.fixtures import Settings

from digi.accounts import actors, limits, people
from digi.accounts.actors import Actor
from digi.accounts.models import User
from digi.chat.models import Room
from digi.chat.queries import pages
from digi.execute import execute
from digi.live import publishing
from digi.live.changes import Change, Published
from digi.protocol import commands as c
from digi.protocol import objects
from tests import running

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    """Argon2 is slow on purpose, which hundreds of sign-ups need not prove."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Ids begin anew with each test, and so must what is counted and remembered by them."""
    pages.recent.forget()
    limits.pace.forget()
    limits._shared().storage.reset()


@pytest.fixture
def alice(db: None) -> User:
    return people.create("alice", PASSWORD)


@pytest.fixture
def bob(alice: User) -> User:
    return people.create("bob", PASSWORD)


@pytest.fixture
def charlie(alice: User) -> User:
    return people.create("charlie", PASSWORD)


@pytest.fixture
def robbie(alice: User) -> User:
    return people.create("robbie", None, is_bot=True)


@pytest.fixture
def lounge(alice: User, bob: User, robbie: User) -> Room:
    """A group of alice (its owner), bob and robbie."""
    result = execute(as_actor(alice), c.CreateRoom(kind="group", name="Lounge", people=["bob", "robbie"]))
    assert result.room is not None
    return Room.objects.get(pk=result.room.id)


@pytest.fixture
def direct(alice: User, bob: User) -> Room:
    """The direct room of alice and bob, who are friends."""
    execute(as_actor(alice), c.RequestFriend(person="bob"))
    execute(as_actor(bob), c.AcceptFriend(person="alice"))
    result = execute(as_actor(alice), c.CreateRoom(kind="direct", people=["bob"]))
    assert result.room is not None
    return Room.objects.get(pk=result.room.id)


@pytest.fixture
def say() -> Callable[..., objects.Message]:
    """`say(user, room, body, key=…, reply_to=…)` adds a message and returns it."""

    def say(user: User, room: Room, body: str = "Hello", **fields: object) -> objects.Message:
        result = execute(as_actor(user), c.AddMessage(room=room.pk, body=body, **fields))  # type: ignore[arg-type]
        assert result.message is not None
        return result.message

    return say


class Heard(list[Published]):
    """What was published since the fixture began, in order."""

    def changes(self, stream: str | None = None) -> list[Change]:
        return [item for item in self if isinstance(item, Change) and stream in (None, item.stream)]


@pytest.fixture
def heard() -> Iterator[Heard]:
    found = Heard()

    def listen(published: Sequence[Published]) -> None:
        found.extend(published)

    publishing.listen(listen)
    yield found
    publishing.unlisten(listen)


@pytest.fixture
def digi() -> Iterator[Callable[..., running.Digi]]:
    """`digi(server="daphne", REDIS_URL=…)` starts a real server in a process of its own; all are ended afterwards."""
    started: list[running.Digi] = []

    def start(**options: str) -> running.Digi:
        server = running.Digi(**options)
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.end()


def as_actor(user: User) -> Actor:
    user.refresh_from_db()
    return actors.of(user)
