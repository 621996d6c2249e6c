"""The forms of the pages: what they ask, and how they word what is wrong. Decides nothing else."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter
from pydantic import ValidationError as Refused

from digi.accounts.models import User
from digi.protocol.commands import refusal
from digi.protocol.ids import DisplayName, RoomName

HUES = {
    0: _("Rose"),
    30: _("Coral"),
    60: _("Amber"),
    90: _("Olive"),
    120: _("Moss"),
    150: _("Green"),
    180: _("Teal"),
    210: _("Sea"),
    240: _("Blue"),
    270: _("Indigo"),
    300: _("Violet"),
    330: _("Plum"),
}


def nearest(hue: int) -> int:
    """The one of the twelve nearest to `hue` on the circle."""
    return min(HUES, key=lambda one: abs((one - hue + 180) % 360 - 180))


class Ours(forms.Form):
    """Fields in our look: a label that stays, and no placeholder that only repeats it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs["class"] = "field"


class SignIn(Ours, allauth.LoginForm):
    _wording = {
        "username_password_mismatch": _(
            "This username and password do not belong together. Check both; capitals count."
        ),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_username(self.fields["login"])
        self.fields["password"].help_text = _("Forgotten? The owner of this server can give you a link for a new one.")

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as error:
            raise ValidationError(self._wording.get(error.code or "", error.message), code=error.code) from None


class SignUp(Ours, allauth.SignupForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_username(self.fields["username"])
        self.fields["username"].help_text = _(
            "How others find you. It stays; the name that is displayed can be changed."
        )
        self.fields["password1"].help_text = _("At least 8 characters. Three or four unrelated words make a good one.")


class ChangePassword(Ours, allauth.ChangePasswordForm):
    field_order = ["oldpassword", "password1"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]  # one field and a password manager make fewer mistakes than two fields
        self.fields["oldpassword"].label = _("Current password")
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _("At least 8 characters. Your other devices will be signed out.")


class NewPassword(Ours):
    """A new password by a link from the server's owner. The username is there for password managers."""

    username = forms.CharField(required=False, disabled=True, widget=forms.TextInput({"autocomplete": "username"}))
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters. Three or four unrelated words make a good one."),
        widget=forms.PasswordInput({"autocomplete": "new-password", "autofocus": True}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self._user = user
        super().__init__(*args, initial={"username": user.username}, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self._user)
        return password


class EnterRoom(Ours):
    name = forms.CharField(
        label=_("Room"),
        max_length=80,
        error_messages={"required": _("Type the name of a room.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        return _checked(RoomName, self.cleaned_data["name"].removeprefix("#"), _("A room's name"))


class Profile(Ours):
    display_name = forms.CharField(
        label=_("Displayed name"),
        max_length=60,
        help_text=_("In any script. Your username stays as it is."),
        error_messages={"required": _("Your displayed name may not be empty.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    initials = forms.CharField(
        label=_("Initials"),
        max_length=3,
        required=False,
        help_text=_("Up to three characters on your colour. Leave empty to take them from your name."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    hue = forms.TypedChoiceField(label=_("Colour"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mine = int(self.initial["hue"])
        self.fields["hue"].choices = {self._mine: _("As it is now"), **HUES}.items()  # type: ignore[attr-defined]

    def swatches(self) -> list[BoundWidget]:
        """Twelve: a colour beside these takes the place of the one nearest to it, from which it hardly differs."""
        shown = {nearest(self._mine): self._mine}
        by_hue = {int(choice.data["value"]): choice for choice in self["hue"]}
        return [by_hue[shown.get(hue, hue)] for hue in HUES]

    def clean_display_name(self) -> str:
        return _checked(DisplayName, self.cleaned_data["display_name"], _("Your displayed name"))


class MakeReset(Ours):
    username = forms.CharField(
        label=_("Username"),
        max_length=64,
        error_messages={"required": _("Type the username of who forgot their password.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


def _as_username(field: forms.Field) -> None:
    field.widget.attrs.update(
        {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
    )


def _checked(kind: Any, text: str, subject: object) -> str:
    """`text` as this kind of name of the wire; raises a ValidationError that begins with `subject`."""
    try:
        name: str = TypeAdapter(kind).validate_python(text)
    except Refused as refused:
        error = refusal(refused)
        error.values["what"] = subject
        raise ValidationError(error.detail) from None
    return name
