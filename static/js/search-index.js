/* search-index.js: the search index as the pages see it. No element, nothing drawn.

   Knows where the site's root is (two folders above this script, whatever the site is served under), opens Pagefind on
   first use, asks it, and reads its answer: window.searchIndex = { root, address, find, totals, read }.
   The only script that knows Pagefind; `open` is the one place that knows how its files arrive. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const LONGEST = 60; // words of a paragraph shown in a list of hits; longer ones are cut around their densest marks
  const LEAD = 14; // words kept before that mark
  const NEAR = 10; // words within which words found count as standing together
  const BRIEFING = "briefing"; // the filter "kind" of a briefing; a page of a name has its own kind: "city"
  let opening;

  /* The address of a page of the site from its path below the root: "/briefings/a.html", "p-key" → "http://…/briefings/a.html#p-key". */
  function address(path, fragment) {
    const url = new URL(path.replace(/^\/+/, ""), root);
    if (fragment) url.hash = fragment;
    return url.href;
  }

  /* Pagefind, loaded once; a failed load is tried again by the next question. */
  function open() {
    const engine = location.protocol === "file:" ? fromDisk : () => import(new URL("pagefind/pagefind.js", root).href);
    opening ??= engine().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /* From disk no module can be imported: search-disk.js brings the same Pagefind as scripts. */
  function fromDisk() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("static/js/search-disk.js", root).href;
      script.onload = () => resolve(window.searchDisk.open());
      script.onerror = () => reject(Object.assign(new Error("search-disk.js is missing"), { when: "disk", file: "static/js/search-disk.js" }));
      document.head.append(script);
    });
  }

  function wanted(chosen) {
    const facets = Object.entries(chosen).filter(([, values]) => values.length);
    return Object.fromEntries(facets.map(([facet, values]) => [facet, { any: values }]));
  }

  /* Briefings in their order, the pages of names that answer to the words, and the counts of every facet value.
     words: what was typed, "" for everything. chosen: { city: ["Chongqing"] }: any value within a facet, all facets.
     order: "best", "newest" or "oldest". A facet's own counts leave its own choice out: they say what a further tick would add. */
  async function find({ words, chosen, order }) {
    const engine = await open();
    const counts = await engine.filters(); // before the search: Pagefind counts only the facets it has loaded
    const ask = (filters, sort) => engine.search(words.trim() || null, { filters: { kind: BRIEFING, ...filters }, sort: sort || {} });
    const filters = wanted(chosen);
    const names = Object.keys(filters).length || !words.trim() ? [] : await named(words, engine, Object.keys(counts.kind || {}));
    const found = await ask(filters);
    Object.assign(counts, found.filters);
    for (const facet of Object.keys(filters)) {
      const { [facet]: own, ...others } = filters;
      counts[facet] = (await ask(others)).filters[facet];
    }
    const results = order === "best" ? found.results : await dated(found.results, () => ask(filters, { date: order === "newest" ? "desc" : "asc" }));
    return { results, names, counts };
  }

  /* Pages of cities, officials … whose name or variant has the words; that a page says them somewhere is not enough. */
  async function named(words, engine, kinds) {
    const others = kinds.filter((kind) => kind !== BRIEFING);
    if (!others.length) return [];
    const { results } = await engine.search(words.trim(), { filters: { kind: { any: others } } });
    return results.filter(({ matchedMetaFields: fields = [] }) => fields.includes("title") || fields.includes("aliases"));
  }

  /* Pagefind leaves out of a sorted answer what has no date: it comes last here, whichever way the dates run. */
  async function dated(results, sorted) {
    const inOrder = (await sorted()).results;
    const seen = new Set(inOrder.map((result) => result.id));
    return inOrder.concat(results.filter((result) => !seen.has(result.id)));
  }

  /* A result's page: { title, kind, date, source, href, paragraphs, lead }. Title and text are runs of { text, marked }.
     paragraphs: those with a mark, the best first; lead: the page's first paragraph, for a page that no word led to. */
  async function read(result) {
    const page = await result.data();
    const words = page.content.split(/\s+/);
    const scores = []; // place of a word → how well it answers
    for (const { location: place, balanced_score: score } of page.weighted_locations) if (place < words.length) scores[place] = score;
    const marks = new Set(Object.keys(scores).map((place) => bare(words[place])));
    const anchors = page.anchors.filter((anchor) => anchor.id.startsWith("p-")).sort((a, b) => a.location - b.location);
    const all = anchors.map(({ id, location: start }, at) => {
      const end = anchors[at + 1] ? anchors[at + 1].location : words.length;
      return { href: address(page.raw_url, id), ...densest(words.slice(start, end), scores.slice(start, end)) };
    });
    const title = (page.meta.title || "").split(/\s+/);
    return {
      title: runs(title, title.map((word) => marks.has(bare(word)))),
      kind: (page.filters.kind || [BRIEFING])[0],
      date: page.meta.date || "",
      source: page.meta.source || "",
      href: address(page.raw_url),
      paragraphs: all.filter(({ score }) => score).sort((a, b) => b.score - a.score).map(cut),
      lead: all.length ? cut(all[0]) : null,
    };
  }

  /* Where different words found stand closest together in a paragraph, and how well they answer there: words that stand
     together are what was looked for, a word said often is not. */
  function densest(words, scores) {
    let best = { score: 0, at: 0 };
    for (const at of Object.keys(scores).map(Number)) {
      const near = new Map();
      for (let place = at; place < at + NEAR; place++) if (scores[place]) near.set(bare(words[place]), scores[place]);
      const score = [...near.values()].reduce((sum, one) => sum + one, 0);
      if (score > best.score) best = { score, at };
    }
    return { words, hits: words.map((_, place) => place in scores), ...best };
  }

  /* A word without the punctuation around it, accents and case: "Kadár," and "kadar" are one. */
  function bare(word) {
    return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  }

  function cut({ href, words, hits, at }) {
    if (words.length <= LONGEST) return { href, text: runs(words, hits) };
    const start = Math.min(Math.max(0, at - LEAD), words.length - LONGEST);
    const end = start + LONGEST;
    const text = runs(words.slice(start, end), hits.slice(start, end));
    if (start > 0) text.unshift({ text: "… ", marked: false });
    if (end < words.length) text.push({ text: " …", marked: false });
    return { href, text };
  }

  /* Words as runs of text: neighbours that are marked share a mark, the punctuation around a word stays outside it. */
  function runs(words, hits) {
    const made = [];
    const add = (text, marked) => {
      const last = made[made.length - 1];
      if (last && last.marked === marked) last.text += text;
      else if (text) made.push({ text, marked });
    };
    words.forEach((word, at) => {
      const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su.exec(word);
      const joins = at > 0 && hits[at] && hits[at - 1] && !before && /[\p{L}\p{N}]$/u.test(words[at - 1]);
      if (at) add(" ", joins);
      add(before, false);
      add(core, hits[at]);
      add(after, false);
    });
    return made;
  }

  window.searchIndex = { root, address, open, find, read };
})();
