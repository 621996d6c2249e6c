// @ts-check
// Where what was typed outlives the page: IndexedDB, else localStorage, else memory. A browser keeps the things of one
// person at a time. Knows nothing of sending.

/**
 * @typedef {object} Shelf
 * @property {() => Promise<Pending[]>} load
 * @property {(item: Pending) => Promise<void>} put
 * @property {(key: string) => Promise<void>} remove
 */

/** @param {string} name @returns {Promise<Shelf>} */
export async function openShelf(name) {
  try {
    return inIndexedDB(await openDatabase(name, (database) => void database.createObjectStore("outbox", { keyPath: "key" })));
  } catch {
    return canStore() ? inLocalStorage(`${name}.`) : inMemory();
  }
}

/** @param {string} name @param {(database: IDBDatabase) => void} make its stores, where it is new @returns {Promise<IDBDatabase>} */
export async function openDatabase(name, make) {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => make(opening.result);
  const database = await done(opening);
  database.onversionchange = () => database.close(); // somebody signs out: it is to be deleted
  return database;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    if ("onblocked" in request) request.onblocked = () => reject(new Error("blocked"));
  });
}

/** @param {IDBDatabase} database @returns {Shelf} */
function inIndexedDB(database) {
  /** @param {IDBTransactionMode} mode */
  const store = (mode) => database.transaction("outbox", mode).objectStore("outbox");
  return {
    load: () => done(store("readonly").getAll()),
    put: async (item) => void (await done(store("readwrite").put(item))),
    remove: async (key) => void (await done(store("readwrite").delete(key))),
  };
}

/** @param {string} prefix @returns {Shelf} */
function inLocalStorage(prefix) {
  return {
    load: async () => stored(prefix).map(([, text]) => JSON.parse(text)),
    put: async (item) => localStorage.setItem(prefix + item.key, JSON.stringify(item)),
    remove: async (key) => localStorage.removeItem(prefix + key),
  };
}

/** @returns {Shelf} */
function inMemory() {
  /** @type {Map<string, Pending>} */
  const items = new Map();
  return {
    load: async () => [...items.values()],
    put: async (item) => void items.set(item.key, item),
    remove: async (key) => void items.delete(key),
  };
}

/** @param {string} prefix @returns {[string, string][]} */
function stored(prefix) {
  return Object.entries({ ...localStorage }).filter(([name]) => name.startsWith(prefix));
}

function canStore() {
  try {
    localStorage.setItem("digi.test", "");
    localStorage.removeItem("digi.test");
    return true;
  } catch {
    return false;
  }
}

/** Small things by name, as JSON; silently absent where storage is refused. @param {() => Storage} storage */
function small(storage) {
  return {
    /** @param {string} name @returns {any} */
    get(name) {
      try {
        return JSON.parse(storage().getItem(`digi.${name}`) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} name @param {unknown} value `null` or `undefined` removes it */
    set(name, value) {
      if (isForgotten()) return;
      try {
        if (value == null) storage().removeItem(`digi.${name}`);
        else storage().setItem(`digi.${name}`, JSON.stringify(value));
      } catch {
        // A full or refused storage costs a draft after a reload, never the page.
      }
    },
  };
}

/** For this browser. */
export const kept = small(() => localStorage);
/** For this tab, across reloads. */
export const keptByTab = small(() => sessionStorage);

const WHO = "who";
/** Whose page this is. @type {string | null} */
let owner = null;

/** The person whose things this browser keeps. @returns {string | null} */
export function keeper() {
  return kept.get(WHO);
}

/** Whether its person has signed out meanwhile, in another tab: then nothing more is kept. */
export function isForgotten() {
  return owner !== null && keeper() !== owner;
}

/** This page is of `username`; whether somebody else's may have been before it, whose things are gone then or have to go. @param {string} username */
export function belongTo(username) {
  const former = keeper();
  if (former && former !== username) forgetSmall();
  owner = null;
  kept.set(WHO, username);
  owner = username;
  return former !== username;
}

/** @param {string} username */
export function outboxName(username) {
  return `digi-${username}`;
}

/** @param {string} username */
export function cacheName(username) {
  return `digi-kept-${username}`;
}

/** The small things of everybody. */
export function forgetSmall() {
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      for (const name of Object.keys({ ...storage() })) if (/^digi[.-]/.test(name)) storage().removeItem(name);
    } catch {
      // Where storage is refused, nothing was kept.
    }
  }
}
