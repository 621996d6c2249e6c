"""Under which heading of the list a room stands, in the server's first paint."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digi.protocol.objects import Entry
from digi.web.headings import heading

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(hours=1), NOW - timedelta(hours=1)


def entry(**fields: Any) -> Entry:
    known = {"id": 1, "rev": 1, "kind": "group", "name": "crew", "topic": "", "archived": False, "created_at": BEFORE}
    place = {"head": 1, "last_pos": 0, "read_pos": 0, "unread": 0, "role": "member", "entry_rev": 1}
    return Entry.model_validate({**known, **place, **fields})


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, "rooms"),
        ({"kind": "public"}, "rooms"),
        ({"kind": "direct"}, "people"),
        ({"kind": "direct", "unread": 2}, "unread"),
        ({"unread": 2, "starred": True}, "starred"),
        ({"unread": 2, "muted_until": LATER}, "rooms"),
        ({"unread": 2, "mentions": 1, "muted_until": LATER}, "unread"),
        ({"unread": 2, "muted_until": BEFORE}, "unread"),
    ],
)
def test_a_room_stands_where_its_reader_looks_for_it(fields: dict[str, Any], wanted: str):
    assert heading(entry(**fields), NOW) == wanted
