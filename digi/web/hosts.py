"""Refuses requests for names that are not this machine's own, as long as no DIGI_URL says what this server is called.

A foreign name that is pointed at this machine (DNS rebinding) would otherwise make its page same-origin with ours.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from digi.kit import hosts


class OwnHost:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = request.get_host()
        if not settings.DIGI_URL and host not in settings.ALLOWED_HOSTS and not hosts.is_own(host):
            raise DisallowedHost(f"{host} is not a name of this machine; if it is this server's, say so in DIGI_URL")
        return self._get_response(request)
