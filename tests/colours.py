"""The tokens of tokens.css as colours, and how well they are told apart. Knows no rule of the look.

OKLCH becomes sRGB as in CSS Color 4 (https://www.w3.org/TR/css-color-4/#color-conversion-code); contrast is that of
WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

import math
import re
from pathlib import Path

SHEET = Path(__file__).parents[1] / "digi" / "web" / "static" / "digi" / "css" / "tokens.css"

Colour = tuple[float, float, float]
"""Linear sRGB, each 0 … 1."""


def blocks() -> dict[str, dict[str, str]]:
    """Each rule's tokens by its selector; a rule within a condition by the condition and its selector."""
    sheet = re.sub(r"/\*.*?\*/", "", SHEET.read_text("utf-8"), flags=re.DOTALL)
    found: dict[str, dict[str, str]] = {}
    for media, conditional, plain in re.findall(
        r"(@media[^{]+)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}|([^{}@]+\{[^{}]*\})", sheet
    ):
        for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", conditional or plain):
            name = f"{media.strip()} {selector.strip()}" if media else selector.strip()
            found[name] = {one: value.strip() for one, value in re.findall(r"(--[\w-]+):([^;]*)", body)}
    return found


def theme(name: str, *, is_dark: bool) -> dict[str, Colour]:
    """The colours of a theme's tokens: "calm" (light and dark) or "contrast"."""
    rules = blocks()
    tokens = dict(rules[":root, [data-theme]"])
    if name == "contrast":
        tokens |= rules['[data-theme="contrast"]']
    hue = float(tokens["--hue"])
    solid = {
        one: _side(value, is_dark=is_dark) for one, value in tokens.items() if "oklch" in value and "/" not in value
    }
    return {one: _colour(value, hue) for one, value in solid.items()}


def avatar(name: str, hue: float) -> Colour:
    """What is behind a person's initials."""
    rules = blocks()
    tone = (rules[":root, [data-theme]"] | (rules['[data-theme="contrast"]'] if name == "contrast" else {}))[
        "--ava-tone"
    ]
    lightness, chroma = map(float, tone.split())
    return linear(lightness, chroma, hue)


def contrast(one: Colour, other: Colour) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def over(ink: Colour, share: float, paper: Colour) -> Colour:
    """`paper` with so much of `ink` laid over it, as browsers blend: in sRGB, not in light."""
    red, green, blue = (
        _to_linear(share * _from_linear(top) + (1 - share) * _from_linear(below))
        for top, below in zip(ink, paper, strict=True)
    )
    return red, green, blue


def linear(lightness: float, chroma: float, hue: float) -> Colour:
    """OKLCH as linear sRGB; what a screen cannot show is cut off, as browsers do it."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    mixed = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    red, green, blue = (min(1.0, max(0.0, part)) for part in mixed)
    return red, green, blue


def _luminance(colour: Colour) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), colour, strict=True))


def _side(value: str, *, is_dark: bool) -> str:
    found = re.fullmatch(r"light-dark\((oklch\([^()]*(?:\([^()]*\)[^()]*)*\)), *(oklch\(.*\))\)", value)
    return found[2 if is_dark else 1] if found else value


def _colour(value: str, hue: float) -> Colour:
    numbers = re.fullmatch(r"oklch\((.*)\)", value)
    assert numbers, value
    lightness, chroma, angle = numbers[1].replace("var(--hue)", str(hue)).split()
    return linear(float(lightness), float(chroma), float(angle))


def _from_linear(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
