"""Which web pages may open a socket here. A program shows a token instead, which no page sends by itself."""

import logging
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings

from digi.gateway import auth
from digi.kit import hosts

log = logging.getLogger("digi.gateway")


class OriginCheck:
    """Refuses a handshake (403) whose Origin is not this server's own; cookies travel across origins, so this is what
    keeps a foreign page from speaking as whoever opened it (CVE-2023-3581)."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        if auth.bearer(scope) is None and not is_allowed(_header(scope, b"origin"), scope):
            log.warning("WebSocket refused: its Origin is not one of this server's (see DIGI_URL)")
            return await WebsocketDenier()(scope, receive, send)
        return await self._application(scope, receive, send)


def is_allowed(origin: str | None, scope: Any) -> bool:
    """With DIGI_URL: it, or one of DIGI_ORIGINS. Without: the request's scheme and Host, if that is this machine."""
    if origin is None:
        return False
    if settings.DIGI_URL:
        return origin in {_plain(allowed) for allowed in (settings.DIGI_URL, *settings.DIGI_ORIGINS)}
    host = _header(scope, b"host") or ""
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    return hosts.is_own(host) and origin == _plain(f"{scheme}://{host}")


def _plain(url: str) -> str | None:
    """As browsers write an Origin (RFC 6454): lower case, without the scheme's usual port; None if it is no URL."""
    try:
        parts = urlsplit(url.lower())
    except ValueError:
        return None
    usual = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"


def _header(scope: Any, name: bytes) -> str | None:
    values = [value for header, value in scope.get("headers", ()) if header == name]
    return values[0].decode("latin-1") if len(values) == 1 else None
