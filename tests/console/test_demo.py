"""The sample is lively, is made by commands, and comes once."""

import argparse
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from digi.accounts import actors, people, queries, sessions
from digi.accounts.actors import Actor
from digi.chat import integrity, text
from digi.chat import queries as chat
from digi.console import sampling
from digi.console.main import main
from digi.console.samples import BOTS, PEOPLE, ROOMS
from digi.errors import Conflict, TooFast
from digi.execute import execute


@pytest.fixture
def printed(db: None, capsys: pytest.CaptureFixture[str]) -> str:
    assert sampling.demo(argparse.Namespace()) == 0
    return capsys.readouterr().out


@pytest.fixture
def alice(printed: str) -> Actor:
    return actors.of(people.find("alice"))


def test_everybody_can_sign_in_with_what_is_printed(printed: str):
    password = printed.rsplit(maxsplit=1)[-1]
    for name in PEOPLE:
        assert f"{name}" in printed
        assert sessions.user_of_password(name, password) is not None
    for name in BOTS:
        assert not people.find(name).has_usable_password()


def test_there_is_something_to_see_for_alice(alice: Actor):
    inbox = chat.inbox(alice)
    assert {entry.kind for entry in inbox} == {"direct", "group", "public"}
    assert len(inbox) >= 7
    assert sum(entry.unread > 0 for entry in inbox) >= 2
    assert any(entry.unread == 0 for entry in inbox)
    assert any(entry.archived for entry in inbox)
    assert {friend.state for friend in queries.friends(alice)} == {"friend", "incoming", "outgoing"}


def test_it_shows_what_can_be_done_with_a_message(alice: Actor):
    entries = chat.inbox(alice)
    messages = [message for entry in entries for message in chat.messages(alice, entry.id, limit=200).messages]
    assert sum(bool(message.reactions) for message in messages) >= 8
    assert any(len(message.reactions) > 1 for message in messages)
    assert sum(len(chat.pins(alice, entry.id).messages) for entry in entries) >= 4
    assert [message.forwarded_from for message in messages if message.forwarded_from] == ["alice"]
    assert {name for message in messages for name in message.mentions} >= {"alice", "everyone"}
    assert {block["type"] for message in messages for block in text.tree(message.body)} >= {
        "paragraph",
        "fence",
        "list",
        "quote",
        "table",
    }
    for letters in (r"[\u0600-\u06ff]", r"[\u3040-\u30ff]"):  # Arabic, Japanese
        assert sum(bool(re.search(letters, message.body)) for message in messages) >= 3


def test_rooms_are_starred_muted_and_unread_as_far_as_others_spoke(alice: Actor):
    entries = {entry.name or "mira" * ("mira" in (entry.people or [])): entry for entry in chat.inbox(alice)}
    assert [name for name, entry in entries.items() if entry.starred] == ["lounge"]
    assert [name for name, entry in entries.items() if entry.muted_until] == ["kitchen"]
    assert {name: entry.unread for name, entry in entries.items() if entry.unread} == {"mira": 2, "chess club": 4}
    assert {name: entry.mentions for name, entry in entries.items() if entry.mentions} == {"chess club": 1}
    toru = actors.of(people.find("toru"))
    assert {entry.name: (entry.unread, entry.mentions) for entry in chat.inbox(toru) if entry.unread} == {
        "lounge": (3, 1)
    }


def test_the_talk_has_answers_edits_and_a_deletion(alice: Actor):
    pages = [chat.messages(alice, entry.id, limit=200).messages for entry in chat.inbox(alice)]
    messages = [message for page in pages for message in page]
    assert len([message for message in messages if message.kind == "text"]) >= 140
    assert any(message.reply_to for message in messages)
    assert any(message.edited_at for message in messages)
    assert any(message.deleted for message in messages)
    assert any("\n" in message.body for message in messages)
    assert not any("=>" in message.body or "\\n" in message.body for message in messages)


def test_the_logs_keep_their_promises(printed: str):
    assert list(integrity.faults()) == []


def test_every_room_has_its_people(printed: str):
    for room in ROOMS:
        assert set(room.people.split()) <= {*PEOPLE, *BOTS}
        assert set(room.unread.split()) | set(room.moderator.split()) <= set(room.people.split())


def test_it_comes_once(printed: str, capsys: pytest.CaptureFixture[str]):
    with CaptureQueriesContext(connection) as asked, pytest.raises(Conflict):
        sampling.demo(argparse.Namespace())
    assert not any(query["sql"].startswith("INSERT") for query in asked)
    assert main(["demo"]) == 1
    assert "here already" in capsys.readouterr().err


def test_it_waits_where_the_server_says_too_fast(db: None, monkeypatch: pytest.MonkeyPatch):
    refusals = [TooFast(retry_after=10)]
    waited: list[float] = []

    def refusing(actor, command):
        if refusals:
            raise refusals.pop()
        return execute(actor, command)

    monkeypatch.setattr("digi.console.sampling.execute", refusing)
    monkeypatch.setattr("digi.console.sampling.time.sleep", waited.append)
    assert sampling.demo(argparse.Namespace()) == 0
    assert waited == [10]
