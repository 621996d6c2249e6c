"""Messages asked for by their ids, as a quote needs them."""

import pytest

from digi.chat import queries
from digi.protocol.ids import message_id
from tests.conftest import as_actor

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def test_messages_are_found_by_their_ids_with_who_wrote_them(alice, bob, lounge, say):
    first, _, third = say(alice, lounge, "One"), say(alice, lounge, "Two"), say(bob, lounge, "Three")
    page = queries.chosen(as_actor(alice), [third.id, first.id, message_id(lounge.pk, 99), 0])
    assert [message.body for message in page.messages] == ["One", "Three"]
    assert {person.username for person in page.people} == {"alice", "bob"}
    assert page.more is False


def test_a_stranger_finds_nothing_and_neither_does_who_has_left(alice, bob, charlie, lounge, say):
    message = say(alice, lounge, "Among us")
    assert queries.chosen(as_actor(charlie), [message.id]).messages == []
    lounge.members.filter(person=bob).update(has_left=True)
    assert queries.chosen(as_actor(bob), [message.id]).messages == []


def test_no_more_than_a_page_is_answered(alice, lounge, say):
    found = [say(alice, lounge, "Again").id for _ in range(3)]
    assert len(queries.chosen(as_actor(alice), [0] * queries.MOST_A_PAGE + found).messages) == 0
