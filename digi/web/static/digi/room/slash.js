// @ts-check
// What can be asked for by a word after a slash: each is a command of the server's, or a text that is quicker said so.
import { t } from "../language.js";
import { mayDescribe, mayInvite } from "./may.js";

const HOUR = 60; // minutes
const SPANS = /** @type {Record<string, number>} */ ({ "": 1, m: 1, h: HOUR, d: 24 * HOUR });
const SHRUG = "¯\\_(ツ)_/¯";

/**
 * @typedef {import("../context.js").Digi} Digi
 * @typedef {object} Slash
 * @property {string} name
 * @property {string} [takes] what follows it, in a word
 * @property {string} words what it does
 * @property {(rest: string) => Command} [command] what it asks for
 * @property {(rest: string, digi: Digi) => string | void} [run] or what it does; a text is said
 */

/** @param {RoomState} room @returns {Slash[]} those that this room takes from oneself */
export function commandsFor(room) {
  return [...ofTheRoom(room), ...ofOneself(room.about.id), { name: "shrug", takes: t("text"), words: SHRUG, run: (rest) => `${rest} ${SHRUG}`.trim() }];
}

/** @param {RoomState} state @returns {Slash[]} */
function ofTheRoom(state) {
  const { id: room, kind } = state.about;
  if (kind === "direct") return [];
  /** @type {Slash} */
  const topic = { name: "topic", takes: t("text"), words: t("Set the topic"), command: (topic) => ({ type: "room.topic", room, topic }) };
  /** @type {Slash} */
  const invite = {
    name: "invite", takes: t("@person"), words: t("Bring somebody in"),
    command: (person) => ({ type: "room.invite", room, person: person.replace(/^@/, "") }),
  };
  const leave = { name: "leave", words: t("Leave this room"), run: (/** @type {string} */ _, /** @type {Digi} */ digi) => askToLeave(state, digi) };
  return [...(mayDescribe(state) ? [topic] : []), ...(mayInvite(state) ? [invite] : []), leave];
}

/** @param {string} room @returns {Slash[]} */
function ofOneself(room) {
  return [
    {
      name: "mute", takes: t("30m, 8h, 2d"), words: t("Leave me in peace: for a while, or for good"),
      command: (rest) => ({ type: "room.mute", room, minutes: minutesOf(rest) }),
    },
    { name: "unmute", words: t("No longer leave me in peace"), command: () => ({ type: "room.mute", room, minutes: 0 }) },
    { name: "star", words: t("Keep this room on top of the list"), command: () => ({ type: "room.star", room, starred: true }) },
    { name: "unstar", words: t("No longer keep it on top"), command: () => ({ type: "room.star", room, starred: false }) },
  ];
}

/** "30m", "8h", "2d", or nothing: for good. @param {string} rest @returns {number | null} */
export function minutesOf(rest) {
  const found = /^(\d{1,4})\s*([mhd]?)/.exec(rest.trim().toLowerCase());
  return found ? Number(found[1]) * SPANS[found[2]] : null;
}

/** @param {RoomState} room @param {Digi} digi */
function askToLeave({ about: { id, name, kind } }, { client, router, screen }) {
  screen.confirm({
    title: t("Leave {room}?", { room: name || t("the group") }),
    text: kind === "public" ? t("You can enter again by its name.") : t("Only a member can bring you back in."),
    verb: t("Leave"),
    run: async () => {
      await client.ask({ type: "room.leave", room: id });
      router.go(null);
    },
  });
}

/** The command that a text asks for, and what follows it. @param {string} text @param {RoomState} room */
export function slashIn(text, room) {
  const found = /^\/([a-z]+)(?:\s+([^]*))?$/.exec(text);
  const slash = found && commandsFor(room).find(({ name }) => name === found[1]);
  return slash ? { slash, rest: (found[2] ?? "").trim() } : undefined;
}

/** @param {{slash: Slash, rest: string}} asked @param {Digi} digi @returns {Promise<string | void>} a text to say; rejects with Refusal or Lost */
export async function obey({ slash, rest }, digi) {
  if (slash.command) await digi.client.ask(slash.command(rest));
  else return slash.run?.(rest, digi);
}
