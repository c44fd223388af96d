// Prints a push payload of the shape and size GitHub sends: 5.6 KB, of which a receiver reads three fields.
const sha = (digit) => digit.repeat(40);
const user = (name) => ({
  login: name,
  id: 1,
  url: `https://code.example/api/users/${name}`,
  html_url: `https://code.example/${name}`,
  type: "User",
  site_admin: false,
});
const commit = (n) => ({
  id: sha(String(n)),
  tree_id: sha("f"),
  distinct: true,
  message: `change ${n}\n\nwith a body that says why`,
  timestamp: "2026-01-15T12:00:00Z",
  url: `https://code.example/acme/shop/commit/${sha(String(n))}`,
  author: { name: "Ada", email: "ada@example.org", username: "ada" },
  committer: { name: "Ada", email: "ada@example.org", username: "ada" },
  added: [`src/new-${n}.c`],
  removed: [],
  modified: ["README.md", `src/old-${n}.c`],
});
const repository = { id: 7, name: "shop", full_name: "acme/shop", private: true, owner: user("acme") };
for (const part of ["forks", "keys", "hooks", "events", "branches", "tags", "blobs", "refs", "trees", "statuses"])
  repository[`${part}_url`] = `https://code.example/api/repos/acme/shop/${part}{/id}`;
const push = {
  ref: "refs/heads/main",
  before: "0".repeat(40),
  after: sha("3"),
  repository,
  pusher: { name: "ada", email: "ada@example.org" },
  sender: user("ada"),
  created: false,
  deleted: false,
  forced: false,
  base_ref: null,
  compare: "https://code.example/acme/shop/compare/a...b",
  commits: [1, 2, 3].map(commit),
  head_commit: commit(3),
};
push.padding = "x".repeat(Math.max(0, 5600 - JSON.stringify(push).length - 13));
process.stdout.write(JSON.stringify(push));
