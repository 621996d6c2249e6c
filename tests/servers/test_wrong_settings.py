"""A wrong setting is one line and exit status 2; the console's commands do as they say."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import PASSWORD, ROOT, Digi

pytestmark = pytest.mark.slow

SETTINGS = {
    "DATABASE_URL": [
        "nonsense",
        "oracle://x/y",
        "postgres://localhost",
        "postgres://u:p@127.0.0.1:1/x",
        "postgres://h:port/x",
    ],
    "REDIS_URL": ["http://localhost"],
    "DIGI_URL": ["https://chat.example/path", "chat.example", "javascript:alert(1)"],
    "DIGI_ORIGINS": ["https://a.example,nonsense"],
    "DIGI_SIGNUP": ["x"],
    "DIGI_RATE": ["fast", "0", "nan"],
    "DIGI_SECRET_KEY": ["short"],
    "DIGI_ID_KEY": ["short"],
    "DIGI_SECRET_KEY_FILE": ["/nowhere/at/all", "/"],
    "DIGI_LOG": ["LOUD"],
    "DIGI_DATA": [__file__],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in SETTINGS.items() for value in values])
def test_a_wrong_setting_is_one_line(name: str, value: str) -> None:
    refused = Digi(**{name: value}, port="1").run("check") if name != "DIGI_DATA" else wrong_folder(value)
    assert_refused(refused)
    assert name in refused.stderr or "database" in refused.stderr


def wrong_folder(path: str) -> subprocess.CompletedProcess[str]:
    digi = Digi()
    digi.environ["DIGI_DATA"] = path
    return digi.run("check")


def assert_refused(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("digi: ")


@pytest.fixture(scope="module")
def installed() -> Digi:
    """Data of a server that is not running, with alice in it."""
    made = Digi()
    added = made.run("user", "add", "alice", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    return made


def test_mixes_that_cannot_work_are_refused_with_the_reason(installed: Digi) -> None:
    for arguments, reason in (
        (("--workers", "2"), "REDIS_URL"),
        (("--workers", "2", "--server", "daphne"), "Daphne is one process"),
    ):
        refused = installed.run("serve", *arguments)
        assert_refused(refused)
        assert reason in refused.stderr


def test_a_port_in_use_is_told(installed: Digi) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = installed.run("serve", "--port", str(taken.getsockname()[1]))
    assert_refused(refused)
    assert "in use" in refused.stderr


def test_without_a_terminal_a_password_is_not_asked_for(installed: Digi) -> None:
    for command in (("user", "add", "bob"), ("user", "password", "alice")):
        refused = installed.run(*command)
        assert_refused(refused)
        assert "--password-stdin" in refused.stderr


def test_people_are_added_once(installed: Digi) -> None:
    again = installed.run("user", "add", "alice", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (again.returncode, again.stderr) == (1, "digi: This username is taken, or looks like one that is.\n")
    weak = installed.run("user", "add", "bob", "--password-stdin", stdin="12345678\n")
    assert weak.returncode == 1
    assert "too common" in weak.stderr


def test_tokens_are_printed_alone_and_revoked(installed: Digi) -> None:
    made = installed.run("token", "alice")
    assert made.returncode == 0
    assert made.stdout.startswith("digi_")
    assert len(made.stdout.splitlines()) == 1
    assert made.stderr == ""
    assert installed.run("token", "alice", "--revoke").returncode == 0
    assert installed.run("token", "nobody").returncode == 1


def test_an_invitation_is_a_link_alone(installed: Digi) -> None:
    made = installed.run("invite")
    assert made.stdout.startswith("http")
    assert "/join/" in made.stdout
    assert len(made.stdout.splitlines()) == 1


def test_the_rest_of_the_commands_do_as_they_say(installed: Digi) -> None:
    assert installed.run("user", "add", "robbie", "--bot").returncode == 0
    assert (
        installed.run("user", "password", "alice", "--password-stdin", stdin="another horse battery\n").returncode == 0
    )
    assert installed.run("user", "deactivate", "robbie").returncode == 0
    check = installed.run("check")
    assert check.returncode == 0, check.stdout
    assert [line.split()[0] for line in check.stdout.splitlines()] == ["ok"] * 4


def test_the_command_line_explains_itself() -> None:
    run = [sys.executable, "-m", "digi"]
    env = {**os.environ, "DIGI_DATA": str(Path(__file__).parent)}
    for arguments, status in (
        (["--help"], 0),
        (["--version"], 0),
        ([], 2),
        (["burn"], 2),
        (["serve", "--port", "x"], 2),
    ):
        done = subprocess.run(
            [*run, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=20, check=False
        )
        assert done.returncode == status
        assert "Traceback" not in done.stderr
