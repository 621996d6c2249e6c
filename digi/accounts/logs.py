"""Rows that are logs: locked in order, numbered in memory, written back once. Knows people; rooms use it too.

The transaction that makes a change takes the log's next rev, so that revs have no gaps and commit in order.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Generic, TypeVar

from django.db import connection, models, transaction

from digi.accounts.models import User
from digi.kit.compiled import Compiled
from digi.kit.cursors import current
from digi.kit.statements import update_all
from digi.live import publishing
from digi.live.changes import Published

Row = TypeVar("Row", bound=models.Model)

# SQLite has one writer at a time; waiting here is fair and cheap, its own busy handler sleeps.
_the_writer = threading.Lock()


def locked(model: type[Row], ids: Collection[int]) -> models.QuerySet[Row]:
    """Rows by id, in their order, locked where there is such a thing."""
    # NO KEY: rows that merely refer to a locked one need not wait for it.
    is_there = connection.features.has_select_for_no_key_update
    return model._default_manager.select_for_update(no_key=is_there).filter(pk__in=ids).order_by("pk")


def locking(model: type[Row]) -> Compiled[Row]:
    """Reads and locks rows by id, in their order."""
    return Compiled(lambda ids: locked(model, ids))


_users = locking(User)


class Locked(Generic[Row]):
    """Rows of a log's table, locked until the transaction ends; ids that are gone are missing.

    Lock all that a transaction needs in one call: rows are locked in id order, so that two never wait for each other.
    """

    def __init__(self, model: type[Row], read: Callable[[Collection[int]], Iterable[Row]], *fields: str) -> None:
        self._model = model
        self._read = read
        self._fields = fields
        self._rows: dict[int, Row] = {}
        self._touched: set[int] = set()

    def lock(self, ids: Iterable[int]) -> None:
        wanted = sorted(set(ids) - self._rows.keys())
        self._rows |= {row.pk: row for row in self._read(wanted)}

    def take_in(self, row: Row) -> None:
        """Count a row that was inserted in this transaction among the locked."""
        self._rows[row.pk] = row

    def get(self, number: int) -> Row | None:
        return self._rows.get(number)

    def __getitem__(self, number: int) -> Row:
        return self._rows[number]

    def next_rev(self, number: int) -> int:
        row = self._rows[number]
        row.head += 1  # type: ignore[attr-defined]
        self._touched.add(number)
        return row.head  # type: ignore[attr-defined, no-any-return]

    def write(self) -> None:
        rows = {
            number: [getattr(self._rows[number], field) for field in self._fields] for number in sorted(self._touched)
        }
        update_all(self._model, self._fields, rows)


class Changes:
    """One transaction's changes of some people's logs."""

    def __init__(self, people: Iterable[int]) -> None:
        self.people = Locked(User, _users, "head")
        self.people.lock(people)
        self.published: list[Published] = []

    def tell(self, published: Published) -> None:
        """Have it told to everybody it concerns, once the transaction has committed."""
        self.published.append(published)

    def write(self) -> None:
        self.people.write()


Made = TypeVar("Made", bound=Changes)


def changes(people: Iterable[int] = ()) -> AbstractContextManager[Changes]:
    """One transaction over the logs of `people`: locked on entering, published after the commit."""
    return committed(lambda: Changes(people))


@contextmanager
def committed(begin: Callable[[], Made]) -> Iterator[Made]:
    """A transaction that `begin` locks the logs of; what it `tell`s is published once it has committed."""
    with transact():
        made = begin()
        yield made
        made.write()
    publishing.publish(made.published)


@contextmanager
def transact() -> Iterator[None]:
    """One transaction of its own; on SQLite with the write lock from its first statement."""
    with _the_writer if current().vendor == "sqlite" else nullcontext(), transaction.atomic(durable=True):
        yield
