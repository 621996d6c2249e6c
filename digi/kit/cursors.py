"""This thread's connections between their uses: a cursor kept for each, and a look whether their server is still there.

Opening a cursor takes Django as long as a short statement takes the database, and the look is a statement of its own.
"""

import threading
import time
from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

JUST_NOW = 0.1
"""Seconds within which no server has gone and come back."""

_KEPT, _USED_AT = "digi_cursor", "digi_used_at"


class _Thread(threading.local):
    connection: BaseDatabaseWrapper | None = None


_thread = _Thread()


def current() -> BaseDatabaseWrapper:
    """This thread's connection. To find it Django asks each time whether the thread runs an event loop."""
    return _thread.connection or connections[DEFAULT_DB_ALIAS]


def tidy() -> None:
    """Before a piece of work, as Django between requests: drop what has failed, and look at what has been idle."""
    now = time.monotonic()
    connection = _thread.connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_unusable_or_obsolete()
    used_at = connection.__dict__.get(_USED_AT, 0.0)
    connection.health_check_done = now < used_at + JUST_NOW  # type: ignore[attr-defined]
    connection.__dict__[_USED_AT] = now


def kept(connection: BaseDatabaseWrapper) -> CursorWrapper:
    """A cursor of this connection, for statements whose rows are all fetched before the next one; not to be closed."""
    connection.close_if_health_check_failed()
    cursor, opened_on = connection.__dict__.get(_KEPT, (None, None))
    if cursor is not None and opened_on is connection.connection and not connection.force_debug_cursor:
        return cast("CursorWrapper", cursor)
    fresh: Any = connection.cursor()
    if not connection.queries_logged:  # else, as in tests that count them, it logs what it runs
        connection.__dict__[_KEPT] = (fresh, connection.connection)
    return cast("CursorWrapper", fresh)
