/* search-rank.js: on which pages words stand, and how well each page answers: self.searchRank(engine, chunks) = { search, every }.
   No element, nothing drawn. It runs beside Pagefind: over http in a worker (search-worker.js), from disk in the page (search-disk.js).
   engine: Pagefind over chunks.fetchWords (search-chunks.js).

   Pagefind says which words of the index answer a word that was typed: its other endings, longer words, without accents. Where they
   stand is read here from the same chunks, and weighed as Pagefind weighs it (BM25, and more where metadata has the words): it
   compares every page that was found with every place, which for a word of all ten thousand briefings takes seconds.
   A test holds pages, scores and places against Pagefind's own.

   search(term) → { pages, scores, runs, fields, places }: numbers of the pages found, ascending; beside each its score, how many of its
   places follow each other, and in which metadata fields the words stand (bits); places(page): [{ place, score }] on that page.
   A term is words, or in quotes a phrase. every(): all pages.

   Of a word that most pages say only the number of its places is loaded: they are not among a page's places, and others follow each
   other across them. `frequent` has these words: [{ typed, word, score }]; `passed`: how many were typed. A phrase has all places. */
(function () {
  "use strict";
  const SATURATION = 1.4; // these are Pagefind's: it lets them be chosen, and so has them in its documentation
  const LENGTH = 0.75;
  const SAME_ACCENTS = 1.8;
  const TITLE = { field: "title", weight: 5 };
  const USUAL = 24; // weight of a word in a paragraph; half of it in a part of a compound, more in headings
  const WHOLE = 25; // weight of a word that has none written beside it
  const MOST = 255;
  const SLICE = 12; // milliseconds of work at a stretch where a page does it, which goes on answering its reader
  const QUOTED = /^\s*"(.+)"\s*$/;
  const PUNCTUATION = /[\p{Pd}\p{Pe}\p{Pf}\p{Pi}\p{Po}\p{Ps}]/gu;

  self.searchRank = (engine, chunks) => {
    async function every() {
      const { pageCount } = await chunks.book();
      const pages = Uint32Array.from({ length: pageCount }, (_, page) => page);
      return { pages, scores: new Float64Array(pageCount), runs: new Uint32Array(pageCount), fields: new Uint32Array(pageCount), places: () => [], frequent: [], passed: 0 };
    }

    let last = Promise.resolve();

    async function search(term) {
      const phrase = QUOTED.exec(term);
      const typed = (phrase ? phrase[1] : term).split(/\s+/).map((word) => word.replace(PUNCTUATION, "")).filter(Boolean);
      for (const word of typed.slice(1)) engine.preload(phrase ? `"${word}"` : word).catch(() => {}); // whoever asks for it hears of it
      const terms = [];
      for (const word of typed) terms.push(await answering(word, phrase));
      const book = await chunks.book();
      return phrase ? asPhrase(terms, book) : asWords(terms, book);
    }

    /* The words of the index that answer one that was typed: [{ word, forms, likeness }]; each form with the pages it is on. */
    async function answering(word, phrase) {
      const asking = last.catch(() => {}).then(() => asked(phrase ? `"${word}"` : word));
      last = asking;
      const lower = word.toLocaleLowerCase();
      return Promise.all((await asking).map(async ({ location, balanced_score: score }) => {
        const found = chunks.words[location];
        const whole = phrase ? await Promise.all(found.map((form) => (form.whole ? chunks.placed(form) : form))) : found;
        const forms = whole.map((form) => ({ ...located(form), accents: like(lower, form.form) ? SAME_ACCENTS : 1 }));
        return { word: location, forms, typed: lower, likeness: score / WHOLE ** 2, isFrequent: Boolean(forms[0].whole) };
      }));
    }

    /* Pagefind keeps one copy of a page and writes the last ask's places into it: one ask at a time. */
    async function asked(word) {
      const { results } = await engine.search(word);
      return results.length ? (await results[0].data()).weighted_locations : [];
    }

    return { every, search };
  };

  function like(typed, form) {
    return form === typed || form.startsWith(typed) || typed.startsWith(form);
  }

  /* The pages a form of a word is on, and where in the chunk its places on each stand. Kept with the form. */
  function located(form) {
    if (form.pages) return form;
    const { content } = form;
    let { at } = form;
    const head = () => {
      const short = content[at++] & 31;
      if (short < 24) return short;
      let value = 0;
      for (let bytes = 1 << (short - 24); bytes > 0; bytes--) value = value * 256 + content[at++];
      return value;
    };
    const count = head();
    form.pages = new Uint32Array(count);
    form.starts = new Uint32Array(count);
    let page = 0;
    for (let one = 0; one < count; one++) {
      at++;
      page += head();
      form.pages[one] = page;
      form.starts[one] = at;
      for (let lists = 0; lists < 2; lists++) {
        for (let left = head(); left > 0; left--) {
          const short = content[at++] & 31;
          if (short > 23) at += 1 << (short - 24);
        }
      }
    }
    return form;
  }

  /* The places of a form on one page: each(place, weight), and eachField(field, place) for those in metadata. Gives the number of
     those that are not told, in texts and of their usual weight. */
  function unfold({ content, starts, whole }, one, each, eachField) {
    let at = starts[one];
    const head = () => {
      const short = content[at++] & 31;
      if (short < 24) return short;
      let value = 0;
      for (let bytes = 1 << (short - 24); bytes > 0; bytes--) value = value * 256 + content[at++];
      return value;
    };
    let place = 0;
    let weight = WHOLE;
    let left = head();
    const untold = whole ? head() : 0;
    for (left -= whole ? 1 : 0; left > 0; left--) {
      const isMark = content[at] >> 5 === 1; // a negative number
      const value = head();
      if (isMark) {
        weight = Math.min(value, MOST);
        place = 0;
      } else each((place += value), weight);
    }
    let field = 0;
    for (left = head(); left > 0; left--) {
      const isMark = content[at] >> 5 === 1;
      const value = head();
      if (isMark) {
        field = value;
        place = 0;
      } else eachField(field, (place += value));
    }
    return untold;
  }

  /* Pages that have all terms: bits of a Uint8Array, and how many pages have each. A term that no word answers is left out. */
  function common(terms, pageCount) {
    const counts = [];
    let all;
    for (const matches of terms) {
      const has = new Uint8Array(pageCount);
      for (const { forms } of matches) for (const { pages } of forms) for (const page of pages) has[page] = 1;
      counts.push(has.reduce((sum, bit) => sum + bit, 0));
      if (!matches.length) continue;
      if (all) for (let page = 0; page < pageCount; page++) all[page] &= has[page];
      else all = has;
    }
    return { all: all || new Uint8Array(pageCount), counts };
  }

  /* Where a page stands among those of a form, going on from where the last one stood; -1 if it is not there. */
  function cursor({ pages }) {
    let at = 0;
    return (page) => {
      if (at && pages[at - 1] >= page) at = 0;
      while (at < pages.length && pages[at] < page) at++;
      return pages[at] === page ? at : -1;
    };
  }

  function asWords(terms, { pageCount, lengths, fields: names }) {
    const { all, counts } = common(terms, pageCount);
    const rarity = counts.map((count) => Math.log((pageCount - count + 0.5) / (count + 0.5) + 1));
    const totalRarity = rarity.reduce((sum, value) => sum + value, 0);
    const usual = lengths.reduce((sum, length) => sum + length, 0) / pageCount;
    const matches = terms.flatMap((found, term) => found.map((match) => ({ ...match, term, cursors: match.forms.map(cursor) })));
    for (const match of matches) match.untold = Math.min(MOST, WHOLE * matches.filter(({ word }) => word === match.word).length); // as in `together`
    const title = names.indexOf(TITLE.field);
    const frequent = matches.filter(({ isFrequent }) => isFrequent).map(({ typed, forms: [{ form }], likeness }) => ({ typed, word: form, score: WHOLE ** 2 * likeness }));
    const passed = terms.filter((found) => found.some(({ isFrequent }) => isFrequent)).length;

    /* Everything that is known of the words on a page. */
    function look(page) {
      const places = [];
      const here = new Map(); // word → the match that counts for it, and its accents
      const inFields = new Map(); // field → word → its term
      for (const match of matches) {
        match.forms.forEach((form, number) => {
          const one = match.cursors[number](page);
          if (one < 0) return;
          if (!here.has(match.word)) here.set(match.word, { match, accents: form.accents, sum: 0 });
          here.get(match.word).sum += match.untold * unfold(form, one, (place, weight) => places.push({ place, weight, match }), (field) => {
            if (!inFields.has(field)) inFields.set(field, new Map());
            if (!inFields.get(field).has(match.word)) inFields.get(field).set(match.word, match.term);
          });
        });
      }
      if (places.some(({ place }, at) => at && place < places[at - 1].place)) places.sort((a, b) => a.place - b.place);
      return { places: together(places, here), here, inFields };
    }

    /* One for each place, whose words are one word where several stand there ("consul-general"): { place, score }. */
    function together(places, here) {
      const made = [];
      for (let at = 0; at < places.length; ) {
        const { place } = places[at];
        const first = [places[at]];
        let weight = places[at].weight;
        while (++at < places.length && places[at].place === place) {
          const { match } = places[at];
          if (first.some((one) => one.match.term === match.term)) continue;
          first.push(places[at]);
          weight = Math.min(weight, places[at].weight);
        }
        if (first.length > 1) weight = Math.min(MOST, weight * first.length);
        let likeness = 0;
        for (const { match } of first) {
          here.get(match.word).sum += weight;
          likeness += match.likeness;
        }
        made.push({ place, score: weight ** 2 * likeness, isFrequent: first.every(({ match }) => match.isFrequent) });
      }
      return made;
    }

    function score(page, { here, inFields }) {
      const long = SATURATION * (1 - LENGTH + (LENGTH * lengths[page]) / usual);
      let sum = 0;
      for (const { match, accents, sum: weight } of here.values()) {
        if (!weight) continue;
        const often = (weight / USUAL) * match.likeness;
        sum += ((rarity[match.term] * (SATURATION + 1) * often) / (long + often)) * accents;
      }
      for (const [field, found] of inFields) {
        const rare = [...found.values()].reduce((all, term) => all + rarity[term], 0); // "Consul-General" counts for two words, as there
        if (totalRarity > 0) sum += (field === title ? TITLE.weight : 1) * rare * (rare / totalRarity) ** 2;
      }
      return sum;
    }

    return answer(all, (page) => {
      const seen = look(page);
      return { score: score(page, seen), run: self.searchRank.longest(seen.places, passed), fields: bits(seen.inFields.keys()) };
    }, (page) => look(page).places, { frequent, passed });
  }

  async function asPhrase(terms, { pageCount, fields: names }) {
    const { all } = common(terms, pageCount);
    if (!terms.length || terms.some((matches) => !matches.length)) all.fill(0);
    const forms = terms.map((matches) => matches.flatMap((match) => match.forms.map((form) => ({ form, cursor: cursor(form) }))));

    /* The first place where the words stand in their order, or else the field. */
    function look(page) {
      const places = forms.map(() => new Set());
      const inFields = forms.map(() => new Map());
      forms.forEach((found, term) => {
        for (const { form, cursor: at } of found) {
          const one = at(page);
          if (one < 0) continue;
          unfold(form, one, (place) => places[term].add(place), (field, place) => {
            if (!inFields[term].has(field)) inFields[term].set(field, new Set());
            inFields[term].get(field).add(place);
          });
        }
      });
      const start = first(places);
      if (start !== undefined) return { places: places.map((_, term) => ({ place: start + term, score: 1 })), field: -1 };
      const fields = [...inFields[0].keys()].filter((field) => inFields.every((found) => found.has(field)) && first(inFields.map((found) => found.get(field))) !== undefined);
      const title = names.indexOf(TITLE.field);
      return fields.length ? { places: [], field: fields.includes(title) ? title : fields[0], isTitle: fields.includes(title) } : null;
    }

    const found = new Map();
    await each(all, (page) => {
      const seen = look(page);
      if (seen) found.set(page, seen);
      else all[page] = 0;
    });
    return answer(all, (page) => {
      const { places, field, isTitle } = found.get(page);
      return { score: isTitle ? TITLE.weight : 1, run: places.length, fields: field < 0 ? 0 : 1 << field };
    }, (page) => found.get(page).places);
  }

  function first([start, ...rest]) {
    return [...start].find((place) => rest.every((places, at) => places.has(place + at + 1)));
  }

  async function answer(all, look, places, { frequent, passed } = { frequent: [], passed: 0 }) {
    const count = all.reduce((sum, bit) => sum + bit, 0);
    const made = { pages: new Uint32Array(count), scores: new Float64Array(count), runs: new Uint32Array(count), fields: new Uint32Array(count), places, frequent, passed };
    let at = 0;
    await each(all, (page) => {
      const { score, run, fields } = look(page);
      made.pages[at] = page;
      made.scores[at] = score;
      made.runs[at] = run;
      made.fields[at++] = fields;
    });
    return made;
  }

  /* Every page that is marked. */
  async function each(marked, act) {
    let start = performance.now();
    for (let page = 0; page < marked.length; page++) {
      if (!marked[page]) continue;
      act(page);
      if (!self.document || performance.now() - start < SLICE) continue;
      await new Promise((done) => setTimeout(done));
      start = performance.now();
    }
  }

  /* How many places follow each other, with as many between two of them as words were passed over. */
  self.searchRank.longest = (places, passed) => {
    let most = 0;
    let run = 0;
    let last = -Infinity;
    for (const { place, isFrequent } of places) {
      if ((passed && isFrequent) || place === last) continue;
      run = place <= last + 1 + passed ? run + 1 : 1;
      if (run > most) most = run;
      last = place;
    }
    return most;
  };

  function bits(numbers) {
    let made = 0;
    for (const number of numbers) made |= 1 << number;
    return made;
  }
})();
