// The official OAuth methods against our emulator: node github-oauth.mjs BASE CLIENT-ID CALLBACK < client secret
import { readFileSync } from "node:fs";
import * as oauth from "@octokit/oauth-methods";
import { request as octokit } from "@octokit/request";

const [baseUrl, clientId, redirectUrl] = process.argv.slice(2);
const clientSecret = readFileSync(0, "utf8");
const log = { debug() {}, info() {}, warn() {}, error() {} };
const request = octokit.defaults({ baseUrl, request: { log } });
const app = { clientType: "github-app", clientId, clientSecret, request };
const code = (error) => error.response?.data?.error ?? error.message;
const post = (url, fields) =>
  fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });

const asked = oauth.getWebFlowAuthorizationUrl({
  clientType: "oauth-app", clientId, redirectUrl, scopes: ["repo"], state: "s1", request,
});
const page = await (await fetch(asked.url)).text();
const hidden = [...page.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map((one) => [one[1], one[2]]);
const fields = Object.fromEntries(hidden.filter(([name]) => name !== "decision"));
const back = new URL((await post(asked.url.split("?")[0], { ...fields, decision: "allow" })).headers.get("location"));

const web = await oauth.exchangeWebFlowCode({ ...app, code: back.searchParams.get("code") });
const again = await oauth.exchangeWebFlowCode({ ...app, code: back.searchParams.get("code") }).catch(code);
const fresh = await oauth.refreshToken({ ...app, refreshToken: web.authentication.refreshToken });
const reused = await oauth.refreshToken({ ...app, refreshToken: web.authentication.refreshToken }).catch(code);

const device = (await oauth.createDeviceCode({ ...app, scopes: ["repo"], clientType: "oauth-app" })).data;
const ask = () => oauth.exchangeDeviceCode({ clientType: "github-app", clientId, request, code: device.device_code });
const pending = await ask().catch(code);
await post(device.verification_uri, { user_code: device.user_code, decision: "allow" });
const typed = await ask();

console.log(
  JSON.stringify({
    state: back.searchParams.get("state"),
    web: web.authentication.token.slice(0, 4),
    again,
    renewed: fresh.authentication.token !== web.authentication.token,
    reused,
    pending,
    device: typed.authentication.token.slice(0, 4),
  }),
);
