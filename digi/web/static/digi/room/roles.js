// @ts-check
// What one can do with a member. Loaded with the first menu of one.
import { t } from "../language.js";
import { mayChangeRole, mayRemove } from "./may.js";

const ROLES = /** @type {const} */ (["owner", "moderator", "member"]);

/**
 * @param {Member} member
 * @param {RoomState} room
 * @param {(command: Command) => Promise<boolean>} run
 * @param {import("../context.js").Digi} digi
 * @returns {import("../context.js").Action[]}
 */
export function choicesFor({ person, profile, role }, room, run, { client, router, screen }) {
  const who = { room: room.about.id, person };
  const write = async () => {
    const made = await client.ask({ type: "room.create", kind: "direct", people: [person] });
    if (made.room) router.go(made.room.id);
  };
  const remove = () =>
    screen.confirm({
      title: t("Remove {name}?", { name: profile.display_name }),
      text: t("They will not see the room any more. What they wrote stays."),
      verb: t("Remove"),
      run: () => run({ type: "room.remove", ...who }),
    });
  const roles = ROLES.map((to) => ({
    label: { owner: t("Owner"), moderator: t("Moderator"), member: t("Member") }[to],
    icon: to === role ? "check" : "shield",
    isOn: to === role,
    run: () => void (to !== role && run({ type: "room.role", ...who, role: to })),
  }));
  return [
    { label: t("Write to them"), icon: "chat", run: () => void write().catch((error) => screen.tell(error)) },
    ...(mayChangeRole(room) ? roles : []),
    ...(mayRemove(room, role) ? [{ label: t("Remove from the room"), icon: "leave", isDanger: true, run: remove }] : []),
  ];
}
