// @ts-check
// How one stands with the other of a direct room: friends or not, blocked or not.
import { useDigi } from "../context.js";
import { Confirm } from "../dialogs/dialog.js";
import { html } from "../html.js";
import { useCommand } from "./command.js";

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
  return html`
    <div class="buttons column">
      ${!isBlocked && standing === "none" && html`<button type="button" class="btn quiet" onClick=${to("friend.request")}>Ask to be friends</button>`}
      ${!isBlocked && standing === "incoming" && html`<button type="button" class="btn" onClick=${to("friend.accept")}>Accept the friend request</button><button type="button" class="btn quiet" onClick=${to("friend.decline")}>Decline</button>`}
      ${!isBlocked && standing === "outgoing" && html`<button type="button" class="btn quiet" onClick=${to("friend.withdraw")}>Take back the friend request</button>`}
      ${isBlocked
        ? html`<button type="button" class="btn quiet" onClick=${to("person.unblock")}>Unblock</button>`
        : html`<button type="button" class="btn danger" onClick=${block}>Block</button>`}
    </div>
    ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
  `;
}
