"""Writes what is derived from the vocabulary: the client's types and the manual of the wire.

`python -m digi.protocol.codegen` writes; with `--check` it only tells, with status 1, which files are stale.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from digi.protocol import manual, typescript

ROOT = Path(__file__).parents[2]
WRITTEN: Mapping[str, Callable[[], str]] = {
    "digi/web/static/digi/protocol.d.ts": typescript.text,
    "docs/protocol.md": manual.text,
}


def stale(root: Path = ROOT) -> list[str]:
    """The files, by their paths under `root`, that do not hold what the vocabulary says."""
    return [path for path, text in WRITTEN.items() if _read(root / path) != text()]


def write(root: Path = ROOT) -> list[str]:
    """Bring all files up to date; returns those that were not."""
    changed = stale(root)
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(WRITTEN[path](), encoding="utf-8", newline="\n")
    return changed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m digi.protocol.codegen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is stale")
    if not parser.parse_args(arguments).check:
        for path in write():
            print(f"wrote {path}")
        return 0
    found = stale()
    for path in found:
        print(f"{path} is stale: run python -m digi.protocol.codegen", file=sys.stderr)
    return 1 if found else 0


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main())
