"""Which core is whose, and what processes use: processor time, memory. Linux' own figures, from /proc."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Memory(NamedTuple):
    """In KiB. `rss` counts what processes share once for each of them, `pss` divides it among them."""

    rss: int
    pss: int


def split() -> tuple[set[int], set[int]]:
    """The servers' cores and the load's: one each, or the same one where there is no second."""
    if not hasattr(os, "sched_getaffinity"):
        return set(), set()
    mine = sorted(os.sched_getaffinity(0))
    return {mine[0]}, {mine[-1]}


@contextmanager
def pinned(cores: set[int]) -> Iterator[None]:
    """What is started meanwhile, and all that it starts, stays on these cores."""
    if not cores:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def tree(roots: Iterable[int]) -> list[int]:
    """These processes and all that descend from them."""
    found: list[int] = []
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for listing in Path(f"/proc/{pid}/task").glob("*/children"):
            with suppress(OSError):
                waiting += [int(child) for child in listing.read_text().split()]
    return found


def used_seconds(roots: Iterable[int]) -> float:
    """Processor time of these processes, their children, and children that have ended."""
    ticks = 0
    for pid in tree(roots):
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(int(number) for number in fields[11:15])
    return ticks / TICKS


def busy_seconds() -> float:
    """Processor time that all processes of the machine have used together."""
    user, nice, system, _idle, _waiting, irq, softirq = (
        int(number) for number in Path("/proc/stat").read_text().splitlines()[0].split()[1:8]
    )
    return (user + nice + system + irq + softirq) / TICKS


def memory(roots: Iterable[int]) -> Memory:
    rss = pss = 0
    for pid in tree(roots):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            rss += sum(int(line.split()[1]) for line in lines if line.startswith("Rss:"))
            pss += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return Memory(rss, pss)
