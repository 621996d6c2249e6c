"""`POST /commands/<name>` for every command there is: made from the one table of commands, never by hand."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from digi.api.answers import answer, asked, refusal
from digi.api.auth import actor_of
from digi.errors import DigiError
from digi.execute import execute
from digi.protocol import commands, frames
from digi.protocol.commands import Command
from digi.protocol.objects import Result

router = Router(tags=["commands"])


def _view_of(name: str, model: type[Command]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        fields = asked(request)
        try:
            return answer(execute(actor_of(request), commands.parse(name, fields)))
        except DigiError as error:
            return refusal(error, key=frames.key_of(fields))

    view.__name__ = name.replace(".", "_")
    view.__doc__ = model.__doc__
    return view


def _body_of(model: type[Command]) -> dict[str, Any]:
    """The OpenAPI request body: the command's own fields."""
    schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.get("properties", {}).pop("type", None)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


for _name, _model in sorted(commands.BY_NAME.items()):
    router.post(
        f"/commands/{_name}",
        response=Result,
        operation_id=_name,
        summary=(_model.__doc__ or "").partition(".")[0],
        openapi_extra=_body_of(_model),
    )(_view_of(_name, _model))
