/* search-names.js: the names and titles of the archive, for suggestions, for spelling, and to mark a name that was asked for in
   another form: window.searchNames = { load, names, suggest, spelled, forms }. Nothing drawn. The data stand in scripts (data/names.js,
   data/titles.js), which a page read from disk may load too; they arrive on first use. Needs search-words.js before it. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const NAMES = 6; // suggested at once
  const TITLES = 4;
  const EAST_ASIAN = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
  const SHORTEST = 4; // letters of a word that is worth another spelling; in East Asian scripts 3
  const SLICE = 12; // milliseconds of work at a stretch: the page goes on answering its reader
  const loading = new Map(); // file → promise of what it holds
  let vocabulary;

  function script(path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(path, root).href;
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${path} could not be loaded`));
      document.head.append(element);
    });
  }

  /* { names: [{ kind, label, href, name, count, forms }], titles: [{ href, title, date, folded }] }. forms and folded begin with a
     space and have one before every word. A failed load is tried again by the next use. */
  async function load() {
    const [found, titles] = await Promise.all([names(), loaded("data/titles.js", readTitles)]);
    return { names: found, titles };
  }

  /* Without the titles, which are ten times as large: a script of a megabyte holds the page up. */
  function names() {
    return loaded("data/names.js", readNames);
  }

  function loaded(path, read) {
    if (!loading.has(path)) loading.set(path, script(path).then(read).catch((error) => {
      loading.delete(path);
      throw error;
    }));
    return loading.get(path);
  }

  function readNames() {
    const { kinds, names } = window.archiveNames;
    return sliced(names, ([kind, path, name, count, ...variants]) => {
      const all = [name, ...variants];
      return { kind, label: kinds[kind], href: new URL(path, root).href, name, count, all, forms: all.map(spaced) };
    });
  }

  function readTitles() {
    return sliced(window.archiveTitles, ([path, title, date]) => ({ href: new URL(path, root).href, title, date, folded: spaced(title) }));
  }

  /* What `each` makes of every item, a slice at a time. */
  async function sliced(items, each) {
    const made = [];
    let start = performance.now();
    for (const item of items) {
      made.push(each(item));
      if (performance.now() - start < SLICE) continue;
      await new Promise((done) => setTimeout(done));
      start = performance.now();
    }
    return made;
  }

  /* " consul general " of "Consul-General": each word can be found by " " and its beginning. */
  function spaced(text) {
    return ` ${window.searchWords.fold(text.normalize("NFKC")).replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  }

  /* Every word begins one of the text's, whatever their order; East Asian ones stand anywhere in it. */
  function answers(folded, words) {
    return words.every((word) => folded.includes(EAST_ASIAN.test(word) ? word : ` ${word}`));
  }

  /* Names any of whose forms answers, and titles: { names, titles }. A name's `also` is the form that did, if it is not the name. */
  function suggest({ names, titles }, typed) {
    const whole = spaced(typed);
    const words = whole.trim().split(" ").filter(Boolean);
    if (!words.length) return { names: [], titles: [] };
    const found = [];
    for (const one of names) {
      const at = one.forms.findIndex((form) => answers(form, words));
      if (at >= 0) found.push({ ...one, also: at ? one.all[at] : "", rank: one.forms.includes(whole) ? 0 : one.forms.some((form) => form.startsWith(whole.trimEnd())) ? 1 : 2 });
    }
    found.sort((a, b) => a.rank - b.rank); // those alike stay in their order: the most mentioned first
    return { names: found.slice(0, NAMES), titles: titles.filter(({ folded }) => answers(folded, words)).slice(0, TITLES) };
  }

  /* spelling */

  /* Promise of the words of names and titles as they are written: folded → { word, count, letters }; those of names stand first. */
  function known({ names, titles }) {
    vocabulary ??= words([...names.flatMap(({ all, count }) => all.map((form) => [form, 1 + count])), ...titles.map(({ title }) => [title, 1])]);
    return vocabulary;
  }

  async function words(texts) {
    const found = new Map();
    await sliced(texts, ([text, count]) => {
      for (const word of text.match(WORDS) || []) {
        const key = window.searchWords.fold(word);
        const one = found.get(key);
        if (one) one.count += count;
        else found.set(key, { word, count, letters: [...key] });
      }
    });
    return found;
  }

  /* The words as names and titles would spell them, or "" if there is nothing better. A word that names, titles or the pages found
     have is left alone. pages: as search-read.js reads them. */
  async function spelled(typed, pages) {
    const texts = pages.flatMap(({ title, paragraphs }) => [title, ...paragraphs.map(({ text }) => text)]);
    const said = spaced(texts.map((runs) => runs.map(({ text }) => text).join("")).join(" "));
    const normal = typed.normalize("NFKC");
    if (!(normal.match(WORDS) || []).some((word) => isDoubtful(window.searchWords.fold(word), said))) return ""; // and nothing is loaded
    const written = await known(await load());
    const near = new Map();
    for (const key of normal.match(WORDS).map(window.searchWords.fold)) {
      if (!written.has(key) && isDoubtful(key, said)) near.set(key, await nearest(key, written));
    }
    const better = normal.replace(WORDS, (word) => near.get(window.searchWords.fold(word)) || word);
    return better === normal ? "" : better.trim();
  }

  function isDoubtful(key, said) {
    if (EAST_ASIAN.test(key)) return [...key].length >= SHORTEST - 1 && !said.includes(key);
    return key.length >= SHORTEST && !said.includes(` ${window.searchWords.stem(key)}`);
  }

  /* The word with the fewest letters changed, the most frequent of several; "" beyond one letter in a short word, two in a long one. */
  async function nearest(key, written) {
    const letters = [...key];
    let best = { word: "", count: 0 };
    let limit = letters.length > 7 ? 2 : 1;
    await sliced(written.values(), (other) => {
      const distance = edits(letters, other.letters, limit);
      if (distance > limit || (distance === limit && other.count <= best.count)) return;
      best = other;
      limit = distance;
    });
    return best.word;
  }

  /* Letters put in, left out, exchanged or turned round (optimal string alignment); limit + 1 for anything beyond the limit. */
  function edits(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [];
    let above = b.map((_, at) => at);
    above.push(b.length);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
      before = above;
      above = row;
    }
    return above[b.length];
  }

  /* Every form of the names that the words are: 重庆 → ["Chongqing", "重庆", …]; none for words that are no whole name. */
  async function forms(typed) {
    const known = await names(); // the first results wait for this
    const whole = spaced(typed);
    return known.filter((one) => one.forms.includes(whole)).flatMap(({ all }) => all);
  }

  window.searchNames = { load, names, suggest, spelled, forms };
})();
