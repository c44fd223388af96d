// The receiver one would write with npm's @octokit/webhooks: checks the signature, parses, answers. Stores nothing.
import { createServer } from "node:http";
import { Webhooks, createNodeMiddleware } from "@octokit/webhooks";

const [, , port, secret] = process.argv;
const webhooks = new Webhooks({ secret });
webhooks.on("push", () => {});
createServer(createNodeMiddleware(webhooks, { path: "/hook" })).listen(Number(port), "127.0.0.1");
