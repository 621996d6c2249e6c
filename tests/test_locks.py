"""What is installed is named once, locked with hashes, and found through whatever registry a machine uses."""

import json
import re
from pathlib import Path

import bootstrap
import locks
import pytest

REQUIREMENTS = bootstrap.ROOT / "requirements"
NPM_LOCKS = [bootstrap.ROOT / "package-lock.json", REQUIREMENTS / "chromium" / "package-lock.json"]


def names(path: Path) -> set[str]:
    found = re.findall(r"^([A-Za-z][\w.-]*)", path.read_text("utf-8"), re.MULTILINE)
    return {name.lower().replace("_", "-") for name in found}


@pytest.mark.parametrize("name", locks.NAMES)
def test_everything_asked_for_is_locked(name):
    assert names(REQUIREMENTS / f"{name}.in") <= names(REQUIREMENTS / f"{name}.txt"), "run bin/lock"


@pytest.mark.parametrize("name", locks.NAMES)
def test_a_lock_names_no_place(name):
    locks.require_untraceable(f"requirements/{name}.txt")


@pytest.mark.parametrize("line", ["--index-url https://a.example", "--find-links /x", "./x.whl", "x @ file:///x"])
def test_a_place_in_a_lock_is_found(line, monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    (tmp_path / "x.txt").write_text(f"django==5.2.19\n{line}\n")
    with pytest.raises(bootstrap.Problem, match=r"x\.txt names a place"):
        locks.require_untraceable("x.txt")


@pytest.mark.parametrize("lock", NPM_LOCKS, ids=["package-lock.json", "chromium"])
def test_npm_locks_hold_hashes_and_no_place(lock):
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    installed = {path: package for path, package in packages.items() if path}
    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed.values())


def pins(lock: str) -> dict[str, set[str]]:
    """The versions of each package; more than one where they differ by Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^(\S+?)==(\S+)", (REQUIREMENTS / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", ["mssql.txt", "test.txt", "bench.txt"])
def test_the_locks_agree_on_versions(lock):
    run, other = pins("run.txt"), pins(lock)
    assert {name: other[name] for name in other.keys() & run} == {name: run[name] for name in other.keys() & run}
