"""Rows written by one statement: the same rows as the ORM would write, and all or none of them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from digi.accounts.models import User
from digi.chat.models import Member, Message, Room
from digi.kit.statements import insert_all, update_all
from digi.protocol.ids import message_id
from tests.logs import counted

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def message(room: Room, author: User, pos: int, **fields: object) -> Message:
    """One far beyond those that are there."""
    usual = {"pk": message_id(room.pk, pos), "rev": pos, "added_rev": pos, "body": "ça va 😀", "key": f"key-{pos:08d}"}
    row = Message(room=room, author=author, pos=pos, sent_at=timezone.now(), **usual)
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def test_rows_come_back_as_they_were_written(lounge: Room, alice: User) -> None:
    event = {"name": "room.renamed", "to": "Salon"}
    rows = [
        message(lounge, alice, 901, mentions=["bob"], reactions=[{"emoji": "👍", "people": ["bob"]}]),
        message(lounge, alice, 902, kind=Message.Kind.SYSTEM, event=event, body=""),
        message(lounge, alice, 903, pinned_at=timezone.now(), pinned_by=alice, reply_to=901, forwarded_from="bob"),
        message(lounge, alice, 904, is_deleted=True, body="", digest=""),
    ]
    with counted() as queries:
        insert_all(rows)
    found = Message.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    written = [{field.attname: getattr(row, field.attname) for field in Message._meta.concrete_fields} for row in rows]
    assert list(found.values()) == written
    assert queries.number == 1
    assert not any(row._state.adding for row in rows)


def test_one_that_may_not_be_leaves_none(lounge: Room, alice: User) -> None:
    twice = [message(lounge, alice, 901), message(lounge, alice, 902, key="key-00000901")]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all(twice)
    assert not Message.objects.filter(pk__in=[row.pk for row in twice]).exists()


def test_nothing_is_no_statement() -> None:
    with counted() as queries:
        insert_all([])
        update_all(Member, ["read_pos"], {})
    assert queries.number == 0


def test_numbers_are_written_and_only_raised_where_they_shall_only_rise(lounge: Room) -> None:
    low, high = Member.objects.filter(room=lounge).order_by("pk")[:2]
    update_all(Member, ["read_pos", "rev"], {low.pk: [3, 901], high.pk: [8, 902]})
    update_all(Member, ["read_pos"], {low.pk: [5], high.pk: [5]}, rises=True)
    rows = Member.objects.filter(pk__in=[low.pk, high.pk]).order_by("pk")
    assert list(rows.values_list("read_pos", "rev")) == [(5, 901), (8, 902)]
