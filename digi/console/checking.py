"""`digi check`: looks whether this installation is in order, a line each."""

import argparse
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.db import connection

from digi.chat import integrity
from digi.console import preparing


def check(_options: argparse.Namespace) -> int:
    """0 if everything is in order, else 1."""
    is_well = True
    for name, look in (("settings", _settings), ("database", _database), ("redis", _redis), ("logs", integrity.faults)):
        is_well &= _report(name, look)
    return 0 if is_well else 1


def _report(name: str, look: Callable[[], Iterator[str]]) -> bool:
    faults = list(look())
    print(f"{'ok ' if not faults else 'BAD'} {name}")
    for fault in faults:
        print(f"    {fault}")
    return not faults


def _settings() -> Iterator[str]:
    for message in checks.run_checks():
        if message.level >= checks.ERROR:
            yield str(message.msg)


def _database() -> Iterator[str]:
    preparing.prepare_database()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
        if answer != "ok":
            yield answer


def _redis() -> Iterator[str]:
    if settings.REDIS_URL:
        try:
            cache.set("digi.check", 1, 10)
        except Exception as error:  # noqa: BLE001 - whatever a client library raises is the finding
            yield f"REDIS_URL cannot be used: {error}"
