"""The API put together: routers, refusals, and the OpenAPI document at `openapi.json`."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError

from digi import __version__
from digi.api import commands, reads
from digi.api.answers import refusal
from digi.api.auth import AUTH
from digi.errors import DigiError, Forbidden, Invalid, NotFound, Unauthenticated, Unavailable

api = NinjaAPI(title="Digi", version=__version__, docs_url=None, auth=AUTH, urls_namespace="api")
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
    return refusal(Invalid(f"{field}: {first['msg'].removeprefix('Input ')}.", field=field))


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal(NotFound())


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal(Forbidden(str(error)) if error.status_code == 403 else Invalid(str(error)))


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def _unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    return refusal(Unavailable(retry_after=2.0))
