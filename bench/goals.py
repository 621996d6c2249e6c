"""What Digi must reach, and what it reaches for: bounds on ratios and on a few figures as they are. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import Figure


@dataclass(frozen=True, slots=True)
class Bound:
    """At most or at least `limit`; of the ratio to the side `against`, or of the figure itself if that is empty."""

    limit: float
    against: str = ""
    is_least: bool = False

    def holds(self, figure: Figure) -> bool | None:
        """None if it was not measured."""
        value = figure.ratio(self.against) if self.against else figure.median("digi")
        if value is None:
            return None
        return value >= self.limit if self.is_least else value <= self.limit

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        return f"{sign} {self.limit:,g}{f' × {self.against}' if self.against else ''}"


@dataclass(frozen=True, slots=True)
class Goal:
    """`figure` is the beginning of a figure's key."""

    figure: str
    must: Bound
    reach: Bound | None = None


def least(limit: float, against: str = "") -> Bound:
    return Bound(limit, against, is_least=True)


GOALS: Sequence[Goal] = (
    Goal("W1 p50", Bound(0.25, "reference"), Bound(0.6)),
    Goal("W1 p99", Bound(3.0)),
    Goal("W2 messages/s", least(18, "reference"), least(6_000)),
    Goal("W3 deliveries/s", least(30, "reference"), least(100_000)),
    Goal("W4 deliveries/s", least(45, "reference"), least(150_000)),
    Goal("W4 deliveries/s", least(0.75, "raw"), least(0.85, "raw")),
    Goal("W5 memory per idle socket at 10,000", Bound(30), Bound(21)),
    Goal("W6 p99 from", Bound(50), Bound(25)),
    Goal("W7 1,000 back: the last", Bound(8), Bound(4)),
    Goal("W7 p99 of sends", Bound(800), Bound(400)),
    Goal("W8 pages/s, 16", least(1.5, "reference"), least(2.5, "reference")),
    Goal("W8 pages/s, 1 ", least(1.5, "reference"), least(2.5, "reference")),
    Goal("W9 first answer", Bound(2.5), Bound(1.5)),
    Goal("W9 idle memory", Bound(130), Bound(100)),
    Goal("W10 server µs per message: 1,000,000", Bound(1.3, "smallest"), Bound(1.1, "smallest")),
    Goal("W10 server µs per message: 10,000", Bound(1.3, "smallest"), Bound(1.1, "smallest")),
    Goal("W10 server µs per delivery: 5,000", Bound(1.3, "smallest"), Bound(1.1, "smallest")),
    Goal("W11 workers' µs", Bound(1.2, "one worker"), Bound(1.1, "one worker")),
    Goal("W11 messages/s, two workers against one", least(1.7, "one worker")),
)


def goals_of(figure: Figure) -> list[Goal]:
    """Two workers on one core owe no throughput: that figure has another name then."""
    return [goal for goal in GOALS if figure.key.startswith(goal.figure) and "(on one core)" not in figure.name]
