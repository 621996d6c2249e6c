"""Rows made the short way are what Django's own way makes of the same values."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from digi.accounts.models import User
from digi.chat.models import Draft, Message, Room
from digi.kit.rows import Row
from tests.logs import counted

ROWS = [model for model in apps.get_models() if issubclass(model, Row)]


def columns(row: models.Model) -> dict[str, Any]:
    return {**vars(row), "_state": (row._state.adding, row._state.db)}


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_fresh_row_has_every_default(model: type[Row]) -> None:
    made, own = columns(model.fresh()), columns(model())
    told_apart = {name for name in own if made[name] != own[name]}
    assert told_apart == {name for name in own if name == "epoch"}, "which is drawn at random"


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model.__name__)
def test_a_row_that_is_read_holds_its_values(model: type[Row]) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    values = list(range(len(names)))
    own = model(*values)
    own._state.adding, own._state.db = False, "default"
    assert columns(model.from_db("default", names, values)) == columns(own)


def test_rows_share_no_list() -> None:
    first, second = Message.fresh(), Message.fresh()
    first.mentions.append("bob")
    assert second.mentions == []


@pytest.mark.django_db
@pytest.mark.engine
def test_a_fresh_row_is_written_and_knows_what_belongs_to_it(alice: User, lounge: Room) -> None:
    draft = Draft.fresh(person_id=alice.pk, room_id=lounge.pk, saved_at=timezone.now(), rev=1)
    draft.save()
    assert draft.person == alice
    assert Draft.objects.get().body == ""


@pytest.mark.django_db
@pytest.mark.engine
def test_what_was_not_read_is_read_when_it_is_asked_for(alice: User) -> None:
    row = User.objects.only("username").get(pk=alice.pk)
    with counted() as queries:
        assert row.display_name == alice.display_name
    assert queries.number == 1
    row.refresh_from_db()
    assert row.hue == alice.hue
