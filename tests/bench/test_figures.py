"""What many measurements say together."""

import pytest

from bench.figures import Figure, Round, percentile, unrest


def figure(**sides):
    rounds = {side: [Round(value) for value in values] for side, values in sides.items()}
    return Figure("W2", "messages/s", "", is_more_better=True, sides=rounds)


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.99, 99), (1.0, 100), (0.001, 1), (0, 1)])
def test_a_percentile_is_the_nearest_rank(share, value):
    assert percentile(range(1, 101), share) == value


def test_the_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 0.99) == 7.0


def test_ratios_are_taken_round_by_round():
    """A machine that was slow in the second round was slow for both."""
    found = figure(digi=[200, 100, 220], reference=[10, 5, 10])
    assert found.ratios("reference") == [20, 20, 22]
    assert found.ratio("reference") == 20


def test_there_is_no_ratio_to_what_was_not_measured():
    assert figure(digi=[200]).ratio("raw") is None


def test_nothing_is_divided_by_a_round_in_which_nothing_came():
    assert figure(digi=[200, 100], reference=[0, 5]).ratios("reference") == [20]


def test_a_figure_knows_its_median_and_how_far_its_rounds_lay_apart():
    found = figure(digi=[1, 5, 2])
    assert found.median("digi") == 2
    assert found.spread("digi") == (1, 5)
    assert found.spread("raw") is None


def test_a_figure_is_written_with_every_round():
    written = figure(digi=[4], reference=[2]).as_json()
    assert written["sides"]["digi"]["rounds"] == [{"value": 4, "generator": 0.0, "server": 0.0, "others": 0.0}]
    assert written["ratios"] == {"reference": [2]}


def test_what_never_came_is_written_as_nothing():
    """JSON knows no infinity."""
    assert figure(digi=[float("inf")]).as_json()["sides"]["digi"]["median"] is None


def test_a_machine_that_was_not_quiet_is_said_to_be():
    quiet = Figure("W1", "p50", "ms", is_more_better=False, sides={"digi": [Round(1.0, others=0.02)]})
    rounds = [Round(1.0, others=0.02), Round(2.0, others=0.8)]
    loud = Figure("W2", "p50", "ms", is_more_better=False, sides={"digi": rounds})
    assert unrest([quiet]) == ""
    assert unrest([quiet, loud]).endswith("W2 0.80")
