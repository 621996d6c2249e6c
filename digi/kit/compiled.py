"""Querysets whose SQL is made once: for a row or two, making it takes the ORM several times as long as the query.

Knows no model. What can vary is lists of ids; everything else of a queryset is as it was the first time.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Generic, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)

_PLACE = -(2**62)  # an id that no row has, for the place of the first one


class Compiled(Generic[Row]):
    """`Compiled(lambda ids: Room.objects.filter(pk__in=ids))`: called with ids, it gives the rows.

    Several lists are several arguments of the function. Related rows are not fetched along.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Row]]) -> None:
        self._build = build
        self._made: dict[tuple[str, tuple[int, ...]], tuple[type[Row], str, list[object]]] = {}

    def __call__(self, *lists: Collection[int]) -> list[Row]:
        if not all(lists):
            return []
        padded = [_padded(ids) for ids in lists]
        key = connection.vendor, tuple(len(ids) for ids in padded)
        if key not in self._made:
            self._made[key] = self._make(key[1])
        model, sql, params = self._made[key]
        ids = [number for numbers in padded for number in numbers]
        given = [ids[one - _PLACE] if isinstance(one, int) and one < 0 else one for one in params]
        return list(model._default_manager.raw(sql, given))

    def _make(self, sizes: tuple[int, ...]) -> tuple[type[Row], str, list[object]]:
        rows = self._build(*_places(sizes))
        sql, params = rows.query.sql_with_params()
        return rows.model, sql, list(params)


def _padded(ids: Collection[int]) -> list[int]:
    """The last one repeated until their number is a power of two: so that there are few statements to keep."""
    found = list(ids)
    return found + found[-1:] * ((1 << (len(found) - 1).bit_length()) - len(found))


def _places(sizes: tuple[int, ...]) -> Iterator[range]:
    start = _PLACE
    for size in sizes:
        yield range(start, start + size)
        start += size
