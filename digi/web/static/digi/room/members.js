// @ts-check
// Who is in a room, in which role, and who of them is here; and for those who may: invite, remove, change a role.
import { useDigi } from "../context.js";
import { Face, useWatch } from "../faces.js";
import { holds } from "../folding.js";
import { here, html, typed } from "../html.js";
import { n, t } from "../language.js";
import { Icon, IconButton } from "../pieces.js";
import { present } from "../selectors.js";
import { useMemo, useState } from "../vendor/hooks.js";
import { useCommand } from "./command.js";
import { mayInvite } from "./may.js";

const FEW = 15; // members that need no search
const MOST = 100; // that are drawn, and watched

/** @param {{room: RoomState}} props */
export function Members({ room }) {
  const { screen } = useDigi();
  const { run, wrong } = useCommand();
  const [query, setQuery] = useState("");
  const members = useMemo(() => present(room), [room.members]);
  const meant = query.trim() ? members.filter(({ person, profile }) => holds(query, [profile.display_name, person])) : members;
  const shown = meant.slice(0, MOST);
  useWatch("members", shown.map(({ person }) => person));
  const invite = () => screen.load(() => import("../dialogs/invite.js"), "Invite", { id: room.about.id });
  return html`
    <section aria-labelledby="members">
      <h3 id="members">${t("Members")}${room.membersKnown && ` · ${members.length}`}</h3>
      ${mayInvite(room) && html`
        <button type="button" class="person" onClick=${invite}>
          <span class="sign"><${Icon} name="user-plus" /></span><span class="name">${t("Bring somebody in")}</span>
        </button>
      `}
      ${members.length > FEW && html`
        <input class="field search" type="search" aria-label=${t("Find a member")} placeholder=${t("Find a member")} autocomplete="off" value=${query} onInput=${typed(setQuery)} />
      `}
      <ul>${shown.map((member) => html`<${One} key=${member.person} member=${member} room=${room} run=${run} />`)}</ul>
      ${!meant.length && query && html`<p class="none" role="status">${t("Nobody here is called that.")}</p>`}
      ${meant.length > MOST && html`<small>${n(meant.length - MOST, "And {count} more: find them by name.", "And {count} more: find them by name.")}</small>`}
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    </section>
  `;
}

/** @param {{member: Member, room: RoomState, run: (command: Command) => Promise<boolean>}} props */
function One({ member, room, run }) {
  const digi = useDigi();
  const { client, screen } = digi;
  const { person, profile, role } = member;
  const isMe = person === client.state.peek().me.username;
  const name = profile.display_name;
  const open = here(async (button) => {
    const choices = await screen.bring(() => import("./roles.js"));
    if (choices) screen.openMenu(button, choices.choicesFor(member, room, run, digi), name);
  });
  return html`
    <li class="person">
      <${Face} person=${client.state.value.people.get(person) ?? profile} />
      <span class="name"><bdi>${name}</bdi>${isMe && html` <small>${t("you")}</small>`}</span>
      ${role !== "member" && html`<small>${role === "owner" ? t("owner") : t("moderator")}</small>`}
      ${!isMe && html`<${IconButton} label=${t("What to do with {name}", { name })} icon="more" aria-haspopup="menu" onClick=${open} />`}
    </li>
  `;
}
