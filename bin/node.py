"""Finds Node, or fetches it; knows nothing of what is run on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import bootstrap

OLDEST = 20


def path() -> str:
    """A PATH on which node and npm are: the machine's, or, where that is missing or old, our own. Raises Problem."""
    usual = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and version() >= OLDEST:
        return usual
    try:
        own = bootstrap.environment(".tools/node", "node.txt").parent
    except bootstrap.Problem as problem:
        raise bootstrap.Problem(f"no Node {OLDEST} or newer is here, and none could be fetched. {problem}") from None
    return f"{own}{os.pathsep}{usual}"


def version() -> int:
    """The major version of the machine's Node; 0 without one."""
    found = shutil.which("node")
    if found is None:
        return 0
    said = subprocess.run([found, "--version"], check=False, capture_output=True, text=True).stdout
    number = re.match(r"v(\d+)", said)
    return int(number[1]) if number else 0


def program(name: str, on_path: str) -> str:
    """Windows finds `npm.cmd` only by its whole name."""
    return shutil.which(name, path=on_path) or name


def install(on_path: str) -> list[str]:
    """The command that installs what the package-lock.json of a folder says, and runs no script of any package."""
    quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return [program("npm", on_path), "ci", *quietly]
