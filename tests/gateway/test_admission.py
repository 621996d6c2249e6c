"""Those who come all at once are let in a few at a time, and all of them."""

import asyncio

from digi.gateway import admission
from digi.gateway.auth import Credential


async def test_few_are_let_in_at_a_time_and_everybody_in_the_end(dial, robbie, monkeypatch) -> None:
    inside, most, user_of = 0, 0, Credential.user

    def user(credential):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        try:
            return user_of(credential)
        finally:
            inside -= 1

    monkeypatch.setattr(Credential, "user", user)
    phones = await asyncio.gather(*(dial(robbie) for _ in range(20)))
    welcomes = await asyncio.gather(*(phone.hear("welcome") for phone in phones))
    assert {welcome["me"]["username"] for welcome in welcomes} == {"robbie"}
    assert 1 <= most <= admission.AT_ONCE
