/* search-read.js: a page that was found, as a reader sees it: its paragraphs with the words marked: window.searchIndex.read.
   Nothing drawn. Needs search-index.js, search-words.js and search-names.js before it. */
(function () {
  "use strict";
  const BRIEFING = "briefing";
  const LONGEST = 60; // words of a paragraph shown in a list of hits; longer ones are cut around their densest marks
  const LEAD = 14; // words kept before that mark
  const NEAR = 70; // characters within which words found count as standing together
  const UNITS = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]{1,2}|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+\s*|\s+/gu; // words; two characters for one where there are none

  /* { title, kind, date, source, lang, href, paragraphs, lead }. Title and text are runs of { text, marked }.
     paragraphs: those with a mark, the best first; lead: the page's first paragraph, for a page that no word led to.
     result: one of find's. words: as asked. Links carry them, so that they are marked where they lead. */
  async function read(result, words) {
    const { page, scores, frequent } = await result.located();
    const said = page.content.split(/\s+/);
    if (frequent.length) {
      said.map(bare).forEach((word, place) => {
        for (const { score } of frequent.filter((one) => isForm(word, one))) scores.set(place, Math.max(score, scores.get(place) || 0));
      });
    }
    const known = new Set([...scores.keys()].map((place) => bare(said[place] || "")).filter(Boolean));
    const anchors = page.anchors.filter((anchor) => anchor.id.startsWith("p-")).sort((a, b) => a.location - b.location);
    const parts = anchors.map(({ id, location: start }, at) => ({ id, start, said: said.slice(start, anchors[at + 1] ? anchors[at + 1].location : said.length) }));
    let all = parts.map(({ id, start, said: part }) => paragraph(part, (place) => scores.get(start + place), words, address(page, words, id)));
    if (words.trim() && !all.some(({ score }) => score)) all = await byOtherName(parts, words, page, all);
    const title = (page.meta.title || "").split(/\s+/);
    return {
      title: runs(paragraph(title, (place) => known.has(bare(title[place])), words, "")),
      kind: kind(page),
      date: page.meta.date || "",
      source: page.meta.source || "",
      lang: (page.filters.language || [""])[0],
      href: address(page, words),
      paragraphs: all.filter(({ score }) => score).sort((a, b) => b.score - a.score).map(cut),
      lead: all.length ? cut(all[0]) : null,
    };
  }

  /* Is this a form of a word whose places are not known? Its stem is Pagefind's, which has "citi" for "city". */
  function isForm(said, { typed, word }) {
    if (said === typed || said === word) return true;
    if (said.length < word.length || said[0] !== word[0]) return false;
    const stem = window.searchWords.stem(said);
    return stem === window.searchWords.stem(typed) || stem === word.replace(/i$/, "");
  }

  /* Found by a name that this page writes in another form: there that form is marked. */
  async function byOtherName(parts, words, page, plain) {
    const forms = await window.searchNames.forms(words).catch(() => []);
    if (!forms.length) return plain;
    return parts.map(({ id, said }, at) => {
      const text = said.join(" ");
      const here = forms.filter((form) => window.searchWords.marks(text, `"${form}"`).length).map((form) => `"${form}"`).join(" ");
      if (!here) return plain[at];
      const marks = window.searchWords.marks(text, here);
      return { href: address(page, here, id), text, marks, score: marks.length, at: marks[0][0] };
    });
  }

  function kind(page) {
    return (page.filters.kind || [BRIEFING])[0];
  }

  function address(page, words, fragment) {
    const url = new URL(window.searchIndex.address(page.url, fragment));
    if (words.trim() && kind(page) === BRIEFING) url.searchParams.set("q", words.trim());
    return url.href;
  }

  /* Its text, where it is marked, and how well it answers where different words stand closest together: words that stand together
     are what was looked for, a word said often is not. */
  function paragraph(words, scoreAt, asked, href) {
    const ranges = [];
    let text = "";
    words.forEach((word, place) => {
      if (text) text += " ";
      const [, before, core] = /^([^\p{L}\p{N}]*)(.*?)[^\p{L}\p{N}]*$/su.exec(word);
      const score = scoreAt(place);
      if (score && core) ranges.push({ start: text.length + before.length, end: text.length + before.length + core.length, score: Number(score), key: bare(core) });
      text += word;
    });
    for (const [start, end] of window.searchWords.eastAsian(text, asked)) ranges.push({ start, end, score: 1, key: text.slice(start, end) });
    ranges.sort((a, b) => a.start - b.start);
    const marks = window.searchWords.merged(ranges.map(({ start, end }) => [start, end]), text);
    return { href, text, marks, ...densest(ranges) };
  }

  function densest(ranges) {
    let best = { score: 0, at: 0 };
    ranges.forEach(({ start }, from) => {
      const near = new Map();
      for (let one = from; one < ranges.length && ranges[one].start - start < NEAR; one++) near.set(ranges[one].key, ranges[one].score);
      const score = [...near.values()].reduce((sum, value) => sum + value, 0);
      if (score > best.score) best = { score, at: start };
    });
    return best;
  }

  /* A word without the punctuation around it, accents and case. */
  function bare(word) {
    return window.searchWords.fold(word).replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  }

  function cut({ href, text, marks, at }) {
    const units = [...text.matchAll(UNITS)].map((match) => match.index).concat(text.length);
    const count = units.length - 1;
    if (count <= LONGEST) return { href, text: runs({ text, marks }) };
    const first = units.findLastIndex((place) => place <= at);
    const start = units[Math.min(Math.max(0, first - LEAD), count - LONGEST)];
    const end = units[units.indexOf(start) + LONGEST];
    const inside = marks.filter(([from, to]) => to > start && from < end).map(([from, to]) => [Math.max(from, start) - start, Math.min(to, end) - start]);
    const shown = runs({ text: text.slice(start, end).trimEnd(), marks: inside });
    if (start > 0) shown.unshift({ text: "… ", marked: false });
    if (end < text.length) shown.push({ text: " …", marked: false });
    return { href, text: shown };
  }

  function runs({ text, marks }) {
    const made = [];
    let done = 0;
    for (const [start, end] of marks) {
      made.push({ text: text.slice(done, start), marked: false }, { text: text.slice(start, end), marked: true });
      done = end;
    }
    made.push({ text: text.slice(done), marked: false });
    return made.filter((run) => run.text);
  }

  Object.assign(window.searchIndex, { read });
})();
