// Checks deliveries by the official verifier and the published schemas.
// Standard input: JSON lines of {event, signature, body, secret}; prints what is wrong, one line each.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { verify } from "@octokit/webhooks-methods";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const schema = createRequire(import.meta.url)("@octokit/webhooks-schemas");
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(schema, "hooks");

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { event, signature, body, secret } = JSON.parse(line);
  if (!(await verify(secret, body, signature))) console.log(`${event}: the signature does not fit`);
  if (await verify(secret, body + " ", signature)) console.log(`${event}: another body has the same signature`);
  const payload = JSON.parse(body);
  const name = payload.action ? `${event}$${payload.action}` : `${event}$event`;
  const validate = ajv.getSchema(`hooks#/definitions/${name}`);
  if (!validate) console.log(`${event}: there is no schema ${name}`);
  else if (!validate(payload))
    for (const error of validate.errors)
      console.log(`${event}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
