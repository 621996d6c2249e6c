from tests.e2e.test_offline import *
from tests.e2e.conftest import *
def test_dbg(pair, away):
    alice, bob, room = pair
    bob.say("Read me on the train")
    alice.sees("Read me on the train")
    other = alice.do("room.open", name="Station")["room"]["id"]
    alice.do("message.add", room=other, body="Platform nine")
    is_ready(alice)
    is_kept(alice, "Read me on the train")
    is_kept(alice, "Platform nine")
    away(alice.context)
    alice.page.goto(f"/r/{room}/")
    alice.sees("Read me on the train")
    alice.page.screenshot(path="/tmp/e7/off.png")
    print(alice.page.evaluate("""async () => { const db = await new Promise((r) => { const o = indexedDB.open('digi-kept-%s'); o.onsuccess = () => r(o.result); }); const g = (s) => new Promise((r) => { const a = db.transaction(s).objectStore(s).getAll(); a.onsuccess = () => r(a.result); }); const b = await g('base'), rooms = await g('rooms'); return [b[0].base.entries.map((e) => [e.id, e.name, e.head, e.last_pos]), rooms.map((r) => [r.id, r.rev, r.messages.map((m) => m.body)])] }""" % alice.name))
    alice.page.wait_for_timeout(4000); alice.page.screenshot(path="/tmp/e7/off2.png"); print(alice.list.inner_text()); print(alice.row("station").count())
