"""Two people sign up, befriend and talk; the server dies in between; nothing is lost and nothing doubled."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import BROKEN_LINE
from tests.e2e.pages import Someone


def come_to_talk(alice: Someone, bob: Someone) -> None:
    """Through the forms: sign up, ask to be friends, accept, write."""
    for someone, name in ((alice, "Alice"), (bob, "Bob")):
        someone.page.goto("/")
        someone.page.get_by_role("link", name="Sign up").click()
        someone.sign_up(name)
        someone.is_live()
    alice.page.get_by_role("link", name="Friends").click()
    alice.page.get_by_label("Name or username").fill("bob")
    alice.page.get_by_role("button", name="Ask to be friends").click()
    expect(alice.page.get_by_role("region", name="You asked")).to_contain_text("bob")
    bob.page.get_by_role("link", name="Friends, 1 request").click()  # it came by itself
    bob.page.get_by_role("button", name="Accept").click()
    bob.page.get_by_role("button", name="Message").click()
    alice.page.keyboard.press("Escape")
    alice.row("Bob").click()
    for someone in (alice, bob):
        someone.is_live()
        expect(someone.composer).to_be_focused()
        someone.watch()


def talk(alice: Someone, bob: Someone) -> dict[str, float]:
    """Add, edit and delete, each seen at the other side; how many ms that took."""
    took = {}
    alice.say("Good morning, Bob")
    bob.sees("Good morning, Bob")
    took["add"] = bob.waited("Good morning, Bob", alice.acted_at())
    bob.say("Morning! Tee?")
    alice.sees("Morning! Tee?")
    took["answer"] = alice.waited("Morning! Tee?", bob.acted_at())
    bob.edit("Morning! Tee?", "Morning! Tea?")
    alice.sees("Morning! Tea?")
    took["edit"] = alice.waited("Morning! Tea?", bob.acted_at())
    alice.say("Never mind this")
    bob.sees("Never mind this")
    alice.delete("Never mind this")
    bob.sees_no("Never mind this")
    took["delete"] = bob.waited("Never mind this", alice.acted_at(), "goes")
    return took


TALKED = ["Good morning, Bob", "Morning! Tea?", "Message deleted"]


@pytest.mark.timeout(180)
def test_two_people_sign_up_befriend_and_talk_through_a_crash(digi, context_at, console, capsys):
    console.forgive(BROKEN_LINE)
    server = digi()
    alice, bob = (Someone(context_at(server), server) for _ in range(2))
    come_to_talk(alice, bob)
    took = talk(alice, bob)
    assert alice.texts() == bob.texts() == TALKED

    server.kill()
    expect(bob.page.get_by_role("status").first).to_have_text(re.compile("Reconnecting"), timeout=15_000)
    alice.say("Written while it was down")
    expect(alice.line("Written while it was down")).to_contain_text("Waiting for the connection")
    started_at = alice.page.evaluate("performance.timeOrigin + performance.now()")
    server.start()

    for someone in (alice, bob):
        someone.is_live(within=60)
        someone.sees("Written while it was down", within=30)
    took["heal, start of the server included"] = bob.waited("Written while it was down", started_at)
    bob.say("It held")
    alice.sees("It held")
    told = [*TALKED, "Written while it was down", "It held"]
    assert alice.texts() == bob.texts() == told
    room = bob.page.url.split("/r/")[1].strip("/")
    stored = bob.ask_for(f"/rooms/{room}/messages")["messages"]
    assert [message["body"] or "Message deleted" for message in stored if message["kind"] == "text"] == told
    assert alice.stayed()
    assert bob.stayed()
    with capsys.disabled():
        print("\nms until the other saw it:", ", ".join(f"{what} {ms:.0f}" for what, ms in took.items()))
