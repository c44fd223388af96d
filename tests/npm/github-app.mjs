// The official App authentication against our emulator: node github-app.mjs BASE CLIENT-ID INSTALLATION < private key
import { readFileSync } from "node:fs";
import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/rest";

const [baseUrl, appId, installationId] = process.argv.slice(2);
const privateKey = readFileSync(0, "utf8");
const log = { debug() {}, info() {}, warn() {}, error() {} };
const auth = { appId, privateKey, installationId: Number(installationId) };
const octokit = new Octokit({ baseUrl, log, authStrategy: createAppAuth, auth });
const status = (error) => ({ status: error.status });

const app = (await octokit.rest.apps.getAuthenticated()).data;
const listed = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 1 });
const scoped = (
  await octokit.rest.apps.createInstallationAccessToken({
    installation_id: Number(installationId),
    repositories: ["shop"],
    permissions: { contents: "read" },
  })
).data;
const narrow = new Octokit({ baseUrl, log, auth: scoped.token });
const other = await narrow.rest.repos.get({ owner: "acme", repo: "other" }).catch(status);
await narrow.rest.apps.revokeInstallationAccessToken();
const refused = await narrow.rest.repos.get({ owner: "acme", repo: "shop" }).catch(status);

console.log(
  JSON.stringify({
    app: app.slug,
    listed: listed.length,
    scoped: scoped.repositories.map((repository) => repository.full_name),
    contents: scoped.permissions.contents,
    other: other.status,
    refused: refused.status,
  }),
);
