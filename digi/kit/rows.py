"""Models whose rows are made without what Django does for each in case somebody listens; knows no model of ours."""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class OwnId(models.BigIntegerField):  # type: ignore[type-arg]
    """A primary key that is known before the insert. SQLite keeps the table itself in its order.

    It does so for an `integer` alone: any other type gets an index beside the table, which each insert writes too.
    """

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Row(models.Model):
    """Rows are made from values that are as they should be already: no signal is sent, nothing is converted."""

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_: Any) -> Self:
        row = cls.__new__(cls)
        state = ModelState()
        state.adding, state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True), _state=state)
        return row

    @classmethod
    def fresh(cls, **values: Any) -> Self:
        """A new row, not inserted yet, of the values of its columns (`room_id`); what is not named has its default."""
        row = cls.__new__(cls)
        fixed, made = _defaults(cls)
        row.__dict__.update({**fixed, **{name: make() for name, make in made}, **values}, _state=ModelState())
        return row


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """What each column has that is not named: values, and what makes those of which each row has its own."""
    fields = model._meta.concrete_fields
    made = [(field.attname, field.default) for field in fields if field.has_default() and callable(field.default)]
    own = dict(made)
    return {field.attname: field.get_default() for field in fields if field.attname not in own}, made
