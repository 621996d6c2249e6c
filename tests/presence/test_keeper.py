"""Boards of several processes, kept in one loop: over a layer that loses and fails, and over a real Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from digi.accounts import people, queries
from digi.live import bridge as bridges
from digi.live.bridge import Bridge
from digi.live.hub import Hub
from digi.presence.board import Times
from digi.presence.keeper import Keeper
from digi.protocol.objects import Presence
from tests import backends
from tests.live.test_bridge import Layer
from tests.live.test_hub import until

ALICE, BOB = 1, 2
TIMES = Times(grace=0.05, repeat=0.4, again=0.1, forget=2.0)
BEFORE = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(eq=False)
class Socket:
    """Somebody who watches, and remembers what they were told."""

    told: list[tuple[int, str, datetime | None]] = field(default_factory=list)

    def presence_changed(self, changed: Mapping[int, Presence]) -> None:
        self.told += [(one, presence.state, presence.seen_at) for one, presence in changed.items()]


@dataclass
class Process:
    hub: Hub
    keeper: Keeper

    async def crash(self) -> None:
        await self.hub.stop()


Start = Callable[..., Awaitable[Process]]


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Whose leaving was noted; the database's part is played by this list."""
    found: list[int] = []
    monkeypatch.setattr(people, "seen", found.append)
    monkeypatch.setattr(queries, "seen_at", lambda ids: dict.fromkeys(set(ids) & set(found), BEFORE))
    return found


@pytest.fixture
async def start(noted: list[int], monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Start]:
    """`await start(layer, times)`: one more process."""
    monkeypatch.setattr(bridges, "PAUSE_AFTER_TROUBLE", 0.05)
    made: list[Process] = []

    async def start(layer: object, times: Times = TIMES) -> Process:
        hub = Hub(asyncio.get_running_loop())
        bridge = Bridge(hub, layer)
        keeper = Keeper(hub, bridge, times)
        keeper.start()
        bridge.start()
        made.append(Process(hub, keeper))
        return made[-1]

    yield start
    for process in made:
        await process.hub.stop()


async def test_one_process_knows_who_is_at_another(start: Start) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    watcher = Socket()
    here.keeper.watch(watcher, [ALICE])
    there.keeper.enter(desk := Socket(), ALICE, "online")
    await until(lambda: watcher.told == [(ALICE, "online", None)])
    there.keeper.enter(desk, ALICE, "away")
    await until(lambda: here.keeper.state(ALICE) == "away")


async def test_who_leaves_another_process_is_gone_and_it_is_known_since_when(start: Start, noted: list[int]) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    there.keeper.enter(desk := Socket(), ALICE, "online")
    await until(lambda: here.keeper.state(ALICE) == "online")
    here.keeper.watch(watcher := Socket(), [ALICE])
    there.keeper.leave(desk)
    await until(lambda: watcher.told == [(ALICE, "offline", BEFORE)])
    assert noted == [ALICE]


async def test_a_process_that_starts_asks_who_is_here(start: Start) -> None:
    layer, slow = Layer(), Times(repeat=3600)
    here = await start(layer, slow)
    here.keeper.enter(Socket(), ALICE, "online")
    await until(lambda: layer.sent > 0)
    there = await start(layer, slow)
    await until(lambda: there.keeper.state(ALICE) == "online")


async def test_a_person_who_changes_process_does_not_flicker(start: Start) -> None:
    layer, slow = Layer(), Times(grace=20)
    here, there = await start(layer, slow), await start(layer, slow)
    here.keeper.watch(watcher := Socket(), [ALICE])
    here.keeper.enter(before := Socket(), ALICE, "online")
    await until(lambda: there.keeper.state(ALICE) == "online")
    there.keeper.enter(Socket(), ALICE, "online")
    here.keeper.leave(before)
    await asyncio.sleep(0.3)
    assert watcher.told == [(ALICE, "online", None)]


async def test_what_the_layer_loses_is_said_again(start: Start) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    await until(lambda: layer.sent > 1)
    layer.loses = True
    there.keeper.enter(Socket(), ALICE, "online")
    sent = layer.sent
    await until(lambda: layer.sent > sent)
    layer.loses = False
    await until(lambda: here.keeper.state(ALICE) == "online")


async def test_people_of_a_process_that_crashed_are_gone_after_a_while(start: Start) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    there.keeper.enter(Socket(), ALICE, "online")
    here.keeper.enter(Socket(), BOB, "online")
    here.keeper.watch(watcher := Socket(), [ALICE, BOB])
    await until(lambda: here.keeper.state(ALICE) == "online")
    await there.crash()
    await until(lambda: (ALICE, "offline", None) in watcher.told)
    assert here.keeper.state(BOB) == "online"


async def test_a_layer_that_fails_delays_it_and_harms_nothing_else(start: Start) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    await until(lambda: layer.sent > 1)
    layer.fails = True
    here.keeper.watch(watcher := Socket(), [ALICE, BOB])
    here.keeper.enter(Socket(), BOB, "online")
    there.keeper.enter(Socket(), ALICE, "online")
    await until(lambda: watcher.told == [(BOB, "online", None)])
    layer.fails = False
    await until(lambda: (ALICE, "online", None) in watcher.told)
    await until(lambda: there.keeper.state(BOB) == "online")


async def test_what_another_version_announces_is_passed_over(start: Start) -> None:
    layer = Layer()
    here, there = await start(layer), await start(layer)
    await layer.group_send("", {"type": "present", "by": "newer", "items": [{"people": "all"}]})
    await layer.group_send("", {"type": "something newer", "by": "newer", "items": []})
    there.keeper.enter(Socket(), ALICE, "online")
    await until(lambda: here.keeper.state(ALICE) == "online")


async def test_a_bug_does_not_end_it(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Socket):
        def presence_changed(self, changed: Mapping[int, Presence]) -> None:
            raise ValueError("a bug")

    here = await start(Layer())
    here.keeper.watch(Broken(), [ALICE])
    here.keeper.enter(Socket(), ALICE, "online")
    await until(lambda: "could not be kept" in caplog.text)
    here.keeper.watch(watcher := Socket(), [BOB])
    here.keeper.enter(Socket(), BOB, "online")
    await until(lambda: watcher.told == [(BOB, "online", None)])


@pytest.mark.slow
async def test_over_a_redis_that_dies_and_comes_back(start: Start, redis: backends.Redis) -> None:
    layers = [RedisPubSubChannelLayer(hosts=[redis.url]) for _ in range(2)]
    here, there = [await start(layer) for layer in layers]
    there.keeper.enter(desk := Socket(), ALICE, "online")
    await until(lambda: here.keeper.state(ALICE) == "online")

    redis.kill()
    there.keeper.enter(desk, ALICE, "away")
    there.keeper.enter(Socket(), BOB, "online")
    await until(lambda: here.keeper.state(ALICE) == "offline")  # nobody has heard of that process for long
    redis.start()
    await until(lambda: (here.keeper.state(ALICE), here.keeper.state(BOB)) == ("away", "online"))
    for process in (here, there):
        await process.hub.stop()
    for layer in layers:
        await layer.flush()
