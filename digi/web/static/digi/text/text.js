// @ts-check
// A message's text as elements: the very ones that `digi/web/text.py` writes. Makes virtual nodes from the tree alone.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { later } from "../later.js";
import { pathOf, posIn, roomIn } from "../router.js";
import { useContext, useState } from "../vendor/hooks.js";
import { createContext } from "../vendor/preact.js";
import { isFew } from "./emoji.js";
import { normal, treeOf } from "./plain.js";
import { useReach } from "./reach.js";

/**
 * @typedef {import("./grammar.js").Block} Block
 * @typedef {import("./grammar.js").Inline} Inline
 * @typedef {Exclude<Inline, string>} Node
 * @typedef {{mentions: string[], stop: number}} Around whom the text addresses; the tabindex of what can be reached in it
 */

const EVERYONE = "everyone";
const Fence = later(() => import("./code.js"), "Fence");

const Around = createContext(/** @type {Around} */ ({ mentions: [], stop: -1 }));

/**
 * What a message says; a single paragraph is without an element of its own. What can be clicked in it is reached with
 * the tab key only while `isActive`.
 * @param {{message: Pick<Message, "body" | "mentions">, body?: string, isActive?: boolean}} props `body`, where another than the message's is to be shown
 */
export function Text({ message, body = message.body, isActive = false }) {
  const around = { mentions: message.mentions ?? [], stop: isActive ? 0 : -1 };
  return html`<${Around.Provider} value=${around}>${flow(treeOf(body), true)}<//>`;
}

/** @param {Block[]} blocks @param {boolean} [isBody] @returns {any} */
function flow(blocks, isBody = false) {
  if (blocks.length !== 1 || blocks[0].type !== "paragraph") return blocks.map((block) => drawn(block));
  const { inside } = blocks[0];
  const isJumbo = isBody && inside.length === 1 && typeof inside[0] === "string" && isFew(inside[0]);
  return isJumbo ? html`<span class="jumbo">${inside}</span>` : line(inside);
}

/** @param {Block} block */
function drawn(block) {
  switch (block.type) {
    case "fence": return html`<${Code} ...${block} />`;
    case "quote": return html`<blockquote dir="auto">${flow(block.inside)}</blockquote>`;
    case "list": return html`<${List} items=${block.items} />`;
    case "table": return html`<${Table} ...${block} />`;
    default: return html`<p dir="auto">${line(block.inside)}</p>`;
  }
}

/** @param {{language: string, text: string}} props */
function Code({ language, text }) {
  const plain = html`<div class="fence" data-language=${language || undefined}><pre dir="ltr"><code>${text}</code></pre></div>`;
  return html`<${Fence} language=${language} text=${text} stop=${useContext(Around).stop} instead=${plain} />`;
}

/** @param {{items: import("./grammar.js").Item[]}} props */
function List({ items }) {
  const drawn = items.map(({ number, inside }) => html`<li value=${number}>${flow(inside)}</li>`);
  return items[0].number === undefined ? html`<ul dir="auto">${drawn}</ul>` : html`<ol dir="auto">${drawn}</ol>`;
}

/** @param {{align: string[], head: Inline[][], rows: Inline[][][]}} props */
function Table({ align, head, rows }) {
  const [box, reach] = useReach();
  /** @param {number} index */
  const kind = (index) => (align[index] ? `at-${align[index]}` : undefined);
  /** @param {Inline[]} words @param {number} index */
  const cell = (words, index) => html`<td class=${kind(index)}>${line(words)}</td>`;
  return html`
    <div class="table" tabindex=${reach} ref=${box}><table dir="auto">
      <thead><tr>${head.map((words, index) => (words.length ? html`<th class=${kind(index)}>${line(words)}</th>` : cell(words, index)))}</tr></thead>
      ${rows.length > 0 && html`<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody>`}
    </table></div>
  `;
}

/** `isPlain` within what can be clicked itself: nothing in there can be. @param {Inline[]} nodes @param {boolean} [isPlain] @returns {any[]} */
function line(nodes, isPlain = false) {
  return nodes.map((node) => (typeof node === "string" ? node : piece(node, isPlain)));
}

