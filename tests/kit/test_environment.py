"""Readers of the environment: a wrong value is one clear line."""

import pytest

from digi.kit.environment import Environment, WrongSetting


def test_a_text_is_trimmed_and_an_empty_one_is_not_set():
    env = Environment({"A": "  x ", "B": " "})
    assert (env.text("A"), env.text("B", "y"), env.text("C", "z")) == ("x", "y", "z")


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("hush\n")
    env = Environment({"KEY_FILE": str(tmp_path / "key"), "PLAIN": "open"})
    assert (env.secret("KEY"), env.secret("PLAIN"), env.secret("NONE")) == ("hush", "open", "")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(WrongSetting, match="KEY_FILE: cannot read"):
        Environment({"KEY_FILE": str(tmp_path / "missing")}).secret("KEY")


def test_a_choice_is_one_of_those_offered():
    env = Environment({"A": "two", "B": "three"})
    assert (env.choice("A", ("one", "two")), env.choice("C", ("one", "two"))) == ("two", "one")
    with pytest.raises(WrongSetting, match="B is 'three'; it may be one or two"):
        env.choice("B", ("one", "two"))


@pytest.mark.parametrize("value", ["x", "0", "-1", "nan", "1,5"])
def test_a_number_is_one_and_large_enough(value):
    with pytest.raises(WrongSetting, match=r"^N is"):
        Environment({"N": value}).number("N", 5, least=0.1)


def test_a_number_that_is_not_set_is_the_usual_one():
    assert Environment({"N": "2.5"}).number("N", 5) == 2.5
    assert Environment({}).number("N", 5) == 5


def test_a_flag_is_nought_or_one():
    env = Environment({"A": "1", "B": "yes"})
    assert (env.flag("A"), env.flag("C")) == (True, False)
    with pytest.raises(WrongSetting):
        env.flag("B")


def test_a_list_stands_between_commas():
    assert Environment({"A": "x, ,y,"}).items("A") == ["x", "y"]
