// @ts-check
// How one stands with the other of a direct room: friends or not, blocked or not.
import { useDigi } from "../context.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useCommand } from "./command.js";

/** @param {{person: Person}} props */
export function Partner({ person }) {
  const { client, screen } = useDigi();
  const { friends, blocks } = client.state.value;
  const { run, wrong } = useCommand();
  const { username, display_name: name } = person;
  const standing = friends.get(username)?.state ?? "none";
  const isBlocked = !!blocks.get(username)?.active;
  /** @param {string} type */
  const to = (type) => () => run({ type, person: username });
  const block = () =>
    screen.confirm({
      title: t("Block {name}?", { name }),
      text: t("Neither of you can write to the other or ask to be friends. What was said stays."),
      verb: t("Block"),
      run: to("person.block"),
    });
  return html`
    <section class="standing">
      <p><small>${standingWords(isBlocked ? "blocked" : standing)}</small></p>
      <div class="buttons column">
        ${waysOf(isBlocked ? "blocked" : standing).map(([type, words]) => html`<button key=${type} type="button" class="btn quiet" onClick=${to(type)}>${words}</button>`)}
        ${!isBlocked && html`<button type="button" class="btn danger" onClick=${block}>${t("Block")}</button>`}
      </div>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    </section>
  `;
}

/** @param {Friend["state"] | "blocked"} standing */
function standingWords(standing) {
  return {
    friend: t("You are friends."),
    none: t("You are not friends."),
    incoming: t("They ask to be friends."),
    outgoing: t("You asked to be friends."),
    blocked: t("You have blocked them."),
  }[standing];
}

/** What one may do, by how one stands. @param {Friend["state"] | "blocked"} standing @returns {[type: string, words: string][]} */
function waysOf(standing) {
  switch (standing) {
    case "none": return [["friend.request", t("Ask to be friends")]];
    case "incoming": return [["friend.accept", t("Accept the friend request")], ["friend.decline", t("Decline the friend request")]];
    case "outgoing": return [["friend.withdraw", t("Take back the friend request")]];
    case "blocked": return [["person.unblock", t("Unblock")]];
    default: return [];
  }
}
