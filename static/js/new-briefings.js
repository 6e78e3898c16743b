/* new-briefings.js: <new-briefings>, hidden until there is something to say: how many briefings came in since the reader last looked.
   Each has a dot where it is listed. The browser keeps the ids it knows, and nobody else does: data/arrivals.js has those of the archive.
   At a first visit all are known. A briefing that is opened is known; so are all, once the reader says so.
   Firefox gives every file on disk a storage of its own: there nothing is new. The element takes no room, so that nothing moves. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const KEY = `seen ${root.pathname}`; // several archives may share a host, or a disk
  const keepsNothing = location.protocol === "file:" && location.origin === "null";

  function stored() {
    try {
      const { since, ids } = JSON.parse(localStorage.getItem(KEY));
      return { since: new Date(since).toISOString(), known: new Set(ids.split(" ")) };
    } catch { return null; } // nothing is kept, or not by this script
  }

  /* Gives whether it is kept. */
  function store(since, known) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ since, ids: [...known].join(" ") }));
      return true;
    } catch { return false; }
  }

  function now() {
    return new Date().toISOString();
  }

  /* The briefings of the archive, newest first, and how many of them can be new. */
  async function listed() {
    const script = Object.assign(document.createElement("script"), { src: new URL("data/arrivals.js", root).href });
    await loaded(script);
    const { ids, new: most } = window.archiveBriefings;
    return { ids: ids.split(" ").filter(Boolean), most };
  }

  function loaded(element) {
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${element.src || element.href} cannot be loaded`));
      document.head.append(element);
    });
  }

  async function look() {
    const opened = document.querySelector("main[data-briefing]");
    const before = stored();
    if (opened && before) {
      if (!before.known.has(opened.dataset.briefing)) store(before.since, before.known.add(opened.dataset.briefing));
      return;
    }
    const { ids, most } = await listed();
    const news = before ? ids.slice(0, most).filter((id) => !before.known.has(id)) : [];
    if (!news.length) store(now(), ids);
    const notice = document.querySelector("new-briefings");
    if (news.length && notice) await notice.show(new Set(news), before.since, () => store(now(), ids));
  }

  function element(name, block, ...children) {
    const made = document.createElement(name);
    made.className = block;
    made.append(...children);
    return made;
  }

  function language() {
    const { lang } = document.documentElement;
    return lang === "en" ? "en-GB" : lang;
  }

  function day(instant) {
    const date = new Date(instant);
    const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: "numeric" };
    return date.toLocaleDateString(language(), { day: "numeric", month: "long", ...year });
  }

  class NewBriefings extends HTMLElement {
    /* news: ids; since: instant; forget: keeps all as known, gives whether it could. */
    async show(news, since, forget) {
      const entries = [...document.querySelectorAll("main [data-briefing]")].filter(({ dataset }) => news.has(dataset.briefing));
      const count = this.hasAttribute("data-whole") ? news.size : entries.length;
      if (!count) return;
      const figure = count.toLocaleString(language());
      await loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("static/css/news.css", root).href }));
      for (const entry of entries) mark(entry.querySelector(".entry-title"));
      const from = element("span", "news__since", " since {day}".replace("{day}", day(since)));
      const came = (count === 1 ? "{n} briefing has come in since {day}" : "{n} briefings have come in since {day}").replace("{n}", figure).replace("{day}", day(since));
      const said = (entries.length ? "{came}; a dot stands beside it where it is listed. Only this browser knows what you have seen." : "{came}. Only this browser knows what you have seen.").replace("{came}", came);
      const button = element("button", "act press", "Mark all as seen");
      button.type = "button";
      const details = element("details", "news__details", element("summary", "news__toggle act press", "{n} new".replace("{n}", figure), from),
        element("div", "news__panel floats", element("p", "", said), button));
      button.addEventListener("click", () => this.seen(forget()));
      details.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        details.open = false;
        details.firstChild.focus();
      });
      this.replaceChildren(details);
      this.hidden = false;
    }

    seen(isKept) {
      for (const title of document.querySelectorAll(".entry-title--new")) {
        title.classList.remove("entry-title--new");
        title.querySelector(".entry-title__new").remove();
      }
      const said = element("p", "news__said", isKept ? "All marked as seen" : "This browser keeps nothing");
      said.tabIndex = -1;
      this.replaceChildren(said);
      said.focus();
    }
  }

  function mark(title) {
    title.classList.add("entry-title--new");
    (title.querySelector("a") || title).prepend(element("span", "entry-title__new visually-hidden", "New: "));
  }

  customElements.define("new-briefings", NewBriefings);
  const whenIdle = window.requestIdleCallback || ((work) => setTimeout(work, 200));
  if (!keepsNothing) window.addEventListener("load", () => whenIdle(look));
})();
