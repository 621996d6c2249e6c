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
    | { me: Me }
    | { person: Person }
    | { reads: Record<string, number>; of: string }
    | { seen: number; of: string }
    | { unseen: number; of: string }
    | { members: Member[]; of: string }
    | { forget: string }
    | { drop: string }
    | { reset: Fresh };

  type Fresh = Pick<Boot, "epoch" | "me" | "entries" | "friends" | "blocks">;

  /** A command on its way. Adds are shown below the conversation, edits and deletions over their message. */
  type Pending = {
    key: string;
    room: string;
    order: number;
    at: string;
    command: Command;
    state: "waiting" | "sending" | "refused";
    problem?: Problem;
    tries: number;
  };

  type Draft = { text: string; reply_to?: string };

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
