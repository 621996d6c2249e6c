"""How the API answers: JSON that is encoded once, and one shape for every refusal."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from digi.errors import DigiError, Invalid
from digi.protocol import codec, frames
from digi.protocol.objects import Shown


def answer(value: Any, status: int = 200) -> HttpResponse:
    response = HttpResponse(codec.compose(value), status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response


def shown(name: str, items: Iterable[Shown]) -> dict[str, Any]:
    return {name: list(items)}


def refusal(error: DigiError, *, key: str | None = None) -> HttpResponse:
    response = answer(frames.problem(error, key=key), error.status)
    if error.retry_after is not None:
        response["Retry-After"] = str(max(1, round(error.retry_after)))
    if error.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def asked(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the request's body; an empty body is an empty object. Raises Invalid."""
    try:
        text = request.body.decode()
    except UnicodeDecodeError:
        raise Invalid("The body is not UTF-8.") from None
    return codec.decode(text) if text.strip() else {}
