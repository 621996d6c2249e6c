// @ts-check
// What one can do with a room from the list. Loaded with the first menu.
import { t } from "../language.js";
import { callsFor } from "./sections.js";
import { isMuted, title, unread } from "../selectors.js";

const HOUR = 60; // minutes
const MORNING = 8; // o'clock, when "tomorrow" begins

/**
 * @typedef {import("../context.js").Action} Action
 * @typedef {Pick<import("../context.js").Digi, "client" | "router" | "screen">} Digi
 */

/** @param {RoomState} room @param {Digi} digi @param {Element} anchor what the menu is near @returns {Action[]} */
export function choicesFor(room, digi, anchor) {
  const { id, kind } = room.about;
  const run = asking(digi);
  const { starred } = room.entry;
  return [
    reading(room, digi),
    {
      label: starred ? t("Unstar") : t("Star: keep on top"),
      icon: "star",
      run: () => run({ type: "room.star", room: id, starred: !starred }),
    },
    isMuted(room)
      ? { label: t("Unmute"), icon: "bell", run: () => run({ type: "room.mute", room: id, minutes: 0 }) }
      : { label: t("Mute…"), icon: "mute", run: () => openMutes(room, digi, anchor) },
    ...(kind === "direct" ? [] : [{ label: t("Leave…"), icon: "leave", isDanger: true, run: () => askToLeave(room, digi) }]),
  ];
}

/** A command whose refusal is told where there is room for it. @param {Digi} digi */
function asking({ client, screen }) {
  return (/** @type {Command} */ command) => void client.ask(command).catch((error) => screen.tell(error));
}

/** @param {RoomState} room @param {Digi} digi @returns {Action} */
function reading(room, { client, screen }) {
  const { id } = room.about;
  if (unread(room) > 0 || callsFor(client.state.peek(), room)) {
    return {
      label: t("Mark as read"),
      icon: "check",
      run: () => {
        client.reads.resume(id);
        client.reads.saw(id, room.top);
      },
    };
  }
  const { me } = client.state.peek();
  const newest = room.messages.findLast(({ author }) => author !== me.username) ?? room.messages.at(-1);
  const run = () => void (newest && client.markUnread(newest).catch((error) => screen.tell(error)));
  return { label: t("Mark as unread"), icon: "chat", run };
}

/** @param {RoomState} room @param {Digi} digi @param {Element} anchor */
export function openMutes(room, digi, anchor) {
  const { id } = room.about;
  const run = asking(digi);
  /** @param {string} label @param {number | null} minutes @returns {Action} */
  const way = (label, minutes) => ({ label, icon: "mute", run: () => run({ type: "room.mute", room: id, minutes }) });
  const ways = [
    way(t("For an hour"), HOUR),
    way(t("For 8 hours"), 8 * HOUR),
    way(t("Until tomorrow"), minutesToMorning(new Date())),
    way(t("Until I unmute it"), null),
  ];
  digi.screen.openMenu(anchor, ways, t("Mute {name}", { name: title(digi.client.state.peek(), room) }));
}

/** @param {Date} now */
export function minutesToMorning(now) {
  const morning = new Date(now);
  morning.setDate(now.getDate() + 1);
  morning.setHours(MORNING, 0, 0, 0);
  return Math.round((morning.getTime() - now.getTime()) / 60_000);
}

/** @param {RoomState} room @param {Digi} digi */
export function askToLeave(room, { client, router, screen }) {
  const { id, kind } = room.about;
  screen.confirm({
    title: t("Leave {name}?", { name: title(client.state.peek(), room) }),
    text: kind === "public" ? t("You can enter again by its name.") : t("Only a member can bring you back in."),
    verb: t("Leave"),
    run: async () => {
      await client.ask({ type: "room.leave", room: id });
      if (router.room.peek() === id) router.go(null);
    },
  });
}
