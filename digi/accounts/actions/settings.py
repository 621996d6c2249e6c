"""One's own settings: how Digi looks and behaves for oneself. Knows no room, and no setting by name."""

from digi.accounts import shown
from digi.accounts.actors import Actor
from digi.accounts.logs import changes
from digi.protocol.commands import EditSettings
from digi.protocol.objects import Result, Settings

DEFAULTS = Settings().model_dump()


def edit(actor: Actor, command: EditSettings) -> Result:
    """Change what is given. Only what differs from the defaults is kept, so that a better default reaches everybody."""
    given = Settings(**command.model_dump(exclude={"type"}, exclude_none=True)).model_dump(exclude_unset=True)
    with changes(people=[actor.person_id]) as made:
        user = actor.check(made.people.get(actor.person_id))
        chosen = {**user.settings, **given}
        kept = {name: value for name, value in chosen.items() if name in DEFAULTS and value != DEFAULTS[name]}
        if kept != user.settings:
            user.settings = kept
            user.rev = made.people.next_rev(user.pk)
            user.save(update_fields=["settings", "rev", "head"])
            made.tell(shown.me_change(user))
    return Result(me=shown.me(user))
