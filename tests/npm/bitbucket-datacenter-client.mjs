// A client generated from the host's own description against our emulator:
// node bitbucket-datacenter-client.mjs BASE KEY NAME COMMIT < token
import { readFileSync } from "node:fs";
import { createBitbucketServerClient } from "@coderabbitai/bitbucket/server";

const [baseUrl, projectKey, repositorySlug, commitId] = process.argv.slice(2);
const token = readFileSync(0, "utf8").trim();
const connect = (secret) => createBitbucketServerClient({ baseUrl, headers: { Authorization: `Bearer ${secret}` } });
const api = connect(token);
const path = { projectKey, repositorySlug };
const one = "/api/latest/projects/{projectKey}/repos/{repositorySlug}";

const ids = new Set();
for (let start = 0; start !== undefined; ) {
  const { data } = await api.GET("/api/latest/repos", { params: { query: { start, limit: 25 } } });
  for (const found of data.values) ids.add(found.id);
  start = data.nextPageStart;
}
const about = (await api.GET("/api/latest/application-properties")).data;
const repository = (await api.GET(one, { params: { path } })).data;
const branches = (await api.GET(`${one}/branches`, { params: { path } })).data;

const body = { name: "theirs", url: "https://ci.example.com/one", events: ["repo:refs_changed"], active: true };
const secret = { configuration: { secret: "a secret of theirs" } };
const born = (await api.POST(`${one}/webhooks`, { params: { path }, body: { ...body, ...secret } })).data;
const hook = { params: { path: { ...path, webhookId: String(born.id) } } };
const url = "https://ci.example.com/two";
const changed = (await api.PUT(`${one}/webhooks/{webhookId}`, { ...hook, body: { ...body, url } })).data;
await api.DELETE(`${one}/webhooks/{webhookId}`, hook);
const hooks = (await api.GET(`${one}/webhooks`, { params: { path } })).data;

const builds = `${one}/commits/{commitId}/builds`;
const at = { ...path, commitId };
const said = { key: "theirs", state: "INPROGRESS", url: "https://ci.example.com/1" };
await api.POST(builds, { params: { path: at }, body: said });
await api.POST(builds, { params: { path: at }, body: { ...said, state: "SUCCESSFUL" } });
const status = (await api.GET(builds, { params: { path: at, query: { key: "theirs" } } })).data;
const long = await api.POST(builds, { params: { path: at }, body: { ...said, key: "x".repeat(256) } });

const missing = await api.GET(one, { params: { path: { projectKey, repositorySlug: "nowhere" } } });
const refused = await connect("nobody").GET(one, { params: { path } });

console.log(
  JSON.stringify({
    version: about.version,
    listed: ids.size,
    name: `${repository.project.key}/${repository.slug}`,
    branches: branches.values.map((branch) => branch.displayId),
    events: born.events,
    changed: changed.url,
    hooks: hooks.values.length,
    state: status.state,
    long: long.response.status,
    missing: missing.response.status,
    refused: refused.response.status,
  }),
);
