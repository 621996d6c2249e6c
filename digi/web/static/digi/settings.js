// @ts-check
// One's settings: what the server tells, over what holds where it tells nothing. Pure.

/** As `objects.Settings` has them. @type {Readonly<Required<Settings>>} */
export const DEFAULTS = {
  theme: "system",
  density: "comfortable",
  text_size: 100,
  language: "",
  enter_sends: true,
  sounds: true,
  notify: "mentions",
  undo_send: 0,
  quiet_from: "",
  quiet_to: "",
  zone: "",
  show_online: true,
  show_last_seen: true,
  show_reads: true,
};

/** All of them, each with its value. @param {Pick<State, "me">} state @returns {Required<Settings>} */
export function settings({ me }) {
  return { ...DEFAULTS, ...me.settings };
}
