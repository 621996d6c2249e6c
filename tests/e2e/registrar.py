"""Registers people on the data of a running server, and signs them in: a name on each line in, their keys out as JSON.

`fill ROOM COUNT NAME…` gives a room a past: so many messages ("Line 1" to "Line N"), one a minute, the last of them an
hour ago, by these people in turn.

Run as a program with the server's environment, because one process answers in milliseconds what the forms and the
console need seconds for. The forms have tests of their own.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django


def main() -> None:
    django.setup()
    for line in sys.stdin:
        verb, *words = line.split()
        print(json.dumps(fill(*words) if verb == "fill" and words else register(verb)), flush=True)


def register(name: str) -> dict[str, str]:
    from django.conf import settings
    from django.test import Client

    from digi.accounts import people, sessions
    from digi.accounts.models import User, normal
    from tests.running import PASSWORD

    user = User.objects.filter(username=normal(name)).first() or people.create(name, PASSWORD)
    client = Client()
    client.force_login(user)
    cookie = settings.SESSION_COOKIE_NAME
    return {"cookie": cookie, "session": client.cookies[cookie].value, "token": sessions.new_token(user)}


def fill(room: str, count: str, *names: str) -> dict[str, int]:
    from django.db import transaction

    from digi.accounts.models import User, normal
    from digi.chat.models import Message, Room
    from digi.kit import sealed
    from digi.protocol import ids

    authors = [User.objects.get(username=normal(name)) for name in names]
    with transaction.atomic():
        row = Room.objects.select_for_update().get(pk=sealed.unseal(ids.ROOM, room) or 0)
        end = datetime.now(UTC) - timedelta(hours=1)

        def message(number: int) -> Message:
            fields: dict[str, Any] = {"pos": row.last_pos + number, "rev": row.head + number}
            said = {"body": f"Line {number}", "sent_at": end - timedelta(minutes=int(count) - number)}
            who = authors[number // 7 % len(authors)]
            made = Message(room=row, author=who, key=ids.server_key(), **fields, **said)
            made.pk, made.added_rev = ids.message_id(row.pk, made.pos), made.rev
            return made

        Message.objects.bulk_create((message(number) for number in range(1, int(count) + 1)), batch_size=1000)
        Room.objects.filter(pk=row.pk).update(head=row.head + int(count), last_pos=row.last_pos + int(count))
    return {"last_pos": row.last_pos + int(count)}


if __name__ == "__main__":
    main()
