// @ts-check
// The whole island: list, room, and whatever floats above them.
import { useDigi } from "./context.js";
import { StartDialog } from "./dialogs/start.js";
import { html } from "./html.js";
import { Room } from "./room/room.js";
import { Welcome } from "./room/welcome.js";
import { Sidebar } from "./sidebar/sidebar.js";
import { useEffect, useErrorBoundary } from "./vendor/hooks.js";

export function App() {
  const { client, router, screen } = useDigi();
  const id = router.room.value;
  const room = id ? client.state.value.rooms.get(id) : undefined;
  const [dialog, menu] = [screen.dialog.value, screen.menu.value];
  const [error] = useErrorBoundary((error) => console.error(error));
  useShortcuts();
  if (error) return html`<${Broken} />`;
  return html`
    <button type="button" class="skip" onClick=${() => screen.focusComposer()}>To the conversation</button>
    <div class=${`app ${id ? "in-room" : ""} ${room && screen.details.value ? "with-details" : ""}`}>
      <${Sidebar} />
      ${room ? html`<${Room} key=${id} room=${room} />` : html`<${Welcome} key="none" isMissing=${!!id} />`}
    </div>
    ${menu && html`<${menu.view} key=${menu} menu=${menu} />`}
    ${dialog && html`<${dialog.view} ...${dialog.props} />`}
  `;
}

/** Better than an empty page; what was typed is kept. */
function Broken() {
  return html`
    <main class="teach">
      <p>Something went wrong in this page. What you wrote is safe; loading the page again mostly helps.</p>
      <button type="button" class="btn" onClick=${() => location.reload()}>Load again</button>
    </main>
  `;
}

/** @param {KeyboardEvent} event */
function isLetter({ key, ctrlKey, metaKey, altKey }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && !altKey;
}

/** Ctrl K finds, wherever one is; a letter typed into nothing goes to the composer. */
function useShortcuts() {
  const { screen } = useDigi();
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        screen.open(StartDialog);
      } else if (event.target === document.body && isLetter(event)) screen.focusComposer();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
