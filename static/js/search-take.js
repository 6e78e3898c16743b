/* search-take.js: <search-take>, a result list to take along: copied as text or Markdown, downloaded as CSV. It wants a <details>
   with buttons data-take="text", "markdown" and "csv", and a data-about. search-page.js tells it what is listed: set({ results,
   words, heading }). The pages are read when it is opened, so that copying can follow the click at once, as browsers demand.
   The words come from copying.js; what is copied as text is HTML as well, for those who paste it into an e-mail. */
(function () {
  "use strict";
  const MOST = 500; // briefings taken at once
  const TOGETHER = 25; // read at once
  const FORMULA = /^[=+\-@\t\r]/; // a spreadsheet would compute a cell that begins so
  const BYTE_ORDER_MARK = "\ufeff"; // without it Excel takes UTF-8 for something else
  const DONE = 1600; // milliseconds a button says what it did

  class SearchTake extends HTMLElement {
    connectedCallback() {
      this.details = this.querySelector("details");
      this.about = this.querySelector("[data-about]");
      if (!this.details || !this.about) throw new Error("<search-take> needs a <details> and a data-about inside it");
      this.details.addEventListener("toggle", () => this.read());
      this.addEventListener("click", ({ target }) => {
        if (target.dataset.take) this.take(target);
      });
    }

    set(list) {
      this.list = list;
      this.pages = null;
      this.hidden = !list.results.length;
      this.enable(false);
      this.read();
    }

    enable(ready) {
      for (const button of this.querySelectorAll("[data-take]")) button.disabled = !ready;
    }

    async read() {
      const { list } = this;
      if (!list || !this.details.open || this.pages) return;
      const wanted = list.results.slice(0, MOST);
      this.about.textContent = "Reading …";
      const pages = [];
      for (let at = 0; at < wanted.length; at += TOGETHER) {
        pages.push(...(await Promise.all(wanted.slice(at, at + TOGETHER).map((result) => window.searchIndex.read(result, list.words)))));
        if (list !== this.list) return;
      }
      this.pages = pages.map((page) => ({ ...page, title: said(page.title), href: address(page.href), facts: [page.date, page.source].filter(Boolean).reduce((one, other) => joined("{one}, {other}", one, other), ""), text: said((page.paragraphs[0] || page.lead || { text: [] }).text) }));
      const count = (pages.length === 1 ? "{n} briefing" : "{n} briefings").replace("{n}", pages.length).replace(" ", "\u00a0");
      const about = wanted.length < list.results.length ? "The first {briefings} of {count}, each with its address." : "{briefings}, each with date, source, address and best paragraph.";
      this.about.textContent = about.replace("{briefings}", count).replace("{count}", list.results.length);
      this.enable(true);
    }

    async take(button) {
      const kind = button.dataset.take;
      const heading = joined("{one}: {other}", this.list.heading, address(location.href));
      const label = button.textContent;
      const done = kind === "csv" ? save(csv(this.pages), "briefings.csv") : await window.copying.copy(window.copying[kind](this.pages, heading), kind === "text" && window.copying.html(this.pages, heading));
      button.focus();
      button.textContent = done ? (kind === "csv" ? "Downloaded" : "Copied") : "Could not copy";
      button.disabled = false;
      setTimeout(() => { button.textContent = label; }, DONE);
    }
  }

  function joined(text, one, other) {
    return one ? text.replace("{other}", () => other).replace("{one}", () => one) : other;
  }

  function said(runs) {
    return runs.map((run) => run.text).join("");
  }

  /* Where the archive lives on the web if it says so; as it is served; below its folder if it is read from disk. Without the words of
     the search, except on the search page itself. */
  function address(href) {
    const url = new URL(href);
    if (!url.pathname.endsWith("/search.html")) url.search = "";
    const path = url.href.slice(window.searchIndex.root.href.length);
    const canonical = document.querySelector("link[rel=canonical]");
    if (canonical) return new URL(path, canonical.href).href;
    return url.protocol === "file:" ? decodeURI(path) : url.href;
  }

  function csv(pages) {
    const rows = pages.map(({ date, title, source, href, paragraphs, text: best }) => [date, title, source, href, String(paragraphs.length), best]);
    return BYTE_ORDER_MARK + [["Date", "Title", "Source", "Address", "Paragraphs found", "Best paragraph"], ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  function cell(value) {
    return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
  }

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), DONE);
    return true;
  }

  customElements.define("search-take", SearchTake);
})();
