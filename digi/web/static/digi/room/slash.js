// @ts-check
// What can be asked for by a word after a slash: each is a command of the server's, or a text that is quicker said so.
import { t } from "../language.js";
import { mayDescribe, mayInvite } from "./may.js";

const HOUR = 60; // minutes
const SPANS = /** @type {Record<string, number>} */ ({ "": 1, m: 1, h: HOUR, d: 24 * HOUR });

/**
 * @typedef {object} Slash
 * @property {string} name
 * @property {string} [takes] what follows it, in a word
 * @property {string} words what it does
 * @property {(rest: string, digi: import("../context.js").Digi) => Promise<string | void>} run resolves with a text to say instead
 */

/** @param {RoomState} room @returns {Slash[]} those that this room takes from oneself */
export function commandsFor(room) {
  const { id, kind, name } = room.about;
  /** @param {import("../context.js").Digi} digi @param {Command} command */
  const ask = async ({ client }, command) => void (await client.ask(command));
  const isRoom = kind !== "direct";
  return [
    ...(isRoom && mayDescribe(room) ? [{ name: "topic", takes: t("text"), words: t("Set the topic"), run: (/** @type {string} */ topic, /** @type {any} */ digi) => ask(digi, { type: "room.topic", room: id, topic }) }] : []),
    ...(mayInvite(room) ? [{ name: "invite", takes: t("@person"), words: t("Bring somebody in"), run: (/** @type {string} */ who, /** @type {any} */ digi) => ask(digi, { type: "room.invite", room: id, person: who.replace(/^@/, "") }) }] : []),
    { name: "mute", takes: t("30m, 8h, 2d"), words: t("Leave me in peace: for a while, or for good"), run: (rest, digi) => ask(digi, { type: "room.mute", room: id, minutes: minutesOf(rest) }) },
    { name: "unmute", words: t("No longer leave me in peace"), run: (_, digi) => ask(digi, { type: "room.mute", room: id, minutes: 0 }) },
    { name: "star", words: t("Keep this room on top of the list"), run: (_, digi) => ask(digi, { type: "room.star", room: id, starred: true }) },
    { name: "unstar", words: t("No longer keep it on top"), run: (_, digi) => ask(digi, { type: "room.star", room: id, starred: false }) },
    ...(isRoom ? [{ name: "leave", words: t("Leave this room"), run: (/** @type {string} */ _, /** @type {any} */ digi) => leave(digi, id, name, kind) }] : []),
    { name: "shrug", takes: t("text"), words: "¯\\_(ツ)_/¯", run: async (rest) => `${rest} ¯\\_(ツ)_/¯`.trim() },
  ];
}

/** "30m", "8h", "2d", or nothing: for good. @param {string} rest @returns {number | null} */
export function minutesOf(rest) {
  const found = /^(\d{1,4})\s*([mhd]?)/.exec(rest.trim().toLowerCase());
  return found ? Number(found[1]) * SPANS[found[2]] : null;
}

/** @param {import("../context.js").Digi} digi @param {string} id @param {string | null} name @param {Room["kind"]} kind */
async function leave({ client, router, screen }, id, name, kind) {
  screen.confirm({
    title: t("Leave {room}?", { room: name || t("the group") }),
    text: kind === "public" ? t("You can enter again by its name.") : t("Only a member can bring you back in."),
    verb: t("Leave"),
    run: () => client.ask({ type: "room.leave", room: id }).then(() => router.go(null), () => {}),
  });
}

/** The command that a text asks for, and what follows it. @param {string} text @param {RoomState} room */
export function slashIn(text, room) {
  const found = /^\/([a-z]+)(?:\s+([^]*))?$/.exec(text);
  const command = found && commandsFor(room).find(({ name }) => name === found[1]);
  return command ? { command, rest: (found[2] ?? "").trim() } : undefined;
}
