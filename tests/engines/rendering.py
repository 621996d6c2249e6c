"""Renders Digi for SQL Server, without one: `python -m tests.engines.rendering FILE` writes what it found as JSON.

In a process of its own, because the backend changes parts of Django as it is imported. Everything Digi does runs on
SQLite, once; each query is rendered for SQL Server as well, just before.
"""

import contextlib
import importlib
import inspect
import json
import os
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from typing import Any

ALIAS = "mssql"
VERSION = 2019  # the oldest that is supported
PASSWORD = "correct horse battery staple"
AT_START = {"digi.accounts.sessions.watch"}


def main(path: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    server = connection()
    found = {"migrations": migrations(server), **corpus(server)}
    with open(path, "w", encoding="utf-8") as file:
        json.dump(found, file)


# ── a connection to nothing ──


def connection() -> Any:
    """SQL Server's backend for Django, on a server that answers nothing."""
    stub_drivers()
    from django.db import connections

    connections.settings[ALIAS] = {**connections.settings["default"], **_settings()}
    server: Any = connections[ALIAS]
    server.__dict__.update(sql_server_version=VERSION, to_azure_sql_db=False, connection=Nothing(), autocommit=False)
    server.in_atomic_block = True
    server.ensure_connection = server.validate_thread_sharing = lambda: None
    server.cursor = lambda: contextlib.nullcontext(Nothing())
    server.features.__dict__.update(can_rollback_ddl=False)
    return server


def _settings() -> dict[str, Any]:
    from pathlib import Path

    from digi.config.databases import database

    return database("mssql://digi:secret@db.example.org/digi", Path())


def stub_drivers() -> None:
    """Pretend to have pyodbc where the system lacks what it is linked to; nothing here ever connects."""
    try:
        importlib.import_module("pyodbc")
    except ImportError:
        sys.modules["pyodbc"] = Stub("pyodbc")


class Stub(types.ModuleType):
    version = "5.5.0"
    __spec__ = ModuleSpec("pyodbc", None)

    def __getattr__(self, name: str) -> Any:
        return type(name, (Exception,), {})


class Nothing:
    """A cursor, and a connection, that find nothing."""

    rowcount = 0

    def execute(self, *_: Any) -> "Nothing":
        return self

    def fetchone(self) -> Any:
        return None

    def fetchall(self) -> list[Any]:
        return []

    def cursor(self) -> Any:
        return contextlib.nullcontext(self)

    def close(self) -> None:
        pass


# ── migrations ──


def migrations(server: Any) -> dict[str, list[str]]:
    """The statements of every migration of every installed app, by `app.name`."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    graph = loader.graph
    state, found = loader.project_state((), at_end=False), {}
    for app, name in graph._generate_plan(graph.leaf_nodes(), at_end=True):
        migration = graph.nodes[app, name]
        with server.schema_editor(collect_sql=True, atomic=False) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        found[f"{app}.{name}"] = [line for line in editor.collected_sql if not line.startswith("--")]
    return found


# ── queries ──


def corpus(server: Any) -> dict[str, Any]:
    """The SQL of every query of Digi's life, and the functions of its reading modules that took part."""
    queries: dict[str, int] = {}
    called: set[str] = set()

    def note(sql: str, params: Any) -> None:
        queries[sql] = max(queries.get(sql, 0), len(params))

    with rendered(server, note), called_functions(called):
        live()
    return {"queries": queries, "uncalled": sorted(reading_functions() - called - AT_START)}


def reading_functions() -> set[str]:
    from digi.accounts import links, people, sessions
    from digi.accounts import queries as accounts
    from digi.chat import access, integrity, logs
    from digi.chat.queries import pages, rooms
    from digi.chat.queries import people as together

    modules = (accounts, pages, rooms, together, access, logs, links, people, sessions, integrity)
    return {
        f"{module.__name__}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
    }


@contextlib.contextmanager
def called_functions(called: set[str]) -> Iterator[None]:
    def look(frame: types.FrameType, event: str, _: Any) -> None:
        if event == "call" and (name := frame.f_globals.get("__name__", "")).startswith("digi."):
            called.add(f"{name}.{frame.f_code.co_name}")

    sys.setprofile(look)
    yield
    sys.setprofile(None)


@contextlib.contextmanager
def rendered(server: Any, note: Callable[[str, Any], None]) -> Iterator[None]:
    """Have each query that is executed rendered for `server` first."""
    from django.db.models.sql import compiler

    from digi.kit import compiled

    def look(query: Any) -> None:
        for sql, params in rendering(query, server):
            note(sql, params)

    def watched(execute: Callable[..., Any]) -> Callable[..., Any]:
        def watching(self: Any, *args: Any, **kwargs: Any) -> Any:
            look(self.query)
            return execute(self, *args, **kwargs)

        return watching

    def making(self: Any, rows: Any) -> None:
        look(rows.query)
        make(self, rows)

    make, compiled._Statement.__init__ = compiled._Statement.__init__, making  # type: ignore[method-assign]
    for kind in (compiler.SQLCompiler, compiler.SQLInsertCompiler):
        kind.execute_sql = watched(kind.execute_sql)  # type: ignore[method-assign]
    yield


def rendering(query: Any, server: Any) -> list[tuple[str, Any]]:
    from django.core.exceptions import EmptyResultSet, FullResultSet

    try:
        found = query.clone().get_compiler(connection=server).as_sql()
    except (EmptyResultSet, FullResultSet):
        return []
    return [one for one in ([found] if isinstance(found, tuple) else found) if one[0]]


# ── a life of Digi in which everything happens once ──


def live() -> None:
    from digi.accounts import people
    from digi.chat import integrity

    for name in ("alice", "bob", "charlie"):
        people.create(name, PASSWORD)
    people.create("robbie", None, is_bot=True)
    room, message = talk()
    stand()
    for name in ("alice", "bob"):
        read(name, room)
    catch_up(room)
    do("alice", c().DeleteMessage(message=message))
    do("alice", c().LeaveRoom(room=room))
    do("robbie", c().ArchiveRoom(room=room))  # who has been there longest owns it now
    sign_in_and_out()
    assert list(integrity.faults()) == []


def c() -> Any:
    from digi.protocol import commands

    return commands


def actor(name: str) -> Any:
    from digi.accounts import actors, people

    return actors.of(people.find(name))


def do(name: str, command: Any) -> Any:
    from digi.execute import execute

    return execute(actor(name), command)


def talk() -> tuple[int, int]:
    """A room with a message that was edited; returns both ids."""
    room = do("alice", c().CreateRoom(kind="public", name="Lounge", people=["robbie"])).room.id
    do("alice", c().CreateRoom(kind="group", name="Kitchen", people=["bob", "robbie"]))
    message = do("alice", c().AddMessage(room=room, body="Hello", key="a-key-of-mine")).message.id
    do("alice", c().AddMessage(room=room, body="Hello", key="a-key-of-mine"))
    do("bob", c().OpenRoom(name="lounge"))
    do("bob", c().AddMessage(room=room, body="Hello yourself", reply_to=message))
    for name, command in (
        ("alice", c().EditMessage(message=message, body="Hello!")),
        ("alice", c().RenameRoom(room=room, name="The Lounge")),
        ("alice", c().SetTopic(room=room, topic="Anything")),
        ("alice", c().InvitePerson(room=room, person="charlie")),
        ("alice", c().ChangeRole(room=room, person="charlie", role="moderator")),
        ("alice", c().RemoveMember(room=room, person="charlie")),
        ("charlie", c().JoinRoom(room=room)),
        ("bob", c().MarkUnread(room=room, pos=1)),
        ("bob", c().MarkRead(room=room, pos=1)),
        ("bob", c().MuteRoom(room=room)),
        ("bob", c().StarRoom(room=room)),
        ("bob", c().SaveDraft(room=room, body="Dear all", reply_to=message)),
        ("charlie", c().SaveDraft(room=room, body="Dear all")),
        ("charlie", c().SaveDraft(room=room, body="")),
        ("bob", c().ReactToMessage(message=message, emoji="👍")),
        ("alice", c().PinMessage(message=message)),
    ):
        do(name, command)
    call_and_pass_on(room, message)
    return room, message


def call_and_pass_on(room: int, message: int) -> None:
    """A message that addresses people, others than at first, and one that is passed on."""
    called = do("alice", c().AddMessage(room=room, body="@bob and @robbie, @everyone")).message.id
    do("alice", c().EditMessage(message=called, body="@robbie and @charlie"))
    do("alice", c().AddMessage(room=room, body="@bob, once more"))
    do("bob", c().ForwardMessage(message=message, room=room))
    do("bob", c().MarkUnread(room=room, pos=1))
    do("alice", c().DeleteMessage(message=called))


def stand() -> None:
    """Everything that people can be to each other."""
    from digi.accounts import queries

    for name, command in (
        ("alice", c().RequestFriend(person="bob")),
        ("bob", c().DeclineFriend(person="alice")),
        ("alice", c().RequestFriend(person="bob")),
        ("alice", c().WithdrawFriend(person="bob")),
        ("alice", c().RequestFriend(person="bob")),
        ("bob", c().AcceptFriend(person="alice")),
        ("alice", c().CreateRoom(kind="direct", people=["bob"])),
        ("alice", c().CreateRoom(kind="direct", people=["charlie"])),
        ("alice", c().RemoveFriend(person="bob")),
        ("alice", c().BlockPerson(person="bob")),
    ):
        do(name, command)
    assert queries.blocks(actor("alice"))
    do("alice", c().UnblockPerson(person="bob"))
    do("alice", c().EditProfile(display_name="Alice", hue=20, initials="A"))
    do("alice", c().EditSettings(theme="dark", show_reads=False))


def read(name: str, room: int) -> None:
    from digi.accounts import queries as accounts
    from digi.chat import queries

    asking = actor(name)
    for look in (accounts.me, accounts.friends, queries.inbox, queries.heads, queries.drafts, queries.mentions):
        look(asking)
    for look_at in (queries.entry, queries.members, queries.opened, queries.messages, queries.pins, queries.reads):
        look_at(asking, room)
    accounts.people(asking, "")
    accounts.people(asking, "al")
    accounts.person(asking, "robbie")
    queries.messages(asking, room, before=2)
    queries.messages(asking, room, after=1)
    queries.messages(asking, room, around=1, limit=2)
    queries.opened(asking, room, 1)
    found = queries.messages_at(asking, room, queries.messages(asking, room).messages[0].sent_at).messages
    queries.mentions(asking, found[-1].id, 2)
    queries.chosen(asking, [found[-1].id])
    queries.direct_among(asking, [room])
    queries.visible_presence(asking, ["alice", "bob", "robbie"])
    queries.changes(asking, room, 0)


def catch_up(room: int) -> None:
    from digi.accounts import installations, people
    from digi.accounts import queries as accounts
    from digi.chat import logs, queries
    from digi.chat.models import Revision
    from digi.live import sources

    alice = people.find("alice")
    for stream in (f"room.{room}", f"person.{alice.pk}"):
        assert sources.page(stream, 0).changes
    logs.heads([room])
    accounts.heads([alice.pk])
    people.seen(alice.pk)
    assert accounts.seen_at([alice.pk])
    installations.epoch()
    installations.renew()
    assert queries.room_id_of("the lounge") == room
    assert queries.revisions(actor("alice"), Revision.objects.values_list("message", flat=True)[0])


def sign_in_and_out() -> None:
    from digi.accounts import links, people, sessions, signup

    alice, robbie = people.find("alice"), people.find("robbie")
    assert sessions.user_of_token(sessions.new_token(robbie)) == robbie
    sessions.revoke_tokens(robbie)
    assert sessions.user_of_password("alice", PASSWORD) == alice
    session = _signed_in(alice)
    assert sessions.user_of_session(session) == alice
    sessions.end(alice.pk, [session])
    people.set_password(alice, f"another {PASSWORD}")
    sessions._on_new_password(alice)
    people.deactivate(people.find("charlie"))
    links.use("invitation", links.invite(people.find("alice")))
    links.use("reset", links.reset(people.find("bob"), people.find("alice")))
    signup.needs_invitation()


def _signed_in(user: Any) -> str:
    """The key of a session, made as a sign-in makes it."""
    from django.contrib.auth import login
    from django.contrib.sessions.backends.db import SessionStore
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, "allauth.account.auth_backends.AuthenticationBackend")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            DIGI_DATA=folder, DATABASE_URL="", REDIS_URL="", DJANGO_SETTINGS_MODULE="digi.config.settings"
        )
        main(sys.argv[1])
