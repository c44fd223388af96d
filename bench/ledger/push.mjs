// Sends signed pushes at a steady pace and waits for the event of each: lines of what took how many milliseconds.
import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

const [url, hook, header, count, pace] = process.argv.slice(2);
const secret = process.env.BENCH_SECRET;
const authorization = readFileSync(header, "utf8").trim().replace(/^Authorization: /, "");
const agent = new Agent({ keepAlive: true });
const commit = (n) => (n === 0 ? "0".repeat(40) : createHash("sha1").update(`commit ${n}`).digest("hex"));
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const send = (method, path, headers, body) =>
  new Promise((resolve, reject) => {
    const call = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
    });
    call.on("error", reject);
    call.end(body);
  });

const push = async (n) => {
  const body = JSON.stringify({ ref: "refs/heads/main", before: commit(n), after: commit(n + 1) });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = { "Content-Type": "application/json", "X-Hub-Signature-256": `sha256=${signature}` };
  const begin = performance.now();
  const answer = await send("POST", `/hooks/${hook}`, { ...headers, "X-Fairlead-Delivery": `bench-${n}` }, body);
  if (answer.status !== 202) throw new Error(`${answer.status} ${answer.text}`);
  console.log(`answered ${performance.now() - begin}`);
  const { delivery } = JSON.parse(answer.text);
  for (;;) {
    const seen = await send("GET", `/api/v1/deliveries/${delivery}`, { Authorization: authorization });
    if (seen.status !== 200) throw new Error(`${seen.status} ${seen.text}`);
    const { state, became } = JSON.parse(seen.text).delivery;
    if (state === "processed") break;
    if (state !== "received") throw new Error(`${state}: ${became}`);
    await pause(4);
  }
  console.log(`event ${performance.now() - begin}`);
};

const all = [];
const begin = performance.now();
for (let n = 0; n < Number(count); n++) {
  await pause(Math.max(0, begin + (n * 1000) / Number(pace) - performance.now()));
  all.push(push(n));
}
await Promise.all(all);
