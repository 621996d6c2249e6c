"""`digi user`, `digi token`, `digi invite` and `digi restored`."""

import argparse
import getpass
import sys

from django.conf import settings

from digi.accounts import installations, links, people, sessions
from digi.console import preparing
from digi.kit.environment import WrongSetting


def user(options: argparse.Namespace) -> int:
    preparing.prepare_database()
    if options.action == "deactivate":
        people.deactivate(people.find(options.name))
        return _say(f"{options.name} is signed out everywhere and cannot sign in any more.")
    if options.action == "add" and options.bot:
        people.create(options.name, None, is_bot=True)
        return _say(f"The bot {options.name} is there. `digi token {options.name}` gives it a token.")
    password = _password(from_stdin=options.password_stdin)
    if options.action == "password":
        people.set_password(people.find(options.name), password)
        return _say(f"{options.name} has a new password; all sessions have ended.")
    people.create(options.name, password, is_owner=options.owner)
    return _say(f"{options.name} can sign in now.")


def token(options: argparse.Namespace) -> int:
    preparing.prepare_database()
    person = people.find(options.name)
    if options.revoke:
        sessions.revoke_tokens(person)
        return _say(f"All tokens of {person.username} have ended.")
    print(sessions.new_token(person))
    return 0


def invite(_options: argparse.Namespace) -> int:
    preparing.prepare_database()
    print(f"{settings.DIGI_URL or 'http://127.0.0.1:8000'}/join/{links.invite(None)}/")
    return 0


def restored(_options: argparse.Namespace) -> int:
    preparing.prepare_database()
    installations.renew()
    return _say("Clients will forget what they hold and fetch it again. Start the server now.")


def _password(*, from_stdin: bool) -> str:
    """The password, asked for twice at a terminal; raises WrongSetting without one."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise WrongSetting("There is no terminal to ask for a password; use --password-stdin.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise WrongSetting("The two passwords differ.")
    return password


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 0
