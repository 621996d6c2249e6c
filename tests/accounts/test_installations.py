"""What a database is called."""

import pytest

from digi.accounts import installations

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture(autouse=True)
def _nothing_remembered():
    installations.epoch.cache_clear()
    yield
    installations.epoch.cache_clear()


def test_a_database_keeps_its_epoch() -> None:
    first = installations.epoch()
    installations.epoch.cache_clear()
    assert installations.epoch() == first


def test_a_restored_database_gets_another() -> None:
    first = installations.epoch()
    installations.renew()
    assert installations.epoch() != first
