// The official client against our emulator: node gitlab-client.mjs HOST PROJECT COMMIT < token
import { readFileSync } from "node:fs";
import { Gitlab } from "@gitbeaker/rest";

const [host, project, sha] = process.argv.slice(2);
const token = readFileSync(0, "utf8").trim();
const api = new Gitlab({ host, token });
const status = (error) => error.cause?.response?.status ?? String(error);
const idsOf = (projects) => new Set(projects.map((one) => one.id)).size;

const offset = await api.Projects.all({ membership: true, simple: true, perPage: 100 });
const keyset = await api.Projects.all({ membership: true, pagination: "keyset", orderBy: "id", perPage: 100 });
const one = await api.Projects.show(project);
const self = await api.PersonalAccessTokens.show();
const branches = await api.Branches.all(project);

const hook = await api.ProjectHooks.add(project, "http://127.0.0.1:9/hook", { pushEvents: true, token: "theirs" });
await api.ProjectHooks.edit(project, hook.id, "http://127.0.0.1:9/other", { tagPushEvents: true });
const changed = await api.ProjectHooks.show(project, hook.id);
await api.ProjectHooks.remove(project, hook.id);

await api.Commits.editStatus(project, sha, "pending", { name: "theirs" });
const again = await api.Commits.editStatus(project, sha, "pending", { name: "theirs" }).catch(status);
await api.Commits.editStatus(project, sha, "success", { name: "theirs", targetUrl: "https://example.com/" });
const statuses = await api.Commits.allStatuses(project, sha);

console.log(
  JSON.stringify({
    offset: idsOf(offset),
    keyset: idsOf(keyset),
    name: one.path_with_namespace,
    scopes: self.scopes,
    user: (await api.Users.showCurrentUser()).username,
    branches: branches.map((branch) => branch.name),
    hidden: [hook.token ?? null, hook.token_present],
    url: changed.url,
    events: [changed.push_events, changed.tag_push_events],
    hooks: (await api.ProjectHooks.all(project)).length,
    again,
    states: statuses.map((said) => `${said.name}=${said.status}`),
    missing: await api.Projects.show("acme/nowhere").catch(status),
    refused: await new Gitlab({ host, token: "nobody" }).Users.showCurrentUser().catch(status),
  }),
);
