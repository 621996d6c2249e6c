"""What it costs to deliver a message: one rendering and no query, however many hear it."""

import asyncio
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

from digi.chat.shown import message_change
from digi.gateway.chat.dialects import Digi
from digi.live import changes
from digi.live.hub import Hub


class Counting(Digi):
    """The `digi` dialect, counting what it renders."""

    def __init__(self) -> None:
        self.rendered = 0

    def change(self, change: changes.Change, after: int) -> str | None:
        self.rendered += 1
        return super().change(change, after)


class Listener:
    follows = True
    line = None

    def __init__(self, person_id: int, dialect: Digi) -> None:
        self.person_id, self.dialect = person_id, dialect
        self.heard: list[str] = []

    def deliver(self, name: str, rev: int, frame: str) -> None:
        self.heard.append(frame)

    def removed(self, name: str) -> None: ...

    def recheck(self) -> None: ...

    def rewatch(self) -> None: ...

    def restart(self) -> None: ...


@pytest.fixture
def told(bob, lounge, say) -> list[changes.Change]:
    """Three messages of bob, as they were told."""
    from digi.chat.models import Message

    ids = [say(bob, lounge, str(number)).id for number in range(3)]
    return [message_change(row, "bob") for row in Message.objects.filter(pk__in=ids).order_by("pos")]


async def test_delivering_takes_no_query_and_one_rendering(told, monkeypatch):
    statements: list[str] = []

    def execute(self: CursorWrapper, sql: str, params: Any = None) -> None:
        statements.append(sql)

    hub, dialect = Hub(asyncio.get_running_loop()), Counting()
    listeners = [Listener(number, dialect) for number in range(500)]
    for listener in listeners:
        hub.subscribe(listener, [told[0].stream])
    hub.learn({told[0].stream: told[0].rev - 1})
    with monkeypatch.context() as patched:
        patched.setattr(CursorWrapper, "execute", execute)
        hub.receive(told)
    assert [len(listener.heard) for listener in listeners] == [3] * 500
    assert len({frame for listener in listeners for frame in listener.heard}) == 3
    assert dialect.rendered == 3
    assert statements == []
