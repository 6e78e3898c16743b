/* search-find.js: from words and choices to briefings, names and counts: self.searchFind(engine, chunks) = { find, located, counts }.
   No element, nothing drawn. It runs beside Pagefind: over http in a worker (search-worker.js), from disk in the page (search-disk.js).
   engine: Pagefind; chunks: its files (search-chunks.js). Needs search-words.js before it.

   Pagefind is asked for words and for nothing else: what is chosen, counted and put in order by date is so few numbers that they
   are quicker looked through here. A question is { words, chosen, order, open }: words: what was typed, "" for everything; chosen:
   { city: ["Chongqing"] }: any value within a facet, all facets; order: "best", "newest" or "oldest"; open: the last word may go on. */
(function () {
  "use strict";
  const BRIEFING = "briefing"; // the filter "kind" of a briefing; a page of a name has its own kind: "city"
  const KEPT = 8; // answers that can be read on without being found again

  self.searchFind = (engine, chunks) => {
    const asked = new Map(); // words → promise of their pages, the last few
    const answered = new Map(); // question → promise of its answer, the last few
    const reading = new Map(); // id → the last reading of that page

    /* How many briefings and pages of names there are; they are read one by one, by their place in "results" or "names". */
    async function find(question) {
      const { results, names } = await answer(question);
      return { results: results.length, names: names.length };
    }

    function answer(question) {
      return remembered(answered, JSON.stringify(question), () => made(question));
    }

    async function made({ words, chosen, order, open }) {
      const plan = self.searchWords.plan(words, open);
      const [pages, briefings, sets] = await Promise.all([found(plan), ids("kind", [BRIEFING]), choices(chosen)]);
      const results = pages.filter(({ id }) => briefings.has(id) && sets.every((set) => set.has(id)));
      const names = plan.length && !sets.length ? pages.filter((page) => !briefings.has(page.id) && byName(page)) : [];
      return { results: await sorted(results, order, plan), names: names.sort(better) };
    }

    /* Pages that have all parts of the plan, each by any of its alternatives: [{ id, score, found }]; found: Pagefind's own results
       for the page, one for each ask that has it. */
    function found(plan) {
      return remembered(asked, JSON.stringify(plan), async () => {
        const parts = plan.length ? plan : [[null]];
        const [first, ...rest] = (await Promise.all(parts.map((terms) => Promise.all(terms.map(search))))).map(united);
        const pages = [...first.values()].filter(({ id }) => rest.every((part) => part.has(id)));
        for (const page of pages) {
          for (const part of rest) {
            page.found.push(...part.get(page.id).found);
            page.score += part.get(page.id).score;
          }
        }
        return pages;
      });
    }

    async function search(term) {
      const { results } = await whole(engine.search(term));
      return results;
    }

    /* An answer without a chunk that is missing or damaged is none. */
    async function whole(promise) {
      try {
        const value = await promise;
        if (chunks.failure) throw chunks.failure;
        return value;
      } catch (error) {
        throw chunks.failure || error; // Pagefind has its own words for what did not come
      }
    }

    function united(answers) {
      const pages = new Map();
      for (const result of answers.flat()) {
        const known = pages.get(result.id);
        if (known) known.found.push(result);
        else pages.set(result.id, { id: result.id, score: result.score, found: [result] });
      }
      return pages;
    }

    /* A page of a name is offered where its name or a variant has the words; that it says them somewhere is not enough. */
    function byName({ found: results }) {
      return results.every(({ matchedMetaFields: fields = [] }) => fields.includes("title") || fields.includes("aliases"));
    }

    async function ids(facet, values) {
      const pages = await chunks.facet(facet);
      return new Set(values.flatMap((value) => pages.get(value) || []));
    }

    function choices(chosen) {
      return Promise.all(Object.entries(chosen).filter(([, values]) => values.length).map(([facet, values]) => ids(facet, values)));
    }

    /* order */

    function better(a, b) {
      return b.score - a.score;
    }

    /* Phrases score all alike; the newest is then the best. What has no date comes last, whichever way the dates run. */
    async function sorted(results, order, plan) {
      if (order === "best" && results.some(({ score }) => score !== results[0].score)) {
        const words = plan.reduce((sum, [term]) => sum + term.split(" ").length, 0);
        const near = new Set(words > 1 ? results.filter((result) => together(result, words)) : []);
        return results.sort((a, b) => near.has(b) - near.has(a) || better(a, b));
      }
      const places = new Map((await chunks.newest()).map((id, at) => [id, at]));
      const way = order === "oldest" ? -1 : 1;
      const place = ({ id }) => (places.has(id) ? way * places.get(id) : Infinity);
      return results.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
    }

    /* Pagefind does not look how near the words stand: where as many places follow each other as there are words, they do. */
    function together({ found: results }, count) {
      const places = [...new Set(results.flatMap(({ words }) => words))].sort((a, b) => a - b);
      let run = 1;
      return places.some((place, at) => (run = place === places[at - 1] + 1 ? run + 1 : 1) >= count);
    }

    /* reading */

    /* A page and how well each of its words answers: { page, scores }. list: "results" or "names". */
    async function located(question, list, at) {
      const result = (await answer(question))[list][at];
      const before = Promise.resolve(reading.get(result.id)).catch(() => {});
      reading.set(result.id, before.then(() => read(result)));
      return reading.get(result.id);
    }

    /* Pagefind keeps one copy of a page and writes the last ask's marks into it: one reading at a time, and each takes its own away. */
    async function read({ found: results }) {
      const scores = new Map(); // place of a word → how well it answers
      let page;
      for (const result of results) {
        page = await whole(result.data());
        for (const { location: place, balanced_score: score } of page.weighted_locations) scores.set(place, Math.max(score, scores.get(place) || 0));
      }
      const { content, anchors, meta, filters, raw_url } = page;
      return { page: { content, anchors, meta, filters, raw_url }, scores };
    }

    /* counts */

    /* Facet → value → how many of the results. A facet's own choice is left out: its counts say what a further tick would add. */
    async function counts({ words, chosen, open }) {
      const [pages, briefings, facets] = await Promise.all([found(self.searchWords.plan(words, open)), ids("kind", [BRIEFING]), chunks.facets()]);
      const all = pages.map(({ id }) => id).filter((id) => briefings.has(id));
      const tallies = facets.map(async (facet) => {
        const { [facet]: _, ...others } = chosen;
        const sets = await choices(others);
        return [facet, tally(await chunks.facet(facet), new Set(all.filter((id) => sets.every((set) => set.has(id)))))];
      });
      return Object.fromEntries(await Promise.all(tallies));
    }

    function tally(values, within) {
      return Object.fromEntries([...values].map(([value, pages]) => [value, pages.reduce((sum, id) => sum + within.has(id), 0)]));
    }

    return { find, located, counts };
  };

  /* What `make` promises, made once while it is among the last few that were asked for; what failed is made again. */
  function remembered(known, key, make) {
    const promise = known.get(key) || make();
    known.delete(key);
    known.set(key, promise);
    if (known.size > KEPT) known.delete(known.keys().next().value);
    promise.catch(() => known.delete(key));
    return promise;
  }
})();
