// Makes a description of a host's API (OpenAPI) of the types that its client from npm ships.
// ./dev test calls it: node described.mjs gitea > DESCRIPTION.json, or gitlab
import { readFileSync } from "node:fs";
import ts from "typescript";

// Gitea's client is made of Gitea's own description and names the request of each call. GitLab's is written by hand:
// which answer a path gives stands here, and what may be asked does not.
const clients = {
  gitea: { types: "gitea-js/dist/index.d.ts" },
  gitlab: {
    isSparse: true,
    types: "@gitbeaker/core/dist/index.d.ts",
    answers: {
      "GET /user": "ExpandedUserSchema",
      "GET /personal_access_tokens/self": "PersonalAccessTokenSchema",
      "GET /projects": "SimpleProjectSchema[]",
      "GET /projects/{id}": "ProjectSchema",
      "GET /projects/{id}/repository/branches": "BranchSchema[]",
      "GET /projects/{id}/merge_requests": "MergeRequestSchema[]",
      "POST /projects/{id}/merge_requests": "ExpandedMergeRequestSchema",
      "GET /projects/{id}/merge_requests/{iid}": "ExpandedMergeRequestSchema",
      "PUT /projects/{id}/merge_requests/{iid}": "ExpandedMergeRequestSchema",
      "PUT /projects/{id}/merge_requests/{iid}/merge": "ExpandedMergeRequestSchema",
      "GET /projects/{id}/hooks": "ProjectHookSchema[]",
      "POST /projects/{id}/hooks": "ProjectHookSchema",
      "GET /projects/{id}/hooks/{hook}": "ProjectHookSchema",
      "PUT /projects/{id}/hooks/{hook}": "ProjectHookSchema",
      "POST /projects/{id}/statuses/{sha}": "CommitStatusSchema",
      "GET /projects/{id}/repository/commits/{sha}/statuses": "CommitStatusSchema[]",
      "POST /projects/{id}/deploy_tokens": "NewDeployTokenSchema",
    },
  },
};
const client = clients[process.argv[2]];
const text = readFileSync(new URL(`node_modules/${client.types}`, import.meta.url), "utf8");
const file = ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest, true);
const schemas = {};
const paths = {};
const kinds = ts.SyntaxKind;
const tag = (node, name) => ts.getJSDocTags(node).find((one) => one.tagName.text === name)?.comment;

const plain = { [kinds.StringKeyword]: "string", [kinds.BooleanKeyword]: "boolean", [kinds.ObjectKeyword]: "object" };

// What cannot be said in a schema may be anything.
function schema(type, owner) {
  if (plain[type.kind]) return { type: plain[type.kind] };
  if (type.kind === kinds.NumberKeyword)
    return { type: owner && /^int/.test(tag(owner, "format") ?? "") ? "integer" : "number" };
  if (ts.isArrayTypeNode(type)) return { type: "array", items: schema(type.elementType) };
  if (ts.isParenthesizedTypeNode(type)) return schema(type.type);
  if (ts.isTypeLiteralNode(type)) return object(type.members);
  if (ts.isIntersectionTypeNode(type)) return { allOf: type.types.map((one) => schema(one)) };
  if (ts.isLiteralTypeNode(type))
    return type.literal.kind === kinds.NullKeyword ? { nullable: true, enum: [null] } : literal(type.literal);
  if (ts.isUnionTypeNode(type)) return union(type.types);
  if (!ts.isTypeReferenceNode(type)) return {};
  const [name, of] = [type.typeName.getText(), type.typeArguments];
  if (name === "Record") return { type: "object", additionalProperties: schema(of[1]) };
  if (name === "Array") return { type: "array", items: schema(of[0]) };
  return schemas[name] && !of ? { $ref: `#/components/schemas/${name}` } : {};
}

const literal = (value) => (ts.isStringLiteral(value) ? { type: "string", enum: [value.text] } : {});

function union(types) {
  const all = types.map((one) => schema(one));
  return all.every((one) => one.enum) && all.some((one) => one.type)
    ? { type: "string", nullable: all.some((one) => one.nullable), enum: all.flatMap((one) => one.enum) }
    : { anyOf: all };
}

function object(members) {
  const fields = members.filter((one) => ts.isPropertySignature(one) && one.type);
  return {
    type: "object",
    properties: Object.fromEntries(fields.map((one) => [one.name.text, schema(one.type, one)])),
    required: client.isSparse ? [] : fields.filter((one) => !one.questionToken).map((one) => one.name.text),
  };
}

function heir(one) {
  const parents = (one.heritageClauses ?? []).flatMap((clause) => clause.types);
  // Each also extends a record of anything, for what came after it was written.
  const named = parents.map(({ expression }) => expression.getText()).filter((name) => name !== "Record");
  const known = named.filter((name) => schemas[name]).map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const open = known.length < named.length ? { additionalProperties: {} } : {};
  return named.length ? { allOf: [...known, { ...object(one.members), ...open }] } : object(one.members);
}

const isType = (one) => ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one) || ts.isEnumDeclaration(one);
const types = file.statements.filter((one) => isType(one) && !one.typeParameters);
for (const one of types) schemas[one.name.text] = {};
for (const one of types)
  schemas[one.name.text] = ts.isInterfaceDeclaration(one)
    ? heir(one)
    : ts.isEnumDeclaration(one)
      ? { type: "string", enum: one.members.map((member) => member.initializer.text) }
      : schema(one.type);

const content = (of) => ({ content: { "application/json": { schema: of } } });

// Which of the 2xx it is, types do not tell.
const answers = (of) => ({ 200: of, 201: of, 202: of, 204: {} });

function call(one) {
  const [, method, path] = /^(\w+):(.+)$/.exec(tag(one, "request"));
  const at = Object.fromEntries(one.type.parameters.map((parameter) => [parameter.name.text, parameter.type]));
  const does = { parameters: [], responses: answers(content(answer(one.type.type))) };
  for (const field of at.query?.members ?? []) does.parameters.push({ in: "query", name: field.name.text });
  if (at.body) does.requestBody = content(schema(at.body));
  (paths[path] ??= {})[method.toLowerCase()] = does;
}

// Of Promise<HttpResponse<T, E>>.
const answer = (promise) => schema(promise.typeArguments[0].typeArguments[0]);

function calls(node) {
  if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node))
    if (tag(node, "request") && node.type && ts.isFunctionTypeNode(node.type)) call(node);
  ts.forEachChild(node, calls);
}
calls(file);
for (const [request, name] of Object.entries(client.answers ?? {})) {
  const [method, path] = request.split(" ");
  const of = { $ref: `#/components/schemas/${name.replace("[]", "")}` };
  const shape = name.endsWith("[]") ? { type: "array", items: of } : of;
  (paths[path] ??= {})[method.toLowerCase()] = { responses: answers(content(shape)) };
}
const info = { title: process.argv[2], version: "types", license: { name: "MIT" } };
console.log(JSON.stringify({ openapi: "3.0.3", info, paths, components: { schemas } }));
