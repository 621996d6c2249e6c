"""Rows written by one statement that is prepared once for all of them; knows no model.

What the ORM's `bulk_create` and `bulk_update` work out anew for each row takes several times as long as the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models

from digi.kit.rows import OwnId

_AS_THEY_ARE = (
    OwnId,
    models.BigIntegerField,
    models.CharField,
    models.TextField,
    models.BooleanField,
    models.ForeignKey,
)
"""Fields whose values every database takes as Python has them."""


def insert_all(rows: Iterable[models.Model]) -> None:
    """Insert these rows, all of one model, whose ids are given by us; raises IntegrityError and then inserts none."""
    rows = list(rows)
    if not rows:
        return
    sql, fields = _insertion(type(rows[0]), connection.vendor)
    columns = [_prepared([row.__dict__[name] for row in rows], prepare) for name, prepare in fields]
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*columns, strict=True)))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _prepared(values: list[Any], prepare: Callable[[Any, Any], Any] | None) -> list[Any]:
    """A column's values as the database takes them: most have the same in each row, such as nothing."""
    if prepare is None:
        return values
    first = values[0]
    made = None if first is None else prepare(first, connection)

    def is_same(value: Any) -> bool:
        return value is first or (not value and not first and type(value) is type(first))

    return [made if is_same(value) else prepare(value, connection) for value in values]


@cache
def _insertion(
    model: type[models.Model], _vendor: str
) -> tuple[str, list[tuple[str, Callable[[Any, Any], Any] | None]]]:
    """The statement, and the attributes in its order, each with what makes a value for this database of it."""
    fields, name = model._meta.concrete_fields, connection.ops.quote_name
    columns, places = ", ".join(name(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - the model's own names
    return sql, [(field.attname, None if type(field) in _AS_THEY_ARE else field.get_db_prep_save) for field in fields]


def update_all(
    model: type[models.Model], fields: Sequence[str], rows: Mapping[int, Sequence[int]], *, rises: bool = False
) -> None:
    """Write the numbers of `rows`, by id, into these fields; in the order of ids, so that locks are taken in one order.

    `rises`: only in those rows in which the first of the fields is lower.
    """
    if not rows:
        return
    values = [(*numbers, pk, *(numbers[:1] if rises else ())) for pk, numbers in sorted(rows.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_update(model, tuple(fields), rises=rises, vendor=connection.vendor), values)


def raised(model: type[models.Model], field: str, pk: int, number: int) -> bool:
    """Write a number into a row where it is lower there; whether it was."""
    with connection.cursor() as cursor:
        cursor.execute(_update(model, (field,), rises=True, vendor=connection.vendor), [number, pk, number])
        return bool(cursor.rowcount)


@cache
def _update(model: type[models.Model], fields: tuple[str, ...], *, rises: bool, vendor: str) -> str:
    name = connection.ops.quote_name
    by_name = {field.name: name(str(field.column)) for field in model._meta.concrete_fields}
    changes = ", ".join(f"{by_name[field]} = %s" for field in fields)
    lower = f" AND {by_name[fields[0]]} < %s" if rises else ""
    return f"UPDATE {name(model._meta.db_table)} SET {changes} WHERE id = %s{lower}"  # noqa: S608 - as above
