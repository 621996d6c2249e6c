"""The `digi` command: reads the command line, starts Django, calls one function. Knows no row."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from django.core.exceptions import ImproperlyConfigured

from digi import __version__
from digi.errors import DigiError
from digi.kit.environment import WrongSetting

WRONG_USE = 2

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `digi ARGUMENTS…`; returns the exit status: 0, 1 for a refusal, 2 for wrong use or settings."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "digi.config.settings")
    try:
        return _command(options.command)(options)
    except WrongSetting as error:
        return _fail(str(error), WRONG_USE)
    except DigiError as error:
        return _fail(error.detail, 1)
    except ImproperlyConfigured as error:
        return _fail(str(error).splitlines()[0], WRONG_USE)
    except KeyboardInterrupt:
        return 130


def _fail(sentence: str, status: int) -> int:
    print(f"digi: {sentence}", file=sys.stderr)
    return status


def _command(name: str) -> Run:
    # Imported late: `digi --help` must not wait for Django, and settings are read at the import.
    if name == "serve":
        from digi.console import serving

        return serving.serve
    import django

    django.setup()
    from digi.console import accounts, checking, sampling

    commands: dict[str, Run] = {
        "user": accounts.user,
        "token": accounts.token,
        "invite": accounts.invite,
        "restored": accounts.restored,
        "demo": sampling.demo,
        "check": checking.check,
    }
    return commands[name]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="digi", description="A self-hosted, real-time chat.")
    parser.add_argument("--version", action="version", version=f"digi {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serve(commands.add_parser("serve", help="prepare the database and serve HTTP and WebSocket"))
    _user(commands.add_parser("user", help="add a person, set a password, deactivate"))
    token = commands.add_parser("token", help="print a new token for a person's programs")
    token.add_argument("name")
    token.add_argument("--revoke", action="store_true", help="end all tokens of this person instead")
    commands.add_parser("invite", help="print a link with which somebody can sign up, once")
    commands.add_parser("restored", help="after a backup was put back: have clients fetch everything anew")
    commands.add_parser("demo", help="fill an empty server with a lively sample")
    commands.add_parser("check", help="look whether everything is in order")
    return parser


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=_port, default=8000, help="the port to listen on (8000); 0 takes a free one")
    parser.add_argument("--workers", type=_workers, default=1, help="processes; more than one need REDIS_URL (1)")
    parser.add_argument("--server", choices=("uvicorn", "daphne"), default="uvicorn", help="the ASGI server (uvicorn)")


def _user(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make an account")
    add.add_argument("--owner", action="store_true", help="who owns this server")
    add.add_argument("--bot", action="store_true", help="a program; it gets no password, but tokens")
    password = actions.add_parser("password", help="give a new password, and end all sessions")
    deactivate = actions.add_parser("deactivate", help="sign a person out for good; what they wrote stays")
    for parser_of_one in (add, password, deactivate):
        parser_of_one.add_argument("name")
    for asks_password in (add, password):
        asks_password.add_argument(
            "--password-stdin", action="store_true", help="read the password from standard input"
        )


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _workers(text: str) -> int:
    return _number(text, 1, 64)


def _number(text: str, least: int, most: int) -> int:
    if not text.isdigit() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
    return int(text)
