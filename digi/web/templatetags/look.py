"""Small pieces of the look: icons, avatars, texts of messages. Reads no row."""

from collections.abc import Mapping

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from digi.protocol.objects import Message, Person
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


@register.simple_tag(takes_context=True)
def formatted(context: Context, message: Message, *, is_live: bool = True) -> SafeString:
    """A message's text as the page's reader sees it; the context's `public_rooms`, if any, can be followed."""
    rooms: Mapping[str, str] = context.get("public_rooms") or {}
    reader = context["user"].get_username()
    return text.drawn(message.body, text.Known(reader, frozenset(message.mentions), rooms, is_live))
