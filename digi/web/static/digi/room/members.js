// @ts-check
// Who is in a room, in which role; and for those who may: invite, remove, change a role.
import { useDigi } from "../context.js";
import { Confirm, Dialog } from "../dialogs/dialog.js";
import { ChoosePeople } from "../dialogs/people.js";
import { here, html } from "../html.js";
import { Avatar, Icon, IconButton } from "../pieces.js";
import { useState } from "../vendor/hooks.js";
import { useCommand } from "./command.js";
import { mayChangeRole, mayInvite, mayRemove } from "./may.js";

const ROLES = /** @type {const} */ (["owner", "moderator", "member"]);

/** @param {{room: RoomState, members: Member[]}} props */
export function Members({ room, members }) {
  const { screen } = useDigi();
  const { run, wrong } = useCommand();
  return html`
    <section>
      <h3>Members${room.membersKnown ? ` · ${members.length}` : ""}</h3>
      ${mayInvite(room) && html`
        <button type="button" class="person" onClick=${() => screen.open(Invite, { id: room.about.id })}>
          <span class="sign"><${Icon} name="user-plus" /></span><span class="name">Bring somebody in</span>
        </button>
      `}
      <ul>${members.map((member) => html`<${One} key=${member.person} member=${member} room=${room} run=${run} />`)}</ul>
      ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
    </section>
  `;
}

/** @param {{member: Member, room: RoomState, run: (command: Command) => Promise<boolean>}} props */
function One({ member, room, run }) {
  const { client, screen } = useDigi();
  const { person, profile, role } = member;
  const isMe = person === client.state.value.me.username;
  const actions = isMe ? [] : actionsOn(member, room, run, screen);
  const open = here((button) => screen.openMenu(button, actions, profile.display_name));
  const what = `What to do with ${profile.display_name}`;
  return html`
    <li class="person">
      <${Avatar} person=${client.state.value.people.get(person) ?? profile} />
      <span class="name"><bdi>${profile.display_name}</bdi>${isMe && html` <small>you</small>`}</span>
      ${role !== "member" && html`<small>${role}</small>`}
      ${actions.length > 0 && html`<${IconButton} label=${what} icon="more" aria-haspopup="menu" onClick=${open} />`}
    </li>
  `;
}

/**
 * @param {Member} member
 * @param {RoomState} room
 * @param {(command: Command) => Promise<boolean>} run
 * @param {import("../context.js").Screen} screen
 * @returns {import("../context.js").Action[]}
 */
function actionsOn({ person, profile, role }, room, run, screen) {
  const who = { room: room.about.id, person };
  const remove = () =>
    screen.open(Confirm, {
      title: `Remove ${profile.display_name}?`,
      text: "They will not see the room any more. What they wrote stays.",
      verb: "Remove",
      run: () => run({ type: "room.remove", ...who }),
    });
  const roles = ROLES.map((to) => ({
    label: { owner: "Owner", moderator: "Moderator", member: "Member" }[to],
    icon: to === role ? "check" : "shield",
    isOn: to === role,
    run: () => void (to !== role && run({ type: "room.role", ...who, role: to })),
  }));
  return [
    ...(mayChangeRole(room) ? roles : []),
    ...(mayRemove(room, role) ? [{ label: "Remove from the room", icon: "leave", isDanger: true, run: remove }] : []),
  ];
}

/** @param {{id: string}} props */
function Invite({ id }) {
  const { client, screen } = useDigi();
  const { run, wrong } = useCommand();
  const [chosen, setChosen] = useState(/** @type {Person[]} */ ([]));
  const room = client.state.value.rooms.get(id);
  const inside = new Set([...(room?.members.values() ?? [])].filter(({ left }) => !left).map(({ person }) => person));
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    for (const person of chosen) if (!(await run({ type: "room.invite", room: id, person: person.username }))) return;
    screen.close();
  };
  return html`
    <${Dialog} title="Bring somebody in">
      <form class="stack" onSubmit=${submit}>
        <${ChoosePeople} label="Who?" chosen=${chosen} onChange=${setChosen} without=${inside} />
        ${wrong && html`<p class="wrong" role="alert">${wrong}</p>`}
        <div class="buttons"><button class="btn" disabled=${!chosen.length}>Bring in</button></div>
      </form>
    <//>
  `;
}
