"""Which hub is the running loop's: made with its bridge when it is first asked for."""

import asyncio

from digi.live import publishing
from digi.live.bridge import Bridge
from digi.live.hub import Hub

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """The hub of the running loop; started by its first use, as not every server has a lifespan."""
    loop = asyncio.get_running_loop()
    found = _hubs.get(loop)
    if found is None:
        for ended in [other for other in _hubs if other.is_closed()]:
            publishing.unlisten(_hubs.pop(ended).publish)
        found = _hubs[loop] = Hub(loop)
        found.start()
        Bridge(found).start()
    return found


async def close() -> None:
    """End the running loop's hub, if it has one."""
    found = _hubs.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.stop()
