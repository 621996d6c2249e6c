"""One's own profile; knows no room, but tells the one it is given."""

from collections.abc import Mapping

from digi.accounts import shown
from digi.accounts.actors import Actor
from digi.accounts.logs import changes
from digi.errors import Invalid
from digi.kit import names
from digi.live.changes import Signal
from digi.protocol.commands import EditProfile
from digi.protocol.objects import Result


def edit(actor: Actor, command: EditProfile, heard_on: Mapping[str, int]) -> Result:
    """Change what is given. `heard_on`: the streams, with their heads, on which others hear of it."""
    given = {
        name: value for name in ("display_name", "hue", "initials") if (value := getattr(command, name)) is not None
    }
    with changes(people=[actor.person_id]) as made:
        user = actor.check(made.people.get(actor.person_id))
        if any(getattr(user, name) != value for name, value in given.items()):
            for name, value in given.items():
                setattr(user, name, _checked(name, value))
            user.rev = made.people.next_rev(user.pk)
            user.save(update_fields=[*given, "rev", "head"])
            made.tell(shown.me_change(user))
        person = shown.person(user)
        for stream, head in heard_on.items():
            made.tell(Signal(stream, {"person": person.json_value()}, after=head))
    return Result(person=person)


def _checked(name: str, value: object) -> object:
    if name == "initials" and isinstance(value, str) and value and not _are_initials(value):
        raise Invalid("Initials are letters or digits.", field="initials")
    return value


def _are_initials(text: str) -> bool:
    is_visible = all(char.isprintable() and not char.isspace() for char in text)
    return is_visible and bool(names.initials(text).strip("?"))
