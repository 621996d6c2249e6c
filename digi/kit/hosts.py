"""Which names and addresses are this machine's own; knows no setting."""

import ipaddress
import socket
from functools import lru_cache


@lru_cache(maxsize=1024)
def is_own(host: str) -> bool:
    """Whether `host` (a Host header's, a port allowed) is loopback, or an address or name of this machine.

    Anything else that reaches us may be a foreign name that was pointed at this machine (DNS rebinding).
    """
    name = _without_port(host).rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name in _names() or name.endswith(".localhost")
    return address.is_loopback or _is_bound_here(address)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _names() -> set[str]:
    name = socket.gethostname().lower()
    return {"localhost", name, name.partition(".")[0], f"{name.partition('.')[0]}.local"}


def _is_bound_here(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """A socket can be bound to an address only where it is the machine's own."""
    if address.is_unspecified or address.is_multicast:
        return False
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            return False
    return True
