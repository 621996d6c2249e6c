"""What this database is called by clients, so that they notice when an older state of it came back."""

import uuid
from functools import cache

from digi.accounts.models import Installation


@cache
def epoch() -> str:
    """Made when it is first asked. A restored database is served by a new process."""
    row, _ = Installation.objects.get_or_create(pk=1)
    return row.epoch.hex


def renew() -> None:
    """Have every client forget what it holds and fetch it again."""
    Installation.objects.update_or_create(pk=1, defaults={"epoch": uuid.uuid4()})
    epoch.cache_clear()
