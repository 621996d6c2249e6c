"""Puts people, rooms and their past into a server's database in bulk: a JSON plan on stdin, who and what on stdout.

Runs as a program in the server's environment. `plan`: `sign` (names are made of it), `people` (how many), `rooms`
(each `kind`, `members` as numbers of people, `messages`). Rows are as Digi's own commands would have left them.
"""

import json
import sys
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import Any

import django

BATCH = 500


def main() -> None:
    django.setup()
    from django.db import transaction

    plan = json.load(sys.stdin)
    with transaction.atomic():
        people = make_people(plan["sign"], plan["people"])
        tokens = make_tokens(people)
        rooms = make_rooms(plan["rooms"], people, plan["sign"])
    settle()
    print(json.dumps({"people": tokens, "rooms": rooms}))


def settle() -> None:
    """Have done now what the database would otherwise do while it is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        is_sqlite = connection.vendor == "sqlite"
        if not is_sqlite:
            cursor.execute("SET statement_timeout = 0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if is_sqlite else "VACUUM (ANALYZE)")


def make_people(sign: str, count: int) -> list[Any]:
    from django.contrib.auth.hashers import make_password

    from digi.accounts.models import User
    from digi.kit import names

    now, password = datetime.now(UTC), make_password(None)
    people = []
    for number in range(count):
        name = f"{sign}-{number:06d}"
        derived = {"skeleton": names.skeleton(name), "hue": number % 360, "joined_at": now}
        people.append(User(username=name, display_name=name, password=password, **derived))
    return list(User.objects.bulk_create(people, batch_size=BATCH))


def make_tokens(people: list[Any]) -> list[str]:
    from digi.accounts.models import Token
    from digi.accounts.sessions import TOKEN_PREFIX, digest

    now, tokens = datetime.now(UTC), [TOKEN_PREFIX + token_urlsafe(32) for _ in people]
    rows = zip(people, tokens, strict=True)
    Token.objects.bulk_create(
        (Token(person=user, digest=digest(token), created_at=now) for user, token in rows), batch_size=BATCH
    )
    return tokens


def make_rooms(plans: list[dict[str, Any]], people: list[Any], sign: str) -> list[dict[str, Any]]:
    """The rooms with their logs: the room itself, its members, then its messages."""
    from digi.accounts.models import User
    from digi.chat.models import Room
    from digi.kit import sealed
    from digi.protocol.ids import ROOM

    rooms = list(Room.objects.bulk_create((_room(plan, people) for plan in plans), batch_size=BATCH))
    make_members(rooms, plans, people)
    User.objects.bulk_update(people, ["head"], batch_size=BATCH)
    for room, plan in zip(rooms, plans, strict=True):
        if plan.get("messages"):
            make_messages(room.pk, people[plan["members"][0]].pk, plan["messages"], 1 + len(plan["members"]), sign)
    return [{"id": sealed.seal(ROOM, room.pk), "head": room.head, "last_pos": room.last_pos} for room in rooms]


def _room(plan: dict[str, Any], people: list[Any]) -> Any:
    from digi.chat.models import Room

    messages = plan.get("messages", 0)
    pair, name = None, "Bench"
    if plan["kind"] == "direct":
        low, high = sorted(people[number].pk for number in plan["members"])
        pair, name = f"{low}:{high}", ""
    log = {"rev": 1, "head": 1 + len(plan["members"]) + messages, "last_pos": messages}
    return Room(kind=plan["kind"], name=name, pair=pair, created_at=datetime.now(UTC), **log)


def make_members(rooms: list[Any], plans: list[dict[str, Any]], people: list[Any]) -> None:
    from digi.chat.models import Member

    rows = []
    for room, plan in zip(rooms, plans, strict=True):
        for rev, number in enumerate(plan["members"], 2):
            person = people[number]
            person.head += 1
            log = {"rev": rev, "added_rev": rev, "entry_rev": person.head}
            is_first = rev == 2 and plan["kind"] != "direct"
            fields = {"role": "owner" if is_first else "member", "joined_at": room.created_at}
            rows.append(Member(room=room, person=person, read_pos=room.last_pos, **fields, **log))
    Member.objects.bulk_create(rows, batch_size=BATCH)


def make_messages(room_id: int, author_id: int, count: int, head: int, sign: str) -> None:
    """`count` messages in one statement: a million rows by way of objects would take minutes."""
    from django.db import connection

    is_postgres = connection.vendor == "postgresql"
    empty, false = ("'[]'::jsonb", "false") if is_postgres else ("'[]'", "0")
    now = "now()" if is_postgres else "strftime('%%Y-%%m-%%d %%H:%%M:%%S.000000', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO chat_message (id, room_id, pos, rev, added_rev, author_id, kind, body, key, digest, sent_at,
                                      is_deleted, mentions, reactions, forwarded_from)
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
            SELECT CAST(%s AS bigint) * 4294967296 + n, %s, n, %s + n, %s + n, %s, 'text',
                   'Line ' || n || ' of what was said here before, as long as people write', %s || '-' || n, '',
                   {now}, {false}, {empty}, {empty}, ''
            FROM numbers
            """,
            [count, room_id, room_id, head, head, author_id, f"past-{sign}-{room_id}"],
        )


if __name__ == "__main__":
    main()
