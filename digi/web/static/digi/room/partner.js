// @ts-check
// How one stands with the other of a direct room: friends or not, blocked or not.
import { useDigi } from "../context.js";
import { Confirm } from "../dialogs/dialog.js";
import { html } from "../html.js";
import { useCommand } from "./command.js";

/** @type {[type: string, words: string][]} */
const BLOCKED = [["person.unblock", "Unblock"]];

/** What one may do, by how one stands. @type {Record<string, [type: string, words: string][]>} */
const WAYS = {
  none: [["friend.request", "Ask to be friends"]],
  incoming: [["friend.accept", "Accept the friend request"], ["friend.decline", "Decline the friend request"]],
  outgoing: [["friend.withdraw", "Take back the friend request"]],
};

/** @param {{person: Person}} props */
export function Partner({ person }) {
  const { client, screen } = useDigi();
  const { friends, blocks } = client.state.value;
  const { run, wrong } = useCommand();
  const { username, display_name } = person;
  const standing = friends.get(username)?.state ?? "none";
  const isBlocked = blocks.get(username)?.active;
  /** @param {string} type */
  const to = (type) => () => run({ type, person: username });
  const block = () =>
    screen.open(Confirm, {
      title: `Block ${display_name}?`,
      text: "Neither of you can write to the other or ask to be friends. What was said stays.",
      verb: "Block",
      run: to("person.block"),
    });
  /** @param {[type: string, words: string]} way */
  const button = ([type, words]) => html`<button key=${type} type="button" class="btn quiet" onClick=${to(type)}>${words}</button>`;
  return html`
    <div class="buttons column">
      ${(isBlocked ? BLOCKED : (WAYS[standing] ?? [])).map(button)}
      ${!isBlocked && html`<button type="button" class="btn danger" onClick=${block}>Block</button>`}
    </div>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
  `;
}
