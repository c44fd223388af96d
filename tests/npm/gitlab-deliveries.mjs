// Checks signed deliveries by the verifier of the standard's authors.
// Standard input: JSON lines of {key, headers, body}; prints what is wrong, one line each.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

const lines = readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) {
  const { key, headers, body } = JSON.parse(line);
  const fits = (text) => {
    try {
      new Webhook(key).verify(text, headers);
      return true;
    } catch {
      return false;
    }
  };
  if (!fits(body)) console.log("the signature does not fit");
  if (fits(body + " ")) console.log("another body has the same signature");
}
