"""Plots as SVG, written by hand: latency against load, and cost against size. Pure but for writing the files."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.figures import Figure

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 80, 24, 48, 56
COLOURS = ("#2456c7", "#c0392b", "#1e7d4f", "#8e44ad", "#b9770e")
Point = tuple[float, float]
Place = Callable[[Point], Point]


class Plot(NamedTuple):
    file: str
    title: str
    across: str
    up: str
    curves: dict[str, list[Point]]


def draw(figures: Sequence[Figure], folder: Path) -> None:
    """Every plot for which there are figures."""
    folder.mkdir(parents=True, exist_ok=True)
    for plot in plots(figures):
        (folder / f"{plot.file}.svg").write_text(svg(plot), "utf-8")


def plots(figures: Sequence[Figure]) -> list[Plot]:
    load = curve(figures, r"W6 p99 at ([\d.,]+) messages/s")
    message = {
        what: curve(figures, rf"W10 server µs per message, ([\d,]+) {what}")
        for what in ("messages stored", "rooms per person")
    }
    delivery = curve(figures, r"W10 server µs per delivery, ([\d,]+) members per room")
    found = [
        Plot("latency-load", "Latency against load", "messages a second", "p99, ms", {"Digi": load}),
        Plot("cost-size", "Cost of a message against size", "how many there are", "server µs per message", message),
        Plot("cost-members", "Cost of a delivery", "members per room", "server µs per delivery", {"Digi": delivery}),
    ]
    return [plot for plot in found if any(len(points) > 1 for points in plot.curves.values())]


def curve(figures: Iterable[Figure], pattern: str) -> list[Point]:
    """The figures whose key fits, by the number in it."""
    points = []
    for figure in figures:
        match, median = re.fullmatch(pattern, figure.key), figure.median("digi")
        if match and median is not None and math.isfinite(median):
            points.append((float(match[1].replace(",", "")), median))
    return sorted(points)


def svg(plot: Plot) -> str:
    """Sizes across on a logarithmic scale, costs up from zero."""
    points = [point for curve in plot.curves.values() for point in curve]
    low, high = (math.log10(choose(across for across, _ in points)) for choose in (min, max))
    top = 1.15 * max(up for _, up in points)

    def place(point: Point) -> Point:
        across = (math.log10(point[0]) - low) / ((high - low) or 1)
        return (
            LEFT + across * (WIDTH - LEFT - RIGHT),
            HEIGHT - BOTTOM - point[1] / top * (HEIGHT - TOP - BOTTOM),
        )

    parts = [*_frame(plot), *_steps(top, place, 10**low), *_sizes(points, place)]
    for number, (name, found) in enumerate(plot.curves.items()):
        parts += _curve(name, [place(point) for point in found], COLOURS[number % len(COLOURS)], number)
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    return "\n".join([start, f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>', *parts, "</svg>", ""])


def _frame(plot: Plot) -> list[str]:
    middle = (TOP + HEIGHT - BOTTOM) / 2
    return [
        _text(LEFT, 24, plot.title, 16, "start"),
        _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, plot.across, 12),
        f'<g transform="rotate(-90 18 {middle})">{_text(18, middle, plot.up, 12)}</g>',
    ]


def _steps(top: float, place: Place, across: float) -> list[str]:
    parts = []
    for share in range(5):
        value = top * share / 4
        height = place((across, value))[1]
        parts.append(f'<path d="M{LEFT} {height:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(_text(LEFT - 8, height + 4, f"{value:,.3g}" if value < 100 else f"{value:,.0f}", 11, "end"))
    return parts


def _sizes(points: Iterable[Point], place: Place) -> list[str]:
    sizes = sorted({across for across, _ in points})
    return [
        _text(place((size, 0))[0], HEIGHT - BOTTOM + 18, f"{size:,g}" if size < 1e4 else f"{size:,.0f}", 11)
        for size in sizes
    ]


def _curve(name: str, points: Sequence[Point], colour: str, number: int) -> list[str]:
    line = " ".join(f"{across:.1f},{up:.1f}" for across, up in points)
    dots = [f'<circle cx="{across:.1f}" cy="{up:.1f}" r="3.5" fill="{colour}"/>' for across, up in points]
    legend = f'<g fill="{colour}">{_text(WIDTH - RIGHT, 20 + 15 * number, name, 12, "end")}</g>'
    return [f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots, legend]


def _text(across: float, up: float, words: str, size: int, anchor: str = "middle") -> str:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{across:.1f}" y="{up:.1f}" font-size="{size}" text-anchor="{anchor}">{escaped}</text>'
