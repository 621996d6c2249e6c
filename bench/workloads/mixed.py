"""W6: a thousand people in two hundred rooms who talk, type and read when they please."""

from typing import Any

from bench.driver import populate
from bench.figures import Figure
from bench.stages import Stage, figure
from bench.workloads.echoes import quantile

PEOPLE, ROOMS = 1_000, 200
ROOMS_EACH = 2  # so that ten hear each message
SAID, TYPED, MARKED = 200.0, 200.0, 100.0  # a second, all people together
LOADS = (0.25, 0.5, 1.0, 2.0)  # times that, for the curve; not in quick runs


def run(stage: Stage) -> list[Figure]:
    generator, digi, reference = stage.generator(), stage.digi(), stage.reference()
    found = populate(digi, population())
    plan = {"url": digi.url, "speech": "digi", "sign": "w6", "rooms": found["rooms"], "people": people(found["people"])}
    generator.open("digi", "mixed", {**plan, "said": SAID, "typed": TYPED, "marked": MARKED}, digi)
    generator.open("reference", "mixed", {**plain(), "url": reference.url, "said": SAID}, reference)
    answers = stage.turns(generator, ["digi"])
    once = generator.run("reference", warm=stage.options.warm, seconds=stage.options.seconds)
    answers["reference"] = [once] if "seconds" in once else []
    curve = [] if stage.options.is_quick else [loaded(stage, generator, pace) for pace in LOADS]
    stage.audited(generator, digi, ["digi"])
    return [*figures(answers), *curve]


def population() -> dict[str, Any]:
    rooms = [{"kind": "group", "members": [], "messages": 50} for _ in range(ROOMS)]
    for number in range(PEOPLE):
        for room in rooms_of(number):
            rooms[room]["members"].append(number)  # type: ignore[attr-defined]
    return {"sign": "w6", "people": PEOPLE, "rooms": rooms}


def rooms_of(person: int) -> list[int]:
    """One room with those of about the same number, the others further off, so that circles overlap."""
    return [(person + step * (person // ROOMS + 1) * 7) % ROOMS for step in range(ROOMS_EACH)]


def people(tokens: list[str]) -> list[dict[str, Any]]:
    return [{"token": token, "rooms": rooms_of(number)} for number, token in enumerate(tokens)]


def plain() -> dict[str, Any]:
    """For the reference: a socket hears one room, and nobody types or reads."""
    rooms = [{"id": f"room-{number:027d}", "head": 0, "last_pos": 0} for number in range(ROOMS)]
    everybody = [{"rooms": rooms_of(number)[:1]} for number in range(PEOPLE)]
    return {"speech": "reference", "sign": "plain", "rooms": rooms, "people": everybody}


def loaded(stage: Stage, generator: Any, pace: float) -> Figure:
    answer = generator.run("digi", warm=stage.options.warm, seconds=stage.options.seconds, pace=pace)
    said = f"p99 at {pace * SAID:.0f} messages/s"
    return figure(("W6", said, "ms", False), {"digi": [answer]}, lambda one: quantile(one, "p99"))


def figures(answers: dict[str, list[dict[str, Any]]]) -> list[Figure]:
    return [
        figure(("W6", "p99 from the intended moment", "ms", False), answers, lambda one: quantile(one, "p99")),
        figure(("W6", "p50 from the intended moment", "ms", False), answers, lambda one: quantile(one, "p50")),
        figure(("W6", "deliveries/s", "", True), answers, lambda one: one["deliveries"] / one["seconds"]),
        figure(("W6", "server's share of its core", "", False), answers, lambda one: one["server"]),
    ]
