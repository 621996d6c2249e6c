"""W1 to W4: one person in each room speaks as fast as they hear themselves, everybody else listens."""

from typing import Any, NamedTuple

from bench.driver import populate
from bench.figures import Figure
from bench.stages import Stage, figure, per


class Shape(NamedTuple):
    """`rooms` of so many `members`, in each of which so many messages are under way."""

    name: str
    rooms: int
    members: int
    in_flight: int
    is_simple: bool
    """Whether the simple dialect is measured too."""


SHAPES = {
    "W1": Shape("W1", 1, 2, 1, is_simple=True),
    "W2": Shape("W2", 50, 2, 1, is_simple=True),
    "W3": Shape("W3", 1, 100, 1, is_simple=False),
    "W4": Shape("W4", 1, 500, 2, is_simple=True),
}


def run(stage: Stage, shape: Shape) -> list[Figure]:
    generator, digi = stage.generator(), stage.digi()
    reference, raw = stage.reference(), stage.raw()
    dialects = ["digi", *(["simple"] if shape.is_simple else [])]
    for dialect in dialects:
        found = populate(digi, population(shape, f"{shape.name.lower()}-{dialect}"))
        plan = spoken(shape, dialect, found)
        generator.open(dialect, "closed", {**plan, "url": digi.url}, digi)
    generator.open("reference", "closed", {**unpeopled(shape, "reference"), "url": reference.url}, reference)
    generator.open("raw", "closed", {**unpeopled(shape, "raw"), "url": raw.url}, raw)
    others = stage.socket_io()
    for side, server in others.items():
        plan = {**unpeopled(shape, "socketio"), "url": server.url}
        generator.open(side, "closed", plan, server)
    answers = stage.turns(generator, [*dialects, "reference", *others, "raw"])
    stage.audited(generator, digi, dialects)
    return figures(shape, answers)


def population(shape: Shape, sign: str) -> dict[str, Any]:
    kind = "direct" if shape.members == 2 else "group"
    rooms = [
        {"kind": kind, "members": list(range(first, first + shape.members))}
        for first in range(0, shape.rooms * shape.members, shape.members)
    ]
    return {"sign": sign, "people": shape.rooms * shape.members, "rooms": rooms}


def spoken(shape: Shape, dialect: str, found: dict[str, Any]) -> dict[str, Any]:
    """The generator's plan for rooms that `populate` has made."""
    tokens, size = found["people"], shape.members
    rooms = [
        {"id": room["id"], "head": room["head"], "sign": f"{shape.name.lower()}-{dialect}-{number:03d}"}
        | {"tokens": tokens[number * size : (number + 1) * size]}
        for number, room in enumerate(found["rooms"])
    ]
    return {"speech": dialect, "in_flight": shape.in_flight, "rooms": rooms}


def unpeopled(shape: Shape, speech: str) -> dict[str, Any]:
    """The same for servers that know nobody."""
    rooms = [
        {"id": f"room-{number:027d}", "head": 0, "sign": f"bench-{number:03d}", "tokens": [""] * shape.members}
        for number in range(shape.rooms)
    ]
    return {"speech": speech, "in_flight": shape.in_flight, "rooms": rooms}


def figures(shape: Shape, answers: dict[str, list[dict[str, Any]]]) -> list[Figure]:
    p50 = figure((shape.name, "p50 to own echo", "ms", False), answers, lambda answer: quantile(answer, "p50"))
    p99 = figure((shape.name, "p99 to own echo", "ms", False), answers, lambda answer: quantile(answer, "p99"))
    counted = "messages" if shape.members == 2 else "deliveries"
    rate = figure((shape.name, f"{counted}/s", "", True), answers, lambda answer: answer[counted] / answer["seconds"])
    name = f"server µs per {counted[:-1] if counted == 'messages' else 'delivery'}"
    cost = figure(
        (shape.name, name, "µs", False), answers, lambda answer: per(1e6 * answer["cpu"], answer[f"all_{counted}"])
    )
    return [p50, p99, rate, cost] if shape.name == "W1" else [rate, p50, p99, cost]


def quantile(answer: dict[str, Any], name: str) -> float:
    return float(answer["latency"].get(name, float("inf")))
