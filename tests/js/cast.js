// What the tests of the island share: people, rooms, a clock that stands still, and a server that is a list.
export const STATIC = "../../digi/web/static/digi";

export const alice = { username: "alice", display_name: "Alice", initials: "AL", hue: 195, bot: false };
export const bob = { username: "bob", display_name: "Bob", initials: "BO", hue: 250, bot: false };
export const charlie = { username: "charlie", display_name: "Charlie", initials: "CH", hue: 30, bot: false };
export const LOUNGE = "lounge".padEnd(32, "x");
export const me = { ...alice, rev: 0, owner: true, head: 0 };

/** @param {object} [over] */
export function entry(over = {}) {
  return {
    id: LOUNGE, rev: 1, kind: "public", name: "lounge", topic: "", people: null, archived: false,
    created_at: "2026-11-01T10:00:00.000Z", head: 1, last_pos: 0, read_pos: 0, unread: 0, role: "member",
    entry_rev: 1, last: null, ...over,
  };
}

/** @param {number} pos @param {number} rev @param {object} [over] */
export function message(pos, rev, over = {}) {
  return {
    id: `m${pos}`, room: LOUNGE, pos, rev, author: "bob", kind: "text", body: `message ${pos}`, event: null, key: null,
    reply_to: null, sent_at: `2026-11-02T10:${String(pos % 60).padStart(2, "0")}:00.000Z`, edited_at: null, deleted: false, ...over,
  };
}

/** @param {{username: string}} person @param {number} rev @param {object} [over] */
export function member(person, rev, over = {}) {
  return { room: LOUNGE, rev, person: person.username, profile: person, role: "member", joined_at: "2026-11-01T10:00:00.000Z", left: false, ...over };
}

/** @param {object} [over] */
export function fresh(over = {}) {
  return { epoch: "one", me, entries: [entry()], friends: [], blocks: [], drafts: [], ...over };
}

/** A clock that moves when told, and what waits for it. */
export function clock() {
  let now = 0;
  let count = 0;
  /** @type {Map<number, {at: number, run: () => void}>} */
  const waiting = new Map();
  return {
    now: () => now,
    set: (/** @type {() => void} */ run, /** @type {number} */ ms) => (waiting.set(++count, { at: now + ms, run }), count),
    clear: (/** @type {number} */ id) => void waiting.delete(id),
    waiting,
    async pass(/** @type {number} */ ms) {
      const until = now + ms;
      for (;;) {
        await settled();
        const next = [...waiting].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at)[0];
        if (!next) break;
        waiting.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
      }
      now = until;
      await settled();
    },
  };
}

/** Let every promise that can go on go on. */
export async function settled() {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Random numbers that are the same every time. @param {number} seed */
export function random(seed) {
  let state = seed;
  const next = () => ((state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32);
  return Object.assign(next, {
    below: (/** @type {number} */ most) => Math.floor(next() * most),
    pick: (/** @type {any[]} */ list) => list[Math.floor(next() * list.length)],
    shuffled: (/** @type {any[]} */ list) => list.map((one) => [next(), one]).sort(([a], [b]) => a - b).map(([, one]) => one),
  });
}

/** A room's log as the server keeps it: every object once, as it is now, and every change as it was told. */
export class Log {
  constructor() {
    this.head = 1;
    /** @type {Map<string, any>} */ this.objects = new Map();
    /** @type {any[]} */ this.told = [];
    this.last_pos = 0;
  }

  /** @param {any} chance one random step */
  step(chance) {
    const texts = [...this.objects.values()].filter((one) => one.message && !one.message.deleted);
    const kind = chance.below(10);
    if (kind < 5 || !texts.length) this.add(chance.pick(["alice", "bob", "charlie"]));
    else if (kind < 7) this.edit(chance.pick(texts).message);
    else if (kind < 8) this.remove(chance.pick(texts).message);
    else if (kind < 9) this.tell({ member: member(chance.pick([bob, charlie]), this.head + 1, { left: chance() < 0.4, role: chance.pick(["member", "moderator"]) }) });
    else this.tell({ room: { ...about(), rev: this.head + 1, name: `name ${this.head}`, topic: chance.pick(["", "talk"]) } });
  }

  /** @param {string} author */
  add(author) {
    this.tell({ message: message(++this.last_pos, this.head + 1, { author }) });
  }

  /** @param {any} was */
  edit(was) {
    this.tell({ message: { ...was, rev: this.head + 1, body: `${was.body} edited`, edited_at: "2026-11-03T10:00:00.000Z" } });
  }

  /** @param {any} was */
  remove(was) {
    this.tell({ message: { ...was, rev: this.head + 1, body: "", deleted: true } });
  }

  /** @param {any} object */
  tell(object) {
    this.head++;
    const [kind, value] = Object.entries(object)[0];
    this.objects.set(kind === "message" ? `m${value.pos}` : kind === "member" ? `p${value.person}` : "room", object);
    this.told.push({ type: "change", log: LOUNGE, rev: this.head, ...object });
  }

  /** What a client that holds everything up to `after` is answered. @param {number} after @param {number} [limit] */
  page(after, limit = 7) {
    const changes = [...this.objects.values()].map((one) => ({ rev: Object.values(one)[0].rev, ...one })).filter(({ rev }) => rev > after).sort((a, b) => a.rev - b.rev);
    const part = changes.slice(0, limit);
    const more = changes.length > limit;
    return { changes: part, upto: more ? part.at(-1).rev : this.head, head: this.head, more };
  }
}

function about() {
  const { head, last_pos, read_pos, unread, role, entry_rev, last, ...room } = entry();
  return room;
}
