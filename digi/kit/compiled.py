"""Querysets whose SQL is made once: for a row or two, making it takes the ORM several times as long as the query.

Knows no model. What can vary is lists of ids; everything else of a queryset is as it was the first time.
"""

from collections.abc import Callable, Collection, Iterator
from copy import copy
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)

_PLACE = -(2**62)  # an id that no row has, for the place of the first one


class Compiled(Generic[Row]):
    """`Compiled(lambda ids: Room.objects.filter(pk__in=ids))`: called with ids, it gives the rows.

    Several lists are several arguments of the function. `select_related` is kept, annotations are not.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        self._build = build
        self._made: dict[tuple[int, ...], _Statement[Row]] = {}

    def __call__(self, *lists: Collection[int]) -> list[Row]:
        if not all(lists):
            return []
        padded = [_padded(ids) for ids in lists]
        sizes = tuple(len(ids) for ids in padded)
        made = self._made.get(sizes)
        if made is None:
            made = self._made[sizes] = _Statement(self._build(*_places(sizes)))
        return made.rows([number for ids in padded for number in ids])


class _Statement(Generic[Row]):
    """What Django's own `ModelIterable` works out anew each time (django/db/models/query.py)."""

    def __init__(self, rows: models.QuerySet[Row]) -> None:
        self._database, self._model = rows.db, rows.model
        self._compiler: Any = rows.query.get_compiler(using=rows.db)
        self._sql, self._params = self._compiler.as_sql()
        select, described = self._compiler.select, self._compiler.klass_info
        start, end = described["select_fields"][0], described["select_fields"][-1] + 1
        self._own = slice(start, end)
        self._fields = [column[0].target.attname for column in select[self._own]]
        self._populators: Any = get_related_populators(described, select, rows.db)  # type: ignore[call-arg]

    def rows(self, ids: list[int]) -> list[Row]:
        given = tuple(ids[one - _PLACE] if type(one) is int and one < 0 else one for one in self._params)
        compiler = copy(self._compiler)  # for the connection of this thread
        compiler.connection = connections[self._database]
        compiler.as_sql = lambda *_, **__: (self._sql, given)
        return [self._row(values) for values in compiler.results_iter(compiler.execute_sql())]

    def _row(self, values: Any) -> Row:
        row = self._model.from_db(self._database, self._fields, values[self._own])
        for populator in self._populators:
            populator.populate(values, row)
        return row


def _padded(ids: Collection[int]) -> list[int]:
    """The last one repeated until their number is a power of two: so that there are few statements to keep."""
    found = list(ids)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


def _places(sizes: tuple[int, ...]) -> Iterator[range]:
    start = _PLACE
    for size in sizes:
        yield range(start, start + size)
        start += size
