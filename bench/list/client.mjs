// All repositories by the host's own client, timed without its start: node client.mjs KIND URL COUNT < login:token
import { readFileSync } from "node:fs";
import { Gitlab } from "@gitbeaker/rest";
import { Octokit } from "@octokit/rest";

const [kind, url, count] = process.argv.slice(2);
const token = readFileSync(0, "utf8").trim().split(":")[1];
const lists = {
  github: () => {
    const octokit = new Octokit({ baseUrl: `${url}/api/v3`, auth: token });
    return octokit.paginate(octokit.rest.repos.listForAuthenticatedUser, { per_page: 100 });
  },
  gitlab: () => new Gitlab({ host: url, token }).Projects.all({ membership: true, simple: true, perPage: 100 }),
};
const begin = performance.now();
const listed = await lists[kind]();
const took = performance.now() - begin;
if (new Set(listed.map((one) => one.id)).size !== Number(count)) throw new Error(`${listed.length} were listed.`);
console.log(Math.round(took));
