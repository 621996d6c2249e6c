"""Makes the reference's table, and rows in it: `python -m bench.reference.prepare ROOM COUNT`, in its environment."""

import sys

import django
from django.core.management import call_command


def main(room: str, count: int) -> None:
    django.setup()
    from bench.reference.models import Message

    call_command("migrate", run_syncdb=True, verbosity=0)
    rows = (Message(room=room, user="bench", text=f"{number:08d} {TALK}") for number in range(1, count + 1))
    Message.objects.bulk_create(rows, batch_size=1000)


TALK = "what somebody said in this room at some time, at length"

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
