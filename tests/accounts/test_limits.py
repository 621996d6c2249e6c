"""How fast one may ask."""

from digi.accounts.limits import Pace


def test_each_person_is_counted_by_themselves_and_anew_in_each_window() -> None:
    now = [5.0]
    pace = Pace(lambda: now[0])
    assert [pace.count(1), pace.count(1), pace.count(2), pace.count(1)] == [1, 2, 1, 3]
    now[0] = 9.9
    assert pace.count(1) == 4
    now[0] = 10.0
    assert [pace.count(1), pace.count(2)] == [1, 1]
