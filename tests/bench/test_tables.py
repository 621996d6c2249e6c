"""What is printed: ours beside theirs, what is wanted, and whether it was reached."""

import pytest

from bench import tables
from bench.figures import Figure, Round
from bench.goals import GOALS, Bound, goals_of


def figure(workload="W4", name="deliveries/s", *, is_more_better=True, share=0.5, **sides):
    rounds = {side: [Round(value, share) for value in values] for side, values in sides.items()}
    return Figure(workload, name, "", is_more_better, sides=rounds)


def test_a_figure_with_two_goals_has_two_lines():
    lines = tables.lines_of(figure(digi=[90_000], reference=[1_000], raw=[100_000]))
    assert [line.must for line in lines] == ["≥ 45 × reference", "≥ 0.75 × raw"]
    assert [line.ratio for line in lines] == ["90.0 × reference", "0.90 × raw"]
    assert [line.reached for line in lines] == ["yes", "yes, and further"]


def test_a_figure_without_a_goal_has_a_line_too():
    [line] = tables.lines_of(figure("W3", "p50 to own echo", digi=[2.0], reference=[30.0]))
    assert (line.digi, line.must, line.reached) == ("2.00", "", "")


def test_a_goal_that_is_missed_is_said_aloud():
    lines = tables.lines_of(figure(digi=[4_000], reference=[1_000]))
    assert [line.reached for line in lines] == ["NO", "not measured"]


def test_a_generator_that_had_no_more_to_give_is_named_as_the_limit():
    assert tables.load(figure(digi=[1], share=0.97)) == "0.97 generator was the limit"
    assert tables.load(figure(digi=[1], share=0.5)) == "0.50"
    assert tables.load(figure(digi=[1], share=0.0)) == ""


def test_a_cell_tells_how_far_the_rounds_lay_from_the_median():
    assert tables.cell(figure(digi=[90, 100, 130]), "digi") == "100 ±30%"


def test_what_never_came_took_for_ever():
    assert tables.cell(figure(digi=[float("inf"), 2.0, float("inf")]), "digi") == "∞"


@pytest.mark.parametrize(
    ("number", "shown"), [(0.1234, "0.12"), (12.34, "12.3"), (1234.5, "1,234"), (float("inf"), "∞")]
)
def test_numbers_have_three_digits(number, shown):
    assert tables.short(number) == shown


def test_all_columns_of_the_table_begin_at_the_same_place():
    found = [figure(digi=[4_000], reference=[1_000]), figure("W1", "p99 to own echo", digi=[2.0])]
    head, *lines = tables.table(found).splitlines()
    assert all(line[: head.index("Digi") - 8].strip() for line in lines)
    assert len(lines) == 3


# ── goals ──


@pytest.mark.parametrize(
    ("bound", "holds"),
    [
        (Bound(3), False),
        (Bound(4), True),
        (Bound(4, is_least=True), True),
        (Bound(0.5, "reference"), True),
        (Bound(0.4, "reference"), False),
        (Bound(1, "raw"), None),
    ],
)
def test_a_bound_is_on_the_figure_or_on_a_ratio(bound, holds):
    assert bound.holds(figure(digi=[4.0], reference=[8.0])) is holds


def test_what_is_reached_for_is_never_less_than_what_must_be():
    for goal in GOALS:
        if goal.reach is not None and goal.reach.against == goal.must.against:
            assert (goal.reach.limit > goal.must.limit) is goal.must.is_least


def test_two_workers_on_one_core_owe_no_throughput():
    on_one_core = figure("W11", "messages/s, two workers against one (on one core)", digi=[1.0])
    assert goals_of(on_one_core) == []
    assert goals_of(figure("W11", "messages/s, two workers against one", digi=[1.0]))
