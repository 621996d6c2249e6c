// @ts-check
// What can come of asking the server: it refused, or nobody answered. Knows no wire.
import { t } from "./language.js";

/** The server's answer was no; asking the same again will not change it, unless `canRetry`. */
export class Refusal extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get canRetry() {
    return ["unavailable", "too_fast"].includes(this.problem.code);
  }
}

/** No answer: whether the server did it is unknown. */
export class Lost extends Error {
  constructor() {
    super(t("The server did not answer."));
  }
}

/** A sentence for people. @param {unknown} error */
export function sentence(error) {
  if (error instanceof Refusal) return error.problem.detail;
  return t("The server cannot be reached just now. Try again in a moment.");
}
