"""Two hubs, as of two processes, over a layer that loses, stalls and fails; and over a real Redis."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import pytest
from channels.layers import InMemoryChannelLayer
from channels_redis.pubsub import RedisPubSubChannelLayer

from digi.live import bridge as bridges
from digi.live import hubs
from digi.live.bridge import Bridge
from digi.live.changes import Published, Signal, unpacked
from digi.live.hub import Hub
from tests import backends
from tests.live.fakes import BOB, ME, ROOM, Logs, message
from tests.live.test_hub import at_home, departure, listening, until


class Layer:
    """A channel layer in memory, of plain values only, which can be told to misbehave."""

    def __init__(self) -> None:
        self.queues: dict[str, asyncio.Queue[str]] = {}
        self.sent = 0
        self.loses = self.fails = self.stalls = False

    async def new_channel(self) -> str:
        await self._misbehave()
        name = f"channel {len(self.queues)}"
        self.queues[name] = asyncio.Queue()
        return name

    async def group_add(self, group: str, channel: str) -> None:
        await self._misbehave()

    async def group_discard(self, group: str, channel: str) -> None:
        self.queues.pop(channel, None)

    async def group_send(self, group: str, message: dict[str, object]) -> None:
        await self._misbehave()
        self.sent += 1
        for queue in self.queues.values():
            if not self.loses:
                queue.put_nowait(json.dumps(message))

    async def receive(self, channel: str) -> dict[str, object]:
        text = await self.queues[channel].get()
        if text == "trouble":
            raise ConnectionError("the layer is gone")
        return json.loads(text)

    async def _misbehave(self) -> None:
        if self.stalls:
            await asyncio.sleep(3600)
        if self.fails:
            raise ConnectionError("the layer is gone")


@pytest.fixture
def layer() -> Layer:
    return Layer()


@pytest.fixture
async def here(logs: Logs, layer: Layer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Hub, Bridge]]:
    monkeypatch.setattr(bridges, "TIME_LIMIT", 0.05)
    monkeypatch.setattr(bridges, "PAUSE_AFTER_TROUBLE", 0.02)
    hub, bridge = await _process(layer)
    yield hub, bridge
    await hub.stop()


@pytest.fixture
async def there(here: tuple[Hub, Bridge], layer: Layer) -> AsyncIterator[Hub]:
    hub, _ = await _process(layer)
    await until(lambda: len(layer.queues) == 2)
    yield hub
    await hub.stop()


async def _process(layer: object) -> tuple[Hub, Bridge]:
    hub = Hub(asyncio.get_running_loop())
    hub.spawn(hub._anti_entropy())  # and no listening: what is "committed" is said to each hub by hand
    bridge = Bridge(hub, layer)
    bridge.start()
    await asyncio.sleep(0.01)
    return hub, bridge


async def test_what_one_process_writes_the_other_hears(here, there: Hub, logs: Logs) -> None:
    alice = listening(there, logs)
    here[1].publish([message(1, "Grüße 🎉 </script>")])
    await until(lambda: alice.revs() == [1])
    assert alice.frames[0]["body"] == "Grüße 🎉 </script>"
    assert logs.reads == []


async def test_a_process_does_not_hear_itself_through_the_layer(here, there: Hub, layer: Layer, logs: Logs) -> None:
    alice = listening(here[0], logs)
    here[1].publish([Signal(ROOM, {"read": {"bob": 1}})])
    await until(lambda: layer.sent == 1)
    await asyncio.sleep(0.02)
    assert alice.frames == []


async def test_a_hint_that_the_layer_loses_is_found_with_the_next(here, there: Hub, layer: Layer, logs: Logs) -> None:
    alice = listening(there, logs)
    logs.write(message(1, "lost"), message(2, "heard"))
    layer.loses = True
    here[1].publish([message(1, "lost")])
    await until(lambda: layer.sent == 1)
    layer.loses = False
    here[1].publish([message(2, "heard")])
    await until(lambda: alice.revs() == [1, 2])


async def test_publishing_does_not_wait_for_a_layer_that_stalls(here, there: Hub, layer: Layer, logs: Logs) -> None:
    layer.stalls = True
    for rev in range(1, 1000):
        here[1].publish([message(rev, "Hello")])
    assert layer.sent == 0  # and yet this line is reached


async def test_what_a_dead_layer_kept_is_not_sent_when_it_is_back(here, there: Hub, layer: Layer, logs: Logs) -> None:
    alice = listening(there, logs)
    layer.fails = True
    written = [message(rev, "Hello") for rev in range(1, 400)]
    logs.write(*written)
    for one in written:
        here[1].publish([one])
    await asyncio.sleep(0.05)
    assert here[1]._outgoing.empty()
    layer.fails = False
    here[1].publish([message(400, "Back")])
    logs.write(message(400, "Back"))
    await until(lambda: len(alice.revs()) == 400)
    assert layer.sent == 1


async def test_a_layer_that_fails_makes_both_sides_look_into_the_database(here, layer: Layer, logs: Logs) -> None:
    alice = listening(here[0], logs)
    await asyncio.sleep(0.6)
    logs.write(message(1, "Hello"))
    layer.queues["channel 0"].put_nowait("trouble")
    await until(lambda: alice.revs() == [1])


async def test_a_process_listens_again_once_the_layer_is_back(here, there: Hub, layer: Layer, logs: Logs) -> None:
    alice = listening(there, logs)
    layer.fails = True
    for queue in list(layer.queues.values()):
        queue.put_nowait("trouble")
    await asyncio.sleep(0.05)
    layer.fails = False
    await until(lambda: len(layer.queues) == 2)
    here[1].publish([message(1, "Hello")])
    await until(lambda: alice.revs() == [1])


async def test_what_cannot_be_read_is_passed_over(here, there: Hub, layer: Layer, logs: Logs) -> None:
    alice = listening(there, logs)
    items = [{"stream": ROOM, "rev": 1, "kind": "something newer", "shown": "{}"}]
    await layer.group_send("", {"type": "published", "by": "a newer one", "items": items})
    here[1].publish([message(1, "Hello")])
    await until(lambda: alice.revs() == [1])


async def test_removals_take_effect_in_the_other_process(here, there: Hub, layer: Layer, logs: Logs) -> None:
    bob = listening(there, logs, BOB)
    items = [message(1, "").packed() | {"leaver": BOB}, message(2, "behind his back").packed()]
    await layer.group_send("", {"type": "published", "by": "another", "items": items})
    await until(lambda: bob.lost == [ROOM])
    assert bob.revs() == []


# ── what others have carried ──


@dataclass
class Carried:
    """What one side of a bridge was given, and how often it was told of a possible loss."""

    bridge: Bridge
    taken: list[object] = field(default_factory=list)
    losses: int = 0

    def __post_init__(self) -> None:
        self.bridge.carry("news", self._take, self._suffer)

    def _take(self, by: str, items: Sequence[object]) -> None:
        self.taken += items

    def _suffer(self) -> None:
        self.losses += 1


async def test_messages_of_another_kind_travel_beside_what_is_published(here, layer: Layer, logs: Logs) -> None:
    hub, bridge = await _process(layer)
    there, mine = Carried(bridge), Carried(here[1])
    alice = listening(hub, logs)
    for number in range(3):
        here[1].send("news", {"number": number})
        here[1].publish([message(number + 1, "Hello")])
    here[1].send("what nobody carries", {})
    await until(lambda: there.taken == [{"number": number} for number in range(3)])
    await until(lambda: alice.revs() == [1, 2, 3])
    assert mine.taken == []
    await hub.stop()


async def test_who_has_messages_carried_is_told_when_some_may_be_lost(here, layer: Layer) -> None:
    mine = Carried(here[1])
    layer.fails = True
    here[1].send("news", {})
    await until(lambda: mine.losses == 1)
    layer.queues["channel 0"].put_nowait("trouble")
    await until(lambda: mine.losses > 1)
    before, layer.fails = mine.losses, False
    await until(lambda: mine.losses > before)  # heard anew


async def test_where_there_is_no_other_process_nothing_waits_to_be_sent(logs: Logs) -> None:
    bridge = Bridge(Hub(asyncio.get_running_loop()), InMemoryChannelLayer())
    bridge.start()
    bridge.send("news", {})
    assert bridge._outgoing.empty()


def _pair(hub: Hub, bridge: Bridge) -> tuple[Hub, Bridge]:
    return hub, bridge


async def test_what_lives_beside_a_hub_is_made_once_and_ends_with_it() -> None:
    made = hubs.beside(_pair)
    assert hubs.beside(_pair) is made
    assert made[0] is hubs.hub()
    await hubs.close()
    assert hubs.beside(_pair) is not made
    await hubs.close()


def test_what_travels_is_plain_values() -> None:
    signal = Signal(ME, {"read": {"bob": 1}}, unheard_by=frozenset({BOB}), after=7, rewatch=True)
    sent: list[Published] = [message(1, "Hello"), signal]
    received = [unpacked(json.loads(json.dumps(one.packed()))) for one in sent]
    assert received[0].shown.body == "Hello"  # type: ignore[union-attr]
    assert received == sent
    assert departure(3).packed()["leaver"] == BOB


@pytest.mark.slow
async def test_over_a_redis_that_dies_and_comes_back(logs: Logs, redis: backends.Redis) -> None:
    """Hints that Redis loses are found; once it is back they travel again."""
    layers = [RedisPubSubChannelLayer(hosts=[redis.url]) for _ in range(2)]
    (one, bridge), (other, _) = [await _process(layer) for layer in layers]
    await asyncio.sleep(0.3)
    alice, bob = listening(other, logs), at_home(one, logs)
    assert bob.frames == []

    bridge.publish([message(1, "before")])
    await until(lambda: alice.revs() == [1])
    logs.write(message(1, "before"))

    redis.kill()
    logs.write(message(2, "meanwhile"))
    bridge.publish([message(2, "meanwhile")])
    await until(lambda: alice.revs() == [1, 2], within=8)

    redis.start()
    for rev in range(3, 40):
        logs.write(message(rev, "after"))
        bridge.publish([message(rev, "after")])
        await asyncio.sleep(0.1)
    await until(lambda: alice.revs() == list(range(1, 40)), within=8)
    for hub in (one, other):
        await hub.stop()
    for layer in layers:
        await layer.flush()
