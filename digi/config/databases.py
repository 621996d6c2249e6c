"""From DATABASE_URL to Django's settings of a database; the only place that knows engines by name."""

from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from digi.kit.environment import WrongSetting

# WAL: readers never wait for the writer. IMMEDIATE: the write lock is taken first, so that no read-then-write
# fails half-way. FULL: what was acknowledged survives a power cut.
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"

# Seconds, and how often: a thread of the pool that waits for a server that is not there serves nobody.
_MSSQL_NUMBERS = {
    "connection_timeout": 5,
    "connection_retries": 1,
    "connection_retry_backoff_time": 1,
    "query_timeout": 10,
}
_MSSQL_TEXTS = ("python_driver", "driver", "isolation_level", "collation")

# PostgreSQL plans what is asked for again and again once for each connection, and gets values apart from statements.
_PREPARED = {"server_side_binding": True, "prepare_threshold": 5}

# Looked at before each use: every thread has its own, and none may fail for a server that restarted hours ago.
_KEPT_OPEN = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def database(url: str, data: Path) -> dict[str, Any]:
    """The settings for `url`: `sqlite:///path`, `postgres://…` or `mssql://…`; empty means SQLite in `data`."""
    if not url:
        return _sqlite(data / "digi.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    if parts.scheme == "mssql":
        return _mssql(url)
    raise WrongSetting(f"DATABASE_URL begins with {parts.scheme!r}; it may be sqlite, postgres or mssql.")


def _sqlite(path: Path) -> dict[str, Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": _PRAGMAS}
    # Connections belong to the pool's threads and stay open: closing the last one makes SQLite checkpoint.
    return {"ENGINE": "digi.kit.sqlite", "NAME": path, "OPTIONS": options, "CONN_MAX_AGE": None}


def _postgres(url: str) -> dict[str, Any]:
    limits = "-c lock_timeout=5000 -c statement_timeout=10000 -c idle_in_transaction_session_timeout=10000"
    fields = _server(url)
    options = {"options": limits, "connect_timeout": 5, **_PREPARED, **fields.pop("QUERY")}
    return {"ENGINE": "django.db.backends.postgresql", **fields, "OPTIONS": options, **_KEPT_OPEN}


def _mssql(url: str) -> dict[str, Any]:
    fields = _server(url)
    _require_driver()
    options = _mssql_options(fields.pop("QUERY"))
    return {"ENGINE": "mssql", **fields, "OPTIONS": options, **_KEPT_OPEN}


def _require_driver() -> None:
    """The backend imports pyodbc whatever driver is used, and pyodbc is linked to what the system must have."""
    try:
        import_module("pyodbc")
    except ImportError as error:
        raise WrongSetting(f"DATABASE_URL: no driver for SQL Server ({error}); see docs/operations.md.") from None


def _mssql_options(query: dict[str, str]) -> dict[str, Any]:
    """mssql-django's own options by their names; everything else goes to the driver, such as `Encrypt=strict`."""
    options: dict[str, Any] = {"python_driver": "mssql_python", **_MSSQL_NUMBERS}
    for name in [name for name in query if name in _MSSQL_NUMBERS]:
        value = query.pop(name)
        if not (value.isascii() and value.isdigit()):
            raise WrongSetting(f"DATABASE_URL: {name} is {value!r}; a whole number is wanted.")
        options[name] = int(value)
    options |= {name: query.pop(name) for name in _MSSQL_TEXTS if name in query}
    if query:
        options["extra_params"] = ";".join(f"{name}={value}" for name, value in query.items())
    return options


def _server(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WrongSetting(f"DATABASE_URL: {error}.") from None
    if not parts.path.strip("/"):
        raise WrongSetting("DATABASE_URL names no database: it ends with /NAME.")
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": str(port or ""),
        "QUERY": query,
    }
