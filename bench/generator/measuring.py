"""What a load measures of itself: how long, how much of a core, and how what it timed is spread. Knows no socket."""

import time
from collections.abc import Sequence
from typing import Any

from bench.figures import percentile


class Window:
    """From its making to `close()`: seconds that passed, and the share of a core that this process used."""

    def __init__(self) -> None:
        self._began, self._used = time.perf_counter(), time.process_time()
        self.seconds = self.share = 0.0

    def close(self) -> None:
        self.seconds = time.perf_counter() - self._began
        self.share = (time.process_time() - self._used) / self.seconds


def spread_of(seconds: Sequence[float]) -> dict[str, Any]:
    """Percentiles of what was timed, in milliseconds."""
    if not seconds:
        return {"count": 0}
    ordered = sorted(seconds)
    shares = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}
    return {"count": len(ordered), **{name: 1000 * percentile(ordered, share) for name, share in shares.items()}}
