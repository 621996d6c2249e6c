"""Whether a text is nothing but a few emoji, which are then shown larger. `emoji.js` decides alike."""

import re

from digi.chat.text.addresses import SPACES

MOST = 3

# Characters of the basic plane that are emoji by themselves (Emoji_Presentation, UTS #51); others there need U+FE0F.
_BY_ITSELF = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab\u26bd"
    "\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755"
    "\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55"
)
_TONE = "[\U0001f3fb-\U0001f3ff]"
_LETTER = "[\U0001f1e6-\U0001f1ff]"  # two of them are a flag
_PICTURE = (
    f"(?:[\U0001f000-\U0001f1e5\U0001f200-\U0001faff{_BY_ITSELF}]\ufe0f?{_TONE}?"
    f"|[\u00a9\u00ae\u203c-\u3299](?:\ufe0f{_TONE}?|{_TONE}))[\U000e0020-\U000e007f]*"
)
_EMOJI = f"(?:{_LETTER}{{2}}|[0-9#*]\ufe0f?\u20e3|{_PICTURE}(?:\u200d(?:{_PICTURE}|[\u203c-\u3299]))*)"
_FEW = re.compile(f"{_EMOJI}(?:[{SPACES}]*{_EMOJI}){{0,{MOST - 1}}}")


def is_few(text: str) -> bool:
    """Whether `text` is one to three emoji and white space."""
    return _FEW.fullmatch(text.strip(SPACES)) is not None
