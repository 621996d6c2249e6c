"""Who is at the other end of a handshake: a session's cookie or a program's token, looked up in the pool.

The stock middleware looks up in one thread for the whole process; ours does not, and needs two queries at most.
"""

import logging
from typing import Any, NamedTuple

from channels.sessions import CookieMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError

from digi.accounts import sessions
from digi.accounts.models import User
from digi.gateway import admission
from digi.kit import threads

log = logging.getLogger("digi.gateway")

BEARER_PROTOCOL = "bearer."
PROTOCOLS = ("digi", "digi.simple")
"""What a client that has to name a subprotocol may name; each path speaks one dialect anyway."""


class Credential(NamedTuple):
    kind: str  # "session" or "token"
    secret: str

    def user(self) -> User | None:
        """Whose it is now; None once it is ended."""
        return sessions.user_of_token(self.secret) if self.kind == "token" else sessions.user_of_session(self.secret)


class AuthMiddleware:
    """Puts `user` and `credential` into the scope; `user` is None while the database cannot be asked."""

    def __init__(self, application: Any) -> None:
        self._application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        credential = _credential(scope)
        try:
            async with admission.turn():
                user = (await threads.run(credential.user) if credential else None) or AnonymousUser()
        except DatabaseError as error:
            log.warning("the database cannot say who opens a socket: %s", repr(error))
            user = None
        return await self._application({**scope, "user": user, "credential": credential}, receive, send)


def AuthMiddlewareStack(application: Any) -> Any:
    return CookieMiddleware(AuthMiddleware(application))


def bearer(scope: Any) -> str | None:
    """The token that a program shows, in a header or, where it cannot set one, among the subprotocols."""
    for name, value in scope.get("headers", ()):
        if name == b"authorization" and value[:7].lower() == b"bearer ":
            return str(value[7:].decode("latin-1").strip())
    for protocol in scope.get("subprotocols", ()):
        if protocol.startswith(BEARER_PROTOCOL):
            return str(protocol.removeprefix(BEARER_PROTOCOL))
    return None


def _credential(scope: Any) -> Credential | None:
    token = bearer(scope)
    if token is not None:
        return Credential("token", token)
    key = scope["cookies"].get(settings.SESSION_COOKIE_NAME)
    return Credential("session", key) if key else None
