"""What a number of people would need: workers, Redis, database, memory, network; every assumption has a name.

`bin/bench capacity [--json FILE]`: what was measured is taken from a file of `bin/bench --json`. What stands here
otherwise is a round figure in its place, and is printed as such.
"""

import argparse
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

Group = TypeVar("Group", "Life", "Costs", "Bounds")
DAY = 86_400
YEAR = 365
MIB, GIB, TIB = 1024**2, 1024**3, 1024**4


@dataclass(frozen=True)
class Life:
    """How people live with it: to be replaced by one's own numbers."""

    online: float = 0.3  # share of all people, at the busiest moment
    devices: float = 1.3  # sockets of somebody who is online
    said: float = 40  # messages a day and person
    peak: float = 5  # busiest second over the average one
    members: float = 20  # of the room in which a message is said, weighed by messages
    rooms: float = 30  # of one person
    reconnects: float = 20  # handshakes a day and device
    pages: float = 60  # of history a day and person


@dataclass(frozen=True)
class Costs:
    """What one core and one byte do. In µs of one core of the bench's machine, unless said otherwise."""

    message: float = 400  # a message written: W2, without its two deliveries
    delivery: float = 8  # a frame to one socket: W10 at the largest room
    handshake: float = 2_500  # with the welcome: W5
    page: float = 2_500  # of history: W8
    received: float = 60  # a change that another worker made: W11, two workers against one
    database: float = 400  # of PostgreSQL's core, a message: W11, all processes without the workers
    socket: float = 30  # KiB of memory of an idle socket: W5
    worker: float = 110  # MiB of a worker without sockets: W9


@dataclass(frozen=True)
class Bounds:
    """What is not measured here: chosen, or the makers' own figures."""

    busy: float = 0.6  # of a core at the peak: above, waiting grows faster than load
    sockets: float = 10_000  # of one worker: what a reconnect storm brings back in seconds
    redis: float = 100_000  # messages a second out of one core of Redis
    database_cores: float = 16  # of one PostgreSQL server, kept to writing
    row: float = 900  # bytes of a stored message with its indexes
    frame: float = 520  # bytes of a frame on the network, with TCP's and IP's headers
    room_row: float = 1_500  # bytes of a membership and its share of a room, with indexes


@dataclass(frozen=True)
class Need:
    sockets: float
    messages: float
    deliveries: float
    workers: int
    received: float
    redis: int
    database_cores: float
    databases: int
    memory: float
    stored: float
    network: float


def need(people: float, life: Life, costs: Costs, bounds: Bounds, *, fan_out: str) -> Need:
    """`fan_out`: `all` workers hear of every change (one group), or only those with members of its `room`."""
    sockets = people * life.online * life.devices
    messages = people * life.said / DAY * life.peak
    deliveries = messages * life.members * life.online * life.devices
    handshakes = sockets * life.reconnects / DAY * life.peak
    pages = people * life.pages / DAY * life.peak
    own = messages * costs.message + deliveries * costs.delivery + handshakes * costs.handshake + pages * costs.page
    hearers = life.members * life.online * life.devices
    workers = settled(own / 1e6, messages * costs.received / 1e6, hearers, bounds, fan_out=fan_out)
    workers = workers and max(workers, math.ceil(sockets / bounds.sockets))
    received = messages * heard_by(workers, hearers, fan_out=fan_out)
    database = messages * costs.database / 1e6 / bounds.busy
    return Need(
        sockets=sockets,
        messages=messages,
        deliveries=deliveries,
        workers=workers,
        received=received,
        redis=math.ceil(received / bounds.redis / bounds.busy) if workers > 1 else 0,
        database_cores=database,
        databases=max(1, math.ceil(database / bounds.database_cores)),
        memory=workers * costs.worker * MIB + sockets * costs.socket * 1024,
        stored=YEAR * people * life.said * bounds.row + people * life.rooms * bounds.room_row,
        network=deliveries * bounds.frame,
    )


def heard_by(workers: int, hearers: float, *, fan_out: str) -> float:
    """How many other workers must be told of a change: all, or those where, by chance, one of the hearers is."""
    if workers <= 1:
        return 0.0
    return workers - 1.0 if fan_out == "all" else (workers - 1) * (1 - (1 - 1 / workers) ** hearers)


def settled(own: float, per_receiver: float, hearers: float, bounds: Bounds, *, fan_out: str) -> int:
    """How many workers carry what is theirs and what the others tell them; 0 if that never ends.

    With `all`, each further worker costs every change once more: where that alone fills a worker, none helps.
    """
    if fan_out == "all" and per_receiver >= bounds.busy:
        return 0
    workers = 1
    for _ in range(200):
        wanted = math.ceil((own + per_receiver * heard_by(workers, hearers, fan_out=fan_out)) / bounds.busy)
        if wanted <= workers:
            return workers
        workers = wanted
    return workers


# ── from a run of the bench ──


