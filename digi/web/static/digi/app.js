// @ts-check
// The whole island: list, room, and whatever floats above them.
import { useDigi } from "./context.js";
import { html } from "./html.js";
import { Room } from "./room/room.js";
import { Welcome } from "./room/welcome.js";
import { useShortcuts } from "./shortcuts.js";
import { Sidebar } from "./sidebar/sidebar.js";
import { useErrorBoundary } from "./vendor/hooks.js";

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
