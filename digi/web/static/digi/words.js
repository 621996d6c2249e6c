// @ts-check
// What the server tells as facts, said in sentences. Pure; names come from the state.
import { n, t } from "./language.js";
import { person, title } from "./selectors.js";
import { snippet } from "./text/plain.js";

/** @typedef {Message["event"]} Event @typedef {Record<"who" | "whom" | "to", string>} Names */

/** @param {State} state @param {Message} message */
export function happened(state, { author, event }) {
  const me = state.me.username;
  const whom = event?.person ?? author;
  const names = { who: nameOf(state, author), whom: nameOf(state, whom), to: isolated(event?.to ?? "") };
  if (event?.name === "member.role" && whom === author) {
    return author === me ? t("You changed your own role") : t("{who} changed their own role", names);
  }
  if (author === me) return byMe(event, names);
  return (whom === me && toMe(event, names)) || byOthers(event, names);
}

/** @param {Event} event @param {Names} names */
function byMe(event, names) {
  switch (event?.name) {
    case "room.renamed": return t("You renamed the room to {to}", names);
    case "room.topic": return event.to ? t("You set the topic: {to}", names) : t("You removed the topic");
    case "room.archived": return t("You archived the room");
    case "room.unarchived": return t("You reopened the room");
    case "member.invited": return t("You brought in {whom}", names);
    case "member.removed": return t("You removed {whom}", names);
    case "member.left": return t("You left");
    case "member.role":
      if (event.to === "owner") return t("You made {whom} an owner", names);
      return event.to === "moderator" ? t("You made {whom} a moderator", names) : t("You made {whom} a member", names);
    default: return t("You changed something here");
  }
}

/** What somebody else did with oneself; nothing where it was done to the room. @param {Event} event @param {Names} names */
function toMe(event, names) {
  switch (event?.name) {
    case "member.invited": return t("{who} brought you in", names);
    case "member.removed": return t("{who} removed you", names);
    case "member.role":
      if (event.to === "owner") return t("{who} made you an owner", names);
      return event.to === "moderator" ? t("{who} made you a moderator", names) : t("{who} made you a member", names);
    default: return undefined;
  }
}

/** @param {Event} event @param {Names} names */
function byOthers(event, names) {
  switch (event?.name) {
    case "room.renamed": return t("{who} renamed the room to {to}", names);
    case "room.topic": return event.to ? t("{who} set the topic: {to}", names) : t("{who} removed the topic", names);
    case "room.archived": return t("{who} archived the room", names);
    case "room.unarchived": return t("{who} reopened the room", names);
    case "member.invited": return t("{who} brought in {whom}", names);
    case "member.removed": return t("{who} removed {whom}", names);
    case "member.left": return t("{whom} left", names);
    case "member.role":
      if (event.to === "owner") return t("{who} made {whom} an owner", names);
      return event.to === "moderator" ? t("{who} made {whom} a moderator", names) : t("{who} made {whom} a member", names);
    default: return t("{who} changed something here", names);
  }
}

/** @param {State} state @param {string} username */
function nameOf(state, username) {
  return isolated(person(state, username).display_name);
}

/** A room's last line in a list. @param {State} state @param {RoomState} room @param {Message | undefined} message */
export function lastLine(state, room, message) {
  if (!message) return t("No messages yet");
  if (message.kind === "system") return happened(state, message);
  const text = message.deleted ? t("Message deleted") : snippet(message.body, 90);
  if (message.author === state.me.username) return t("You: {text}", { text });
  return room.about.kind === "direct" ? text : t("{name}: {text}", { name: isolated(firstName(person(state, message.author))), text });
}

/** Text whose direction says nothing about what stands around it (UAX #9). @param {string} text */
function isolated(text) {
  return `\u2068${text}\u2069`;
}

/** @param {Person} person */
export function firstName(person) {
  return person.display_name.split(" ")[0];
}

/** What a room is called in a sentence: "#lounge", "Bob Okafor". @param {State} state @param {RoomState} room */
export function spoken(state, room) {
  return room.about.kind === "public" ? `#${title(state, room)}` : title(state, room);
}

/** How the connection is, truthfully. @param {LinkStatus} link @param {number} waiting commands not yet answered @param {number} now */
export function linkWords(link, waiting, now) {
  const state = linkState(link, now);
  return waiting ? n(waiting, "{state}, {count} waiting", "{state}, {count} waiting", { state }) : state;
}

/** @param {LinkStatus} link @param {number} now */
function linkState(link, now) {
  switch (link.is) {
    case "open": return t("Connected");
    case "connecting": return t("Connecting…");
    case "waiting": return t("Reconnecting in {seconds} s", { seconds: Math.max(1, Math.ceil((link.until - now) / 1000)) });
    case "offline": return t("Offline");
    case "signed-out": return t("Signed out");
    case "outdated": return t("There is a new version");
    default: return t("The server refused the connection");
  }
}
