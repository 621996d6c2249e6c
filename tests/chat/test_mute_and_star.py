"""Muting and starring a room: for oneself alone, told to one's own devices by one's log."""

from datetime import timedelta

import pytest
from django.utils import timezone

from digi.chat import queries
from digi.chat.actions.entries import FOR_GOOD
from digi.chat.models import Room
from digi.errors import NotFound
from digi.execute import execute
from digi.live.changes import PERSON, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, counted, of_person

pytestmark = pytest.mark.engine


def mute(user, room, minutes):
    return execute(as_actor(user), c.MuteRoom(room=room.pk, minutes=minutes)).room


def star(user, room, starred=True):
    return execute(as_actor(user), c.StarRoom(room=room.pk, starred=starred)).room


def test_a_room_is_muted_for_so_many_minutes(bob, lounge):
    before = timezone.now()
    until = mute(bob, lounge, 60).muted_until
    assert before + timedelta(minutes=60) <= until <= timezone.now() + timedelta(minutes=60)
    assert queries.entry(as_actor(bob), lounge.pk).muted_until == until


def test_without_a_number_it_is_muted_for_good_and_with_zero_no_longer(bob, lounge):
    entry = mute(bob, lounge, None)
    assert entry.muted_until == FOR_GOOD
    assert entry.json_value()["muted_until"].startswith("9999-12-31T")
    assert queries.inbox(as_actor(bob))[0].muted_until == FOR_GOOD
    assert "muted_until" not in mute(bob, lounge, 0).json_value()


def test_a_star_is_put_and_taken_away(bob, lounge):
    assert star(bob, lounge).json_value()["starred"] is True
    assert "starred" not in star(bob, lounge, False).json_value()


@pytest.mark.parametrize("what", [lambda user, room: mute(user, room, None), star])
def test_ones_devices_learn_of_it_and_nobody_else(what, alice, bob, lounge, heard):
    before = Room.objects.get(pk=lounge.pk).head
    heard.clear()
    entry = what(bob, lounge)
    (change,) = heard
    assert (change.stream, change.kind, change.rev) == (stream(PERSON, bob.pk), "entry", entry.entry_rev)
    assert (change.shown.muted_until, change.shown.starred) == (entry.muted_until, entry.starred)
    heard.clear()
    assert what(bob, lounge) == entry
    assert not heard, "the same again changes nothing"
    assert Room.objects.get(pk=lounge.pk).head == before
    other = queries.entry(as_actor(alice), lounge.pk)
    assert (other.muted_until, other.starred) == (None, False)
    assert_person_whole(bob)


def test_lifting_what_is_not_there_changes_nothing(bob, lounge, heard):
    heard.clear()
    mute(bob, lounge, 0)
    star(bob, lounge, False)
    assert not heard


def test_a_direct_room_keeps_its_people_when_it_is_starred(alice, bob, direct, heard):
    heard.clear()
    star(bob, direct)
    assert heard.changes()[0].shown.people == ["alice", "bob"]


def test_both_outlive_a_change_of_role(alice, bob, lounge):
    mute(bob, lounge, None)
    star(bob, lounge)
    execute(as_actor(alice), c.ChangeRole(room=lounge.pk, person="bob", role="moderator"))
    entry = queries.entry(as_actor(bob), lounge.pk)
    assert (entry.muted_until, entry.starred, entry.role) == (FOR_GOOD, True, "moderator")


def test_who_comes_back_begins_anew(alice, bob, lounge):
    mute(bob, lounge, None)
    star(bob, lounge)
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    execute(as_actor(alice), c.InvitePerson(room=lounge.pk, person="bob"))
    entry = queries.entry(as_actor(bob), lounge.pk)
    assert (entry.muted_until, entry.starred) == (None, False)


def test_an_archived_room_can_be_muted_and_starred(alice, bob, lounge):
    execute(as_actor(alice), c.ArchiveRoom(room=lounge.pk))
    assert mute(bob, lounge, None).muted_until == FOR_GOOD
    assert star(bob, lounge).starred


def test_a_stranger_mutes_and_stars_nothing(charlie, lounge):
    for what in (lambda: mute(charlie, lounge, None), lambda: star(charlie, lounge)):
        with pytest.raises(NotFound):
            what()


def test_they_are_found_by_catching_up(bob, lounge, direct, heard):
    live, late = of_person(bob), of_person(bob)
    live.catch_up()
    heard.clear()
    star(bob, lounge)
    mute(bob, direct, None)
    star(bob, lounge, False)
    live.hear(heard.changes())
    late.catch_up(1)
    assert_contiguous(heard.changes())
    kept = [
        sorted((one["kind"], one.get("muted_until"), one.get("starred")) for one in replica.shown("entry"))
        for replica in (live, late)
    ]
    assert kept[0] == kept[1]


def test_it_takes_six_queries_and_three_to_answer(bob, lounge):
    actor = as_actor(bob)
    with counted() as made:
        execute(actor, c.StarRoom(room=lounge.pk))
    assert made.number <= 7, made.statements
