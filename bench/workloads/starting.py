"""W9: from the command to the first answer, on data that is there already, and the memory of a server nobody uses."""

import time

from bench.figures import Figure, Round
from bench.servers import Server
from bench.stages import Stage

SETTLE_SECONDS = 2.0


def run(stage: Stage) -> list[Figure]:
    servers: dict[str, Server] = {"digi": stage.digi(), "reference": stage.reference()}
    seconds: dict[str, list[Round]] = {side: [] for side in servers}
    megabytes: dict[str, list[Round]] = {side: [] for side in servers}
    for server in servers.values():
        server.kill()
    for _ in range(stage.options.rounds):
        for side, server in servers.items():
            seconds[side].append(Round(server.start()))
            time.sleep(SETTLE_SECONDS)
            megabytes[side].append(Round(server.memory().rss * 1024 / 1e6))
            server.kill()
    return [
        Figure("W9", "first answer", "s", is_more_better=False, sides=seconds),
        Figure("W9", "idle memory", "MB", is_more_better=False, sides=megabytes),
    ]
