// Copies and cuts down what the console serves into wwwroot/lib. Run after `npm ci`; needs only node.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "../../wwwroot/lib");
const wwwroot = dirname(out);

/** Tabler knows a light and a dark theme; "auto" is made here, so the system's choice works with scripts off. */
function withAutoTheme(css) {
  const dark = [];
  const rule = /(?<=[};]|^)([^{}@;]*\[data-bs-theme=dark\][^{}]*)\{([^{}]*)\}/g;
  for (const [, selectors, body] of css.matchAll(rule)) {
    const auto = selectors
      .split(/,(?![^()]*\))/)
      .filter((selector) => selector.startsWith("[data-bs-theme=dark]"))
      .map((selector) => selector.replace("dark", "auto"));
    if (auto.length) dark.push(`${auto.join(",")}{${body}}`);
  }
  if (dark.length < 4) throw new Error("the dark theme was not found in Tabler's style sheet");
  return `${css.replace(/\/\*# sourceMappingURL.*?\*\//, "")}\n@media (prefers-color-scheme:dark){${dark.join("")}}\n`;
}

/** One file of <symbol>s: only the icons that icons.txt names. */
function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const symbols = names.map((name) => {
    const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${name}.svg`), "utf8");
    const body = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/<\/?svg[^>]*>/g, "").replace(/\s+/g, " ").trim();
    return (
      `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
      `stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tabler = readFileSync(join(modules, "@tabler/core/dist/css/tabler.min.css"), "utf8");
writeFileSync(join(out, "tabler.css"), withAutoTheme(tabler));
writeFileSync(join(out, "icons.svg"), sprite());
copyFileSync(join(modules, "htmx.org/dist/htmx.min.js"), join(out, "htmx.js"));
for (const name of readdirSync(out))
  writeFileSync(join(out, `${name}.br`), brotliCompressSync(readFileSync(join(out, name))));
console.log(`console assets: ${readdirSync(out).length / 2} files in ${out.slice(dirname(wwwroot).length + 1)}`);
