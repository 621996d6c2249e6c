"""Small pieces of the look: icons, avatars, texts of messages. Reads no row."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from digi.protocol.objects import Person
from digi.web import text

register = template.Library()


@register.simple_tag
def icon(name: str, kind: str = "i") -> SafeString:
    """A drawn icon; words stand beside it, so that it is silent."""
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, static("digi/icons.svg"), name
    )


@register.simple_tag
def ava(person: Person, size: str = "") -> SafeString:
    """A person's initials on their colour; the name stands beside it, so that it is silent."""
    sized = f" {size}" if size else ""
    return format_html('<span class="ava {}{}" aria-hidden="true">{}</span>', hue(person.hue), sized, person.initials)


@register.filter
def hue(degrees: int) -> str:
    """The class of the nearest of the 36 colours; pages carry no style attributes."""
    return f"h{(degrees + 5) // 10 * 10 % 360}"


@register.filter
def linked(body: str) -> SafeString:
    """A message's text with its addresses as links, all else escaped."""
    return format_html_join("", "{}", ((_shown(piece),) for piece in text.pieces(body)))


def _shown(piece: text.Piece) -> str:
    if not piece.is_link:
        return piece.text
    return format_html('<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{0}</a>', piece.text)
