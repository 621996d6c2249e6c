"""How fast one may ask: a person's commands, and guesses at passwords. Knows no command by name."""

import time
from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import Any

from django.conf import settings
from limits import parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from digi.accounts.actors import Actor
from digi.accounts.models import normal
from digi.errors import TooFast

GUESSES_AT_ONE = parse("10 per minute")
GUESSES_FROM_ONE_PLACE = parse("120 per minute")


def require_pace(actor: Actor, _command: Any) -> None:
    """Count a command against the actor's allowance in this process; raises TooFast."""
    if pace.count(actor.person_id) > settings.DIGI_RATE * _WINDOW:
        raise TooFast(retry_after=_WINDOW)


def require_guess(username: str, address: str) -> None:
    """Refuse a sign-in where too many have failed of late, for this name or from this address; raises TooFast."""
    for item, of in ((GUESSES_AT_ONE, normal(username)), (GUESSES_FROM_ONE_PLACE, address)):
        if not _shared().test(item, "guess", of):
            raise TooFast("Too many failed attempts. Wait a minute and try again.", retry_after=60)


def count_failed_guess(username: str, address: str) -> None:
    for item, of in ((GUESSES_AT_ONE, normal(username)), (GUESSES_FROM_ONE_PLACE, address)):
        _shared().hit(item, "guess", of)


_WINDOW = 10  # seconds over which a person's pace is averaged


class Pace:
    """How many commands each person has given in the window of time that runs now.

    Ours, as the library's storage in memory starts a thread every few milliseconds under load, only to forget.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._window = 0
        self._counts: dict[int, int] = {}

    def count(self, person_id: int) -> int:
        """One more; returns how many there are by now."""
        window = int(self._clock() // _WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts[person_id] = self._counts.get(person_id, 0) + 1
        return count

    def forget(self) -> None:
        self._counts = {}


pace = Pace()


@cache
def _shared() -> FixedWindowRateLimiter:
    storage: Storage = storage_from_string(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage()  # type: ignore[assignment]
    return FixedWindowRateLimiter(storage)
