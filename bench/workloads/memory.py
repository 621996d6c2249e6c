"""W5: what a socket costs while nothing happens, each joined in a room of two."""

import time
from typing import Any

from bench.driver import Generator, populate
from bench.figures import Figure, Round
from bench.servers import Server, raise_limits
from bench.stages import Stage

FIRST = 20  # sockets that warm the server up and are not counted
SETTLE_SECONDS = 5.0
OF_PROCESSES = 2_000  # open files beside sockets


def run(stage: Stage) -> list[Figure]:
    sizes = [1_000] if stage.options.is_quick else [1_000, 10_000]
    sizes = [size for size in sizes if size + FIRST + OF_PROCESSES < raise_limits()]
    generator = stage.generator()
    digi, reference = stage.digi(), stage.reference()
    most = max(sizes) + FIRST
    rooms = [{"kind": "direct", "members": [first, first + 1]} for first in range(0, most, 2)]
    found = populate(digi, {"sign": "w5", "people": most, "rooms": rooms})
    seats = [
        {"room": found["rooms"][number // 2]["id"], "token": token} for number, token in enumerate(found["people"])
    ]
    plain = [{"room": f"room-{number // 2}"} for number in range(most)]
    generator.open("digi", "idle", {"url": digi.url, "speech": "digi", "seats": seats}, digi)
    generator.open("reference", "idle", {"url": reference.url, "speech": "reference", "seats": plain}, reference)
    measured = {
        "digi": climb(stage, generator, "digi", digi, sizes),
        "reference": climb(stage, generator, "reference", reference, sizes),
    }
    return [one for size in sizes for one in figures(size, measured)]


def climb(stage: Stage, generator: Generator, side: str, server: Server, sizes: list[int]) -> dict[int, dict[str, Any]]:
    """Memory for each size, over what it was with the first few."""
    generator.run(side, upto=FIRST)
    time.sleep(SETTLE_SECONDS)
    before, found = server.memory(), {}
    for size in sizes:
        answer = generator.run(side, upto=FIRST + size)
        if "seconds" not in answer:
            break
        time.sleep(SETTLE_SECONDS)
        now, opened = server.memory(), answer["sockets"] - FIRST
        rss, pss = (now.rss - before.rss) / opened, (now.pss - before.pss) / opened
        stage.options.say(f"  {side}: {size:,} sockets in {answer['seconds']:.1f} s, now {now.rss / 1024:.0f} MiB")
        found[size] = {"rss": rss, "pss": pss, "rate": size / answer["seconds"], "cpu": 1e3 * answer["cpu"] / size}
        found[size]["missing"] = size - opened
    return found


def refused(measured: dict[str, dict[int, dict[str, Any]]], size: int) -> list[str]:
    missing = {side: found[size]["missing"] for side, found in measured.items() if size in found}
    return [f"{side} refused {count}" for side, count in missing.items() if count]


def figures(size: int, measured: dict[str, dict[int, dict[str, Any]]]) -> list[Figure]:
    def one(name: str, unit: str, of: str, *, is_more_better: bool = False) -> Figure:
        sides = {side: [Round(found[size][of])] for side, found in measured.items() if size in found}
        return Figure("W5", f"{name}{size:,}", unit, is_more_better, sides, remarks=refused(measured, size))

    return [
        one("memory per idle socket at ", "KiB", "rss"),
        one("the same as PSS at ", "KiB", "pss"),
        one("server ms per handshake up to ", "ms", "cpu"),
    ]
