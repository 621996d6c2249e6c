"""What a workload stands on: the options of the run, its servers, the generator, and rounds that take turns."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bench import servers
from bench.driver import Generator, audit
from bench.figures import Figure, Round
from bench.servers import Digi, Raw, Reference, Server, SocketIO
from tests import backends

Value = Callable[[dict[str, Any]], float]
S = TypeVar("S", bound=Server)


@dataclass(frozen=True)
class Options:
    rounds: int = 3
    seconds: float = 3.0
    warm: float = 1.0
    is_quick: bool = False
    engine: str = "sqlite"
    say: Callable[[str], None] = print


class Prepared:
    """What all workloads share: a data folder that was started once, and, once they are wanted, brokers."""

    @cached_property
    def data(self) -> Path:
        return servers.prepared_data()

    @cached_property
    def redis(self) -> backends.Redis:
        """The reference's own."""
        return servers.redis()

    @cached_property
    def postgres(self) -> servers.Postgres:
        return servers.postgres()


@dataclass
class Stage:
    """Of one workload: everything it starts ends with it."""

    options: Options
    prepared: Prepared
    stack: ExitStack

    # ── servers ──

    def digi(self, **options: Any) -> Digi:
        """A server of its own on empty data, running."""
        others: list[backends.Server] = []
        if self.options.engine == "postgres":
            others = [self.prepared.postgres]
            options["DATABASE_URL"] = self.prepared.postgres.fresh_database()
        server = Digi(servers.copied(self.prepared.data), others=others, **options)
        return self.started(server)

    def started(self, server: S) -> S:
        server.start()
        self.stack.callback(server.kill)
        return server

    def reference(self, room: str = "none", count: int = 0) -> Reference:
        others: list[backends.Server] = []
        folder = backends.new_folder()
        database = f"sqlite:///{folder}/reference.sqlite3"
        if self.options.engine == "postgres":
            others, database = [self.prepared.postgres], self.prepared.postgres.fresh_database()
        server = Reference(folder, database, self.prepared.redis, others)
        server.prepare(room, count)
        return self.started(server)

    def raw(self) -> Raw:
        return self.started(Raw(backends.new_folder()))

    def socket_io(self) -> dict[str, SocketIO]:
        """By side: one that stores as surely as Digi does, and one that does not wait for the disk."""
        folder = backends.new_folder
        return {side: self.started(SocketIO(folder(), synchronous)) for side, synchronous in servers.SOCKET_IO.items()}

    def generator(self) -> Generator:
        generator = Generator()
        self.stack.callback(generator.end)
        return generator

    # ── measuring ──

    def turns(self, generator: Generator, sides: Sequence[str], **options: Any) -> dict[str, list[dict[str, Any]]]:
        """Every side measured once, then every side again: A B A B. The answers by side, in order."""
        given = {"warm": self.options.warm, "seconds": self.options.seconds, **options}
        answers: dict[str, list[dict[str, Any]]] = {side: [] for side in sides}
        for _ in range(self.options.rounds):
            for side in sides:
                answer = generator.run(side, **given)
                if "seconds" in answer:  # the reference may have broken down: it has no figure then
                    answers[side].append(answer)
        return answers

    def audited(self, generator: Generator, server: Server, sides: Sequence[str]) -> None:
        """Close these sides and have the database looked through for what they were granted."""
        said = [one for side in sides for one in generator.close(side)["said"]]
        audit(server, said)


def figure(
    named: tuple[str, str, str, bool],
    answers: dict[str, list[dict[str, Any]]],
    value: Value,
    against: str = "reference",
) -> Figure:
    """`named`: workload, name, unit, and whether more is better."""
    sides = {side: [rounded(answer, value) for answer in found] for side, found in answers.items()}
    lost = {side: sum(answer.get("lost", 0) for answer in found) for side, found in answers.items()}
    remarks = [f"{side} lost {count}" for side, count in lost.items() if count]
    remarks += sorted({trouble for found in answers.values() for one in found for trouble in one.get("troubles", [])})[
        :1
    ]
    return Figure(*named, sides=sides, against=against, remarks=remarks)


def per(amount: float, count: float) -> float:
    """What one costs; without end where there was none."""
    return amount / count if count else float("inf")


def rounded(answer: dict[str, Any], value: Value) -> Round:
    return Round(value(answer), answer.get("generator", 0.0), answer.get("server", 0.0), answer.get("others", 0.0))
