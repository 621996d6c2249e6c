"""One's own profile: what may be changed, and who hears of it."""

import pytest

from digi.accounts import queries
from digi.errors import Invalid
from digi.execute import execute
from digi.live.changes import PERSON, ROOM, Signal, stream
from digi.protocol import commands as c
from tests.conftest import as_actor
from tests.logs import assert_person_whole

pytestmark = pytest.mark.engine


def edit(user, **fields):
    return execute(as_actor(user), c.EditProfile(**fields)).person


def test_what_is_left_out_stays_as_it_is(alice):
    edit(alice, display_name="Alice Liddell", hue=200)
    shown = edit(alice, initials="A")
    assert (shown.display_name, shown.hue, shown.initials) == ("Alice Liddell", 200, "A")
    assert shown.username == "alice"


def test_initials_come_from_the_name_unless_they_are_given(alice):
    assert edit(alice, display_name="Alice Liddell").initials == "AL"
    assert edit(alice, initials="qx").initials == "qx"
    assert edit(alice, initials="").initials == "AL"


@pytest.mark.parametrize("initials", ["\0", " ", "a b", "\u200b", "?", "🙂", "\n"])
def test_initials_are_letters_or_digits(initials, alice):
    with pytest.raises(Invalid) as refused:
        edit(alice, initials=initials)
    assert refused.value.field == "initials"


def test_ones_devices_hear_a_change_and_ones_rooms_a_signal(alice, bob, lounge, direct, heard):
    heard.clear()
    shown = edit(bob, hue=200)
    (change,) = heard.changes()
    assert (change.stream, change.kind, change.shown.hue) == (stream(PERSON, bob.pk), "me", 200)
    signals = [item for item in heard if isinstance(item, Signal)]
    assert {signal.stream for signal in signals} == {stream(ROOM, room.pk) for room in (lounge, direct)}
    assert all(signal.content == {"person": shown.json_value()} for signal in signals)
    assert_person_whole(bob)


def test_rooms_that_one_has_left_hear_nothing(alice, bob, lounge, heard):
    execute(as_actor(bob), c.LeaveRoom(room=lounge.pk))
    heard.clear()
    edit(bob, hue=200)
    assert not [item for item in heard if isinstance(item, Signal)]


def test_no_change_takes_no_number(alice):
    edit(alice, hue=200)
    before = queries.me(as_actor(alice))
    edit(alice, hue=200)
    edit(alice)
    assert queries.me(as_actor(alice)) == before


def test_a_new_name_is_shown_everywhere_at_once(alice, bob, lounge):
    from digi.chat import queries as chat

    edit(bob, display_name="Robert")
    members = chat.members(as_actor(alice), lounge.pk)
    assert "Robert" in {member.profile.display_name for member in members}
