// A client generated from the host's own description against our emulator: node gitea-client.mjs BASE OWNER NAME COMMIT < token
import { readFileSync } from "node:fs";
import { giteaApi } from "gitea-js";

const [base, owner, name, sha] = process.argv.slice(2);
const token = readFileSync(0, "utf8").trim();
const api = giteaApi(base, { token });

const ids = new Set();
for (let page = 1; ; page++) {
  const answer = await api.user.userCurrentListRepos({ page, limit: 50 });
  for (const one of answer.data) ids.add(one.id);
  if (ids.size >= Number(answer.headers.get("x-total-count")) || answer.data.length === 0) break;
}
const me = (await api.user.userGetCurrent()).data;
const one = (await api.repos.repoGet(owner, name)).data;
const branches = (await api.repos.repoListBranches(owner, name)).data;

const config = { url: "http://127.0.0.1:9/hook", content_type: "json", secret: "a secret of theirs" };
const born = (await api.repos.repoCreateHook(owner, name, { type: "gitea", config, events: ["push"] })).data;
const kept = (await api.repos.repoEditHook(owner, name, born.id, { active: true })).data;
await api.repos.repoDeleteHook(owner, name, born.id, { format: undefined }).catch(() => {});
const hooks = (await api.repos.repoListHooks(owner, name)).data;

await api.repos.repoCreateStatus(owner, name, sha, { state: "success", context: "theirs", description: "ok" });
const statuses = (await api.repos.repoListStatuses(owner, name, sha)).data;
const missing = await api.repos.repoGet(owner, "nowhere").catch((error) => error);
const refused = await giteaApi(base, { token: "nobody" }).user.userGetCurrent().catch((error) => error);
const scopeless = await api.admin.adminCronList().catch((error) => error);

console.log(
  JSON.stringify({
    login: me.login,
    listed: ids.size,
    name: one.full_name,
    branches: branches.map((branch) => branch.name),
    born: born.active,
    kept: kept.active,
    events: kept.events,
    hidden: !JSON.stringify(born).includes(config.secret),
    hooks: hooks.length,
    states: statuses.map((status) => `${status.context}=${status.status}`),
    missing: missing.status,
    refused: refused.status,
    scopeless: scopeless.error.message.split("scope(s), ")[1],
  }),
);
