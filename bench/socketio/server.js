// The plain way in another world: Socket.IO with SQLite in one process. Nobody is signed in and nothing is checked.
//
// `node server.js PORT FILE SYNCHRONOUS`: each message is a row, written before the room is told. SYNCHRONOUS is SQLite's
// own word: FULL writes to the disk at each commit, NORMAL loses the last messages in a power cut.
import { createServer } from "node:http";
import { DatabaseSync } from "node:sqlite";
import { Server } from "socket.io";

const [port, file, synchronous] = process.argv.slice(2);
const NEVER = 3_600_000; // ms between pings: the load answers none

const database = new DatabaseSync(file);
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
  CREATE TABLE message (id INTEGER PRIMARY KEY, room TEXT NOT NULL, user TEXT NOT NULL, text TEXT NOT NULL, sent_at TEXT NOT NULL)`);
const insert = database.prepare("INSERT INTO message (room, user, text, sent_at) VALUES (?, ?, ?, ?)");

const server = createServer((_, response) => response.end());
const io = new Server(server, { transports: ["websocket"], serveClient: false, pingInterval: NEVER });
io.on("connection", (socket) => {
  const room = String(socket.handshake.query.room);
  socket.join(room);
  socket.on("say", ({ user, message }) => {
    const sent_at = new Date().toISOString();
    const { lastInsertRowid: message_id } = insert.run(room, user, message, sent_at);
    io.to(room).emit("message", { message, user, message_id, sent_at });
  });
});
server.listen(Number(port), "127.0.0.1");
