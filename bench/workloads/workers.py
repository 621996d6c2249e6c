"""W11: two workers over Redis and PostgreSQL against one: what does it cost that they must tell each other?"""

import os
from typing import Any

from bench import servers
from bench.driver import populate
from bench.figures import Figure
from bench.servers import Digi
from bench.stages import Stage, figure, per
from bench.workloads.echoes import Shape, population, spoken
from tests import backends

SHAPE = Shape("W11", rooms=25, members=10, in_flight=1, is_simple=False)


def run(stage: Stage) -> list[Figure]:
    generator = stage.generator()
    sides = {"one worker": server(stage, 1), "digi": server(stage, 2)}
    for side, digi in sides.items():
        found = populate(digi, population(SHAPE, "w11"))
        generator.open(side, "closed", {**spoken(SHAPE, "digi", found), "url": digi.url}, digi)
    answers = stage.turns(generator, list(sides))
    for side, digi in sides.items():
        stage.audited(generator, digi, [side])
    return figures(answers)


def server(stage: Stage, workers: int) -> Digi:
    """With a PostgreSQL and a Redis of its own, so that their time can be told apart."""
    postgres, redis = servers.postgres(), servers.redis()
    stage.stack.callback(postgres.stop)
    stage.stack.callback(redis.stop)
    others: list[backends.Server] = [postgres, redis]
    options = {"DATABASE_URL": postgres.url, "REDIS_URL": redis.url}
    data = servers.copied(stage.prepared.data)
    return stage.started(Digi(data, workers=workers, others=others, **options))


def figures(answers: dict[str, list[dict[str, Any]]]) -> list[Figure]:
    def cost(of: str) -> Any:
        return lambda answer: per(1e6 * answer[of], answer["all_messages"])

    def rate(answer: dict[str, Any]) -> float:
        return float(answer["messages"] / answer["seconds"])

    against = "one worker"
    found = [
        figure(
            ("W11", "workers' µs per message, two workers against one", "µs", False), answers, cost("own_cpu"), against
        ),
        figure(("W11", "the same with Redis and PostgreSQL", "µs", False), answers, cost("cpu"), against),
    ]
    name = "messages/s, two workers against one" + ("" if (os.cpu_count() or 1) >= 4 else " (on one core)")
    return [*found, figure(("W11", name, "", True), answers, rate, against)]
