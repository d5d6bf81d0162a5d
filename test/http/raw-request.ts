// Requests as bytes: for what no client would send, and for sending slowly.
import { connect } from "node:net";

/** What the server says to these bytes until it closes, or until `until` has been said. */
export function exchange(port: number, text: string, until?: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let said = "";
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      said += part;
      if (until?.test(said)) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(said));
  });
}

/** Status, headers and parsed body of a whole answer. */
export function parseAnswer(said: string) {
  const [head = "", body = ""] = said.split("\r\n\r\n");
  const [line = "", ...headers] = head.split("\r\n");
  const pairs = headers.map((header) => header.split(/:\s*/, 2) as [string, string]);
  return {
    status: Number(line.split(" ")[1]),
    headers: new Map(pairs.map(([name, value]) => [name.toLowerCase(), value])),
    body: JSON.parse(body),
  };
}
