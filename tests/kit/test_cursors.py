"""A connection's cursor is kept as long as the connection, and never where queries are counted."""

import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction

from digi.accounts import people
from digi.accounts.models import User
from digi.kit import cursors
from digi.kit.cursors import kept
from tests.logs import counted

pytestmark = [pytest.mark.engine, pytest.mark.django_db(transaction=True)]


def one() -> tuple[int]:
    cursor = kept(connections[DEFAULT_DB_ALIAS])
    cursor.execute("SELECT %s", [1])
    found: tuple[int] = cursor.fetchone()
    return found


def test_it_is_the_same_one_until_the_connection_is_another() -> None:
    own = connections[DEFAULT_DB_ALIAS]
    first = kept(own)
    assert kept(own) is first
    own.close()
    assert kept(own) is not first
    assert one()[0] == 1


def test_queries_are_counted_and_afterwards_it_is_kept_again() -> None:
    own = connections[DEFAULT_DB_ALIAS]
    kept(own)
    with counted() as queries:
        one()
        one()
    assert queries.number == 2
    assert kept(own) is kept(own)
    with counted() as queries:
        one()
    assert queries.number == 1


def test_it_lives_on_after_an_error() -> None:
    alice = people.create("alice", None)
    own = connections[DEFAULT_DB_ALIAS]
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(own).execute(f"UPDATE {User._meta.db_table} SET username = NULL WHERE id = %s", [alice.pk])
    assert one()[0] == 1


def test_a_connection_is_looked_at_before_it_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its server may have gone while nobody used it; Django looks when it opens a cursor."""
    own, given_up = connections[DEFAULT_DB_ALIAS], list[str]()
    kept(own)
    monkeypatch.setattr(own, "is_usable", lambda: False)
    monkeypatch.setattr(own, "close", lambda: given_up.append("closed"))
    monkeypatch.setattr(own, "health_check_enabled", True)
    monkeypatch.setattr(own, "health_check_done", False)
    kept(own)
    kept(own)
    assert given_up == ["closed"]


def test_a_connection_is_looked_at_before_work_unless_it_was_used_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    own, looks = connections[DEFAULT_DB_ALIAS], list[str]()

    def is_usable() -> bool:
        looks.append("looked")
        return True

    kept(own)
    cursors.tidy()
    monkeypatch.setattr(own, "is_usable", is_usable)
    monkeypatch.setattr(own, "health_check_enabled", True)
    cursors.tidy()
    kept(own)
    assert looks == []
    monkeypatch.setattr(cursors, "JUST_NOW", 0.0)
    cursors.tidy()
    kept(own)
    kept(own)
    assert looks == ["looked"]
