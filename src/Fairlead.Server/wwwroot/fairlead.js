// What the console adds when scripts are on. Every page works without it, except for live updates.
(() => {
  "use strict";
  const all = (selector, root = document) => root.querySelectorAll(selector);

  // A click copies ids, digests and commands.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-fl-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.flCopy);
    } catch {
      const area = document.createElement("textarea");
      area.value = button.dataset.flCopy;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.classList.add("fl-copied");
    button.title = "Copied";
    setTimeout(() => {
      button.classList.remove("fl-copied");
      button.title = "Copy";
    }, 1500);
  });

  // "/" leads to the search box, Escape closes what is open.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.getElementById("fl-search");
      if (search) {
        event.preventDefault();
        search.focus();
        search.select();
      }
    }
    if (event.key === "Escape") {
      const drawer = document.getElementById("fl-drawer");
      if (drawer) drawer.checked = false;
      for (const menu of all("details.fl-me[open]")) menu.open = false;
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of all("details.fl-me[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // A form that only leads on to another site is sent at once.
  for (const form of all("form[data-fl-send]")) form.submit();

  // Choices of a filter act at once.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-fl-filter]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  // Fields of a form that another field shows or hides.
  const showFields = () => {
    for (const field of all("[data-fl-when-field]")) {
      const name = CSS.escape(field.dataset.flWhenField);
      const form = field.closest("form");
      const other = form?.querySelector(`select[name="${name}"], input[name="${name}"]:checked, input[name="${name}"]:not([type=radio],[type=checkbox])`);
      const shown = field.dataset.flWhenValues.split(" ").includes(other ? other.value : "");
      field.hidden = !shown;
      for (const input of all("input, select, textarea", field)) input.disabled = !shown;
    }
  };
  document.addEventListener("change", showFields);
  showFields();

  // A live log: lines are added as text; following yields when the reader scrolls up.
  const log = document.querySelector("[data-fl-log]");
  if (log) {
    const toggle = document.querySelector("[data-fl-follow]");
    let follows = Boolean(log.dataset.flLog) && !location.hash;
    const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 24;
    const show = () => {
      if (toggle) toggle.setAttribute("aria-pressed", String(follows));
      if (toggle) toggle.classList.toggle("on", follows);
      if (follows) log.scrollTop = log.scrollHeight;
    };
    log.addEventListener("scroll", () => {
      const now = atEnd();
      if (now !== follows && log.dataset.flLog) {
        follows = now;
        show();
      }
    });
    toggle?.addEventListener("click", () => {
      follows = !follows;
      show();
    });
    const firstError = log.querySelector("[data-fl-error]");
    if (firstError && !location.hash) firstError.scrollIntoView({ block: "center" });
    show();

    if (log.dataset.flLog) {
      let next = Number(log.dataset.flNext);
      let waiting = [];
      const flush = () => {
        log.querySelector(".fl-log-none")?.remove();
        log.append(...waiting);
        waiting = [];
        show();
      };
      const stream = new EventSource(log.dataset.flLog);
      stream.addEventListener("line", (message) => {
        if (!waiting.length) requestAnimationFrame(flush);
        waiting.push(lineOf(next++, JSON.parse(message.data)));
      });
      stream.addEventListener("end", () => {
        stream.close();
        log.dataset.flLog = "";
        settle();
      });
    }

    // The build has ended: what is said of it is put in place, and the log stays where the reader is.
    async function settle() {
      try {
        const answer = await fetch(location.pathname, { credentials: "same-origin" });
        if (!answer.ok) throw new Error(answer.statusText);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const before = log.getBoundingClientRect().top;
        for (const id of ["build", "build-facts", "build-log-bar"]) {
          const fresh = page.getElementById(id);
          const stale = document.getElementById(id);
          if (!fresh || !stale) continue;
          stale.replaceWith(document.adoptNode(fresh));
          window.htmx?.process(fresh);
        }
        for (const row of all(".fl-log > div", page)) {
          const shown = document.getElementById(row.id);
          if (shown && shown.innerHTML !== row.innerHTML) shown.replaceWith(document.adoptNode(row));
        }
        if (window.scrollY > 0) window.scrollBy(0, log.getBoundingClientRect().top - before);
        if (follows) log.scrollTop = log.scrollHeight;
      } catch {
        setTimeout(settle, 2000);
      }
    }
  }

  function lineOf(number, line) {
    const row = document.createElement("div");
    row.id = `L${number}`;
    row.className = { phase: "g", error: "e" }[line.kind] ?? "";
    const link = document.createElement("a");
    link.className = "l";
    link.href = `#L${number}`;
    link.textContent = number;
    const text = document.createElement("span");
    text.className = "x";
    text.textContent = line.text.replace(/\u001b\[[0-9;]*m/g, "");
    row.append(link, text);
    return row;
  }
})();
