"""Querysets whose SQL is made once: for a row or two, making it takes the ORM several times as long as the query.

Knows no model. What can vary is lists of ids; everything else of a queryset is as it was the first time.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models.query import get_related_populators

from digi.kit.cursors import current, kept

Row = TypeVar("Row")

_PLACE = -(2**62)  # an id that no row has, for the place of the first one


class Compiled(Generic[Row]):
    """`Compiled(lambda ids: Room.objects.filter(pk__in=ids))`: called with ids, numbers or texts, it gives the rows.

    Several lists are several arguments of the function. `select_related` and `values_list` are kept; annotations of
    whole rows are not. Ids of small keys are looked up with `__in`, also a single one: Django knows that no key is what
    stands in their place, and would leave the query out.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Row]]) -> None:
        self._build = build
        self._made: dict[tuple[int, ...], _Statement] = {}

    def __call__(self, *lists: Collection[int] | Collection[str]) -> list[Row]:
        if not all(lists):
            return []
        padded = [_padded(ids) for ids in lists]
        sizes = tuple(len(ids) for ids in padded)
        made = self._made.get(sizes)
        if made is None:
            made = self._made[sizes] = _Statement(self._build(*_places(sizes)))
        return made.rows([one for ids in padded for one in ids])


class _Statement:
    """What Django's own iterables of a queryset work out anew each time (django/db/models/query.py)."""

    def __init__(self, rows: models.QuerySet[Any, Any]) -> None:
        compiler: Any = rows.query.get_compiler(using=rows.db)
        self._sql, params = compiler.as_sql()
        self._params = [(place, one) for one in params for place in [_place_of(one)]]
        columns = [column[0] for column in compiler.select]
        self._converters: Any = list(compiler.get_converters(columns).items())
        described = compiler.klass_info if rows.query.default_cols else None  # of `values_list` there is no row
        self._row = tuple if described is None else _maker(rows, described, compiler.select)

    def rows(self, ids: list[Any]) -> list[Any]:
        given = [one if place is None else ids[place] for place, one in self._params]
        connection = current()
        cursor = kept(connection)
        cursor.execute(self._sql, given)
        return [self._row(self._converted([*values], connection)) for values in cursor.fetchall()]

    def _converted(self, values: list[Any], connection: Any) -> list[Any]:
        for column, (converters, expression) in self._converters:
            for convert in converters:
                values[column] = convert(values[column], expression, connection)
        return values


def _maker(rows: models.QuerySet[Any, Any], described: Any, select: Any) -> Callable[[list[Any]], Any]:
    """What makes a row of the model, with those that belong to it, of the values of a row."""
    database, model = rows.db, rows.model
    start, end = described["select_fields"][0], described["select_fields"][-1] + 1
    fields = [column[0].target.attname for column in select[start:end]]
    populators: Any = get_related_populators(described, select, database)  # type: ignore[call-arg]

    def made(values: list[Any]) -> Any:
        row = model.from_db(database, fields, values[start:end])
        for populator in populators:
            populator.populate(values, row)
        return row

    return made


def _place_of(param: Any) -> int | None:
    """Which of the ids given stands here; None for what is the same each time. Drivers have their own kinds of int."""
    if not isinstance(param, int | str):
        return None
    try:
        place = int(param) - _PLACE
    except ValueError:
        return None
    return place if 0 <= place < -_PLACE else None


def _padded(ids: Collection[Any]) -> list[Any]:
    """The last one repeated until their number is a power of two: so that there are few statements to keep."""
    found = list(ids)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


def _places(sizes: tuple[int, ...]) -> Iterator[range]:
    start = _PLACE
    for size in sizes:
        yield range(start, start + size)
        start += size
