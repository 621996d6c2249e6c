"""How fast one may ask: a person's commands, and guesses at passwords. Knows no command by name."""

from functools import cache
from typing import Any

from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from digi.accounts.actors import Actor
from digi.accounts.models import normal
from digi.errors import TooFast

GUESSES_AT_ONE = parse("10 per minute")
GUESSES_FROM_ONE_PLACE = parse("120 per minute")


def require_pace(actor: Actor, _command: Any) -> None:
    """Count a command against the actor's allowance in this process; raises TooFast."""
    if not _own().hit(_allowance(), "command", str(actor.person_id)):
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


@cache
def _allowance() -> RateLimitItem:
    return parse(f"{int(settings.DIGI_RATE * _WINDOW)} per {_WINDOW} second")


@cache
def _own() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(MemoryStorage())


@cache
def _shared() -> FixedWindowRateLimiter:
    storage: Storage = storage_from_string(settings.REDIS_URL) if settings.REDIS_URL else MemoryStorage()  # type: ignore[assignment]
    return FixedWindowRateLimiter(storage)