def measured(figures: Mapping[str, float], costs: Costs) -> tuple[Costs, set[str]]:
    """The costs as far as a run has measured them, and which those are."""
    found: dict[str, float] = {}
    delivery = largest(figures, "W10 server µs per delivery, ")
    if delivery is not None:
        found["delivery"] = delivery
    if (whole := figures.get("W2 server µs per message")) is not None:
        found["message"] = whole - 2 * found.get("delivery", costs.delivery)
    plain = {
        "handshake": (largest(figures, "W5 server ms per handshake up to "), 1e3),
        "socket": (largest(figures, "W5 memory per idle socket at "), 1.0),
        "worker": (figures.get("W9 idle memory"), 1e6 / MIB),
    }
    found |= {name: value * factor for name, (value, factor) in plain.items() if value is not None}
    if (rate := figures.get("W8 pages/s, 16 connections")) is not None:
        found["page"] = 1e6 / rate
    return replace(costs, **found), set(found)


def of_workers(figures: list[dict[str, Any]], costs: Costs) -> dict[str, float]:
    """What W11 tells: a change heard from another worker, and the database's part of a message."""
    sides = {str(one["name"]): one["sides"] for one in figures if one["workload"] == "W11"}
    own, whole = (sides.get(name) for name in (OWN, WHOLE))
    if not isinstance(own, dict) or not isinstance(whole, dict):
        return {}
    two, one = (float(own[side]["median"]) for side in ("digi", "one worker"))
    database = float(whole["one worker"]["median"]) - one
    return {"received": max(two - one, 0.1 * costs.received), "database": database}


OWN = "workers' µs per message, two workers against one"
WHOLE = "the same with Redis and PostgreSQL"


def largest(figures: Mapping[str, float], start: str) -> float | None:
    """The figure of the largest size among those whose names end in one."""
    sizes = {int(key[len(start) :].split()[0].replace(",", "")): key for key in figures if key.startswith(start)}
    return figures[sizes[max(sizes)]] if sizes else None


def read(path: Path, costs: Costs) -> tuple[Costs, set[str]]:
    run = json.loads(path.read_text("utf-8"))["figures"]
    medians = {f"{one['workload']} {one['name']}": one["sides"].get("digi", {}).get("median") for one in run}
    found, names = measured({key: value for key, value in medians.items() if value is not None}, costs)
    workers = of_workers(run, costs)
    return replace(found, **workers), names | set(workers)


# ── printed ──


def table(sizes: list[float], needs: list[Need]) -> str:
    rows = {
        "sockets": [f"{one.sockets:,.0f}" for one in needs],
        "messages/s at the peak": [f"{one.messages:,.0f}" for one in needs],
        "deliveries/s at the peak": [f"{one.deliveries:,.0f}" for one in needs],
        "workers, a core each": [f"{one.workers:,}" if one.workers else "no number is enough" for one in needs],
        "changes/s through Redis": [f"{one.received:,.0f}" for one in needs],
        "cores of Redis": [f"{one.redis:,}" for one in needs],
        "cores of PostgreSQL": [f"{one.database_cores:,.1f}" for one in needs],
        "PostgreSQL servers": [f"{one.databases:,}" for one in needs],
        "memory of the workers": [f"{one.memory / GIB:,.1f} GiB" for one in needs],
        "stored after a year": [f"{one.stored / TIB:,.2f} TiB" for one in needs],
        "network out at the peak": [f"{8 * one.network / 1e6:,.0f} Mbit/s" for one in needs],
    }
    head = f"{'':26}" + "".join(f"{f'{size:,.0f} people':>24}" for size in sizes)
    return "\n".join([head, *(f"{name:26}" + "".join(f"{cell:>24}" for cell in cells) for name, cells in rows.items())])


def assumptions(life: Life, costs: Costs, bounds: Bounds, known: set[str]) -> str:
    lines = ["Assumed:"]
    for group in (life, costs, bounds):
        said = [f"{name} {value:g}{' (measured)' if name in known else ''}" for name, value in asdict(group).items()]
        lines.append(f"  {type(group).__name__.lower()}: {', '.join(said)}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench capacity", description=__doc__)
    parser.add_argument("people", nargs="*", type=float, default=[1e4, 1e6, 1e8])
    parser.add_argument("--json", type=Path, metavar="FILE", help="a file that bin/bench --json has written")
    parser.add_argument("--fan-out", choices=["all", "room"], default="all", help="who is told of a change (all)")
    for group in (Life(), Costs(), Bounds()):
        for one in fields(group):
            flag = f"--{type(group).__name__.lower()}-{one.name.replace('_', '-')}"
            parser.add_argument(flag, type=float, metavar="N", help=f"({getattr(group, one.name):g})")
    asked = parser.parse_args()
    costs, known = read(asked.json, Costs()) if asked.json else (Costs(), set())
    life, costs, bounds = _changed(Life(), asked), _changed(costs, asked), _changed(Bounds(), asked)
    needs = [need(people, life, costs, bounds, fan_out=asked.fan_out) for people in asked.people]
    print(table(asked.people, needs))
    print(f"\n{assumptions(life, costs, bounds, known)}")


def _changed(group: Group, asked: argparse.Namespace) -> Group:
    """The group with what was given on the command line."""
    start = type(group).__name__.lower()
    given = {one.name: getattr(asked, f"{start}_{one.name}") for one in fields(group)}
    return replace(group, **{name: value for name, value in given.items() if value is not None})


if __name__ == "__main__":
    main()
