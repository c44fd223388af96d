// A git host that everybody may read: the real git http-backend behind node.
import { createServer } from "node:http";
import { spawn } from "node:child_process";

const [port, root] = process.argv.slice(2);
createServer((request, response) => {
  const url = new URL(request.url, "http://host");
  const git = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: request.headers["git-protocol"] ?? "",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
    },
  });
  request.pipe(git.stdin);
  const parts = [];
  git.stdout.on("data", (part) => parts.push(part));
  git.on("close", () => {
    const all = Buffer.concat(parts);
    const end = all.indexOf("\r\n\r\n");
    for (const line of all.subarray(0, end).toString().split("\r\n")) {
      const [name, value] = line.split(": ");
      if (name === "Status") response.statusCode = Number.parseInt(value);
      else response.setHeader(name, value);
    }
    response.end(all.subarray(end + 4));
  });
}).listen(Number(port), "127.0.0.1");
