/* search-draw.js: the pieces of a result list as elements: window.searchDraw = { element, filled, counted, language, result, name }.
   Nothing of it stays: search-page.js puts them into the page. */
(function () {
  "use strict";
  const HITS = 3; // paragraphs of a result that are not folded

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /* Text runs as nodes; nothing a page contains becomes markup. */
  function marked(runs, lang) {
    const line = element("span");
    line.dir = "auto";
    if (lang) line.lang = lang;
    line.append(...runs.map(({ text, marked: hit }) => (hit ? element("mark", "", text) : text)));
    return line;
  }

  /* A text with nodes in its places: filled("{briefings}, newest first", { briefings: counted(…) }). */
  function filled(text, places) {
    return text.split(/\{(\w+)\}/).flatMap((piece, at) => (at % 2 ? places[piece] : piece || []));
  }

  function counted(number, one, many) {
    return filled(number === 1 ? one : many, { n: element("b", "num", number.toLocaleString(language())) });
  }

  function language() {
    const lang = document.documentElement.lang;
    return lang === "en" ? "en-GB" : lang || "en-GB";
  }

  /* "2016-01-19" → 19 January 2016, held together by no-break spaces. */
  function longDate(date) {
    const words = new Date(`${date}T00:00:00Z`).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const time = element("time", "", words.replaceAll(" ", "\u00a0"));
    time.dateTime = date;
    return time;
  }

  /* A page as search-read.js reads it: what it is, and the paragraphs that led to it. */
  function result(page) {
    const meta = element("p", "result__meta meta meta--row");
    if (page.date) meta.append(longDate(page.date));
    if (page.source) meta.append(element("bdi", "", page.source));
    if (page.paragraphs.length) meta.append(element("span", "", (page.paragraphs.length > 1 ? "{n} paragraphs" : "{n} paragraph").replace("{n}", page.paragraphs.length)));
    const link = element("a", "quiet-link", marked(page.title, page.lang));
    link.href = page.href;
    const item = element("li", "result", meta, element("h2", "result__title entry-title entry-title--large", link));
    const found = page.paragraphs.length ? page.paragraphs : page.lead ? [page.lead] : [];
    if (found.length) item.append(hits(found.slice(0, HITS), page.lang));
    if (found.length > HITS) item.append(folded(found.slice(HITS), page.lang));
    return item;
  }

  function hits(paragraphs, lang) {
    const list = element("ul", "result__hits");
    for (const { href, text } of paragraphs) {
      const link = element("a", "hit", marked(text, lang));
      link.href = href;
      list.append(element("li", "", link));
    }
    return list;
  }

  function folded(paragraphs, lang) {
    const text = paragraphs.length > 1 ? "{n} more paragraphs of this briefing" : "{n} more paragraph of this briefing";
    return element("details", "result__more meta", element("summary", "press act", text.replace("{n}", paragraphs.length)), hits(paragraphs, lang));
  }

  /* The page of a city, official …, with its kind in words as its facet says it. */
  function name(page, facet) {
    const mark = facet && facet.querySelector(".kind");
    const link = element("a", "names__link quiet-link press", marked(page.title));
    link.href = page.href;
    return element("li", "names__row", ...(mark ? [mark.cloneNode()] : []), link, element("span", "meta", facet ? facet.dataset.label : page.kind));
  }

  window.searchDraw = { element, filled, counted, language, result, name };
})();
