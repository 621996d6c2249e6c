// The names of the wire, and of the island's own state, everywhere without an import.
import type * as wire from "./protocol.d.ts";

declare global {
  type Person = wire.Person;
  type Message = wire.Message;
  type Member = wire.Member;
  type Room = wire.Room;
  type Entry = wire.Entry;
  type Left = wire.Left;
  type Friend = wire.Friend;
  type Block = wire.Block;
  type Me = wire.Me;
  type Draft = wire.Draft;
  type Settings = wire.Settings;
  type Presence = wire.Presence;
  type Reaction = wire.Reaction;
  type Result = wire.Result;
  type Problem = wire.Problem;
  type Welcome = wire.Welcome;
  type Change = wire.Change;
  type Page = wire.Page;
  type Synced = wire.Synced;
  type Signal = wire.Signal;

  type MessagesPage = { messages: Message[]; more: boolean; people?: Person[] };
  type Revision = { body: string; written_at: string };

  /** What the server writes into the page for the first paint. */
  type Boot = {
    version: number;
    epoch: string;
    me: Me;
    entries: Entry[];
    room: string | null;
    page: MessagesPage | null;
    members: Member[] | null;
    friends: Friend[];
    blocks: Block[];
    drafts: Draft[];
    /** Who wrote what the list and the conversation quote. */
    people?: Person[];
    /** What the page's messages answer, and is not among them. */
    quoted?: Message[];
    /** How far the others of the open room have read, where that is told. */
    reads?: Record<string, number>;
    /** The pos that a permanent link names. */
    at?: number | null;
    /** In which the page is drawn: en, de, es, fr or ar. */
    language: string;
    urls: Record<string, string>;
    limits?: { body: number };
    name?: string;
  };

  /** Anything with a type and fields; `protocol/commands.py` says which. */
  type Command = { type: string; [field: string]: unknown };

  type RoomState = {
    /** The newest entry of one's own log. */
    entry: Entry;
    /** The newest of the room itself: name, topic, archived. */
    about: Room;
    /** By `pos`, rising; holes below the newest run are normal. */
    messages: Message[];
    members: ReadonlyMap<string, Member>;
    /** Whether `members` is all of them. */
    membersKnown: boolean;
    /** The highest pos of a message of one's own. */
    own: number;
    /** How far this tab has read, before the server says so. */
    seen: number;
    /** How far others have read, as far as one has heard. */
    reads: ReadonlyMap<string, number>;
    /** How far the clients of others hold the room's log, as far as one has heard; direct rooms only. */
    delivered: ReadonlyMap<string, number>;
    /** The highest pos known to exist. */
    top: number;
  };

  type State = {
    epoch: string;
    me: Me;
    rooms: ReadonlyMap<string, RoomState>;
    people: ReadonlyMap<string, Person>;
    friends: ReadonlyMap<string, Friend>;
    blocks: ReadonlyMap<string, Block>;
    /** Kept by the server for one's other devices, by room. */
    drafts: ReadonlyMap<string, Draft>;
    /** Rooms that were left, at which rev of one's own log. */
    gone: ReadonlyMap<string, number>;
  };

  /** One thing that was learnt; applying it twice, or late, changes nothing. */
  type Fact =
    | { entry: Entry }
    | { left: Left }
    | { message: Message }
    | { member: Member }
    | { room: Room }
    | { friend: Friend }
    | { block: Block }
    | { draft: Draft }
    | { delivered: Record<string, number>; of: string }
    | { me: Me }
    | { person: Person }
    | { reads: Record<string, number>; of: string }
    | { seen: number; of: string }
    | { unseen: number; of: string }
    | { members: Member[]; of: string }
    | { keep: [number, number][]; of: string }
    | { forget: string }
    | { drop: string }
    | { reset: Fresh };

  type Fresh = Pick<Boot, "epoch" | "me" | "entries" | "friends" | "blocks" | "drafts">;

  /** A command on its way. Adds are shown below the conversation, edits and deletions over their message. */
  type Pending = {
    key: string;
    room: string;
    order: number;
    at: string;
    command: Command;
    state: "held" | "waiting" | "sending" | "refused";
    /** While `held`: until when it can be taken back, ms since the epoch. */
    until?: number;
    /** What is known of the message it makes, beyond the command. */
    preview?: Partial<Message>;
    problem?: Problem;
    tries: number;
  };

  /** What the composer holds. */
  type Unsent = { text: string; reply_to?: string };

  type LinkStatus =
    | { is: "connecting" }
    | { is: "open" }
    | { is: "waiting"; until: number }
    | { is: "offline" }
    | { is: "signed-out" }
    | { is: "refused" }
    | { is: "outdated" };

  type Timers = {
    now(): number;
    set(run: () => void, ms: number): unknown;
    clear(timer: unknown): void;
  };
}
