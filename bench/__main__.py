"""`bin/bench`: runs the workloads that are named, or all, and prints what they found beside what is wanted."""

import argparse
import json
import os
import platform
import shutil
import sys
import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import baseline, plots, servers
from bench.driver import Violation
from bench.figures import Figure, unrest
from bench.stages import Options, Prepared, Stage
from bench.tables import table
from bench.workloads import WORKLOADS

QUICK = {"rounds": 2, "seconds": 1.0, "warm": 0.5, "is_quick": True}


def main() -> int:
    asked = arguments()
    servers.raise_limits()
    figures, wrong = measure(asked.workloads or list(WORKLOADS), options(asked))
    print(table(figures), *filter(None, [unrest(figures)]), sep="\n", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(report(figures, asked), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if asked.svg:
        plots.draw(figures, asked.svg)
    for problem in wrong:
        print(f"\nWRONG, and without figures: {problem}", file=sys.stderr)
    return int(bool(wrong)) | guard(figures, asked)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__, epilog="bin/bench client: the browser's")
    parser.add_argument("workloads", nargs="*", metavar="W1…W11", type=str.upper, choices=[[], *WORKLOADS])
    parser.add_argument("--quick", action="store_true", help="smaller and shorter: does it all work?")
    parser.add_argument("--rounds", type=int, help="measurements of each side, taking turns (3)")
    parser.add_argument("--seconds", type=float, help="of each measurement (3)")
    parser.add_argument("--engine", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--svg", type=Path, metavar="DIR", help="draw plots there")
    parser.add_argument("--check", action="store_true", help="fail if a ratio is 20 %% worse than in the baseline")
    parser.add_argument("--save-baseline", action="store_true", help="make these ratios the baseline")
    return parser.parse_args()


def options(asked: argparse.Namespace) -> Options:
    given = {"rounds": asked.rounds, "seconds": asked.seconds}
    chosen: dict[str, Any] = {"engine": asked.engine, "say": lambda line: print(line, file=sys.stderr, flush=True)}
    chosen |= QUICK if asked.quick else {}
    chosen |= {name: value for name, value in given.items() if value is not None}
    return replace(Options(), **chosen)


def measure(names: list[str], chosen: Options) -> tuple[list[Figure], list[str]]:
    """The figures of these workloads, and what makes those of others worthless."""
    prepared, figures, wrong = Prepared(), list[Figure](), list[str]()
    for name in names:
        began = time.monotonic()
        with ExitStack() as stack:
            try:
                found = WORKLOADS[name](Stage(chosen, prepared, stack))
            except (Violation, RuntimeError) as error:
                wrong.append(f"{name}: {error}")
                found = []
        figures += found
        said = table(found) if found else "WRONG"
        chosen.say(f"{name}, in {time.monotonic() - began:.0f} s:\n{said}\n")
    return figures, wrong


def guard(figures: list[Figure], asked: argparse.Namespace) -> int:
    found, status = baseline.gains(figures), 0
    if asked.check:
        lost = baseline.losses(found, baseline.read())
        for line in lost:
            print(f"slower than the baseline: {line}", file=sys.stderr)
        status = int(bool(lost))
    if asked.save_baseline:
        baseline.save(found)
    return status


def report(figures: list[Figure], asked: argparse.Namespace) -> dict[str, Any]:
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    run = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "engine": asked.engine, "quick": asked.quick}
    return {
        **run,
        "machine": {**machine, "node": bool(shutil.which("node"))},
        "figures": [one.as_json() for one in figures],
    }


if __name__ == "__main__":
    sys.exit(main())
