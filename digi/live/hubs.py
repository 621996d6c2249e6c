"""Which hub is the running loop's: made with its bridge, and with what lives beside it, when it is first asked for."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from digi.live import publishing
from digi.live.bridge import Bridge
from digi.live.hub import Hub

T = TypeVar("T")


@dataclass
class _Running:
    hub: Hub
    bridge: Bridge
    beside: dict[Any, Any] = field(default_factory=dict)


_running: dict[asyncio.AbstractEventLoop, _Running] = {}


def hub() -> Hub:
    """The hub of the running loop; started by its first use, as not every server has a lifespan."""
    return _here().hub


def beside(make: Callable[[Hub, Bridge], T]) -> T:
    """What `make` once made for the running loop's hub and bridge; it lives as long as they do."""
    here = _here()
    if make not in here.beside:
        here.beside[make] = make(here.hub, here.bridge)
    return cast("T", here.beside[make])


async def close() -> None:
    """End the running loop's hub, if it has one."""
    found = _running.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.hub.stop()


def _here() -> _Running:
    loop = asyncio.get_running_loop()
    found = _running.get(loop)
    if found is None:
        for ended in [other for other in _running if other.is_closed()]:
            publishing.unlisten(_running.pop(ended).hub.publish)
        hub = Hub(loop)
        found = _running[loop] = _Running(hub, Bridge(hub))
        found.hub.start()
        found.bridge.start()
    return found
