"""Whatever theme: words can be read, borders and signs can be seen. Measured from the tokens, not from a screen."""

import re

import pytest

from tests import colours

PAPER = ["--canvas", "--surface", "--sunken", "--raised"]
WORDS = ["--ink", "--ink-2", "--ink-3", "--accent-text", "--bad"]
ON_THEIR_OWN = [
    ("--accent-ink", "--accent"),
    ("--mention-ink", "--mention"),
    ("--accent-text", "--accent-soft"),
    ("--ink", "--accent-soft"),
    ("--ink", "--mention-soft"),
    ("--badge-ink", "--badge"),
    ("--bad", "--bad-soft"),
    *((f"--code-{kind}", "--sunken") for kind in ("word", "text", "number", "name")),
]
SIGNS = ["--accent", "--edge", "--mention"]
LOOKS = [(theme, is_dark) for theme in ("calm", "contrast") for is_dark in (False, True)]
LEAST = {"calm": 4.5, "contrast": 7.0}  # WCAG 2.2: 1.4.3 and 1.4.6


@pytest.mark.parametrize(("theme", "is_dark"), LOOKS)
def test_words_can_be_read_on_every_paper(theme, is_dark):
    tokens = colours.theme(theme, is_dark=is_dark)
    pairs = [(word, paper) for word in WORDS for paper in PAPER] + ON_THEIR_OWN
    assert too_close(tokens, pairs, LEAST[theme]) == []


@pytest.mark.parametrize(("theme", "is_dark"), LOOKS)
def test_words_can_be_read_under_a_pointer(theme, is_dark):
    tokens = colours.theme(theme, is_dark=is_dark)
    shaded = {paper: colours.over(tokens["--ink"], 0.05, tokens[paper]) for paper in PAPER}
    close = [
        (word, paper)
        for word in ("--ink", "--ink-2", "--ink-3")
        for paper in PAPER
        if colours.contrast(tokens[word], shaded[paper]) < 4.5
    ]
    assert close == []


@pytest.mark.parametrize(("theme", "is_dark"), LOOKS)
def test_borders_of_fields_focus_and_signs_can_be_seen(theme, is_dark):
    tokens = colours.theme(theme, is_dark=is_dark)
    assert too_close(tokens, [(sign, paper) for sign in SIGNS for paper in PAPER], 3) == []


@pytest.mark.parametrize("is_dark", [False, True])
def test_with_high_contrast_every_line_and_state_can_be_seen(is_dark):
    tokens = colours.theme("contrast", is_dark=is_dark)
    pairs = [(sign, paper) for sign in ("--line", "--line-strong", "--good", "--warn") for paper in PAPER]
    assert too_close(tokens, pairs, 3) == []
    assert too_close(tokens, [("--edge", paper) for paper in PAPER], 4.5) == []


@pytest.mark.parametrize("theme", ["calm", "contrast"])
def test_initials_can_be_read_on_every_colour_of_a_person(theme):
    ink = colours.theme(theme, is_dark=False)["--ava-ink"]
    least = LEAST[theme]
    close = [hue for hue in range(0, 360, 10) if colours.contrast(ink, colours.avatar(theme, hue)) < least]
    assert close == []


def test_a_system_that_asks_for_contrast_gets_that_of_the_theme():
    rules = colours.blocks()
    [asked] = [tokens for name, tokens in rules.items() if "prefers-contrast" in name]
    assert asked == rules['[data-theme="contrast"]']


def test_no_colour_is_written_anywhere_but_among_the_tokens():
    for sheet in sorted(colours.SHEET.parent.glob("*.css")):
        if sheet != colours.SHEET:
            rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\b(?:rgb|hsl)a?\(|oklch\([\d.]", rules) == [], sheet.name


def too_close(tokens: dict[str, colours.Colour], pairs: list[tuple[str, str]], least: float) -> list[str]:
    found = [(one, other, colours.contrast(tokens[one], tokens[other])) for one, other in pairs]
    return [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in found if ratio < least]
