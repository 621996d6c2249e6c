"""What Django looks for in a database backend; all but the cursor is Django's own."""

from functools import lru_cache
from sqlite3 import Cursor as PlainCursor
from typing import Any, cast

from django.db.backends.sqlite3 import base

from digi.kit.cursors import kept

_PLAIN = (list, tuple)


class Cursor(base.SQLiteCursorWrapper):
    """Statements whose parameters stand in a list go to SQLite as they were rewritten the first time."""

    def execute(self, query: str, params: Any = None) -> Any:
        if type(params) not in _PLAIN:
            return super().execute(query, params)
        return PlainCursor.execute(self, _rewritten(query), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        if type(param_list) is not list or not all(type(params) in _PLAIN for params in param_list):
            return super().executemany(query, param_list)
        return PlainCursor.executemany(self, _rewritten(query), param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: Any = None) -> Cursor:
        return cast("Cursor", self.connection.cursor(factory=Cursor))

    def _start_transaction_under_autocommit(self) -> None:
        mode: str | None = self.transaction_mode  # type: ignore[attr-defined]
        kept(self).execute(f"BEGIN {mode}" if mode else "BEGIN")


@lru_cache(maxsize=1000)
def _rewritten(query: str) -> str:
    return str(base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%"))
