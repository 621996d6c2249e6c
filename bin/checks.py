"""Runs every check of the project in order and sums up; knows what each is called, not what it looks for."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as Xml

import bootstrap
import node

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = bootstrap.ROOT
COULD_NOT_RUN = 77  # tests/services.py leaves with it
SCREENS = "tests/e2e/test_access.py"
NOT_FAST = "not e2e and not slow"


class CannotRun(Exception):
    """What this machine lacks for a check, in one line."""


@dataclass
class Check:
    title: str
    run: Callable[[], int]
    is_fast: bool = True
    begin: Callable[[], None] = lambda: None


@dataclass
class Outcome:
    title: str
    word: str
    seconds: float
    reason: str = ""


def main(arguments: list[str]) -> int:
    python = str(bootstrap.environment(".venv-test", "test.txt"))
    os.chdir(ROOT)
    is_fast = "--fast" in arguments
    chosen = [argument for argument in arguments if argument != "--fast"]
    if chosen:
        return bootstrap.call([*pytest(python, is_fast=is_fast), *chosen])
    with tempfile.TemporaryDirectory() as folder:
        # Types and migrations load Digi's settings: not the developer's, and not into the developer's folder.
        os.environ.update(DIGI_DATA=folder, DATABASE_URL="", REDIS_URL="")
        every = checks(python, Path(folder), is_fast=is_fast)
        for check in every:
            check.begin()
        outcomes = [perform(check) for check in every]
        return sum_up(outcomes, tally(Path(folder)))


def checks(python: str, reports: Path, *, is_fast: bool) -> list[Check]:
    """In the order in which a mistake is cheapest to find; pytest last, so that its closing line is the last but us.

    The tests in a browser mostly wait, and so run beside all others; what they print comes when it is their turn.
    """

    def module(*arguments: str) -> Callable[[], int]:
        return lambda: bootstrap.call([python, "-m", *arguments])

    def tests(name: str, *arguments: str, **environ: str) -> Callable[[], int]:
        command = [*pytest(python, is_fast=is_fast), f"--junit-xml={reports / name}.xml", *arguments]
        return lambda: bootstrap.call(command, **environ)

    def aside(name: str, *arguments: str) -> Aside:
        report = f"--junit-xml={reports / name}.xml"
        return Aside([*pytest(python, is_fast=False), report, "-m", "e2e", *arguments], reports / f"{name}.txt")

    screens = aside("screens", SCREENS)  # half of the time is theirs
    browser = aside("browser", f"--ignore={SCREENS}")
    migrations = [python, "manage.py", "makemigrations", "--check", "--dry-run"]
    contracts = [python, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    every = [
        Check("formatting", module("ruff", "format", "--check", ".")),
        Check("lint", module("ruff", "check", ".")),
        Check("types", module("mypy")),
        Check("import contracts", lambda: bootstrap.call(contracts)),
        Check("migrations are current", lambda: bootstrap.call(migrations)),
        Check("generated files are current", module("digi.protocol.codegen", "--check")),
        Check("JavaScript: types", javascript_types),
        Check("JavaScript: tests", javascript_tests),
        Check("tests on PostgreSQL", tests("postgres", "-m", "engine", DIGI_TEST_ENGINE="postgres"), is_fast=False),
        Check("tests", tests("tests") if is_fast else tests("tests", "-m", "not e2e")),
        Check("tests of every screen", screens.finish, is_fast=False, begin=screens.begin),
        Check("tests in a browser", browser.finish, is_fast=False, begin=browser.begin),
    ]
    return [check for check in every if check.is_fast or not is_fast]


class Aside:
    """A program that runs beside others, and is quiet until it is waited for."""

    def __init__(self, command: list[str], output: Path) -> None:
        self._command, self._output = command, output
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(self._command, stdout=output, stderr=subprocess.STDOUT)

    def finish(self) -> int:
        assert self._process is not None, "begun before it is waited for"
        status = self._process.wait()
        print(self._output.read_text("utf-8", "replace"), flush=True)
        return status


def pytest(python: str, *, is_fast: bool) -> list[str]:
    return [python, "-m", "pytest", *(["-m", NOT_FAST] if is_fast else [])]


# ── JavaScript ────────────────────────────────────────────────────────────────────────────────────────────────────


def javascript_types() -> int:
    path = path_with_packages()
    return bootstrap.call(
        [node.program("node", path), "node_modules/typescript/bin/tsc", "--noEmit", "-p", "jsconfig.json"], PATH=path
    )


def javascript_tests() -> int:
    found = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "tests" / "js").rglob("*.test.js"))
    if not found:
        raise CannotRun("there is no tests/js/*.test.js")
    path = path_with_node()
    return bootstrap.call([node.program("node", path), "--test", *found], PATH=path)


def path_with_node() -> str:
    try:
        return node.path()
    except bootstrap.Problem as problem:
        raise CannotRun(str(problem)) from None


def path_with_packages() -> str:
    path = path_with_node()
    try:
        node.packages(ROOT, path)
    except bootstrap.Problem as problem:
        raise CannotRun(str(problem)) from None
    return path


# ── Doing and telling ─────────────────────────────────────────────────────────────────────────────────────────────


def perform(check: Check) -> Outcome:
    print(f"\n━━ {check.title} ━━", flush=True)
    started = time.monotonic()
    reason = ""
    try:
        status = check.run()
    except CannotRun as lack:
        status, reason = COULD_NOT_RUN, str(lack)
    word = {0: "ok", COULD_NOT_RUN: "NOT RUN"}.get(status, "FAILED")
    return Outcome(check.title, word, time.monotonic() - started, reason)


def tally(reports: Path) -> str:
    """`N passed, N failed` over all of pytest's runs; empty where one of them left no report."""
    counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    found = [suite for report in reports.glob("*.xml") for suite in Xml.parse(report).iter("testsuite")]  # noqa: S314
    for suite in found:
        for name in counts:
            counts[name] += int(suite.get(name, 0))
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    return f"{passed} passed, {failed} failed{skipped}" if found else ""


def sum_up(outcomes: list[Outcome], counts: str) -> int:
    print("\n━━ summary ━━")
    for outcome in outcomes:
        print(f"{outcome.title:32}{outcome.word:10}{outcome.seconds:6.1f} s")
    for outcome in outcomes:
        if outcome.word == "NOT RUN":
            print(f"NOT RUN: {outcome.title}: {outcome.reason or 'the reason stands above'}")
    if counts:
        print(counts)
    bad = ["FAILED", "NOT RUN"] if os.environ.get("CI") == "true" else ["FAILED"]
    return int(any(outcome.word in bad for outcome in outcomes))
