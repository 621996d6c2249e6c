"""SQL Server, without one: all migrations and queries are rendered for it, and nothing in them is foreign to it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from digi.config.databases import database
from digi.kit.environment import WrongSetting

ROOT = Path(__file__).parents[2]
MOST_PARAMETERS = 2100
OURS = ("accounts", "chat")

# What other databases have, and SQL Server does not.
FOREIGN = {
    "LIMIT": r"\bLIMIT\b",
    "upserts": r"\bON (CONFLICT|DUPLICATE)\b",
    "DISTINCT ON": r"\bDISTINCT ON\b",
    "FOR UPDATE": r"\bFOR (UPDATE|SHARE|NO KEY)\b",
    "RETURNING": r"\bRETURNING\b",
    "NULLS LAST": r"\bNULLS (FIRST|LAST)\b",
    "ILIKE": r"\bILIKE\b",
    "a cast by colons": r"::\w",
    "joining by bars": r"\|\|",
    "boolean words": r"\b(TRUE|FALSE)\b",
    "deferred constraints": r"\bDEFERR(ED|ABLE)\b",
    "comparing rows": r"\)\s+IN\s+\(\(",
    "regular expressions": r"REGEXP|~",
}


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    file = tmp_path_factory.mktemp("mssql") / "found.json"
    command = [sys.executable, "-W", "error", "-m", "tests.engines.rendering", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    rendered: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return rendered


def test_every_migration_renders(found: dict[str, Any]):
    rendered = found["migrations"]
    assert {name.partition(".")[0] for name in rendered} >= {*OURS, "auth", "sessions", "contenttypes", "usersessions"}
    for app in OURS:
        assert any("CREATE TABLE" in line for name, lines in rendered.items() if name.startswith(app) for line in lines)


def test_every_read_took_part(found: dict[str, Any]):
    assert found["uncalled"] == []
    assert len(found["queries"]) > 80


@pytest.mark.parametrize("feature", FOREIGN)
def test_nothing_uses_what_sql_server_lacks(found: dict[str, Any], feature: str):
    own = [line for name, lines in found["migrations"].items() if name.startswith(OURS) for line in lines]
    using = [sql for sql in (*own, *found["queries"]) if re.search(FOREIGN[feature], sql, re.IGNORECASE)]
    assert using == []


def test_no_query_has_more_parameters_than_it_takes(found: dict[str, Any]):
    assert max(found["queries"].values()) < MOST_PARAMETERS


def test_what_is_read_to_be_written_is_locked(found: dict[str, Any]):
    locked = {sql.partition(" WITH ")[0].rpartition(" ")[2] for sql in found["queries"] if "UPDLOCK" in sql}
    assert locked >= {"[chat_room]", "[accounts_user]"}


def unique_and_nullable() -> list[Any]:
    """Our unique constraints over a column that may be null: on SQL Server, NULLs would collide there."""
    return [
        constraint
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and any(model._meta.get_field(name).null for name in constraint.fields)
    ]


def test_what_is_unique_and_may_be_null_is_filtered(found: dict[str, Any]):
    lines = [line for lines in found["migrations"].values() for line in lines]
    assert unique_and_nullable()
    for constraint in unique_and_nullable():
        wanted = rf"CREATE UNIQUE INDEX \[{constraint.name}\] .* WHERE \[\w+\] IS NOT NULL"
        assert any(re.match(wanted, line) for line in lines), constraint.name


def test_no_index_is_on_a_text_without_an_end(found: dict[str, Any]):
    lines = [line for name, lines in found["migrations"].items() if name.startswith(OURS) for line in lines]
    endless = {name for line in lines for name in re.findall(r"\[(\w+)\] nvarchar\(max\)", line)}
    assert "body" in endless
    indexed = {name for line in lines if "INDEX" in line for name in re.findall(r"\[(\w+)\]", line.partition("(")[2])}
    assert not endless & indexed


# ── DATABASE_URL ──


@pytest.fixture
def has_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine has."""
    monkeypatch.setattr("digi.config.databases.import_module", lambda name: None)


@pytest.mark.usefixtures("has_driver")
def test_the_address_is_taken_apart():
    settings = database("mssql://digi:p%40ss@db.example.org:1433/chat", Path())
    assert settings["ENGINE"] == "mssql"
    assert (settings["USER"], settings["PASSWORD"]) == ("digi", "p@ss")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example.org", "1433", "chat")
    assert settings["OPTIONS"]["python_driver"] == "mssql_python"
    assert "QUERY" not in settings


@pytest.mark.usefixtures("has_driver")
def test_options_of_the_backend_and_of_the_driver_find_their_way():
    url = "mssql://h/chat?query_timeout=30&driver=FreeTDS&python_driver=pyodbc&Encrypt=yes&TrustServerCertificate=no"
    options = database(url, Path())["OPTIONS"]
    assert options["query_timeout"] == 30
    assert (options["driver"], options["python_driver"]) == ("FreeTDS", "pyodbc")
    assert options["extra_params"] == "Encrypt=yes;TrustServerCertificate=no"


@pytest.mark.usefixtures("has_driver")
def test_a_wrong_number_is_one_clear_line():
    with pytest.raises(WrongSetting, match="query_timeout is 'soon'"):
        database("mssql://h/chat?query_timeout=soon", Path())


def test_a_missing_driver_is_one_clear_line(monkeypatch: pytest.MonkeyPatch):
    def missing(name: str) -> None:
        raise ImportError("libodbc.so.2: cannot open shared object file")

    monkeypatch.setattr("digi.config.databases.import_module", missing)
    with pytest.raises(WrongSetting, match=r"no driver for SQL Server \(libodbc\.so\.2"):
        database("mssql://h/chat", Path())
