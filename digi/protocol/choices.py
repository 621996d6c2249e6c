"""What one may choose in one's settings: each choice's values, in one place for command, object and form."""

from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StringConstraints

Theme = Literal["system", "light", "dark", "contrast"]
Density = Literal["comfortable", "compact"]
Language = Literal["", "en", "de", "es", "fr", "ar"]
Notify = Literal["all", "mentions", "none"]
"""`mentions`: what is addressed to oneself, direct rooms included."""

TextSize = Annotated[int, Field(ge=80, le=160)]
"""Percent."""

UndoSend = Annotated[int, Field(ge=0, le=10)]
"""Seconds in which a message can be taken back before it is sent."""

ClockTime = Annotated[str, StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]


def _known(zone: str) -> str:
    if zone and zone not in available_timezones():
        raise ValueError("is not the name of a time zone")
    return zone


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known)]
