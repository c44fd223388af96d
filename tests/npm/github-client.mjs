// The official client against our emulator: node github-client.mjs BASE OWNER NAME COMMIT < token
import { readFileSync } from "node:fs";
import { Octokit } from "@octokit/rest";

const [baseUrl, owner, repo, sha] = process.argv.slice(2);
const auth = readFileSync(0, "utf8").trim();
const octokit = new Octokit({ baseUrl, auth, log: { debug() {}, info() {}, warn() {}, error() {} } });
const at = { owner, repo };

const listed = await octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, { per_page: 100 });
const one = (await octokit.rest.repos.get(at)).data;
const first = await octokit.request("GET /user");
const again = await octokit
  .request("GET /user", { headers: { "if-none-match": first.headers.etag } })
  .catch((error) => ({ status: error.status }));

const config = { url: "http://127.0.0.1:9/hook", content_type: "json", secret: "a secret of theirs" };
const hook = (await octokit.rest.repos.createWebhook({ ...at, events: ["push"], config })).data;
const twice = await octokit.rest.repos.createWebhook({ ...at, config }).catch((error) => ({ status: error.status }));
await octokit.rest.repos.updateWebhook({ ...at, hook_id: hook.id, active: false });
const changed = (await octokit.rest.repos.getWebhook({ ...at, hook_id: hook.id })).data;
const deliveries = (await octokit.rest.repos.listWebhookDeliveries({ ...at, hook_id: hook.id })).data;
await octokit.rest.repos.deleteWebhook({ ...at, hook_id: hook.id });

await octokit.rest.repos.createCommitStatus({ ...at, sha, state: "success", context: "theirs", description: "ok" });
const statuses = (await octokit.rest.repos.listCommitStatusesForRef({ ...at, ref: sha })).data;
const missing = await octokit.rest.repos.get({ owner, repo: "nowhere" }).catch((error) => ({ status: error.status }));
const refused = await new Octokit({ baseUrl, auth: "nobody" })
  .request("GET /user")
  .catch((error) => ({ status: error.status }));

console.log(
  JSON.stringify({
    listed: new Set(listed.map((repository) => repository.id)).size,
    name: one.full_name,
    again: again.status,
    hidden: hook.config.secret,
    twice: twice.status,
    active: changed.active,
    pinged: deliveries.map((delivery) => delivery.event),
    hooks: (await octokit.rest.repos.listWebhooks(at)).data.length,
    states: statuses.map((status) => `${status.context}=${status.state}`),
    missing: missing.status,
    refused: refused.status,
  }),
);
