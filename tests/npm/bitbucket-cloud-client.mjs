// A client of the host against our emulator: node bitbucket-cloud-client.mjs BASE WORKSPACE NAME COMMIT < email:token
import { readFileSync } from "node:fs";
import bitbucket from "bitbucket";

const { Bitbucket } = bitbucket;
const [baseUrl, workspace, repo_slug, commit] = process.argv.slice(2);
const [username, password] = readFileSync(0, "utf8").trim().split(":");
const notice = false;
const api = new Bitbucket({ baseUrl, notice, auth: { username, password } });
const one = { workspace, repo_slug };
const status = (error) => error.status ?? String(error);

const ids = new Set();
let page = (await api.repositories.list({ workspace, role: "member", pagelen: 50 })).data;
for (;;) {
  for (const found of page.values) ids.add(found.uuid);
  if (!api.hasNextPage(page)) break;
  page = (await api.getNextPage(page)).data;
}
const me = (await api.users.getAuthedUser({})).data;
const repository = (await api.repositories.get(one)).data;
const branches = (await api.refs.listBranches(one)).data;

const _body = { description: "theirs", url: "https://ci.example.com/one", active: true, events: ["repo:push"] };
const born = (await api.repositories.createWebhook({ ...one, _body: { ..._body, secret: "a secret of theirs" } })).data;
const uid = born.uuid;
const url = "https://ci.example.com/two";
const changed = (await api.repositories.updateWebhook({ ...one, uid, _body: { ..._body, url } })).data;
await api.repositories.deleteWebhook({ ...one, uid });
const hooks = (await api.repositories.listWebhooks(one)).data;

const state = { key: "theirs", state: "INPROGRESS", url: "https://ci.example.com/1" };
const node = { ...one, commit };
await api.commitstatuses.createBuildStatus({ ...node, _body: state });
await api.commitstatuses.createBuildStatus({ ...node, _body: { ...state, state: "SUCCESSFUL" } });
const statuses = (await api.commitstatuses.list(node)).data;
const long = await api.commitstatuses
  .createBuildStatus({ ...node, _body: { ...state, key: "x".repeat(41) } })
  .catch(status);

const missing = await api.repositories.get({ workspace, repo_slug: "nowhere" }).catch(status);
const nobody = new Bitbucket({ baseUrl, notice, auth: { username, password: "nobody" } });
const refused = await nobody.users.getAuthedUser({}).catch(status);
const gone = await api.repositories.listGlobal({}).catch(status);

console.log(
  JSON.stringify({
    login: me.username,
    listed: ids.size,
    name: repository.full_name,
    branches: branches.values.map((branch) => branch.name),
    events: born.events,
    hidden: !JSON.stringify(born).includes("a secret of theirs"),
    changed: changed.url,
    kept: changed.secret_set,
    hooks: hooks.values.length,
    states: statuses.values.map((shown) => `${shown.key}=${shown.state}`),
    long,
    missing,
    refused,
    gone,
  }),
);
