// @ts-check
// What a browser keeps of somebody goes: at signing out, and when somebody else has come.
import { cacheName, done, forgetSmall, keeper, outboxName } from "./storage.js";

/** Nothing of anybody stays in this browser. */
export async function forgetAll() {
  const former = keeper();
  forgetSmall();
  await deleteDatabases([...(await databases()), ...(former ? [outboxName(former), cacheName(former)] : [])]);
}

/** What was not sent goes too: whoever it is of has signed out, or was signed out long ago. @param {string} username who stays */
export async function forgetOthers(username) {
  const mine = [outboxName(username), cacheName(username)];
  await deleteDatabases((await databases()).filter((name) => !mine.includes(name)));
}

/** @returns {Promise<string[]>} */
async function databases() {
  try {
    return (await indexedDB.databases()).flatMap(({ name }) => (name?.startsWith("digi-") ? [name] : []));
  } catch {
    return []; // not every browser tells
  }
}

/** @param {string[]} names */
async function deleteDatabases(names) {
  await Promise.all([...new Set(names)].map((name) => done(indexedDB.deleteDatabase(name)).catch(() => {})));
}
