"""One cursor kept for each connection: opening one takes Django as long as a short statement takes the database."""

from typing import Any, cast

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

_KEPT = "digi_cursor"


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
