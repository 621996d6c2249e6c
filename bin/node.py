"""Finds Node, or fetches it, and installs what runs on it; knows nothing of what that does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import bootstrap

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = 20


def path(oldest: int = OLDEST) -> str:
    """A PATH on which node and npm are: the machine's, or, where that is missing or old, our own. Raises Problem."""
    usual = os.environ.get("PATH", os.defpath)
    if shutil.which("npm") and version() >= oldest:
        return usual
    try:
        own = bootstrap.environment(".tools/node", "node.txt").parent
    except bootstrap.Problem as problem:
        raise bootstrap.Problem(f"no Node {oldest} or newer is here, and none could be fetched. {problem}") from None
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


def packages(folder: Path, on_path: str) -> None:
    """Bring the node_modules of a folder to what its package-lock.json says; raises Problem."""
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".digi-lock"
    if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
        return
    if subprocess.run(install(on_path), check=False, cwd=folder, env={**os.environ, "PATH": on_path}).returncode:
        raise bootstrap.Problem("npm could not install what package-lock.json names")
    shutil.copyfile(lock, stamp)
