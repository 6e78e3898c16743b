/* search-words.js: what a reader typed, taken apart. No element, nothing drawn: self.searchWords = { plan, complete, single,
   marks, eastAsian, merged, fold, stem }. In pages, and in the worker that searches (search-worker.js).

   plan(words): what the index is asked: a list of parts that must all be there, each a list of alternatives of which one is
   enough, each a term as Pagefind takes it. Chinese, Japanese and Korean become the pairs that bindery/publish/bigrams.py wrote.
   A word of one letter is that word and not the beginning of others: complete(words): without such a word at the end, while it may
   still become another; single(words): those words.
   marks(text, words): where in a text the words stand, as Pagefind would see it: [[start, end], …]; eastAsian: only the words
   of its pairs; merged: ranges in order, neighbours as one. */
(function () {
  "use strict";
  const SIGN = "\ua840"; // before every pair and after a last character; as in bigrams.py, like all of the next three
  const VOICED = { "\u3099": "\ua841", "\u309a": "\ua842" };
  const CJK =
    "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}" +
    "\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u1100-\\u11ff\\u3130-\\u318f\\uac00-\\ud7af";
  const HAS_CJK = new RegExp(`[${CJK}]`, "u");
  const PIECES = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, "gu");
  const QUOTED = /["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]/gu;
  const QUOTES = /["“”„«»「」『』]/gu;
  const HYPHEN = /[-\u2010\u2011]/u;
  const SINGLE = /^[^\p{L}\p{N}]*([\p{L}\p{N}])[^\p{L}\p{N}]*$/u;
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu;
  const ENDINGS = /(?:ational|ations?|atives?|ating|ate[sd]?|ionals?|ions?|ives?|ments?|ials?|als?|ings?|ie[sd]|ers?|ors?|ed|es|ly|['’]s?|s|e|y)$/u; // rough: Pagefind's own stems are not to be had from it
  const SHORTEST_STEM = 3;

  /* Without case and accents: "Kádár" and "kadar" are one. */
  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function plan(words) {
    const parts = [];
    const plain = [];
    const text = words.normalize("NFKC");
    for (const [, phrase] of text.matchAll(QUOTED)) quoted(phrase, parts, plain);
    for (const word of unquoted(text)) {
      if (HAS_CJK.test(word)) pairs(word, parts, plain);
      else if (SINGLE.test(word)) parts.push([`"${SINGLE.exec(word)[1]}"`]);
      else if (/[\p{L}\p{N}]{2}/u.test(word) && hyphened(word).length > 1) parts.push([`"${hyphened(word).join(" ")}"`, hyphened(word).join("-")]);
      else if (word) plain.push(word);
    }
    return plain.length ? [[plain.join(" ")], ...parts] : parts;
  }

  function unquoted(text) {
    return text.replace(QUOTED, " ").replace(QUOTES, " ").split(/\s+/);
  }

  function single(words) {
    return unquoted(words.normalize("NFKC")).filter((word) => SINGLE.test(word) && !HAS_CJK.test(word)).map((word) => SINGLE.exec(word)[1]);
  }

  function complete(words) {
    const last = /(^|\s)\S+$/u.exec(words);
    return last && single(last[0]).length ? words.slice(0, last.index) : words;
  }

  function hyphened(word) {
    return word.split(HYPHEN).filter((part) => /[\p{L}\p{N}]/u.test(part));
  }

  /* A phrase as it stands, and with any two neighbours joined: "consul general" is also Consul-General, which is one word to
     the index. East Asian text in it is a phrase of its own. */
  function quoted(phrase, parts, plain) {
    let run = [];
    const close = () => {
      if (run.length) parts.push([run.join(" "), ...run.slice(1).map((_, at) => joined(run, at))].map((term) => `"${term}"`));
      run = [];
    };
    for (const word of phrase.split(/\s+/)) {
      if (HAS_CJK.test(word)) {
        close();
        pairs(word, parts, plain);
      } else run.push(...hyphened(word));
    }
    close();
  }

  function joined(words, at) {
    return [...words.slice(0, at), `${words[at]}-${words[at + 1]}`, ...words.slice(at + 2)].join(" ");
  }

  /* "两江新区" → a phrase of three pairs; what ends in one character or in letters may go on in the text, and is asked for apart. */
  function pairs(word, parts, plain) {
    const pieces = word.match(PIECES) || [];
    const asked = pieces.flatMap((piece, at) => (HAS_CJK.test(piece) ? run(piece, at === pieces.length - 1) : [piece]));
    const last = pieces[pieces.length - 1];
    if (!HAS_CJK.test(last) || [...last].length === 1) plain.push(asked.pop());
    if (asked.length > 1) parts.push([`"${asked.join(" ")}"`]);
    else plain.push(...asked);
  }

  function run(piece, isLast) {
    const characters = [...piece].map(spelled);
    if (isLast && characters.length === 1) return [SIGN + characters[0]];
    const found = characters.slice(1).map((character, at) => SIGN + characters[at] + character);
    return isLast ? found : [...found, SIGN + characters[characters.length - 1] + SIGN];
  }

  function spelled(character) {
    const [base, mark] = character.normalize("NFD");
    return VOICED[mark] ? VOICED[mark] + base : character;
  }

  /* Where the words stand: quoted ones only next to each other, others by their beginning or their stem, East Asian ones anywhere. */
  function marks(text, words) {
    const found = [];
    const known = [...text.matchAll(WORD)].map((match) => ({ at: match.index, end: match.index + match[0].length, word: fold(match[0]) }));
    const loose = words.normalize("NFKC").replace(QUOTED, (_, phrase) => {
      for (const run of runs(phrase)) found.push(...(HAS_CJK.test(run[0]) ? literal(text, run[0]) : together(known, run)));
      return " ";
    });
    for (const word of loose.replace(QUOTES, " ").split(/\s+/)) {
      const asked = (fold(word).match(WORD) || []);
      if (HAS_CJK.test(word)) found.push(...literal(text, word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")));
      else if (asked.length > 1) found.push(...together(known, asked));
      else if (asked.length) found.push(...known.filter((one) => answers(one.word, asked[0])).map(({ at, end }) => [at, end]));
    }
    return merged(found, text);
  }

  /* The East Asian ones alone: Pagefind knows where it found all others. */
  function eastAsian(text, words) {
    if (!HAS_CJK.test(words)) return [];
    return marks(text, words.normalize("NFKC").replace(QUOTES, " ").split(/\s+/).filter((word) => HAS_CJK.test(word)).join(" "));
  }

  function runs(phrase) {
    const made = [];
    for (const word of phrase.split(/\s+/)) {
      if (HAS_CJK.test(word)) made.push([word]);
      else if (made.length && !HAS_CJK.test(made[made.length - 1][0])) made[made.length - 1].push(...(fold(word).match(WORD) || []));
      else made.push(fold(word).match(WORD) || []);
    }
    return made.filter((run) => run.length);
  }

  function literal(text, part) {
    const found = [];
    for (let at = part ? text.indexOf(part) : -1; at >= 0; at = text.indexOf(part, at + part.length)) found.push([at, at + part.length]);
    return found;
  }

  function together(known, run) {
    const starts = known.filter((_, at) => run.every((word, next) => known[at + next] && known[at + next].word === word));
    return starts.map((first) => [first.at, known[known.indexOf(first) + run.length - 1].end]);
  }

  function answers(word, asked) {
    if (word === asked || SINGLE.test(asked)) return word === asked;
    if (word.startsWith(asked)) return true;
    return stem(word) === stem(asked);
  }

  function stem(word) {
    const short = word.replace(ENDINGS, "");
    return short.length < SHORTEST_STEM ? word : short;
  }

  /* In order, without overlap; words with nothing but a space between them share a mark. */
  function merged(ranges, text) {
    const made = [];
    for (const [start, end] of ranges.sort((a, b) => a[0] - b[0])) {
      const last = made[made.length - 1];
      if (last && (start <= last[1] || text.slice(last[1], start) === " ")) last[1] = Math.max(last[1], end);
      else made.push([start, end]);
    }
    return made;
  }

  self.searchWords = { plan, complete, single, marks, eastAsian, merged, fold, stem };
})();