/** @param {Node} node @param {boolean} isPlain */
function piece({ type, text = "", name = "", url = "", inside = [] }, isPlain) {
  switch (type) {
    case "em": return html`<em>${line(inside, isPlain)}</em>`;
    case "strong": return html`<strong>${line(inside, isPlain)}</strong>`;
    case "strike": return html`<s>${line(inside, isPlain)}</s>`;
    case "code": return html`<code>${text}</code>`;
    case "spoiler": return html`<${Spoiler} inside=${inside} isPlain=${isPlain} />`;
    case "mention": return html`<${Mention} name=${name} />`;
    case "room": return isPlain ? `#${name}` : html`<${RoomName} name=${name} />`;
    default: return isPlain ? html`<bdi>${line(inside, true)}</bdi>` : html`<${Link} url=${url} inside=${inside} />`;
  }
}

/** Hidden until somebody wants to see it; then it stays, and what is in it can be followed. @param {{inside: Inline[], isPlain: boolean}} props */
function Spoiler({ inside, isPlain }) {
  const [isOpen, setIsOpen] = useState(false);
  const { stop } = useContext(Around);
  const open = () => setIsOpen(true);
  if (isOpen) return html`<span class="spoiler open" tabindex="-1"><span>${line(inside, isPlain)}</span></span>`;
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  };
  return html`
    <span class="spoiler" role="button" tabindex=${stop} aria-expanded="false" aria-label=${t("Spoiler: show it")}
      onClick=${open} onKeyDown=${pressed}><span>${line(inside, true)}</span></span>
  `;
}

/** A link to a message of this server is followed within the page. @param {{url: string, inside: Inline[]}} props */
function Link({ url, inside }) {
  const { router } = useDigi();
  const { stop } = useContext(Around);
  const title = inside.length === 1 && inside[0] === url ? undefined : url;
  const words = html`<bdi>${line(inside, true)}</bdi>`;
  const [room, pos] = placeHere(url);
  if (!room) {
    return html`<a href=${url} title=${title} tabindex=${stop} target="_blank" rel="noopener noreferrer nofollow">${words}</a>`;
  }
  const follow = (/** @type {MouseEvent} */ event) => router.follow(event, room, pos);
  return html`<a href=${url} title=${title} tabindex=${stop} onClick=${follow}>${words}</a>`;
}

/** The room, and the message in it, that an address on this server names. @param {string} url @returns {[string | null, number | null]} */
function placeHere(url) {
  try {
    const { origin, pathname } = new URL(url);
    return origin === location.origin ? [roomIn(pathname), posIn(pathname)] : [null, null];
  } catch {
    return [null, null]; // such as https://[ or /r/%
  }
}

/** @param {{name: string}} props */
function Mention({ name }) {
  const { client } = useDigi();
  const { mentions } = useContext(Around);
  const username = [normal(name), normal(name.toUpperCase())].find((name) => mentions.includes(name));
  if (username === undefined) return `@${name}`;
  const isSelf = username === EVERYONE || username === client.boot.me.username;
  return html`<mark class=${isSelf ? "mention self" : "mention"}><bdi>@${name}</bdi></mark>`;
}

/** A link where the reader is in a public room of this name. @param {{name: string}} props */
function RoomName({ name }) {
  const { client, router } = useDigi();
  const { stop } = useContext(Around);
  const id = publicRooms(client.state.value.rooms).get(normal(name));
  if (!id) return `#${name}`;
  const follow = (/** @type {MouseEvent} */ event) => router.follow(event, id);
  return html`<a class="hash" href=${pathOf(id)} tabindex=${stop} onClick=${follow}><bdi>#${name}</bdi></a>`;
}

/** @type {WeakMap<State["rooms"], Map<string, string>>} */
const byName = new WeakMap(); // a state never changes

/** The ids of the reader's public rooms by name. @param {State["rooms"]} rooms */
function publicRooms(rooms) {
  const known = byName.get(rooms);
  if (known) return known;
  const found = new Map([...rooms.values()].flatMap(({ about }) =>
    about.kind === "public" && about.name ? [/** @type {const} */ ([normal(about.name), about.id])] : []));
  byName.set(rooms, found);
  return found;
}
