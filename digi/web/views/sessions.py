"""Where one is signed in, and how to end that elsewhere."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from digi.accounts import sessions
from digi.web.moments import Reader
from digi.web.views.asking import user_of

_BROWSERS = {"Firefox/": "Firefox", "Edg/": "Edge", "OPR/": "Opera", "Chrome/": "Chrome", "Safari/": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone|iPad": "iOS", "Windows": "Windows", "Mac OS": "macOS", "Linux|X11": "Linux"}


@dataclass(frozen=True)
class Device:
    id: int
    name: str
    address: str
    since: datetime
    when: str
    is_this: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    listed = UserSession.objects.purge_and_list(user_of(request))
    if request.method == "POST":
        _end(request, listed, request.POST.get("device", ""))
        return redirect("usersessions_list")
    reader = Reader.of(request)
    shown = sorted(
        (_device(request, row, reader) for row in listed), key=lambda device: (not device.is_this, -device.id)
    )
    return render(request, "usersessions/usersession_list.html", {"devices": shown})


def _end(request: HttpRequest, listed: list[UserSession], which: str) -> None:
    """End one session by its number, or all `others`; this one is ended by signing out."""
    ended = [
        row for row in listed if row.session_key != request.session.session_key and which in ("others", str(row.pk))
    ]
    for row in ended:
        row.delete()
    if ended:
        sessions.end(user_of(request).pk, [row.session_key for row in ended])
        messages.success(request, _("Signed out there.") if which != "others" else _("Signed out everywhere else."))


def _device(request: HttpRequest, row: UserSession, reader: Reader) -> Device:
    is_this = row.session_key == request.session.session_key
    since = reader.local(row.created_at)
    when = f"{reader.day(since)}, {reader.clock(since)}"
    return Device(row.pk, device_name(row.user_agent), row.ip, since, when, is_this)


def device_name(user_agent: str) -> str:
    """`Firefox on Linux`, as far as the browser tells."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in user_agent), _("A browser"))
    system = next((name for mark, name in _SYSTEMS.items() if re.search(mark, user_agent)), "")
    return _("{browser} on {system}").format(browser=browser, system=system) if system else browser
