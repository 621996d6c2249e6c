"""bin/test tells the truth: what failed, what could not run, and how many tests passed."""

import sys

import checks
import pytest
from checks import CannotRun, Check, Outcome


def perform(status: int) -> Outcome:
    return checks.perform(Check("formatting", lambda: status))


@pytest.mark.parametrize(("status", "word"), [(0, "ok"), (1, "FAILED"), (2, "FAILED"), (-9, "FAILED"), (77, "NOT RUN")])
def test_a_status_becomes_a_word(status, word):
    assert perform(status).word == word


def test_what_cannot_run_keeps_its_reason(capsys):
    def run() -> int:
        raise CannotRun("no Node")

    outcome = checks.perform(Check("JavaScript", run))
    assert (outcome.word, outcome.reason) == ("NOT RUN", "no Node")


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_what_cannot_run_is_loud_and_fails_in_ci(ci, status, monkeypatch, capsys):
    monkeypatch.setenv("CI", ci)
    outcomes = [Outcome("lint", "ok", 1), Outcome("JavaScript", "NOT RUN", 0, "no Node")]
    assert checks.sum_up(outcomes, "3 passed, 0 failed") == status
    lines = capsys.readouterr().out.splitlines()
    assert "NOT RUN: JavaScript: no Node" in lines
    assert lines[-1] == "3 passed, 0 failed"


def test_one_failure_is_a_failure(capsys):
    assert checks.sum_up([Outcome("lint", "FAILED", 1), Outcome("tests", "ok", 1)], "") == 1
    assert checks.sum_up([Outcome("lint", "ok", 1)], "") == 0


def test_the_tally_adds_up_every_run(tmp_path):
    one = '<testsuites><testsuite tests="10" failures="1" errors="1" skipped="2"/></testsuites>'
    two = '<testsuites><testsuite tests="5" failures="0" errors="0" skipped="0"/></testsuites>'
    (tmp_path / "one.xml").write_text(one)
    (tmp_path / "two.xml").write_text(two)
    assert checks.tally(tmp_path) == "11 passed, 2 failed, 2 skipped"


def test_without_a_report_nothing_is_claimed(tmp_path):
    assert checks.tally(tmp_path) == ""


def test_the_fast_checks_leave_out_other_databases(tmp_path):
    fast = [check.title for check in checks.checks("python", tmp_path, is_fast=True)]
    every = [check.title for check in checks.checks("python", tmp_path, is_fast=False)]
    assert set(every) - set(fast) == {"tests on PostgreSQL", "tests of every screen", "tests in a browser"}
    assert every[-1].startswith("tests"), "pytest's closing line is to be the last before the summary"


def test_what_runs_aside_is_quiet_until_it_is_waited_for(tmp_path, capfd):
    aside = checks.Aside([sys.executable, "-c", "print('done'); raise SystemExit(3)"], tmp_path / "aside.txt")
    aside.begin()
    assert aside.finish() == 3
    assert capfd.readouterr().out.strip() == "done"
