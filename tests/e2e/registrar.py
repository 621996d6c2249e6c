"""Registers people on the data of a running server, and signs them in: a name on each line in, their keys out as JSON.

Run as a program with the server's environment, because one process answers in milliseconds what the forms and the
console need seconds for. The forms have tests of their own.
"""

import json
import sys

import django


def main() -> None:
    django.setup()
    from django.conf import settings
    from django.test import Client

    from digi.accounts import people, sessions
    from digi.accounts.models import User, normal
    from tests.running import PASSWORD

    for line in sys.stdin:
        name = line.strip()
        user = User.objects.filter(username=normal(name)).first() or people.create(name, PASSWORD)
        client = Client()
        client.force_login(user)
        cookie = settings.SESSION_COOKIE_NAME
        keys = {"cookie": cookie, "session": client.cookies[cookie].value, "token": sessions.new_token(user)}
        print(json.dumps(keys), flush=True)


if __name__ == "__main__":
    main()
