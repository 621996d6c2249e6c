// @ts-check
// What waits for one, told where the page itself is not seen: in its title, its icon, and the app's icon.
import { t } from "../language.js";
import { allUnread, isMuted, mentions, title, unread } from "../selectors.js";
import { computed, effect } from "../vendor/signals.js";

const SIDE = 64; // px of the drawn icon
const PACE = 1000; // ms

/**
 * How many unread messages are addressed to one: mentions, and what was written to nobody else.
 * @param {State} state
 * @param {number} [now]
 */
export function addressed(state, now) {
  let sum = 0;
  for (const room of state.rooms.values()) {
    const isForMe = room.about.kind === "direct" && !isMuted(room, now);
    sum += isForMe ? unread(room) : mentions(state, room);
  }
  return sum;
}

/** A count as it is written where there is little place. @param {number} count */
export function brief(count) {
  return count > 99 ? "99+" : String(count);
}

/** @param {import("../context.js").Digi} digi */
export function keepBadges({ client, router }) {
  const mine = computed(() => addressed(client.state.value));
  const others = computed(() => allUnread(client.state.value));
  const name = computed(() => {
    const room = client.state.value.rooms.get(router.room.value ?? "");
    return `${room ? title(client.state.value, room) : t("Conversations")} · ${client.boot.name ?? "Digi"}`;
  });
  const told = seldom(() => {
    void draw(mine.peek(), others.peek());
    badge(mine.peek(), others.peek());
    entitle();
  });
  const entitle = () => {
    const count = mine.peek() || others.peek();
    document.title = count ? `(${brief(count)}) ${name.peek()}` : name.peek();
  };
  effect(() => (name.value, entitle()));
  effect(() => (mine.value, others.value, told()));
}

/** `run`, at once and then at most once a second: icons and titles cost more than messages do. @param {() => void} run @returns {() => void} */
function seldom(run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isWanted = false;
  const rested = () => {
    timer = undefined;
    if (isWanted) once();
  };
  const once = () => {
    isWanted = !!timer;
    if (timer) return;
    timer = setTimeout(rested, PACE);
    run();
  };
  return once;
}

/** On the installed app's icon, where there is one. @param {number} mine @param {number} others */
function badge(mine, others) {
  const told = mine ? navigator.setAppBadge?.(mine) : others ? navigator.setAppBadge?.() : navigator.clearAppBadge?.();
  told?.catch(() => {}); // not every system can
}

let drawn = "";

/** The page's icon: as the server gave it, with a dot, or with how many messages are for oneself. @param {number} mine @param {number} others */
async function draw(mine, others) {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
  const wanted = mine ? (mine > 9 ? "9+" : String(mine)) : others ? "•" : "";
  if (!link || wanted === drawn) return;
  drawn = wanted;
  link.dataset.plain ??= link.href;
  const href = wanted ? await marked(link.dataset.plain, wanted).catch(() => null) : link.dataset.plain;
  if (!href || drawn !== wanted) return; // another count came while this one was drawn
  link.type = wanted ? "image/png" : "image/svg+xml";
  link.href = href;
}

/** @param {string} plain @param {string} mark */
async function marked(plain, mark) {
  const icon = new Image(SIDE, SIDE);
  icon.src = plain;
  await icon.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.drawImage(icon, 0, 0, SIDE, SIDE);
  if (mark === "•") spot(pen, 14, ink("--ink-3"));
  else write(pen, mark);
  return canvas.toDataURL();
}

/** @param {CanvasRenderingContext2D} pen @param {string} count */
function write(pen, count) {
  spot(pen, 21, ink("--mention"));
  pen.fillStyle = ink("--mention-ink");
  pen.font = `700 ${count.length > 1 ? 26 : 34}px sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(count, SIDE - 22, SIDE - 20);
}

/** A disc in the corner, with a ring left free around it. @param {CanvasRenderingContext2D} pen @param {number} radius @param {string} colour */
function spot(pen, radius, colour) {
  const centre = SIDE - radius - 1;
  const disc = (/** @type {number} */ size) => (pen.beginPath(), pen.arc(centre, centre, size, 0, 2 * Math.PI), pen.fill());
  pen.globalCompositeOperation = "destination-out";
  disc(radius + 5);
  pen.globalCompositeOperation = "source-over";
  pen.fillStyle = colour;
  disc(radius);
}

/** A token's colour as it is now. @param {string} token */
function ink(token) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(${token})`;
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
