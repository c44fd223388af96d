// Cuts a host's own description of its API down to the operations that emulators answer, word for word but for prose.
// ./dev test calls it with a file of @octokit/openapi: node excerpt.mjs DESCRIPTION.json > EXCERPT.json
import { readFileSync } from "node:fs";

const repo = "/repos/{owner}/{repo}";
const wanted = {
  "/user": ["get"],
  "/user/repos": ["get"],
  "/installation/repositories": ["get"],
  "/installation/token": ["delete"],
  "/app": ["get"],
  "/app/installations": ["get"],
  "/app/installations/{installation_id}": ["get"],
  "/app/installations/{installation_id}/access_tokens": ["post"],
  "/app-manifests/{code}/conversions": ["post"],
  [repo]: ["get"],
  [`${repo}/branches`]: ["get"],
  [`${repo}/merges`]: ["post"],
  [`${repo}/pulls`]: ["get"],
  [`${repo}/hooks`]: ["get", "post"],
  [`${repo}/hooks/{hook_id}`]: ["get", "patch", "delete"],
  [`${repo}/hooks/{hook_id}/pings`]: ["post"],
  [`${repo}/hooks/{hook_id}/deliveries`]: ["get"],
  [`${repo}/hooks/{hook_id}/deliveries/{delivery_id}`]: ["get"],
  [`${repo}/statuses/{sha}`]: ["post"],
  [`${repo}/commits/{ref}/statuses`]: ["get"],
};
const prose = ["description", "summary", "title", "tags", "examples", "example", "externalDocs", "operationId"];
const all = JSON.parse(readFileSync(process.argv[2], "utf8"));

// Fields of things may be called like the prose about them: those stand below "properties".
const plain = (value, names = false) =>
  Array.isArray(value)
    ? value.map((one) => plain(one))
    : value && typeof value === "object"
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([name]) => names || !(prose.includes(name) || name.startsWith("x-")))
            .map(([name, one]) => [name, plain(one, !names && name === "properties")]),
        )
      : value;

const paths = {};
for (const [path, methods] of Object.entries(wanted))
  paths[path] = Object.fromEntries(methods.map((method) => [method, plain(all.paths[path][method])]));

const components = {};
const follow = (value) => {
  if (!value || typeof value !== "object") return;
  if (typeof value.$ref === "string") {
    const [, , kind, name] = value.$ref.split("/");
    components[kind] ??= {};
    if (!components[kind][name]) follow((components[kind][name] = plain(all.components[kind][name])));
  }
  Object.values(value).forEach(follow);
};
follow(paths);
const info = { title: "GitHub's REST API (excerpt)", version: all.info.version, license: { name: "MIT" } };
console.log(JSON.stringify({ openapi: all.openapi, info, paths, components }, null, 1));
