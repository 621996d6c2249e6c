import sys
from tests.e2e.conftest import *
from tests.e2e.test_writing import Line
def show(who, page):
    print(who, page.locator(".compose textarea").input_value(), page.evaluate("Object.entries({...localStorage}).filter(([k]) => k.includes('draft'))"), page.evaluate("document.visibilityState"), page.locator(".link").first.inner_text())
def test_dbg(person, console):
    console.forgive("ERR_INTERNET_DISCONNECTED")
    alice, bob = person("alice", service_workers="block"), person("bob")
    phone = person(alice)
    room = befriend(alice, bob)
    line = Line(alice.page)
    for device in (alice, phone):
        device.open(room)
    alice.page.on("request", lambda r: "api" in r.url and print("REQ", r.method, r.url, r.post_data))
    alice.page.on("requestfailed", lambda r: print("FAIL", r.url))
    alice.context.set_offline(True)
    line.cut()
    alice.composer.fill("From the desk")
    show("a1", alice.page)
    phone.composer.fill("From the phone")
    for i in range(5):
        phone.page.wait_for_timeout(1000); show("p", phone.page); show("a", alice.page)
    line.mend()
    alice.context.set_offline(False)
    for i in range(8):
        phone.page.wait_for_timeout(1000); show("p", phone.page); show("a", alice.page)
