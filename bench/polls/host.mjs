// A git host that everybody may read: the real git http-backend behind node. What it said to a request is said again
// to the same request, as nobody pushes here: the machine belongs to the server that is measured. Every path leads to
// the one repository; when it was asked for which goes to a file.
import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import { spawn } from "node:child_process";

const [port, root, notes] = process.argv.slice(2);
const said = new Map();
const asked = createWriteStream(notes);

const ask = (request, url, path, body) =>
  new Promise((resolve) => {
    const git = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_PROTOCOL: request.headers["git-protocol"] ?? "",
        PATH_INFO: path,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        CONTENT_LENGTH: String(body.length),
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      },
    });
    git.stdin.end(body);
    const parts = [];
    git.stdout.on("data", (part) => parts.push(part));
    git.on("close", () => resolve(Buffer.concat(parts)));
  });

createServer(async (request, response) => {
  const url = new URL(request.url, "http://host");
  const [, repository, rest] = url.pathname.match(/^\/([^/]+)(\/.*)$/);
  const parts = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const key = [request.method, rest, url.search, request.headers["git-protocol"], body.toString("latin1")].join("\n");
  if (!said.has(key)) said.set(key, ask(request, url, `/app${rest}`, body));
  const all = await said.get(key);
  const end = all.indexOf("\r\n\r\n");
  for (const line of all.subarray(0, end).toString().split("\r\n")) {
    const [name, value] = line.split(": ");
    if (name === "Status") response.statusCode = Number.parseInt(value);
    else response.setHeader(name, value);
  }
  response.end(all.subarray(end + 4));
  if (rest.endsWith("/git-upload-pack")) asked.write(`${Date.now()} ${repository}\n`);
}).listen(Number(port), "127.0.0.1");
