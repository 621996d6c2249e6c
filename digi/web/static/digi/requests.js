// @ts-check
// The HTTP API, for what is asked once: pages of history, members, people; and for commands while there is no socket.
import { Lost, Refusal } from "./errors.js";

const API = "/api/v1";
const PATIENCE = 15_000; // ms

/** @param {string} path @returns {Promise<any>} rejects with Refusal or Lost */
export function get(path) {
  return request(path, { method: "GET" });
}

/** @param {Command} command @param {RequestInit} [init] @returns {Promise<Result>} */
export function post({ type, ...fields }, init) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
  return request(`/commands/${type}`, { method: "POST", headers, body: JSON.stringify(fields), ...init });
}

/** @param {string} path @param {RequestInit} init */
async function request(path, init) {
  const answer = await answered(path, init);
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  if (body?.code) throw new Refusal(body);
  throw new Lost(); // not our API's words: a proxy's page, or half an answer
}

/** @param {string} path @param {RequestInit} init */
async function answered(path, init) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    return await fetch(API + path, { ...init, signal, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Lost();
  }
}

function csrfToken() {
  const cookie = document.cookie.split("; ").find((pair) => /^[^=]*csrf[^=]*=/i.test(pair)); // read anew: signing in changes it
  return cookie?.slice(cookie.indexOf("=") + 1) ?? "";
}

/** A path with its query; what is undefined is left out. @param {string} path @param {Record<string, string | number | undefined>} query */
export function withQuery(path, query) {
  const pairs = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return pairs.length ? `${path}?${new URLSearchParams(pairs)}` : path;
}
