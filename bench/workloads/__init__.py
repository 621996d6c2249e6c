"""The workloads by name. Each takes a stage and returns figures; docs of each in bench/README.md."""

from collections.abc import Callable
from functools import partial

from bench.figures import Figure
from bench.stages import Stage
from bench.workloads import echoes, growth, memory, mixed, pages, starting, storm, workers

WORKLOADS: dict[str, Callable[[Stage], list[Figure]]] = {
    **{name: partial(echoes.run, shape=shape) for name, shape in echoes.SHAPES.items()},
    "W5": memory.run,
    "W6": mixed.run,
    "W7": storm.run,
    "W8": pages.run,
    "W9": starting.run,
    "W10": growth.run,
    "W11": workers.run,
}
