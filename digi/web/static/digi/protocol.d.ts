// Written by `python -m digi.protocol.codegen` from digi/protocol/*.py. Edit those.

export type Version = 1;

/** An opaque id, the same wherever it is shown. */
export type RoomId = string;

/** An opaque id, the same wherever it is shown. */
export type MessageId = string;

/** RFC 3339, in UTC with milliseconds. */
export type Moment = string;

export type Kind = "direct" | "group" | "public";

export type Role = "owner" | "moderator" | "member";

/** Somebody, as anybody who may see them does. `hue` is 0 … 359. */
export type Person = {
  username: string;
  display_name: string;
  initials: string;
  hue: number;
  bot: boolean;
};

/** What a system message tells; clients word it. `person` is whom it happened to, `to` the new value. */
export type Event = {
  name: "room.renamed" | "room.topic" | "room.archived" | "room.unarchived" | "member.invited" | "member.removed" | "member.left" | "member.role";
  person?: string;
  to?: string;
};

/** An emoji that somebody put to a message, with everybody who did, the first one first. */
export type Reaction = {
  emoji: string;
  people: string[];
};

export type Pin = {
  by: string;
  at: Moment;
};

/**
 * A message, or, when `deleted`, the tombstone in its place. `pos` counts 1 … n in its room, without gaps.
 *
 * `author` of a `system` message is whoever caused it. `key` is there if the sender gave one. `mentions` are the
 * members whom the text addresses, with `everyone` for all. `forwarded_from` wrote what is passed on here.
 */
export type Message = {
  id: MessageId;
  room: RoomId;
  pos: number;
  rev: number;
  author: string;
  kind: "text" | "system";
  body: string;
  event?: Event;
  key?: string;
  reply_to: MessageId | null;
  sent_at: Moment;
  edited_at: Moment | null;
  deleted: boolean;
  mentions: string[];
  reactions: Reaction[];
  pinned?: Pin;
  forwarded_from?: string;
};

/** A person's place in a room; `left` once they are gone. */
export type Member = {
  room: RoomId;
  rev: number;
  person: string;
  profile: Person;
  role: Role;
  joined_at: Moment;
  left: boolean;
};

/** A room as its members see it. A direct room has no name, but two `people` (usernames) and their `profiles`. */
export type Room = {
  id: RoomId;
  rev: number;
  kind: Kind;
  name: string | null;
  topic: string;
  people?: string[];
  profiles?: Person[];
  archived: boolean;
  created_at: Moment;
};

/**
 * A room in one person's inbox. `unread` = `last_pos` - `read_pos`; `entry_rev` counts in the person's log.
 *
 * `mentions` counts unread messages that address the person. `muted_until` of the year 9999 is for good.
 */
export type Entry = Room & {
  head: number;
  last_pos: number;
  read_pos: number;
  unread: number;
  role: Role;
  entry_rev: number;
  last?: Message;
  mentions: number;
  muted_until?: Moment;
  starred: boolean;
};

/** A room that is no longer in one's inbox. */
export type Left = {
  id: RoomId;
  entry_rev: number;
};

/** How one stands with a person. `none` after a friendship or request has ended. */
export type Friend = {
  person: string;
  profile: Person;
  state: "friend" | "incoming" | "outgoing" | "none";
  rev: number;
};

/** A person one has blocked; `active` is false once that is lifted. */
export type Block = {
  person: string;
  profile: Person;
  active: boolean;
  rev: number;
};

/** What one has begun to write in a room; an empty `body` is none (any more). */
export type Draft = {
  room: RoomId;
  body: string;
  reply_to: MessageId | null;
  rev: number;
  saved_at: Moment;
};

/** How Digi looks and behaves for one person: see `settings.edit`. */
export type Settings = {
  theme: "system" | "light" | "dark" | "contrast";
  density: "comfortable" | "compact";
  text_size: number;
  language: "" | "en" | "de" | "es" | "fr" | "ar";
  enter_sends: boolean;
  sounds: boolean;
  notify: "all" | "mentions" | "none";
  undo_send: number;
  quiet_from: string;
  quiet_to: string;
  zone: string;
  show_online: boolean;
  show_last_seen: boolean;
  show_reads: boolean;
};

/** Whether a person is here; `seen_at` is when they last were, if they let others know. */
export type Presence = {
  state: "online" | "away" | "offline";
  seen_at?: Moment;
};

/** Oneself. `head` is the newest rev of one's own log. `settings` holds what differs from the defaults. */
export type Me = Person & {
  rev: number;
  owner: boolean;
  head: number;
  settings: Settings;
};

/** What a command answers with: what it made or changed, or nothing. `is_repeat` stays inside the server. */
export type Result = {
  room?: Entry;
  message?: Message;
  person?: Person;
  member?: Member;
  friend?: Friend;
  draft?: Draft;
  me?: Me;
  block?: Block;
};

