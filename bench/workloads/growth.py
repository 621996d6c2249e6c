"""W10: the same load on little and on much: what a message and a delivery cost must not depend on what is stored."""

from collections.abc import Callable
from typing import Any, NamedTuple

from bench.driver import Generator, populate
from bench.figures import Figure
from bench.servers import Digi
from bench.stages import Stage, figure, per

TALKING = 4  # rooms in which something is said
BASE_MEMBERS = 100  # smaller rooms pay a message's own cost with few deliveries: not what is asked


class Axis(NamedTuple):
    """What grows, over which sizes; `per` is what is paid for. Sizes below `base` are shown and not compared."""

    what: str
    sizes: tuple[int, ...]
    quick: tuple[int, ...]
    per: str
    plan: Callable[[int], dict[str, Any]]
    base: int = 0


def stored(size: int) -> dict[str, Any]:
    """Pairs whose rooms hold so many messages together."""
    rooms = [
        {"kind": "direct", "members": [2 * number, 2 * number + 1], "messages": size // TALKING}
        for number in range(TALKING)
    ]
    return {"people": 2 * TALKING, "rooms": rooms, "talk": [room["members"] for room in rooms]}


def rooms_each(size: int) -> dict[str, Any]:
    """Pairs who share so many rooms each, and talk in the first."""
    pairs = [[2 * number, 2 * number + 1] for number in range(TALKING)]
    first = [{"kind": "group", "members": pair, "messages": 1} for pair in pairs]
    more = [{"kind": "group", "members": pair, "messages": 1} for pair in pairs for _ in range(size - 1)]
    return {"people": 2 * TALKING, "rooms": first + more, "talk": pairs}


def members(size: int) -> dict[str, Any]:
    everybody = list(range(size))
    return {"people": size, "rooms": [{"kind": "group", "members": everybody}], "talk": [everybody]}


AXES = (
    Axis("messages stored", (1_000, 100_000, 1_000_000), (1_000, 100_000), "message", stored),
    Axis("rooms per person", (10, 1_000, 10_000), (10, 1_000), "message", rooms_each),
    Axis("members per room", (2, 10, 100, 1_000, 5_000), (2, 100, 500), "delivery", members, BASE_MEMBERS),
)


def run(stage: Stage) -> list[Figure]:
    return [one for axis in AXES for one in along(stage, axis)]


def along(stage: Stage, axis: Axis) -> list[Figure]:
    """All sizes at the same time on servers of their own, which take turns."""
    generator = stage.generator()
    sizes = axis.quick if stage.options.is_quick else axis.sizes
    sides = {size: f"{size}" for size in sizes}
    servers = {size: stage.digi() for size in sizes}
    for size, server in servers.items():
        opened = settle(generator, sides[size], server, axis.plan(size))
        stage.options.say(f"  {size:,} {axis.what}: {opened['sockets']:,} sockets in {opened['seconds']:.1f} s")
    answers = stage.turns(generator, list(sides.values()))
    for size, server in servers.items():
        stage.audited(generator, server, [sides[size]])
        server.kill()
    generator.end()
    return figures(axis, {size: answers[side] for size, side in sides.items()})


def settle(generator: Generator, side: str, server: Digi, plan: dict[str, Any]) -> dict[str, Any]:
    found = populate(server, {"sign": "w10", "people": plan["people"], "rooms": plan["rooms"]})
    tokens = found["people"]
    rooms = [
        {"id": room["id"], "head": room["head"], "sign": f"w10-{number:03d}"}
        | {"tokens": [tokens[person] for person in people]}
        for number, (room, people) in enumerate(zip(found["rooms"], plan["talk"], strict=False))
    ]
    return generator.open(side, "closed", {"url": server.url, "speech": "digi", "in_flight": 1, "rooms": rooms}, server)


def figures(axis: Axis, answers: dict[int, list[dict[str, Any]]]) -> list[Figure]:
    counted = {"message": "all_messages", "delivery": "all_deliveries"}[axis.per]

    def cost(answer: dict[str, Any]) -> float:
        return per(1e6 * answer["cpu"], answer[counted])

    name = f"server µs per {axis.per}"
    each = [
        figure(("W10", f"{name}, {size:,} {axis.what}", "µs", False), {"digi": found}, cost)
        for size, found in answers.items()
    ]
    compared = sorted(size for size in answers if size >= axis.base)
    small, large = compared[0], compared[-1]
    said = f"{name}: {large:,} against {small:,} {axis.what}"
    ends = {"digi": answers[large], "smallest": answers[small]}
    return [*each, figure(("W10", said, "µs", False), ends, cost, against="smallest")]
