"""W8: pages of history and the inbox over HTTP, with a token and membership; the reference's view asks nobody."""

from typing import Any

from bench.driver import Generator, populate
from bench.figures import Figure
from bench.servers import Server
from bench.stages import Stage, figure
from bench.workloads.echoes import quantile

STORED, PAGE, INBOX = 100_000, 50, 50
CONNECTIONS = (1, 16)


def run(stage: Stage) -> list[Figure]:
    stored = 10_000 if stage.options.is_quick else STORED
    generator, digi, reference = stage.generator(), stage.digi(), stage.reference("history", stored)
    rooms = [{"kind": "group", "members": [0, 1], "messages": stored if number == 0 else 3} for number in range(INBOX)]
    found = populate(digi, {"sign": "w8", "people": 2, "rooms": rooms})
    room, token = found["rooms"][0]["id"], found["people"][0]
    newest = {"paths": [f"/api/v1/rooms/{room}/messages?limit={PAGE}"], "token": token, "mark": '"pos":', "count": PAGE}
    plain = {"paths": ["/history/history/"], "mark": '"id":', "count": PAGE}
    inbox = {"paths": ["/api/v1/rooms"], "token": token, "mark": '"entry_rev":', "count": INBOX}
    found_figures: list[Figure] = []
    for connections in CONNECTIONS:
        sides = {"digi": (digi, newest), "reference": (reference, plain)}
        found_figures += measured(stage, generator, sides, connections, "pages")
    older = {**newest, "paths": [f"{newest['paths'][0]}&before={pos}" for pos in range(PAGE + 1, stored, stored // 97)]}
    found_figures += measured(stage, generator, {"digi": (digi, older)}, 16, "pages from anywhere")
    return found_figures + measured(stage, generator, {"digi": (digi, inbox)}, 16, f"inboxes of {INBOX}")


def measured(
    stage: Stage, generator: Generator, sides: dict[str, tuple[Server, dict[str, Any]]], connections: int, what: str
) -> list[Figure]:
    for side, (server, plan) in sides.items():
        generator.open(side, "pages", {**plan, "port": server.port, "connections": connections}, server)
    answers = stage.turns(generator, list(sides))
    for side in sides:
        generator.close(side)
    over = f"{connections} connection{'s' if connections > 1 else ''}"
    return [
        figure(("W8", f"{what}/s, {over}", "", True), answers, lambda one: one["messages"] / one["seconds"]),
        figure(("W8", f"p50 of {what}, {over}", "ms", False), answers, lambda one: quantile(one, "p50")),
    ]
