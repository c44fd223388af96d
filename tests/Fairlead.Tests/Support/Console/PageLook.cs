using Microsoft.Playwright;

namespace Fairlead.Tests.Support.Console;

/// <summary>What a page must never do, measured in the browser.</summary>
internal static class PageLook
{
    /// <summary>Elements that stick out to the right, described; a scrolling box may hold wider things.</summary>
    public static Task<string[]> Overflowing(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            () => {
              const width = document.documentElement.clientWidth;
              const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) {
                const o = getComputedStyle(p).overflowX; if (o === "auto" || o === "scroll" || o === "hidden") return true; } return false; };
              const out = [...document.querySelectorAll("body *")].filter((e) => {
                const r = e.getBoundingClientRect(), s = getComputedStyle(e);
                return r.width > 0 && r.right > width + 1 && s.visibility !== "hidden" && !scrolls(e);
              }).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} > ${width}`);
              if (document.documentElement.scrollWidth > width) out.push(`the page is ${document.documentElement.scrollWidth} wide`);
              return out.slice(0, 5);
            }
            """
        );

    /// <summary>Text whose contrast with what is behind it is below 4.5:1 (3:1 when large), described.</summary>
    public static Task<string[]> Faint(IPage page) =>
        page.EvaluateAsync<string[]>(
            """
            () => {
              const canvas = document.createElement("canvas"); canvas.width = canvas.height = 1;
              const pen = canvas.getContext("2d", { willReadFrequently: true });
              const rgba = (text) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = "rgba(0,0,0,0)"; pen.fillStyle = text;
                pen.fillRect(0, 0, 1, 1); const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
              const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
              const behind = (e) => { const layers = []; for (let p = e; p; p = p.parentElement) {
                const c = rgba(getComputedStyle(p).backgroundColor); layers.push(c); if (c[3] > .99) break; }
                return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]); };
              const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
                return .2126 * r + .7152 * g + .0722 * b; };
              const out = [];
              for (const e of document.querySelectorAll("body *")) {
                const text = [...e.childNodes].filter((n) => n.nodeType === 3 && n.textContent.trim()).map((n) => n.textContent.trim()).join(" ");
                const box = e.getBoundingClientRect(), style = getComputedStyle(e);
                if (!text || !box.width || style.visibility === "hidden" || e.closest("[disabled], .visually-hidden, .fl-skip, option")) continue;
                const back = behind(e), front = over(rgba(style.color), back);
                const [hi, lo] = [light(front), light(back)].sort((a, b) => b - a);
                const ratio = (hi + .05) / (lo + .05), size = parseFloat(style.fontSize);
                const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
                if (ratio < (large ? 3 : 4.5)) out.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${text.slice(0, 40)} (${style.color} on ${back.map(Math.round)})`);
              }
              return out.slice(0, 8);
            }
            """
        );
}
