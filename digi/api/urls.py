"""The API put together: routers, refusals, and the OpenAPI document at `openapi.json`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from digi import __version__
from digi.api import commands, reads
from digi.api.answers import answer, refusal
from digi.api.auth import AUTH
from digi.errors import DigiError, Forbidden, Invalid, NotFound, Unauthenticated, Unavailable
from digi.protocol import frames


class Api(NinjaAPI):
    """Ninja's, with its one answer that is no JSON put into ours."""

    def _get_urls(self) -> list[Any]:
        found = super()._get_urls()
        for pattern in found:
            if isinstance(pattern, URLPattern):
                pattern.callback = _in_json(pattern.callback)
        return found


def _in_json(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        told = answer(frames.problem(Invalid("{method} is not possible here.", method=request.method)), 405)
        told["Allow"] = response["Allow"]
        return told

    return wrapped


api = Api(title="Digi", version=__version__, docs_url=None, auth=AUTH, urls_namespace="api")
api.add_router("", commands.router)
api.add_router("", reads.router)


@api.exception_handler(DigiError)
def _refused(request: HttpRequest, error: DigiError) -> HttpResponse:
    return refusal(error)


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(Unauthenticated())


@api.exception_handler(AuthorizationError)
def _forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return refusal(Forbidden())


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    field = str(first["loc"][-1])
    return refusal(Invalid("{what}: {reason}.", field=field, what=field, reason=first["msg"].removeprefix("Input ")))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal(NotFound())


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return refusal(Forbidden("The X-CSRFToken header is missing or wrong. Load the page again."))
    return refusal(Invalid(str(error)))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    return refusal(Unavailable(retry_after=2.0))
