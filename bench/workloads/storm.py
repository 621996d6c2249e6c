"""W7: a thousand people come back at the same moment, each with fifty messages to catch up on; others talk on."""

from typing import Any

from bench.driver import populate
from bench.figures import Figure
from bench.stages import Stage, figure
from bench.workloads.echoes import quantile

ROOMS, ROOMS_EACH, MISSED = 200, 2, 50
TALKING_ROOMS, SAID = 10, 50.0  # direct rooms, and messages a second in all of them together
WARM = 1.0  # seconds of talk before the storm


def run(stage: Stage) -> list[Figure]:
    people = 200 if stage.options.is_quick else 1_000
    generator, digi = stage.generator(), stage.digi()
    away = populate(digi, population(people))
    talk = populate(digi, talking())
    back = [{"token": token, "cursors": cursors(number, away["rooms"])} for number, token in enumerate(away["people"])]
    speakers = [{"token": token, "rooms": [number // 2]} for number, token in enumerate(talk["people"])]
    going_on = {"url": digi.url, "speech": "digi", "sign": "w7-talk", "rooms": talk["rooms"], "people": speakers}
    generator.open("digi", "storm", {"url": digi.url, "people": back, "talk": {**going_on, "said": SAID}}, digi)
    answers = {"digi": [generator.run("digi", warm=WARM) for _ in range(stage.options.rounds)]}
    stage.audited(generator, digi, ["digi"])
    return figures(answers, people)


def population(people: int) -> dict[str, Any]:
    each = MISSED // ROOMS_EACH
    rooms = [{"kind": "group", "members": members(number, people), "messages": 2 * each} for number in range(ROOMS)]
    return {"sign": "w7", "people": people, "rooms": rooms}


def members(room: int, people: int) -> list[int]:
    return [number for number in range(people) if room in rooms_of(number)]


def rooms_of(person: int) -> list[int]:
    return [(person + step * 101) % ROOMS for step in range(ROOMS_EACH)]


def cursors(person: int, rooms: list[dict[str, Any]]) -> dict[str, int]:
    """Where somebody stood who has missed so many messages, the same number in each of their rooms."""
    return {rooms[room]["id"]: rooms[room]["head"] - MISSED // ROOMS_EACH for room in rooms_of(person)}


def talking() -> dict[str, Any]:
    rooms = [{"kind": "direct", "members": [2 * number, 2 * number + 1]} for number in range(TALKING_ROOMS)]
    return {"sign": "w7-talk", "people": 2 * TALKING_ROOMS, "rooms": rooms}


def figures(answers: dict[str, list[dict[str, Any]]], people: int) -> list[Figure]:
    back = f"{people:,} back"
    return [
        figure(("W7", f"{back}: the last one synced", "s", False), answers, lambda one: one["synced"]["max"] / 1000),
        figure(("W7", f"{back}: half of them synced", "s", False), answers, lambda one: one["synced"]["p50"] / 1000),
        figure(("W7", "p99 of sends meanwhile", "ms", False), answers, lambda one: quantile(one, "p99")),
    ]
