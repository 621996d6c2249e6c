// @ts-check
// Opens the picker, with its sheet, beside what asked for it.
import { t } from "../language.js";
import { sheet } from "../sheets.js";
import { EmojiPicker } from "./picker.js";

/**
 * @param {import("../context.js").Digi} digi
 * @param {Element} anchor
 * @param {(emoji: string) => void} take
 */
export async function open({ client, screen }, anchor, take) {
  const near = anchor.getBoundingClientRect();
  await screen.bring(() => sheet(client.boot.urls["picker.css"] ?? "/static/digi/css/picker.css"));
  screen.open(EmojiPicker, { label: t("Choose an emoji"), near, onPick: take, onClose: () => screen.close() });
}
