import pytest
from tests.e2e.conftest import befriend
from tests.e2e.test_text import RICH
@pytest.mark.parametrize(("scheme","w","loc"),[("light",1440,"en-GB"),("dark",360,"en-GB")])
def test_shot(person, scheme, w, loc):
    alice, bob = person("alice", color_scheme=scheme, viewport={"width":w,"height":1000}), person("bob")
    befriend(alice,bob)
    name=f"room{alice.name}"
    room=alice.do("room.open",name=name)["room"]["id"]; bob.do("room.open",name=name)
    bob.do("message.add",room=room,body=RICH.format(reader=alice.name,room=name))
    alice.do("message.add",room=room,body="| Round | White | Black | Result |\n|--:|:-:|---|---|\n| 1 | Alice | Bob with a very long name that goes on | 1–0 |")
    alice.do("message.add",room=room,body="مرحبا @"+bob.name+" شكرا `x = 1` https://example.org")
    alice.do("message.add",room=room,body="plain text with @everyone and #"+name)
    alice.open(room)
    alice.page.wait_for_timeout(2500)
    alice.line("Second line").hover()
    alice.page.wait_for_timeout(300)
    alice.page.screenshot(path=f"/tmp/text-{scheme}-{w}.png")
