"""How many sockets are let in at a time: those who all come back at once leave room for those who are here.

What waits here costs nothing. A thousand let in together would share each turn of the loop with what is being said.
"""

import asyncio

from digi.live.hub import Hub
from digi.live.hubs import beside

AT_ONCE = 4  # half of the threads that they would otherwise all wait for


def turn() -> asyncio.Semaphore:
    """To be held while a socket is being let in."""
    return beside(_turns)


def _turns(_hub: Hub, _bridge: object) -> asyncio.Semaphore:
    return asyncio.Semaphore(AT_ONCE)
