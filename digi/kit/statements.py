"""Rows written by one statement that is prepared once for all of them; knows no model.

What the ORM's `bulk_create` and `bulk_update` work out anew for each row takes several times as long as the database.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models

from digi.kit.cursors import current, kept
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


Prepare = Callable[[Any], Any]


def insert_all(rows: Iterable[models.Model]) -> None:
    """Insert these rows, all of one model, whose ids are given by us; raises IntegrityError and then inserts none."""
    rows = list(rows)
    if not rows:
        return
    own = current()
    insertion = _insertion(type(rows[0]), own.vendor)
    values = [list(insertion.taken(row.__dict__)) for row in rows]
    for place, prepare in insertion.prepared:
        _prepare(values, place, prepare)
    kept(own).executemany(insertion.sql, values)
    for row in rows:
        row._state.adding, row._state.db = False, own.alias


def _prepare(rows: list[list[Any]], place: int, prepare: Prepare) -> None:
    """Have a column hold what the database takes; many rows share one value, such as the moment."""
    last = made = None
    for row in rows:
        if row[place] is not last:
            last = row[place]
            made = prepare(last)
        row[place] = made


class _Insertion(NamedTuple):
    sql: str
    taken: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """The values of a row in the order of the statement …"""
    prepared: list[tuple[int, Prepare]]
    """… and where in it stands what the database does not take as it is."""


@cache
def _insertion(model: type[models.Model], _vendor: str) -> _Insertion:
    fields, name = model._meta.concrete_fields, connection.ops.quote_name
    columns, places = ", ".join(name(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 - the model's own names
    prepared = [(place, _preparing(field)) for place, field in enumerate(fields) if type(field) not in _AS_THEY_ARE]
    return _Insertion(sql, itemgetter(*(field.attname for field in fields)), prepared)


def _preparing(field: Any) -> Prepare:
    """Most rows have nothing in such a field, and what a database takes for nothing is made once."""
    nothing: dict[type, Any] = {type(None): None}

    def prepare(value: Any) -> Any:
        if value:
            return field.get_db_prep_save(value, connection)
        if type(value) not in nothing:
            nothing[type(value)] = field.get_db_prep_save(value, connection)
        return nothing[type(value)]

    return prepare


def update_all(
    model: type[models.Model], fields: Sequence[str], rows: Mapping[int, Sequence[int]], *, rises: bool = False
) -> None:
    """Write the numbers of `rows`, by id, into these fields; in the order of ids, so that locks are taken in one order.

    `rises`: only in those rows in which the first of the fields is lower.
    """
    if not rows:
        return
    values = [(*numbers, pk, *(numbers[:1] if rises else ())) for pk, numbers in sorted(rows.items())]
    own = current()
    kept(own).executemany(_update(model, tuple(fields), rises=rises, vendor=own.vendor), values)


def raised(model: type[models.Model], field: str, pk: int, number: int) -> bool:
    """Write a number into a row where it is lower there; whether it was."""
    own = current()
    cursor = kept(own)
    cursor.execute(_update(model, (field,), rises=True, vendor=own.vendor), [number, pk, number])
    return bool(cursor.rowcount)


@cache
def _update(model: type[models.Model], fields: tuple[str, ...], *, rises: bool, vendor: str) -> str:
    name = connection.ops.quote_name
    by_name = {field.name: name(str(field.column)) for field in model._meta.concrete_fields}
    changes = ", ".join(f"{by_name[field]} = %s" for field in fields)
    lower = f" AND {by_name[fields[0]]} < %s" if rises else ""
    return f"UPDATE {name(model._meta.db_table)} SET {changes} WHERE id = %s{lower}"  # noqa: S608 - as above
