// @ts-check
// What only others see of this client: how far it holds their messages, and whether somebody sits before it.
import { Acks } from "./acks.js";
import { Here } from "./here.js";

export class ForOthers {
  /** @param {import("./client.js").Client} client */
  constructor(client) {
    const isDirect = (/** @type {string} */ id) => client.room(id)?.about.kind === "direct";
    this.acks = new Acks({ ...client.line, isDirect, cursors: () => client.sync.cursors.at });
    this.here = new Here(client.line);
    client.listeners.add((facts) => this.acks.learnt(facts));
    this.here.start();
    if (client.connection.isOpen) this.welcomed();
  }

  welcomed() {
    this.acks.welcomed();
    this.here.welcomed();
  }
}
