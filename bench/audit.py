"""Looks into a server's database after a run: is all there that was granted, once, in order? JSON in, problems out.

Runs as a program in the server's environment. Each line of `said` is one sender: `sign`, and how many it `said`.
"""

import json
import sys
from collections.abc import Iterable
from typing import Any

import django


def main() -> None:
    django.setup()
    asked = json.load(sys.stdin)
    problems = [problem for one in asked["said"] for problem in missing(one["sign"], one["said"])]
    print(json.dumps(problems + disordered(asked["said"])))


def missing(sign: str, said: int) -> list[str]:
    from digi.chat.models import Message

    keys = Message.objects.filter(key__startswith=f"{sign}-").values_list("key", flat=True)
    return compare(sign, said, keys.iterator())


def compare(sign: str, said: int, keys: Iterable[str]) -> list[str]:
    """What is wrong with the keys that are stored of somebody who said messages 1 to `said`."""
    numbers = sorted(int(key.rpartition("-")[2]) for key in keys)
    if numbers == list(range(1, said + 1)):
        return []
    absent = sorted(set(range(1, said + 1)) - set(numbers))[:5]
    return [f"{sign}: {said} were granted, {len(numbers)} are stored; missing are {absent}"]


def disordered(said: list[dict[str, Any]]) -> list[str]:
    """Rooms whose counters and messages do not agree."""
    from django.db.models import Count, Max, Min

    from digi.chat.models import Message, Room
    from digi.kit import sealed
    from digi.protocol.ids import ROOM

    found = []
    for token in {one["room"] for one in said if one["room"]}:
        room = Room.objects.get(pk=sealed.unseal(ROOM, token) or 0)
        rows = Message.objects.filter(room=room.pk)
        sums = rows.aggregate(count=Count("pk"), last=Max("pos"), head=Max("rev"), first=Min("pos"))
        if sums != {"count": room.last_pos, "last": room.last_pos, "head": room.head, "first": 1}:
            found.append(f"room {room.pk}: {sums} do not agree with head {room.head} and last_pos {room.last_pos}")
    return found


if __name__ == "__main__":
    main()
