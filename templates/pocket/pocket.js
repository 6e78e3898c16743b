/* pocket.js: the search of a file of chosen briefings, over the text that stands in it. Nothing is fetched, nothing is indexed:
   a few hundred briefings are read in milliseconds. Words find the words they begin, in any order; "a phrase" stands together;
   accents and case do not matter; CJK is found anywhere. Without this script everything can still be read. */
(function () {
  "use strict";
  const PAUSE = 120; // milliseconds without a key before a search
  const HITS = 4; // paragraphs shown of one briefing
  const AROUND = 140; // characters kept on either side of the first hit
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
  const form = document.querySelector(".pocket-search");
  const field = form.querySelector("input");
  const results = document.querySelector(".pocket-results");
  const [status, names, list] = [...results.querySelectorAll("[role=status], ul, ol")];
  let books;
  let pause;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /* A text without accents and case, and for each of its characters the place in the text it came from. */
  function fold(text) {
    let folded = "";
    const places = [];
    let at = 0;
    for (const sign of text) {
      const plain = sign.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
      for (let each = 0; each < plain.length; each++) places.push(at);
      folded += plain;
      at += sign.length;
    }
    return { folded, places: [...places, at] };
  }

  function unit(holder, node) {
    const text = node.textContent.replace(/\s+/g, " ").trim();
    return { id: holder.id, node, text, ...fold(text) };
  }

  /* Read once, on the first search. */
  function read() {
    books = [...document.querySelectorAll("[data-search]")].map((article) => ({
      date: article.querySelector("time"),
      title: unit(article, article.querySelector("[data-search-title]")),
      paragraphs: [...article.querySelectorAll(".para")].map((para) => unit(para, para.querySelector(".para__text"))),
    }));
  }

  /* What was typed as patterns over folded text: every "phrase" and every word. */
  function patterns(query) {
    const made = [];
    for (const [, phrase, word] of query.matchAll(/["“„«]([^"”“»]+)["”“»]?|([^\s"“”„«»]+)/gu)) {
      const parts = fold(phrase || word).folded.match(/[\p{L}\p{N}]+/gu);
      if (!parts) continue;
      const body = parts.join("[^\\p{L}\\p{N}]+");
      const before = UNSPACED.test(parts[0][0]) ? "" : "(?<![\\p{L}\\p{N}])";
      const after = phrase && !UNSPACED.test(parts[parts.length - 1].slice(-1)) ? "(?![\\p{L}\\p{N}])" : "";
      made.push(new RegExp(before + body + after, "gu"));
    }
    return made;
  }

  /* Where the patterns stand in a unit's text, as [start, end]; how many of them do. */
  function find(unit, wanted) {
    const spans = [];
    let kinds = 0;
    for (const pattern of wanted) {
      const found = [...unit.folded.matchAll(pattern)];
      kinds += found.length ? 1 : 0;
      for (const one of found) spans.push([unit.places[one.index], unit.places[one.index + one[0].length]]);
    }
    return { unit, kinds, spans: spans.sort((a, b) => a[0] - b[0]) };
  }

  function search() {
    if (!books) read();
    const wanted = patterns(field.value);
    results.hidden = !wanted.length;
    if (!wanted.length) return highlight([]);
    const found = books.map((book) => {
      const units = [book.title, ...book.paragraphs].map((each) => find(each, wanted));
      const whole = wanted.every((pattern) => units.some(({ unit }) => unit.folded.search(pattern) >= 0));
      const [title, ...paragraphs] = units;
      const hits = paragraphs.filter(({ kinds }) => kinds).sort((a, b) => b.kinds - a.kinds);
      return { book, title, hits, whole, score: Math.max(title.kinds + 0.5, hits.length ? hits[0].kinds : 0) };
    }).filter(({ whole }) => whole).sort((a, b) => b.score - a.score || b.hits.length - a.hits.length);
    draw(found, named(wanted));
    highlight(found.flatMap(({ hits }) => hits));
  }

  /* Records one of whose names has every word. */
  function named(wanted) {
    const has = (name) => wanted.every((pattern) => fold(name).folded.search(pattern) >= 0);
    return [...document.querySelectorAll("[data-names]")].filter((record) => record.dataset.names.split("\n").some(has));
  }

  function draw(found, records) {
    const paragraphs = found.reduce((sum, { hits }) => sum + hits.length, 0);
    const count = (number, one, many) => (number === 1 ? one : many).replace("{n}", number);
    const said = [count(found.length, "{n} briefing", "{n} briefings"), paragraphs ? count(paragraphs, "{n} paragraph", "{n} paragraphs") : "No paragraphs"];
    const [one, other] = said;
    status.textContent = found.length ? "{one}, {other}".replace("{one}", one).replace("{other}", other) : "No briefing has all of these words.";
    names.replaceChildren(...records.slice(0, 8).map((record) => {
      const mark = record.querySelector(".kind").cloneNode();
      const link = element("a", "", record.dataset.names.split("\n")[0]);
      link.href = `#${record.id}`;
      return element("li", "pocket-results__name", mark, link);
    }));
    list.replaceChildren(...found.map(({ book, title, hits }) => {
      const heading = element("a", "quiet-link entry-title", ...marked(title, 0, book.title.text.length));
      heading.href = `#${book.title.id}`;
      const date = book.date ? [element("p", "meta", book.date.cloneNode(true))] : [];
      const item = element("li", "pocket-results__book", ...date, heading, excerpts(hits.slice(0, HITS)));
      if (hits.length > HITS) {
        const more = element("summary", "pocket-results__more meta", count(hits.length - HITS, "{n} more paragraph of this briefing", "{n} more paragraphs of this briefing"));
        item.append(element("details", "", more, excerpts(hits.slice(HITS))));
      }
      return item;
    }));
  }

  function excerpts(hits) {
    return element("ul", "", ...hits.map((hit) => element("li", "", excerpt(hit))));
  }

  function excerpt(hit) {
    const { text, id } = hit.unit;
    const first = hit.spans[0][0];
    let start = first <= AROUND ? 0 : text.lastIndexOf(" ", first - AROUND) + 1 || first - AROUND;
    if (first - start > 2 * AROUND) start = first - AROUND;
    const end = Math.min(text.length, first + 2 * AROUND);
    const link = element("a", "hit", element("span", "", start ? "… " : "", ...marked(hit, start, end), end < text.length ? " …" : ""));
    link.href = `#${id}`;
    return link;
  }

  function marked({ unit, spans }, from, to) {
    const nodes = [];
    let at = from;
    for (const [start, end] of spans) {
      if (start < at || end > to) continue;
      nodes.push(unit.text.slice(at, start), element("mark", "", unit.text.slice(start, end)));
      at = end;
    }
    return [...nodes, unit.text.slice(at, to)];
  }

  /* The same words marked where they stand, in browsers that can without touching the text. */
  function highlight(hits) {
    if (!window.CSS || !CSS.highlights) return;
    CSS.highlights.delete("found");
    const ranges = hits.flatMap(({ unit, spans }) => spans.map(([start, end]) => range(unit.node, start, end)));
    if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges));
  }

  /* Places of the collapsed text in the nodes it came from: runs of space counted as one, none at the beginning. */
  function range(node, start, end) {
    const made = new Range();
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let at = 0;
    let inSpace = true;
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      for (let place = 0; place < text.data.length; place++) {
        const isSpace = /\s/.test(text.data[place]);
        if (isSpace && inSpace) continue;
        inSpace = isSpace;
        if (at === start) made.setStart(text, place);
        at += 1;
        if (at === end) {
          made.setEnd(text, place + 1);
          return made;
        }
      }
    }
    return made;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    search();
    results.scrollIntoView({ block: "start" });
  });
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      search();
      window.scrollTo(0, 0);
    }, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.select();
    } else if (event.key === "Escape" && typing) {
      field.value = "";
      search();
    }
  });
})();
