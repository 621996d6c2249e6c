"""The backend for SQLite rewrites placeholders as Django's own does."""

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from digi.kit.sqlite import base

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "params", "found"),
    [
        ("SELECT %s, %s", [1, "ä"], (1, "ä")),
        ("SELECT %s LIKE 'a%%'", ("abc",), (1,)),
        ("SELECT '100%%', %s", ["%s"], ("100%", "%s")),
        ("SELECT '%s'", None, ("%s",)),
        ("SELECT %(a)s, %(b)s, '50%%'", {"a": 1, "b": None}, (1, None, "50%")),
        ("SELECT '%%'", [], ("%",)),
    ],
)
def test_a_statement_runs_with_its_parameters(query, params, found) -> None:
    for _ in range(2):
        with connection.cursor() as cursor:
            assert isinstance(cursor.cursor, base.Cursor)
            cursor.execute(query, params)
            assert cursor.fetchone() == found


@pytest.mark.parametrize("rows", [[(1,), (2,)], [[1], [2]], iter([(1,), (2,)]), [{"a": 1}, {"a": 2}], []])
def test_a_statement_runs_for_each_of_many(rows) -> None:
    place = "%(a)s" if isinstance(rows, list) and rows and isinstance(rows[0], dict) else "%s"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE many (number integer)")
        cursor.executemany(f"INSERT INTO many VALUES ({place})", rows)
        cursor.execute("SELECT count(*), coalesce(sum(number), 0) FROM many")
        assert cursor.fetchone() in {(2, 3), (0, 0)}
        cursor.execute("DROP TABLE many")


def test_what_the_database_refuses_is_djangos_error() -> None:
    with pytest.raises(OperationalError, match="no such table"), connection.cursor() as cursor:
        cursor.execute("SELECT %s FROM nowhere", [1])


def test_digi_runs_on_it() -> None:
    assert settings.DATABASES["default"]["ENGINE"] == "digi.kit.sqlite"


def test_messages_stand_in_the_table_in_the_order_of_their_ids() -> None:
    """An index beside the table would be one more page to write for each message."""
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT body FROM chat_message WHERE id BETWEEN %s AND %s ORDER BY id", [1, 2]
        )
        [plan] = [row[-1] for row in cursor.fetchall()]
    assert "USING INTEGER PRIMARY KEY" in plan
