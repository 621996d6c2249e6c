// @ts-check
// Asking for a command from a view: what went wrong is shown where it was asked.
import { useDigi } from "../context.js";
import { sentence } from "../errors.js";
import { useState } from "../vendor/hooks.js";

export function useCommand() {
  const { client } = useDigi();
  const [wrong, setWrong] = useState("");
  /** @param {Command} command @returns {Promise<boolean>} whether it was done */
  const run = async (command) => {
    setWrong("");
    try {
      await client.ask(command);
      return true;
    } catch (error) {
      setWrong(sentence(error));
      return false;
    }
  };
  return { run, wrong };
}
