/* search-find.js: from words and choices to briefings, names and counts: self.searchFind(rank, chunks) = { find, located, counts }.
   No element, nothing drawn. It runs beside Pagefind: over http in a worker (search-worker.js), from disk in the page (search-disk.js).
   rank: who has the words (search-rank.js); chunks: the files (search-chunks.js). Needs search-words.js before it.

   A question is { words, chosen, order, open }: words: what was typed, "" for everything; chosen: { city: ["Chongqing"] }: any value
   within a facet, all facets; order: "best", "newest" or "oldest"; open: the last word may go on. Pages are numbers: see book() of
   search-chunks.js. */
(function () {
  "use strict";
  const KEPT = 8; // answers that can be read on without being found again
  const NAMING = ["title", "aliases"]; // fields that hold names

  self.searchFind = (rank, chunks) => {
    const asked = new Map(); // words → promise of their pages, the last few
    const answered = new Map(); // question → promise of its answer, the last few

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
      const [{ pages, score, asks }, book, sets] = await Promise.all([found(plan), chunks.book(), choices(chosen)]);
      const results = pages.filter((page) => page >= book.records && sets.every((set) => set[page]));
      const names = plan.length && !sets.length ? pages.filter((page) => page < book.records && byName(page, asks, book)) : [];
      const better = (a, b) => score[b] - score[a];
      return { results: sorted(results, order, plan, { score, asks, book, better }), names: names.sort(better), asks };
    }

    /* Pages that have all parts of the plan, each by any of its alternatives: their numbers, ascending; the score of each page; and
       for each ask, what was found: { has: page → its place in the answer + 1, … } (search-rank.js). */
    function found(plan) {
      return remembered(asked, JSON.stringify(plan), async () => {
        const { pageCount } = await chunks.book();
        const parts = await Promise.all((plan.length ? plan : [[null]]).map((terms) => Promise.all(terms.map((term) => ask(term, pageCount)))));
        const score = new Float64Array(pageCount);
        const counted = new Uint8Array(pageCount); // how many parts a page has
        parts.forEach((alternatives, part) => {
          for (const { pages, scores } of alternatives) {
            pages.forEach((page, at) => {
              if (counted[page] !== part) return; // another alternative has it, or a part before has not
              counted[page]++;
              score[page] += scores[at];
            });
          }
        });
        const pages = Array.from(counted.keys()).filter((page) => counted[page] === parts.length);
        return { pages, score, asks: parts.flat() };
      });
    }

    async function ask(term, pageCount) {
      const answer = await whole(term === null ? rank.every() : rank.search(term));
      const has = new Uint32Array(pageCount);
      answer.pages.forEach((page, at) => { has[page] = at + 1; });
      return { ...answer, has };
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

    /* A page of a name is offered where its name or a variant has the words; that it says them somewhere is not enough. */
    function byName(page, asks, { fields }) {
      const naming = NAMING.reduce((bits, name) => bits | (fields.includes(name) ? 1 << fields.indexOf(name) : 0), 0);
      return asks.every(({ has, fields: found }) => !has[page] || found[has[page] - 1] & naming);
    }

    /* Facet values that were chosen, as bits of all pages: one list for each facet. */
    function choices(chosen) {
      return Promise.all(Object.entries(chosen).filter(([, values]) => values.length).map(async ([facet, values]) => {
        const [{ pageCount }, pages] = await Promise.all([chunks.book(), chunks.facet(facet)]);
        const set = new Uint8Array(pageCount);
        for (const value of values) for (const page of pages.get(value) || []) set[page] = 1;
        return set;
      }));
    }

    /* order */

    /* Phrases score all alike; the newest is then the best. What has no date comes last, whichever way the dates run. */
    function sorted(results, order, plan, { score, asks, book, better }) {
      const dated = book.records + book.undated;
      const newest = (a, b) => (b >= dated) - (a >= dated) || (a >= dated ? b - a : a - b);
      if (order === "oldest") return results.sort((a, b) => (b >= dated) - (a >= dated) || a - b);
      if (order === "newest" || results.every((page) => score[page] === score[results[0]])) return results.sort(newest);
      const count = plan.reduce((sum, [term]) => sum + term.split(" ").length, 0) - passedIn(asks);
      const near = new Uint8Array(book.pageCount);
      if (count > 1) for (const page of results) near[page] = together(page, asks) >= count;
      return results.sort((a, b) => near[b] - near[a] || better(a, b) || newest(a, b));
    }

    /* Pagefind does not look how near the words stand: how many of a page's places follow each other. */
    function together(page, asks) {
      if (asks.length === 1) return asks[0].runs[asks[0].has[page] - 1];
      const places = asks.flatMap(({ has, places: on }) => (has[page] ? on(page) : []));
      return self.searchRank.longest(places.sort((a, b) => a.place - b.place), passedIn(asks));
    }

    function passedIn(asks) {
      return asks.reduce((sum, { passed }) => sum + passed, 0);
    }

    /* reading */

    /* A page, how well each of its words answers, and words whose places are not known: { page, scores, frequent }. list: "results" or "names". */
    async function located(question, list, at) {
      const { [list]: pages, asks } = await answer(question);
      const number = pages[at];
      const scores = new Map(); // place of a word → how well it answers
      for (const { has, places } of asks) {
        if (!has[number]) continue;
        for (const { place, score } of places(number)) scores.set(place, Math.max(score, scores.get(place) || 0));
      }
      const { content, anchors, meta, filters, url } = await whole(chunks.fragment(number));
      return { page: { content, anchors, meta, filters, url }, scores, frequent: asks.flatMap(({ has, frequent }) => (has[number] ? frequent : [])) };
    }

    /* counts */

    /* Facet → value → how many of the results. A facet's own choice is left out: its counts say what a further tick would add. */
    async function counts({ words, chosen, open }) {
      const [{ pages }, book, facets] = await Promise.all([found(self.searchWords.plan(words, open)), chunks.book(), chunks.facets()]);
      const all = pages.filter((page) => page >= book.records);
      const tallies = facets.map(async (facet) => {
        const { [facet]: _, ...others } = chosen;
        const sets = await choices(others);
        const within = new Uint8Array(book.pageCount);
        for (const page of all) within[page] = sets.every((set) => set[page]);
        return [facet, tally(await chunks.facet(facet), within)];
      });
      return Object.fromEntries(await Promise.all(tallies));
    }

    function tally(values, within) {
      return Object.fromEntries([...values].map(([value, pages]) => [value, pages.reduce((sum, page) => sum + within[page], 0)]));
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