/** Ask for a command: `command` holds the command's `type` and fields. Answered by `Reply` with the same `ref`. */
export type Ask = {
  type: "ask";
  ref: string;
  command: Command;
};

/** Ask for what one missed: for each log (a room's id, or `me`) the newest rev one holds. */
export type Sync = {
  type: "sync";
  ref: string;
  cursors: Record<string, number>;
};

/** Answered by `Pong`: a way to see that the connection lives, through proxies that swallow WebSocket pings. */
export type Ping = {
  type: "ping";
};

/**
 * Name the people whose presence one wants to hear, in place of those named before; told in `Signal`s of `me`.
 *
 * Who may not be seen, or does not exist, is never heard of.
 */
export type Watch = {
  type: "watch";
  people: string[];
};

/** Whether anybody sits before the screen. A socket begins `online`. */
export type Here = {
  type: "here";
  state: "online" | "away";
};

/** One is writing in a room: to be said again every three seconds, and forgotten after six. */
export type Typing = {
  type: "typing";
  room: RoomId;
};

/** How far this client holds its direct rooms, for the others in them to know; at most once a second. */
export type Ack = {
  type: "ack";
  cursors: Record<string, number>;
};

/** A refusal. `field` is what was wrong; `retry_after` counts seconds. */
export type Problem = {
  code: string;
  detail: string;
  field?: string;
  ref?: string;
  key?: string;
  retry_after?: number;
};

export type Limits = {
  body: number;
  frame: number;
  cursors: number;
};

/**
 * First on every connection. `heads` has the newest rev of each log one hears: `me` and one's rooms, by id.
 *
 * A new `epoch` means that an older state of the server came back: forget everything and fetch it again.
 */
export type Welcome = {
  type: "welcome";
  version: number;
  epoch: string;
  me: Me;
  heads: Record<string, number>;
  limits: Limits;
};

/** The answer to an `Ask`. */
export type Reply = {
  type: "reply";
  ref: string;
  ok: boolean;
  result?: Result;
  error?: Problem;
};

/**
 * The next change of a log, with the changed object as it is now: for a room's log (`log` is the room's id)
 * one of `message`, `member`, `room`; for one's own (`me`) one of `entry`, `left`, `friend`, `block`, `draft`, `me`.
 */
export type Change = {
  type: "change";
  log: string;
  rev: number;
  message?: Message;
  member?: Member;
  room?: Room;
  entry?: Entry;
  left?: Left;
  friend?: Friend;
  block?: Block;
  draft?: Draft;
  me?: Me;
};

/**
 * The changes of a log with rev ≤ `upto`, oldest first, each as in `Change`; go on from `upto` while `more`.
 *
 * Holes in `rev` are normal here: an object that changed often comes once, as it is now.
 */
export type Page = {
  changes: Omit<Change, "type" | "log">[];
  upto: number;
  head: number;
  more: boolean;
};

/** The answer to a `Sync`: a page for each log that is one's own. A room missing here is not, or no longer. */
export type Synced = {
  type: "synced";
  ref: string;
  logs: Record<string, Page>;
};

/**
 * Something that passes and is never kept.
 *
 * `read` and `delivered` say how far a member has read (`username: pos`) and holds the log (`username: rev`), `typing`
 * who writes, `presence` who of those one watches is here, `person` how somebody's profile is now.
 */
export type Signal = {
  type: "signal";
  log: string;
  read?: Record<string, number>;
  delivered?: Record<string, number>;
  typing?: string;
  presence?: Record<string, Presence>;
  person?: Person;
};

export type Pong = {
  type: "pong";
};

/** The answer to a frame that was none of those a client sends. */
export type Error = {
  type: "error";
  error: Problem;
};

