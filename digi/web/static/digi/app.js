// @ts-check
// The whole island: list, room, and whatever floats above them.
import { useDigi } from "./context.js";
import { html } from "./html.js";
import { t } from "./language.js";
import { ahead } from "./later.js";
import { bringDetails } from "./room/aside.js";
import { Room } from "./room/room.js";
import { Welcome } from "./room/welcome.js";
import { sheet } from "./sheets.js";
import { Sidebar } from "./sidebar/sidebar.js";
import { useEffect, useErrorBoundary } from "./vendor/hooks.js";

const READING = 10_000; // ms
const keys = import("./shortcuts.js"); // at once: they work as soon as there is anything to see

/**
 * Draws the page as a child that nobody's props hold: those keep what was drawn first as long as they live, and through
 * parts of it that stayed the same everything that followed.
 */
export function App() {
  return html`<${Page} />`;
}

function Page() {
  const digi = useDigi();
  const { client, router, screen } = digi;
  const id = router.room.value;
  const room = id ? client.state.value.rooms.get(id) : undefined;
  const [dialog, menu] = [screen.dialog.value, screen.menu.value];
  const [error] = useErrorBoundary((error) => console.error(error));
  useEffect(() => shortcuts(digi), []);
  useEffect(() => prepare(digi), []);
  if (error) return html`<${Broken} />`;
  return html`
    <button type="button" class="skip" onClick=${() => screen.focusComposer()}>${t("To the conversation")}</button>
    <div role=${room ? undefined : "main"} class=${`app ${id ? "in-room" : ""} ${room && screen.details.value ? "with-details" : ""}`}>
      <${Sidebar} />
      ${room ? html`<${Room} key=${id} room=${room} />` : html`<${Welcome} key="none" isMissing=${!!id} />`}
    </div>
    ${menu && html`<${menu.view} key=${menu} menu=${menu} />`}
    ${dialog && html`<${dialog.view} ...${dialog.props} />`}
    <${Trouble} />
  `;
}

/** The keys, as soon as the page is drawn. @param {import("./context.js").Digi} digi @returns {() => void} */
function shortcuts(digi) {
  const listening = keys.then(({ listen }) => listen(digi));
  listening.catch(() => {}); // without a connection; everything has a button too
  return () => void listening.then((end) => end());
}

/** Parts that are wanted at a key's press are there before it. @param {import("./context.js").Digi} digi */
function prepare({ client, screen }) {
  void ahead(client, [() => import("./dialogs/switcher.js"), () => import("./dialogs/menu.js"), () => sheet(screen.sheet), bringDetails]);
}

/** What went wrong where nothing else on the screen tells it, for as long as it takes to read. */
function Trouble() {
  const { screen } = useDigi();
  const words = screen.trouble.value;
  useEffect(() => {
    const timer = setTimeout(() => (screen.trouble.value = ""), READING);
    return () => clearTimeout(timer);
  }, [words]);
  return html`<div class="trouble" role="alert">${words && html`<p>${words}</p>`}</div>`;
}

/** Better than an empty page; what was typed is kept. */
function Broken() {
  return html`
    <main class="teach">
      <p>${t("Something went wrong in this page. What you wrote is safe; loading the page again mostly helps.")}</p>
      <button type="button" class="btn" onClick=${() => location.reload()}>${t("Load again")}</button>
    </main>
  `;
}
