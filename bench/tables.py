"""The printed table: a line for each figure and goal, ours beside the others'. Pure."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from bench.figures import LIMIT_OF_GENERATOR, Figure
from bench.goals import Goal, goals_of


class Line(NamedTuple):
    what: str
    digi: str
    simple: str
    reference: str
    socketio: str
    normal: str
    raw: str
    ratio: str
    must: str
    reached: str
    load: str


HEAD = Line("", "Digi", "simple", "reference", "Socket.IO", "… NORMAL", "raw", "ratio", "must", "reached", "load")


def table(figures: Iterable[Figure]) -> str:
    lines = [HEAD, *(line for figure in figures for line in lines_of(figure))]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def lines_of(figure: Figure) -> list[Line]:
    """One for each goal; one without, where nothing is asked."""
    goals = goals_of(figure)
    return [_line(figure, goal) for goal in goals] or [_line(figure, None)]


def _line(figure: Figure, goal: Goal | None) -> Line:
    against = (goal.must.against if goal else "") or figure.against
    other = figure.against if figure.against not in {"reference", "raw"} else "reference"
    label = f" ({other})" if other != "reference" and other in figure.sides else ""
    what = f"{figure.key}{f', {figure.unit}' if figure.unit else ''}"
    if figure.remarks:
        what += f" [{'; '.join(figure.remarks)}]"
    return Line(
        what,
        cell(figure, "digi"),
        cell(figure, "simple"),
        cell(figure, other) + label,
        cell(figure, "socketio"),
        cell(figure, "socketio-normal"),
        cell(figure, "raw"),
        ratio(figure, against),
        str(goal.must) if goal else "",
        reached(figure, goal) if goal else "",
        load(figure),
    )


def cell(figure: Figure, side: str) -> str:
    """The median, and how far from it the rounds lay."""
    median, spread = figure.median(side), figure.spread(side)
    if median is None or spread is None:
        return ""
    if len(figure.sides[side]) < 2 or not median or not math.isfinite(sum(spread)):
        return short(median)
    off = max(spread[1] - median, median - spread[0])
    return f"{short(median)} ±{100 * off / median:.0f}%"


def ratio(figure: Figure, against: str) -> str:
    found, all_of_them = figure.ratio(against), figure.ratios(against)
    if found is None:
        return ""
    between = f" ({short(min(all_of_them))}–{short(max(all_of_them))})" if len(all_of_them) > 1 else ""
    return f"{short(found)} × {against}{between}"


def reached(figure: Figure, goal: Goal) -> str:
    must = goal.must.holds(figure)
    if must is None:
        return "not measured"
    if not must:
        return "NO"
    reach = goal.reach.holds(figure) if goal.reach else None
    return "yes, and further" if reach else "yes"


def load(figure: Figure) -> str:
    share = figure.generator()
    if share >= LIMIT_OF_GENERATOR:
        return f"{share:.2f} generator was the limit"
    return f"{share:.2f}" if share else ""


def short(number: float) -> str:
    """Three digits that count."""
    if number == float("inf"):
        return "∞"
    if abs(number) >= 100:
        return f"{number:,.0f}"
    return f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"
