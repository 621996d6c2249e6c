"""Pages that say what happened, what is safe and what to do; under /api/ the same as JSON. Knows no other page."""

from typing import Any

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from digi.errors import DigiError, Forbidden, Invalid, NotFound, TooFast, Unavailable, sentence
from digi.protocol import frames


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, DisallowedHost):
        return _answer(request, 400, Invalid(_NOT_OUR_NAME), _("Not under this name"))
    return _answer(request, 400, Invalid("The request could not be understood."), _("That could not be understood"))


_NOT_OUR_NAME = sentence(
    "This server does not go by the name in the address. Use the address you were given; "
    "if you run the server, set DIGI_URL to the address that people use."
)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, Forbidden(str(exception or "")), _("That is not yours to do"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    detail = _(
        "The form came without its token, so nothing was changed. Either it was open for long, or this browser "
        "refuses cookies, which signing in needs. Go back, load the page again and repeat it."
    )
    return _answer(request, 403, Forbidden(detail), _("Nothing was changed"))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    detail = _("There is no page at this address, or it is not yours to see. Check the address for a typing mistake.")
    return _answer(request, 404, NotFound(detail), _("There is no such page"))


def too_fast(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(
        request, 429, TooFast("Too many tries in a short time. Wait a minute, then try again."), _("Slow down")
    )


def server_error(request: HttpRequest) -> HttpResponse:
    detail = _(
        "Something here failed, and it was written to the log. What you sent before is safe; "
        "whether this last step was made, you see when you load the page again."
    )
    return _answer(request, 500, Unavailable(detail), _("That went wrong here"))


def refused(request: HttpRequest, error: DigiError, title: str = "") -> HttpResponse:
    """A page about a command or link that was refused."""
    return _answer(request, error.status, error, title or _("That was refused"))


def _answer(request: HttpRequest, status: int, error: DigiError, title: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return JsonResponse(frames.problem(error), status=status)
    shown: dict[str, Any] = {"status": status, "title": title, "detail": error.detail}
    return render(request, "web/problem.html", shown, status=status)
