"""The guard against becoming slower without anybody noticing."""

import pytest

from bench import baseline
from bench.figures import Figure, Round


def figure(name, *, is_more_better, **sides):
    rounds = {side: [Round(value) for value in values] for side, values in sides.items()}
    return Figure("W1", name, "", is_more_better, sides=rounds)


def test_gains_grow_with_what_is_better():
    rate = figure("messages/s", is_more_better=True, digi=[600], reference=[200])
    time = figure("p50", is_more_better=False, digi=[2.0], reference=[8.0])
    assert baseline.gains([rate, time]) == {"W1 messages/s / reference": 3.0, "W1 p50 / reference": 4.0}


def test_figures_without_another_side_are_no_ratios():
    assert baseline.gains([figure("p50", is_more_better=False, digi=[2.0], simple=[2.0])]) == {}


def test_the_raw_broadcaster_counts_only_where_a_goal_is_about_it():
    sides = {"digi": [Round(80.0)], "raw": [Round(100.0)]}
    many, few = (Figure(name, "deliveries/s", "", is_more_better=True, sides=sides) for name in ("W4", "W3"))
    assert baseline.gains([many, few]) == {"W4 deliveries/s / raw": 0.8}


def test_the_slowest_of_a_short_round_are_left_to_chance():
    assert baseline.gains([figure("p99 to own echo", is_more_better=False, digi=[2.0], reference=[8.0])]) == {}


@pytest.mark.parametrize(("now", "is_lost"), [(79.9, True), (80.0, False), (100, False), (130, False)])
def test_a_loss_counts_from_a_fifth_on(now, is_lost):
    assert bool(baseline.losses({"a": now}, {"a": 100})) is is_lost


def test_a_loss_is_told_with_both_numbers():
    assert baseline.losses({"a": 50.0}, {"a": 100.0}) == ["a: 50, it was 100 (-50 %)"]


def test_what_was_not_measured_is_not_lost():
    assert baseline.losses({}, {"a": 100}) == []
    assert baseline.losses({"a": 1}, {}) == []


def test_saving_keeps_what_this_run_did_not_measure(tmp_path):
    path = tmp_path / "baseline.json"
    assert baseline.read(path) == {}
    baseline.save({"a": 1.0, "b": 2.0}, path)
    baseline.save({"b": 3.0}, path)
    assert baseline.read(path) == {"a": 1.0, "b": 3.0}
