"""A hub in the test's own loop, over logs without a database."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from digi.live import hub as hubs
from digi.live import sources
from digi.live.hub import Hub
from tests.live.fakes import Logs


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> Logs:
    """The only source of rooms' and people's streams."""
    monkeypatch.setattr(sources, "_heads", {})
    monkeypatch.setattr(sources, "_changes", {})
    made = Logs()
    made.register("room")
    made.register("person")
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that takes seconds takes hundredths of them."""
    monkeypatch.setattr(hubs, "ANTI_ENTROPY_SECONDS", 0.05)
    monkeypatch.setattr(hubs, "PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(hubs, "RETRY_SECONDS", 0.02)


@pytest.fixture
async def hub(logs: Logs) -> AsyncIterator[Hub]:
    made = Hub(asyncio.get_running_loop())
    made.start()
    yield made
    await made.stop()
