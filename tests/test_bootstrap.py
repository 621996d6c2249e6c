"""The commands in bin/ build an environment when they must, hold still when they need not, and fail in one line."""

import ast
import sys
from pathlib import Path

import bootstrap
import pytest

BIN = Path(bootstrap.__file__).parent


@pytest.fixture
def built(monkeypatch, tmp_path):
    """A project of its own, whose environments are "built" by writing them down here."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("django==5.2.19")
    done: list[str] = []

    def build(folder, locks, wanted):
        done.append(folder.name)
        bootstrap.interpreter(folder).parent.mkdir(parents=True, exist_ok=True)
        bootstrap.interpreter(folder).touch()
        (folder / "digi-locks").write_text(wanted)

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "build", build)
    return done


def test_an_environment_is_built_once(built, tmp_path):
    first = bootstrap.environment(".venv", "run.txt")
    second = bootstrap.environment(".venv", "run.txt")
    assert first == second == bootstrap.interpreter(tmp_path / ".venv")
    assert built == [".venv"]


def test_a_changed_lock_builds_it_again(built, tmp_path):
    bootstrap.environment(".venv", "run.txt")
    (tmp_path / "requirements" / "run.txt").write_text("django==5.2.20")
    bootstrap.environment(".venv", "run.txt")
    assert built == [".venv", ".venv"]


def test_a_python_that_went_away_builds_it_again(built, tmp_path):
    bootstrap.environment(".venv", "run.txt").unlink()
    bootstrap.environment(".venv", "run.txt")
    assert built == [".venv", ".venv"]


def test_a_moved_project_builds_it_again(built, tmp_path, monkeypatch):
    bootstrap.environment(".venv", "run.txt")
    moved = tmp_path.with_name("moved")
    tmp_path.rename(moved)
    monkeypatch.setattr(bootstrap, "ROOT", moved)
    bootstrap.environment(".venv", "run.txt")
    assert built == [".venv", ".venv"]


def test_a_missing_lock_is_a_problem(built):
    with pytest.raises(bootstrap.Problem, match=r"requirements/other\.txt cannot be read"):
        bootstrap.environment(".venv", "other.txt")


def test_sql_server_brings_its_own_lock(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert bootstrap.run_locks() == ["run.txt"]
    monkeypatch.setenv("DATABASE_URL", "mssql://sa@db/digi")
    assert bootstrap.run_locks() == ["run.txt", "mssql.txt"]


def test_a_machine_without_uv_and_pip_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.Problem, match="python3-venv"):
        bootstrap.fetch_uv(tmp_path)


@pytest.mark.parametrize("missing", ["ensurepip", "pip"])
def test_uv_is_fetched_with_whatever_pip_there_is(missing, monkeypatch, tmp_path):
    commands: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None if name == missing else object())
    monkeypatch.setattr(bootstrap, "demand", lambda command, otherwise: commands.append(command))
    bootstrap.fetch_uv(tmp_path)
    assert "--require-hashes" in commands[-1]
    assert ("--target" in commands[-1]) == (missing == "ensurepip")


def test_a_step_that_fails_is_a_problem(capfd):
    with pytest.raises(bootstrap.Problem, match="Not so"):
        bootstrap.demand([sys.executable, "-c", "print('why'); raise SystemExit(3)"], "Not so")
    assert capfd.readouterr() == ("", "why\n"), "stdout belongs to the command that follows"


def test_a_problem_is_one_line_and_status_2(capsys):
    def work():
        raise bootstrap.Problem("The disk is full.")

    with pytest.raises(SystemExit) as left:
        bootstrap.leave_with(work)
    assert left.value.code == 2
    assert capsys.readouterr().err == "digi: The disk is full.\n"


def test_an_old_python_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as left:
        bootstrap.leave_with(lambda: 0)
    assert left.value.code == 2
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["bootstrap.py", "checks.py", "locks.py", "node.py", "run", "test", "digi", "lock"])
def test_an_old_python_can_read_the_scripts_at_all(name):
    ast.parse((BIN / name).read_text("utf-8"), feature_version=(3, 7))


def test_the_status_of_a_child_is_passed_on():
    assert bootstrap.call([sys.executable, "-c", "import os; raise SystemExit(int(os.environ['N']))"], N="7") == 7