/** Every command by its name, with its fields: the body of `POST /api/v1/commands/<name>`. */
export type Commands = {
  /** Add a message to a room. With the same `key`, however often repeated, it is added once. */
  "message.add": {
    room: RoomId;
    body: string;
    key?: string;
    reply_to?: MessageId | null;
  };
  /** Replace the text of one's own message. The earlier text is kept as a revision. */
  "message.edit": {
    message: MessageId;
    body: string;
  };
  /** Delete a message: its text and revisions are gone for everyone, a tombstone stays in its place. */
  "message.delete": {
    message: MessageId;
  };
  /** Add a message to `room` that says what another message says, and who wrote that. */
  "message.forward": {
    message: MessageId;
    room: RoomId;
    key?: string;
  };
  /** Put an emoji to a message, or, with `on: false`, take one's own away. */
  "message.react": {
    message: MessageId;
    emoji: string;
    on?: boolean;
  };
  /** Keep a message where all members find it, or, with `pinned: false`, no longer. */
  "message.pin": {
    message: MessageId;
    pinned?: boolean;
  };
  /** Create a room; for `direct`, `people` names one other person and the same pair always gets the same room. */
  "room.create": {
    kind: Kind;
    name?: string | null;
    people?: string[];
  };
  /** Enter the public room of this name; create it if there is none. */
  "room.open": {
    name: string;
  };
  /** Enter a public room. */
  "room.join": {
    room: RoomId;
  };
  /** Leave a group or public room. If its last owner leaves, the longest-serving moderator or member follows. */
  "room.leave": {
    room: RoomId;
  };
  /** Bring a person into a group or public room. */
  "room.invite": {
    room: RoomId;
    person: string;
  };
  /** Remove a member of a lower role from a room. */
  "room.remove": {
    room: RoomId;
    person: string;
  };
  /** Make a member an owner, moderator or plain member. */
  "room.role": {
    room: RoomId;
    person: string;
    role: Role;
  };
  /** Give a group or public room another name. */
  "room.rename": {
    room: RoomId;
    name: string;
  };
  /** Say what a group or public room is about; an empty topic removes it. */
  "room.topic": {
    room: RoomId;
    topic: string;
  };
  /** Make a group or public room read-only, or, with `archived: false`, writable again. */
  "room.archive": {
    room: RoomId;
    archived?: boolean;
  };
  /** Say that one has read a room up to and including `pos`. The mark only moves forward. */
  "room.read": {
    room: RoomId;
    pos: number;
  };
  /** Mark the message at `pos`, and all after it, as unread again. */
  "room.unread": {
    room: RoomId;
    pos: number;
  };
  /** Be left in peace by a room for so many `minutes`, for good without a number, and no longer with 0. */
  "room.mute": {
    room: RoomId;
    minutes?: number | null;
  };
  /** Keep a room on top of one's own list, or, with `starred: false`, no longer. */
  "room.star": {
    room: RoomId;
    starred?: boolean;
  };
  /** Keep what one has begun to write in a room for one's other devices; an empty `body` forgets it. */
  "draft.save": {
    room: RoomId;
    body: string;
    reply_to?: MessageId | null;
  };
  /** Ask a person to be a friend; if they asked first, this accepts. */
  "friend.request": {
    person: string;
  };
  /** Accept a person's request. */
  "friend.accept": {
    person: string;
  };
  /** Decline a person's request. */
  "friend.decline": {
    person: string;
  };
  /** Take back one's own request. */
  "friend.withdraw": {
    person: string;
  };
  /** End a friendship. A direct room that the two have stays. */
  "friend.remove": {
    person: string;
  };
  /** Stop direct messages, requests and presence between oneself and a person, both ways. */
  "person.block": {
    person: string;
  };
  /** Lift one's own block of a person. */
  "person.unblock": {
    person: string;
  };
  /** Change one's own display name, colour or initials; what is left out stays as it is. */
  "profile.edit": {
    display_name?: string | null;
    hue?: number | null;
    initials?: string | null;
  };
  /**
   * Change how Digi looks and behaves for oneself; what is left out stays as it is.
   *
   * `language` "" follows the browser. Quiet hours go from `quiet_from` to `quiet_to`, both HH:MM in `zone` (an IANA
   * name), and there are none while one of the two is "".
   */
  "settings.edit": {
    theme?: "system" | "light" | "dark" | "contrast" | null;
    density?: "comfortable" | "compact" | null;
    text_size?: number | null;
    language?: "" | "en" | "de" | "es" | "fr" | "ar" | null;
    enter_sends?: boolean | null;
    sounds?: boolean | null;
    notify?: "all" | "mentions" | "none" | null;
    undo_send?: number | null;
    quiet_from?: string | null;
    quiet_to?: string | null;
    zone?: string | null;
    show_online?: boolean | null;
    show_last_seen?: boolean | null;
    show_reads?: boolean | null;
  };
};

/** A command as a socket carries it. */
export type Command = { [Name in keyof Commands]: { type: Name } & Commands[Name] }[keyof Commands];

export type SimpleAdd = {
  type: "add";
  message: string;
  key?: string | null;
};

export type SimpleEdit = {
  type: "edit";
  message_id: MessageId;
  message: string;
};

export type SimpleDelete = {
  type: "delete";
  message_id: MessageId;
};

/** What the simple dialect says of a message to everybody in its room. */
export type SimpleMessage = {
  type: "chat.message" | "chat.message.edit";
  message: string;
  user: string;
  message_id: MessageId;
  rev: number;
  sent_at: Moment;
  key?: string;
};

export type SimpleDeleted = {
  type: "chat.message.delete";
  user: string;
  message_id: MessageId;
  rev: number;
  sent_at: Moment;
};

/** A refusal in the simple dialect, to its sender alone. */
export type SimpleError = { type: "error" } & Problem;
