// @ts-check
// Beginning to write to somebody; and where one may not yet, asking to be friends first.
import { useDigi } from "../context.js";
import { Refusal, sentence } from "../errors.js";
import { html } from "../html.js";
import { t } from "../language.js";
import { useState } from "../vendor/hooks.js";

/** @typedef {{words: string, person?: Person}} Wrong what was refused, and whom one may ask to be friends about it */

/** Goes to the direct room with somebody, made if there is none; rejects with Refusal or Lost. */
export function useWrite() {
  const { client, router, screen } = useDigi();
  const [wrong, setWrong] = useState(/** @type {Wrong | null} */ (null));
  /** @param {Command} command @param {Person} [person] */
  const begin = async (command, person) => {
    setWrong(null);
    try {
      const { room } = await client.ask(command);
      screen.close();
      if (room) router.go(room.id);
    } catch (error) {
      const isBlocked = client.state.peek().blocks.get(person?.username ?? "")?.active;
      const mayAsk = !isBlocked && error instanceof Refusal && error.problem.code === "forbidden";
      setWrong({ words: sentence(error), person: mayAsk ? person : undefined });
    }
  };
  /** @param {Person} person */
  const write = (person) => begin({ type: "room.create", kind: "direct", people: [person.username] }, person);
  return { begin, write, wrong, clear: () => setWrong(null) };
}

/** What was refused, with what helps. @param {{wrong: Wrong | null}} props */
export function Wrong({ wrong }) {
  if (!wrong) return null;
  return html`
    <div class="wrong" role="alert">
      <p class="wrong">${wrong.words}</p>
      ${wrong.person && html`<${AskFriend} key=${wrong.person.username} person=${wrong.person} />`}
    </div>
  `;
}

/** @param {{person: Person}} props */
function AskFriend({ person }) {
  const { client } = useDigi();
  const [words, setWords] = useState("");
  const standing = client.state.value.friends.get(person.username)?.state;
  const ask = () =>
    client.ask({ type: "friend.request", person: person.username }).catch((error) => setWords(sentence(error)));
  if (standing === "outgoing") return html`<p>${t("You asked to be friends. Once it is accepted you can write.")}</p>`;
  if (words) return html`<p class="wrong">${words}</p>`;
  return html`<button type="button" class="btn quiet" onClick=${ask}>${t("Ask to be friends")}</button>`;
}
