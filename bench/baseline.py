"""The regression guard: ratios of a run against those of bench/baseline.json. Pure but for reading and writing it.

Ratios and not figures: they hold on another machine, and on this one in a bad hour.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.figures import Figure
from bench.goals import goals_of

FILE = Path(__file__).with_name("baseline.json")
MOST_LOST = 0.2


def gains(figures: Iterable[Figure]) -> dict[str, float]:
    """By how much Digi is better than each other side in each figure: more is always better here."""
    found: dict[str, float] = {}
    for figure in figures:
        for side in figure.sides:
            ratio = figure.ratio(side) if is_guarded(figure, side) else None
            if ratio:
                found[f"{figure.key} / {side}"] = round(ratio if figure.is_more_better else 1 / ratio, 4)
    return found


def is_guarded(figure: Figure, side: str) -> bool:
    """Ratios that a goal is about, and those to the reference; a p99 rests on too few of a short round."""
    if any(goal.must.against == side for goal in goals_of(figure)):
        return True
    return side not in {"digi", "simple", "raw"} and "p99" not in figure.name


def losses(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """What has become worse by more than a fifth, in a line each; what is only in one of the two is passed over."""
    return [
        f"{key}: {now[key]:.3g}, it was {before[key]:.3g} ({100 * (now[key] / before[key] - 1):+.0f} %)"
        for key in before
        if key in now and now[key] < before[key] * (1 - MOST_LOST)
    ]


def read(path: Path = FILE) -> dict[str, float]:
    found: dict[str, float] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def save(found: Mapping[str, float], path: Path = FILE) -> None:
    """Figures that this run did not measure stay as they were."""
    kept = {**read(path), **found}
    path.write_text(json.dumps(dict(sorted(kept.items())), ensure_ascii=False, indent=2) + "\n", "utf-8")
