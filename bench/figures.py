"""Medians, percentiles and ratios of what was measured; knows no workload and no server."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

LIMIT_OF_GENERATOR = 0.95  # of a core: from here on the load itself may be what is measured


QUIET_CORES = 0.15  # that others may use before it is remarked on


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value at or below which `share` (0 … 1) of `ordered` lies: the nearest rank."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement: its value, and how much of a core the load, the server and all others used meanwhile."""

    value: float
    generator: float = 0.0
    server: float = 0.0
    others: float = 0.0


@dataclass(slots=True)
class Figure:
    """One quantity of one workload, measured on several sides in rounds that took turns.

    `sides` has Digi's as `digi`; `against` names the side that it is compared with.
    """

    workload: str
    name: str
    unit: str
    is_more_better: bool
    sides: dict[str, list[Round]] = field(default_factory=dict)
    against: str = "reference"
    remarks: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.workload} {self.name}"

    def values(self, side: str) -> list[float]:
        return [one.value for one in self.sides.get(side, [])]

    def median(self, side: str) -> float | None:
        values = self.values(side)
        return statistics.median(values) if values else None

    def spread(self, side: str) -> tuple[float, float] | None:
        values = self.values(side)
        return (min(values), max(values)) if values else None

    def ratios(self, against: str) -> list[float]:
        """Digi's value over the other's, round by round: what both suffered alike falls out."""
        pairs = zip(self.values("digi"), self.values(against), strict=False)
        return [ours / theirs for ours, theirs in pairs if theirs]

    def ratio(self, against: str) -> float | None:
        ratios = self.ratios(against)
        return statistics.median(ratios) if ratios else None

    def generator(self) -> float:
        """The most that the load used of its core in any round of Digi's."""
        return max((one.generator for one in self.sides.get("digi", [])), default=0.0)

    def as_json(self) -> dict[str, Any]:
        sides = {
            side: {
                "median": finite(self.median(side)),
                "spread": [finite(end) for end in self.spread(side) or ()],
                "rounds": [_round(one) for one in rounds],
            }
            for side, rounds in self.sides.items()
        }
        ratios = {side: self.ratios(side) for side in self.sides if side != "digi"}
        whole = {"workload": self.workload, "name": self.name, "unit": self.unit, "more_is_better": self.is_more_better}
        return {**whole, "sides": sides, "ratios": ratios, "remarks": self.remarks}


def unrest(figures: Sequence[Figure]) -> str:
    """A warning where what else ran on the machine took part in the figures; empty if it was quiet."""
    found: dict[str, float] = {}
    for figure in figures:
        worst = max((one.others for rounds in figure.sides.values() for one in rounds), default=0.0)
        if worst >= QUIET_CORES:
            found[figure.workload] = max(worst, found.get(figure.workload, 0.0))
    said = ", ".join(f"{workload} {worst:.2f}" for workload, worst in found.items())
    return f"The machine was not quiet. Cores that others used in the worst round: {said}" if said else ""


def finite(value: float | None) -> float | None:
    """JSON knows no infinity, which is how long we wait for what never came."""
    return value if value is not None and math.isfinite(value) else None


def _round(one: Round) -> dict[str, float | None]:
    return {"value": finite(one.value), "generator": one.generator, "server": one.server, "others": one.others}
