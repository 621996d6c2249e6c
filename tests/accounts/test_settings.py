"""Settings: what one has chosen, as far as it differs from the defaults; told to one's own devices."""

import pytest

from digi.accounts import queries
from digi.accounts.models import User
from digi.errors import Invalid, Unauthenticated
from digi.execute import execute
from digi.live.changes import PERSON, stream
from digi.protocol import commands as c
from digi.protocol.objects import Settings
from tests.conftest import as_actor
from tests.logs import assert_contiguous, assert_person_whole, of_person

pytestmark = pytest.mark.engine


def edit(user, **chosen):
    return execute(as_actor(user), c.EditSettings(**chosen)).me


def kept(user):
    return User.objects.get(pk=user.pk).settings


def test_what_is_chosen_is_kept_and_the_rest_stays_as_it_is(alice):
    edit(alice, theme="dark")
    me = edit(alice, text_size=120, sounds=False)
    assert (me.settings.theme, me.settings.text_size, me.settings.sounds) == ("dark", 120, False)
    assert me.settings.density == "comfortable"
    assert queries.me(as_actor(alice)) == me


def test_only_what_differs_from_the_defaults_is_kept_and_goes_over_the_wire(alice):
    me = edit(alice, theme="dark", density="comfortable", show_reads=False)
    assert kept(alice) == {"theme": "dark", "show_reads": False}
    assert me.json_value()["settings"] == {"theme": "dark", "show_reads": False}
    assert edit(alice, theme="system", show_reads=True).json_value()["settings"] == {}
    assert kept(alice) == {}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_can_be_chosen_and_taken_back(name, alice):
    other = {
        "theme": "contrast",
        "density": "compact",
        "text_size": 160,
        "language": "ar",
        "notify": "none",
        "undo_send": 10,
        "quiet_from": "22:00",
        "quiet_to": "07:30",
        "zone": "Europe/Zagreb",
    }
    default = Settings.model_fields[name].default
    chosen = other.get(name, not default)
    assert getattr(edit(alice, **{name: chosen}).settings, name) == chosen
    assert kept(alice) == {name: chosen}
    assert getattr(edit(alice, **{name: default}).settings, name) == default
    assert kept(alice) == {}


def test_what_a_later_version_kept_is_no_hindrance(alice):
    """A zone that has been renamed, a setting that is no more: what is not touched is not judged."""
    User.objects.filter(pk=alice.pk).update(settings={"zone": "Mars/Olympus", "font": "Serif"})
    assert edit(alice, theme="dark").settings.zone == "Mars/Olympus"
    assert kept(alice) == {"zone": "Mars/Olympus", "theme": "dark"}


def test_it_is_a_change_of_ones_own_log_and_the_same_again_is_none(alice, heard):
    me = edit(alice, theme="dark")
    (change,) = heard
    assert (change.stream, change.kind, change.rev, change.shown) == (stream(PERSON, alice.pk), "me", me.rev, me)
    heard.clear()
    assert edit(alice, theme="dark") == edit(alice) == me
    assert not heard
    assert_person_whole(alice)


@pytest.mark.parametrize(
    "chosen",
    [
        {"theme": "pink"},
        {"text_size": 79},
        {"text_size": 161},
        {"undo_send": 11},
        {"quiet_from": "24:00"},
        {"quiet_to": "7:00"},
        {"zone": "Mars/Olympus"},
        {"language": "xx"},
        {"font": "Comic Sans"},
        {"sounds": "yes"},
    ],
)
def test_what_there_is_not_to_choose_is_refused(chosen, alice):
    with pytest.raises(Invalid):
        c.parse("settings.edit", chosen)


def test_quiet_hours_may_be_half_chosen(alice):
    """There are none until all of it is there: a form may send it piece by piece."""
    edit(alice, quiet_from="22:00")
    edit(alice, zone="Asia/Tokyo")
    assert kept(alice) == {"quiet_from": "22:00", "zone": "Asia/Tokyo"}


def test_others_are_not_touched_and_do_not_see_it(alice, bob, lounge):
    edit(alice, theme="dark")
    assert kept(bob) == {}
    assert "settings" not in queries.person(as_actor(bob), "alice").json_value()


def test_who_is_signed_out_chooses_nothing(alice):
    from digi.accounts import sessions

    actor = as_actor(alice)
    sessions.revoke(alice.pk)
    with pytest.raises(Unauthenticated):
        execute(actor, c.EditSettings(theme="dark"))


def test_settings_are_found_by_catching_up(alice, heard):
    live, late = of_person(alice), of_person(alice)
    edit(alice, theme="dark")
    edit(alice, density="compact")
    live.hear(heard.changes())
    late.catch_up(1)
    assert_contiguous(heard.changes())
    assert live.objects == late.objects
    assert late.shown("me")[0]["settings"] == {"theme": "dark", "density": "compact"}
