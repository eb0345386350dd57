// Prints languages/typescript/node-modules.d.ts: the modules of this machine's Node, every member of them by name, loosely typed.
//   node eng/node-modules.d.ts.js > languages/typescript/node-modules.d.ts
"use strict";
process.noDeprecation = true;

const word = /^[A-Za-z$][\w$]*$/;
const reserved = new Set(["default", "delete", "function", "new", "constants_"]);

// Modules that are themselves a class or a function.
const byHand = {
  events: "class EventEmitter { constructor(...args: any[]); static once: any; static on: any; [member: string]: any; }\n  namespace EventEmitter { export { EventEmitter }; }\n  export = EventEmitter;",
  assert: "const assert: any;\n  export default assert;\n  export const ok: any, equal: any, notEqual: any, deepEqual: any, deepStrictEqual: any, notDeepStrictEqual: any, strictEqual: any, notStrictEqual: any, throws: any, rejects: any, doesNotThrow: any, match: any, fail: any, strict: any;\n  export class AssertionError extends Error { [member: string]: any; }",
};
byHand["assert/strict"] = byHand.assert;

const isClass = (name, value) => typeof value === "function" && /^[A-Z]/.test(name);

console.log("// Made by eng/node-modules.d.ts.js; do not edit.");
for (const name of require("module").builtinModules.filter((each) => !each.startsWith("_") && each !== "sys" && each !== "punycode")) {
  let body = byHand[name];
  if (!body) {
    const module = require(name);
    const members = Object.keys(module).filter((key) => word.test(key) && !reserved.has(key)).sort();
    const classes = members.filter((key) => isClass(key, module[key]));
    const others = members.filter((key) => !classes.includes(key));
    body = [
      ...classes.map((key) => `export class ${key}${/Error$/.test(key) ? " extends Error" : ""} { constructor(...args: any[]); static [member: string]: any; [member: string]: any; }`),
      ...(others.length > 0 ? [`export const ${others.map((key) => `${key}: any`).join(", ")};`] : []),
    ].join("\n  ");
  }
  console.log(`declare module "${name}" {\n  ${body}\n}`);
  console.log(`declare module "node:${name}" {\n  ${/export = (\w+)/.test(body) ? `import all = require("${name}");\n  export = all;` : `export * from "${name}";${/export default/.test(body) ? `\n  export { default } from "${name}";` : ""}`}\n}`);
}
