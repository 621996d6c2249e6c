import pytest

pytestmark = pytest.mark.django_db

FIELDS = {"display_name": "Alice Lindqvist", "initials": "", "hue": "30"}


def test_name_colour_and_initials_are_changed_without_javascript(alice, as_, read):
    browser = as_(alice)
    answer = browser.post("/profile/", {**FIELDS, "initials": "ÅL"}, follow=True)
    alice.refresh_from_db()
    assert (alice.display_name, alice.initials, alice.hue) == ("Alice Lindqvist", "ÅL", 30)
    assert "Saved" in read(answer).text
    assert read(answer).all("span", class_="ava h30 big")


def test_initials_follow_the_name_where_none_are_given(alice, as_, read):
    browser = as_(alice)
    browser.post("/profile/", FIELDS)
    assert "AL" in read(browser.get("/profile/")).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"display_name": " "}, "may not be empty"),
        ({"display_name": "a\u202eb"}, "invisible or control characters"),
        ({"display_name": "x" * 61}, "at most 60 characters"),
        ({"initials": "ABCD"}, "at most 3 characters"),
        ({"initials": "\u200b"}, "Initials"),
        ({"hue": "999"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(alice, as_, wrong, said):
    answer = as_(alice).post("/profile/", {**FIELDS, **wrong})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    alice.refresh_from_db()
    assert alice.display_name == "alice"


@pytest.mark.parametrize(("hue", "gone"), [(47, "60"), (352, "0"), (14, "0")])
def test_a_colour_beside_the_swatches_takes_the_place_of_the_nearest(alice, as_, read, hue, gone):
    alice.hue = hue
    alice.save()
    page = read(as_(alice).get("/profile/"))
    swatches = page.all("input", name="hue")
    assert len(swatches) == 12
    assert [swatch["value"] for swatch in swatches if "checked" in swatch] == [str(hue)]
    assert gone not in [swatch["value"] for swatch in swatches]


def test_the_colour_whose_place_is_taken_can_still_be_sent(alice, as_):
    alice.hue = 47
    alice.save()
    assert as_(alice).post("/profile/", {**FIELDS, "hue": "60"}).status_code == 302
    alice.refresh_from_db()
    assert alice.hue == 60
