"""The form of one's settings for browsers without scripts: the island's dialog asks the same. Knows no page."""

from typing import Any, get_args
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from digi.protocol import choices
from digi.protocol.objects import Settings
from digi.web.forms import Ours

THEMES = {
    "system": _("As the system"),
    "light": _("Light"),
    "dark": _("Dark"),
    "contrast": _("High contrast"),
}
DENSITIES = {"comfortable": _("Comfortable"), "compact": _("Compact")}
NOTIFY = {
    "all": _("Every message"),
    "mentions": _("What is addressed to you"),
    "none": _("Nothing"),
}
LANGUAGES = {
    "": _("As the browser"),
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "ar": "العربية",
}
SIZES = {size: f"{size} %" for size in range(80, 161, 10)}
OFF = _("Off")
PAUSES = {0: OFF, **{seconds: f"{seconds} s" for seconds in range(1, 11)}}


def _radios(label: Any, kind: Any, words: dict[str, Any]) -> forms.ChoiceField:
    """One of the values that `kind` allows, each with its words."""
    options = [(value, words[value]) for value in get_args(kind)]
    return forms.ChoiceField(label=label, choices=options, widget=forms.RadioSelect, required=False)


def _numbers(label: Any, words: dict[int, Any]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, coerce=int, choices=list(words.items()))


def _switch(label: Any, help_text: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


def _clock(label: Any) -> forms.CharField:
    return forms.RegexField(
        r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        label=label,
        required=False,
        error_messages={"invalid": _("A time is written as 22:00.")},
        widget=forms.TextInput({"type": "time"}),
    )


class SettingsForm(Ours):
    """All choices at once; `changed()` is what to ask of settings.edit."""

    theme = _radios(_("Theme"), choices.Theme, THEMES)
    density = _radios(_("Density"), choices.Density, DENSITIES)
    text_size = _numbers(_("Size of text"), SIZES)
    language = _radios(_("Language"), choices.Language, LANGUAGES)
    enter_sends = _switch(
        _("Enter sends"), _("Shift and Enter begin a new line; without this it is the other way round.")
    )
    undo_send = _numbers(_("Time to take a message back before it is sent"), PAUSES)
    notify = _radios(_("Tell me of"), choices.Notify, NOTIFY)
    sounds = _switch(_("Sounds"))
    quiet_from = _clock(_("Quiet from"))
    quiet_to = _clock(_("Quiet until"))
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    show_online = _switch(_("Others see whether I am here"))
    show_last_seen = _switch(_("Others see when I was last here"))
    show_reads = _switch(_("Others see what I have read"), _("Without this you do not see it of them either."))

    def __init__(self, now: Settings, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={**now.model_dump(), "text_size": (now.text_size + 5) // 10 * 10}, **kwargs)
        zones = [("", _("As this browser")), *((zone, zone) for zone in sorted(available_timezones()))]
        self.fields["zone"].choices = zones  # type: ignore[attr-defined]

    def changed(self) -> dict[str, Any]:
        """The fields that differ from what was; a size between two steps stays unless another one is chosen."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
