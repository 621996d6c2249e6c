"""Writes the hash-locked requirements; knows no package by name."""

from __future__ import annotations

import os
import re

import bootstrap

# run.txt comes first: the others are held to its versions.
NAMES = ["run", "mssql", "test", "bench", "node", "uv"]

RESOLVE = ["pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"]
UNTRACEABLE = ["--no-emit-index-url", "--custom-compile-command", "bin/lock"]


def main(arguments: list[str]) -> int:
    uv = bootstrap.private_uv()  # the pinned one: each version writes locks a little differently
    os.chdir(bootstrap.ROOT)  # names in the locks are then relative
    for name in NAMES:
        source, lock = f"requirements/{name}.in", f"requirements/{name}.txt"
        command = [uv, *RESOLVE, *UNTRACEABLE, source, "--output-file", lock, *arguments]
        bootstrap.demand(command, f"{source} could not be resolved")
        require_untraceable(lock)
    return 0


def require_untraceable(lock: str) -> None:
    """A lock names no host and no folder: it must serve behind every mirror."""
    for line in (bootstrap.ROOT / lock).read_text("utf-8").splitlines():
        if re.search(r"://|--find-links|--index|^[./~]| @ ", line):
            raise bootstrap.Problem(f"{lock} names a place, which only this machine may know: {line.strip()}")
