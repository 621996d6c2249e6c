"""What browsers may do with our answers: one strict policy for every page, error and file. Knows no page.

No inline script or style, no other origin, no frame, no string that becomes HTML (CSP 3, Trusted Types).
"""

from collections.abc import Callable, MutableMapping

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from digi.errors import DigiError, Unauthenticated
from digi.web.views import errors

TRUSTED_TYPES = "digi"
"""The one Trusted Types policy a script may make; it is for the constant address of the service worker."""

_CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; connect-src 'self'{sockets}; form-action 'self'; base-uri 'none'; "
    f"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types {TRUSTED_TYPES}"
)
_UNUSED = (
    "accelerometer browsing-topics camera display-capture geolocation gyroscope "
    "magnetometer microphone midi payment usb"
)

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED.split()),
    # Not `no-referrer`: browsers then post our own forms with `Origin: null`, which the CSRF check refuses.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Policy:
    """Middleware that puts the headers on every answer that does not bring its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Content-Security-Policy", _CONTENT.format(sockets=_sockets_of(request)))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # What one person saw must not come back with the back button after they signed out.
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """What a command refused, and no view worded, is a page; one who is signed out by now signs in again."""
        if isinstance(exception, Unauthenticated):
            return redirect_to_login(request.get_full_path())
        return errors.refused(request, exception) if isinstance(exception, DigiError) else None


def _sockets_of(request: HttpRequest) -> str:
    """The origin of our own WebSockets; not every browser counts it as 'self'."""
    try:
        return f" {'wss' if request.is_secure() else 'ws'}://{request.get_host()}"
    except DisallowedHost:
        return ""


def for_static(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Put the headers on a static file (a `SERVESTATIC_ADD_HEADERS_FUNCTION`)."""
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; sandbox"
    for name, value in HEADERS.items():
        headers[name] = value
