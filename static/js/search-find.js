/* search-find.js: from words and choices to briefings, names and counts: window.searchIndex.find. Nothing drawn.

   A question may need several asks of Pagefind (a phrase and a name, "consul general" and Consul-General): their answers are
   united and intersected here, and facet values counted over what is left. Needs search-index.js and search-words.js before it. */
(function () {
  "use strict";
  const BRIEFING = "briefing"; // the filter "kind" of a briefing; a page of a name has its own kind: "city"
  const FEW = 40; // pages that are quicker read for their facet values than asked for value by value
  let order; // promise of id → place among all briefings, the newest first
  const members = new Map(); // "city\nChongqing" → the ids of the pages that have it

  /* { results, names, counting }: briefings in their order, the pages of names that answer to the words, and a promise of the counts
     of every facet value, which may take longer; an aborted signal ends it. words: what was typed, "" for everything. chosen: { city: ["Chongqing"] }: any value within a facet, all facets.
     order: "best", "newest" or "oldest". A facet's own counts leave its own choice out: they say what a further tick would add. */
  async function find({ words, chosen, order: wanted, signal }) {
    const engine = await window.searchIndex.open();
    const totals = await engine.filters(); // before any search: Pagefind counts only the facets it has loaded
    const plan = window.searchWords.plan(words);
    const filters = Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length).map(([facet, values]) => [facet, { any: values }]));
    const within = (others) => ask(engine, plan, { kind: BRIEFING, ...others });
    const found = await within(filters);
    const [names, results] = await Promise.all([
      plan.length && !Object.keys(filters).length ? named(engine, plan, Object.keys(totals.kind || {})) : [],
      sorted(engine, found.results, wanted, plan, filters),
    ]);
    const counting = counted(engine, found, totals, filters, within, signal);
    counting.catch(() => {}); // whoever waits for it hears of it
    return { results, names, counting };
  }

  /* All parts of the plan, each by any of its alternatives: { results: [{ id, score, found }], asks }. found: Pagefind's own results
     for the page, one for each ask that has it. */
  async function ask(engine, plan, filters) {
    const parts = plan.length ? plan : [[null]];
    const answers = await Promise.all(parts.map((terms) => Promise.all(terms.map((term) => engine.search(term, { filters })))));
    const [first, ...rest] = answers.map(united);
    const results = [...first.values()].filter(({ id }) => rest.every((part) => part.has(id)));
    for (const one of results) {
      for (const part of rest) {
        one.found.push(...part.get(one.id).found);
        one.score += part.get(one.id).score;
      }
    }
    return { results, asks: answers.flat() };
  }

  function united(answers) {
    const pages = new Map();
    for (const result of answers.flatMap(({ results }) => results)) {
      const known = pages.get(result.id);
      if (known) known.found.push(result);
      else pages.set(result.id, { id: result.id, score: result.score, found: [result] });
    }
    return pages;
  }

  /* Pages of cities, officials … whose name or variant has the words; that a page says them somewhere is not enough. */
  async function named(engine, plan, kinds) {
    const others = kinds.filter((kind) => kind !== BRIEFING);
    if (!others.length) return [];
    const { results } = await ask(engine, plan, { kind: { any: others } });
    const byName = ({ matchedMetaFields: fields = [] }) => fields.includes("title") || fields.includes("aliases");
    return results.filter(({ found }) => found.every(byName)).sort((a, b) => b.score - a.score);
  }

  /* order */

  /* Phrases score all alike; the newest is then the best. What has no date comes last, whichever way the dates run. */
  async function sorted(engine, results, wanted, plan, filters) {
    const best = wanted === "best" && results.some(({ score }) => score !== results[0].score);
    if (best) {
      const together = await phrase(engine, plan, filters);
      return results.sort((a, b) => together.has(b.id) - together.has(a.id) || b.score - a.score);
    }
    order ??= dates(engine).catch((error) => {
      order = undefined;
      throw error;
    });
    const places = await order;
    const way = wanted === "oldest" ? -1 : 1;
    const place = ({ id }) => (places.has(id) ? way * places.get(id) : Infinity);
    return results.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
  }

  /* The ids of pages that have the words next to each other as they were typed: Pagefind does not look how near they stand. */
  async function phrase(engine, plan, filters) {
    const [[words]] = plan;
    if (words.startsWith('"') || !words.includes(" ")) return new Set();
    const { results } = await engine.search(`"${words}"`, { filters: { kind: BRIEFING, ...filters } });
    return new Set(results.map(({ id }) => id));
  }

  async function dates(engine) {
    const { results } = await engine.search(null, { filters: { kind: BRIEFING }, sort: { date: "desc" } });
    return new Map(results.map(({ id }, at) => [id, at]));
  }

  /* counts */

  async function counted(engine, found, totals, filters, within, signal) {
    const own = Object.keys(filters);
    const counts = await tally(engine, found, totals, signal);
    const others = own.map(async (facet) => {
      const { [facet]: _, ...rest } = filters;
      return (await tally(engine, await within(rest), { [facet]: totals[facet] || {} }, signal))[facet];
    });
    const wider = await Promise.all(others);
    return Object.assign(counts, Object.fromEntries(own.map((facet, at) => [facet, wider[at]])));
  }

  /* Facet → value → how many of the results. Where they are just what one ask found, Pagefind has counted them. */
  async function tally(engine, { results, asks }, totals, signal) {
    const same = asks.find((one) => one.results.length === results.length && covers(one.results, results));
    if (same) return Object.fromEntries(Object.keys(totals).map((facet) => [facet, same.filters[facet] || {}]));
    const values = Object.entries(totals).flatMap(([facet, counts]) => Object.keys(counts).map((value) => [facet, value]));
    const counts = Object.fromEntries(Object.keys(totals).map((facet) => [facet, {}]));
    if (results.length <= FEW) await byPage(results, counts);
    else await byValue(engine, results, values.filter(([facet, value]) => asks.some(({ filters }) => (filters[facet] || {})[value])), counts, signal);
    return counts;
  }

  function covers(pages, results) {
    const ids = new Set(pages.map(({ id }) => id));
    return results.every(({ id }) => ids.has(id));
  }

  async function byPage(results, counts) {
    for (const { filters } of await Promise.all(results.map(({ found }) => found[0].data()))) {
      for (const [facet, values] of Object.entries(filters)) {
        for (const value of values) if (counts[facet]) counts[facet][value] = (counts[facet][value] || 0) + 1;
      }
    }
  }

  /* The pages of a value are fewer than the results, mostly: they are looked up among the results, not the reverse. */
  async function byValue(engine, results, values, counts, signal) {
    const found = new Set(results.map(({ id }) => id));
    for (const [facet, value] of values) {
      if (signal && signal.aborted) return;
      const key = `${facet}\n${value}`;
      if (!members.has(key)) {
        const { results: all } = await engine.search(null, { filters: { kind: BRIEFING, [facet]: value } });
        members.set(key, all.map(({ id }) => id));
      }
      counts[facet][value] = members.get(key).reduce((sum, id) => sum + found.has(id), 0);
    }
  }

  Object.assign(window.searchIndex, { find });
})();
