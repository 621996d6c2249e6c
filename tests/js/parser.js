// Parses sources, one to a line, as JSON; the server's tests compare its trees with their own.
import { createInterface } from "node:readline";
import { tree } from "../../digi/web/static/digi/text/grammar.js";

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(tree(JSON.parse(line))));
