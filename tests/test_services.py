"""A run of pytest is cut off from the developer's own settings, and says aloud what it could not do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import services

ROOT = Path(services.__file__).parent.parent


def run(tmp_path: Path, source: str, **environ: str) -> tuple[int, str]:
    """A pytest of its own on one file that knows nothing of Django."""
    (tmp_path / "test_one.py").write_text(source)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    plugins = ["-p", "tests.services", "-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *plugins, str(tmp_path)]
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run(command, cwd=ROOT, env={**clean, **environ}, check=False, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


MISSING = "from tests.services import not_run\ndef test_one(): not_run('tests on the moon: no rocket')\n"


@pytest.mark.slow
@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_what_cannot_run_is_said_once_and_fails_in_ci(ci, status, tmp_path):
    left, said = run(tmp_path, MISSING, CI=ci)
    assert left == status
    assert "NOT RUN: tests on the moon: no rocket (1 test)" in said.splitlines()


@pytest.mark.slow
def test_the_settings_of_the_developer_are_out_of_reach(tmp_path):
    source = (
        "import os\n"
        "def test_one():\n"
        "    assert not {'DIGI_URL', 'REDIS_URL', 'DATABASE_URL'} & set(os.environ)\n"
        "    assert os.environ['DIGI_DATA'] != '/home/alice/digi'\n"
        "    assert os.listdir(os.environ['DIGI_DATA']) == []\n"
    )
    mine = {"DIGI_URL": "x", "REDIS_URL": "x", "DATABASE_URL": "x", "DIGI_DATA": "/home/alice/digi"}
    left, said = run(tmp_path, source, **mine, DIGI_TEST_DATABASE_URL="")
    assert left == 0, said


@pytest.mark.slow
def test_any_server_can_be_tested_on(tmp_path):
    source = "import os\ndef test_one(): assert os.environ['DATABASE_URL'] == 'mssql://sa@db/digi'\n"
    left, said = run(tmp_path, source, DIGI_TEST_DATABASE_URL="mssql://sa@db/digi")
    assert left == 0, said


def test_redis_starts_empty(redis):
    redis.run("SET", "word", "hello")
    redis.empty()
    assert redis.run("GET", "word") is None


@pytest.mark.slow
def test_redis_of_somebody_else_is_used_and_never_stopped(redis):
    given = services.GivenRedis(redis.url)
    given.start()
    given.empty()
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception), match="not ours to stop"):
        given.kill()
    assert redis.answers()
