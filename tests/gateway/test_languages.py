"""What a socket refuses, it refuses in the language of whoever opened it."""

from digi.accounts.models import User
from digi.kit import threads


async def test_a_refusal_is_said_in_the_language_one_chose(dial, bob: User) -> None:
    bob.settings = {"language": "fr"}
    await threads.run(bob.save)
    reply = await (await dial(bob)).ask("room.rename", room="nowhere", name="Bureau")
    assert not reply["ok"]
    english = await (await dial(await threads.run(plain, bob))).ask("room.rename", room="nowhere", name="Office")
    assert reply["error"]["code"] == english["error"]["code"] == "not_found"
    assert english["error"]["detail"] == "There is no such room, or it is not yours to see."
    assert reply["error"]["detail"] == "Ce salon n’existe pas, ou tu ne peux pas le voir."


def plain(user: User) -> User:
    """The same person without settings."""
    user.settings = {}
    user.save()
    return user
