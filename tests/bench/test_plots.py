"""Plots are whole SVG documents, made of what was measured and of nothing else."""

from xml.etree import ElementTree as Xml

from bench import plots
from bench.figures import Figure, Round


def cost(size, value, what="messages stored"):
    return Figure(
        "W10", f"server µs per message, {size:,} {what}", "µs", is_more_better=False, sides={"digi": [Round(value)]}
    )


def test_a_curve_is_found_by_the_numbers_in_the_names():
    found = [cost(100_000, 210.0), cost(1_000, 200.0), cost(10, 5.0, "rooms per person")]
    curve = plots.curve(found, r"W10 server µs per message, ([\d,]+) messages stored")
    assert curve == [(1_000, 200.0), (100_000, 210.0)]


def test_a_plot_is_an_svg_that_names_its_sizes(tmp_path):
    plots.draw([cost(1_000, 200.0), cost(100_000, 210.0)], tmp_path)
    [drawn] = tmp_path.iterdir()
    words = [element.text for element in Xml.parse(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert drawn.name == "cost-size.svg"
    assert {"1,000", "100,000", "messages stored"} <= set(words)


def test_what_was_measured_once_is_no_plot():
    assert plots.plots([cost(1_000, 200.0)]) == []
