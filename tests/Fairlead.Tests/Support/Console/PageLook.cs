using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>What a page must never do, measured in the browser.</summary>
internal static class PageLook
{
    private const string Sticking = """
        () => {
          const width = document.documentElement.clientWidth;
          const scrolls = (e) => {
            for (let p = e.parentElement; p; p = p.parentElement)
              if (["auto", "scroll", "hidden"].includes(getComputedStyle(p).overflowX)) return true;
            return false;
          };
          const out = [...document.querySelectorAll("body *")].filter((e) => {
            const box = e.getBoundingClientRect();
            const seen = getComputedStyle(e).visibility !== "hidden";
            return box.width > 0 && box.right > width + 1 && seen && !scrolls(e);
          }).map((e) => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)}`);
          const whole = document.documentElement.scrollWidth;
          if (whole > width) out.push(`the page is ${whole} wide`);
          return out.slice(0, 5);
        }
        """;

    private const string TooFaint = """
        () => {
          const canvas = document.createElement("canvas");
          canvas.width = canvas.height = 1;
          const pen = canvas.getContext("2d", { willReadFrequently: true });
          const painted = new Map();
          const rgba = (text) => {
            if (!painted.has(text)) painted.set(text, paint(text));
            return painted.get(text);
          };
          const paint = (text) => {
            pen.clearRect(0, 0, 1, 1);
            pen.fillStyle = "rgba(0,0,0,0)";
            pen.fillStyle = text;
            pen.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
            return [r, g, b, a / 255];
          };
          const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
          const behind = (e) => {
            const layers = [];
            for (let p = e; p; p = p.parentElement) {
              layers.push(rgba(getComputedStyle(p).backgroundColor));
              if (layers.at(-1)[3] > 0.99) break;
            }
            return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
          };
          const part = (v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
          const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
          const out = [];
          for (const e of document.querySelectorAll("body *")) {
            const own = [...e.childNodes].filter((n) => n.nodeType === 3);
            const text = own.map((n) => n.textContent.trim()).join(" ").trim();
            const style = getComputedStyle(e);
            const skipped = e.closest("[disabled], .visually-hidden, .fl-skip, option");
            if (!text || !e.getBoundingClientRect().width || style.visibility === "hidden" || skipped) continue;
            const back = behind(e);
            const front = over(rgba(style.color), back);
            const [hi, lo] = [light(front), light(back)].sort((a, b) => b - a);
            const ratio = (hi + 0.05) / (lo + 0.05);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            if (ratio < (large ? 3 : 4.5))
              out.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${text.slice(0, 40)}`);
          }
          return out.slice(0, 8);
        }
        """;

    private const string Unnameable = """
        () => {
          const out = [];
          const each = (selector, look) => document.querySelectorAll(selector).forEach(look);
          const words = (e) => (e?.innerText ?? e?.textContent ?? "").trim();
          const labels = (e) => [...(e.labels ?? [])].map((label) => label.textContent.trim());
          const by = (e) => (e.getAttribute("aria-labelledby") ?? "").split(" ");
          const named = (e) => {
            const inner = [...e.querySelectorAll("img[alt], [aria-label]")].map((i) => i.alt || i.ariaLabel);
            const others = by(e).map((id) => words(document.getElementById(id)));
            return [e.ariaLabel, e.title, words(e), ...others, ...labels(e), ...inner].some((t) => t);
          };
          const labelled = (e) => e.ariaLabel || by(e).some((id) => id) || labels(e).some((t) => t);
          const shown = (e) => e.type !== "hidden" && e.checkVisibility({ visibilityProperty: true });
          const has = (id) => document.getElementById(id);
          const say = (what, e) => out.push(`${what}: ${e.outerHTML.slice(0, 90)}`);
          each("input, select, textarea", (e) => shown(e) && !labelled(e) && say("no label", e));
          each("a[href], button, summary", (e) => shown(e) && !named(e) && say("no name", e));
          each("img:not([alt])", (e) => say("no alt", e));
          each("[tabindex]", (e) => e.tabIndex > 0 && say("an order of its own", e));
          each("label[for]", (e) => has(e.htmlFor) || say("a label of nothing", e));
          each("[aria-describedby]", (e) => {
            const all = e.getAttribute("aria-describedby").split(" ");
            if (!all.every(has)) say("described by nothing", e);
          });
          if (!document.documentElement.lang) out.push("the page says no language");
          if (!document.title.trim()) out.push("the page has no title");
          const headings = [...document.querySelectorAll("h1, h2, h3, h4")].filter(shown);
          const levels = headings.map((h) => Number(h.tagName[1]));
          if (levels.filter((level) => level === 1).length !== 1) out.push(`first-level headings: ${levels}`);
          if (levels.some((level, i) => i > 0 && level > levels[i - 1] + 1))
            out.push(`a level of headings is left out: ${levels}`);
          const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
          for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) out.push(`twice the id ${id}`);
          return out.slice(0, 8);
        }
        """;

    /// <summary>Elements that stick out to the right, described; a scrolling box may hold wider things.</summary>
    public static Task<string[]> Overflowing(IPage page) => page.EvaluateAsync<string[]>(Sticking);

    /// <summary>Text whose contrast with what is behind it is below 4.5:1 (3:1 when large), described.</summary>
    public static Task<string[]> Faint(IPage page) => page.EvaluateAsync<string[]>(TooFaint);

    /// <summary>
    /// What somebody who listens to the page, or has no mouse, would stumble over: fields without a label, buttons and
    /// links without a name, headings out of order, ids that stand twice.
    /// </summary>
    public static Task<string[]> Unnamed(IPage page) => page.EvaluateAsync<string[]>(Unnameable);
}
