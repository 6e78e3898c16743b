/* search-chunks.js: the files of the search index, read: self.searchChunks(bundle, load) = { fetch, words, failure, … }.
   No element, nothing drawn. It runs beside Pagefind: over http in a worker (search-worker.js), from disk in the page (search-disk.js).

   bundle: the address that Pagefind believes its folder to have. load(file) → the bytes of "index/k3x9a.pf_index".
   fetch: every file as it is, looked at as a whole; `failure` is the first error, for whoever has an answer to give. Pagefind only
   logs a chunk that cannot be read and answers without.
   fetchWords: what our search gives Pagefind for fetch: an index of one page on which every word stands in one place, so that the
   places it finds are the words that answer; `words` has the forms of each by place: { form, content, at }: where in the content of
   its chunk its postings begin. search-rank.js knows on which pages they stand. A word that most pages say comes without its places
   first, and a form of it has `whole`, the file with all of them: placed(form) is the same form there.
   book(): { pageCount, idOf, lengths, records, undated, fields }: pages are numbered, first the pages of names, then briefings
   without a date, then the others, oldest first. facets(): their names; facet(name): value → numbers of its pages; fragment(page).
   bindery/publish/search/chunks.py describes the files. */
(function () {
  "use strict";
  const SIGNATURE = "pagefind_dcd"; // before the content of every chunk, inside the gzip
  const GZIP = [0x1f, 0x8b];
  const [NUMBER, TEXT, LIST] = [0, 3, 4]; // https://www.rfc-editor.org/rfc/rfc8949#section-3.1
  const ONE_PAGE = "0";
  const READ = 64; // fragments that are kept

  self.searchChunks = (bundle, load) => {
    const facets = new Map();
    const fragments = new Map(); // number of a page → promise of its fragment, the last few
    const chunks = { fetch, fetchWords, words: [], failure: undefined, placed, book, facets: async () => [...(await meta).filters.keys()], facet, fragment };
    let found;
    let lost;
    const meta = new Promise((resolve, reject) => { [found, lost] = [resolve, reject]; }); // Pagefind asks for it first, by a name that only it knows
    meta.catch(() => {});
    let entry;

    function fetch(address) {
      return watched(async () => new Response(await bytes(address.slice(bundle.length))));
    }

    function fetchWords(address) {
      return watched(async () => {
        const file = address.slice(bundle.length);
        if (file.startsWith("fragment/")) return new Response(`${SIGNATURE}{"url":"/","content":"","word_count":1,"filters":{},"meta":{},"anchors":[]}`);
        if (/\.pf_index$/.test(file)) return new Response(await wordsOnly(file));
        const content = await bytes(file);
        if (/\.json(\?|$)/.test(file)) entry = JSON.parse(text(content));
        return new Response(/\.pf_meta$/.test(file) ? onePage(content) : content);
      });
    }

    async function watched(make) {
      try {
        return await make();
      } catch (error) {
        lost(error); // who waits for the meta file would wait for ever
        throw (chunks.failure ??= error);
      }
    }

    async function bytes(file) {
      const content = await load(file);
      if (/\.json(\?|$)/.test(file)) return content;
      const plain = GZIP.every((byte, at) => content[at] === byte) ? await unpacked(content).catch(() => []) : content;
      if (plain.length > SIGNATURE.length && text(plain.subarray(0, SIGNATURE.length)) === SIGNATURE) return plain;
      throw Object.assign(new Error(`pagefind/${file} is damaged`), { file: `pagefind/${file}` });
    }

    /* Read the meta file, and write the one of an index with a single page. */
    function onePage(content) {
      const reader = read(content);
      reader.head();
      const version = reader.item();
      const pageCount = reader.head();
      const lengths = new Uint32Array(pageCount);
      const ids = new Uint32Array(pageCount); // where each id stands
      for (let page = 0; page < pageCount; page++) {
        reader.head();
        ids[page] = reader.at;
        reader.skip();
        lengths[page] = reader.head();
      }
      const start = reader.at;
      reader.skip(); // chunks
      const end = reader.at;
      const filters = new Map(reader.item());
      reader.skip(); // sort keys
      found({ filters, book: { ...entry.order, pageCount, lengths, fields: reader.item(), idOf: (page) => read(content, ids[page]).item() } });
      return joined([SIGNATURE, [0x86], version, [0x81, 0x82], ONE_PAGE, [1], content.subarray(start, end), [0x80, 0x80, 0x80]]);
    }

    async function book() {
      return (await meta).book;
    }

    /* Note the words of a chunk, and write the chunk in which each stands once. */
    async function wordsOnly(file) {
      const frequent = entry.frequent[file.slice("index/".length, -".pf_index".length)];
      const content = await bytes(frequent ? `frequent/${frequent}.pf_frequent` : file);
      const words = forms(content);
      const made = [SIGNATURE, [0x81], listHead(words.length)];
      for (const all of words) {
        const [{ word }] = all;
        made.push([0x83], word, [0x81, 0x83, 0, 0x81], number(chunks.words.length), [0x80, 0x80]);
        chunks.words.push(frequent ? all.map((form) => ({ ...form, whole: file })) : all);
      }
      return joined(made);
    }

    function placed(form) {
      form.placed ??= watched(async () => forms(await bytes(form.whole)).flat().find((other) => other.form === form.form));
      return form.placed;
    }

    /* Value → the numbers of its pages. A facet that the index does not have is empty. */
    function facet(name) {
      if (!facets.has(name)) facets.set(name, values(name));
      return facets.get(name);
    }

    async function values(name) {
      const { filters } = await meta;
      if (!filters.has(name)) return new Map();
      return watched(async () => {
        const [, rows] = read(await bytes(`filter/${filters.get(name)}.pf_filter`)).item();
        return new Map(rows.map(([value, pages]) => [value, Uint32Array.from(pages)]));
      });
    }

    function fragment(page) {
      const known = fragments.get(page) || watched(async () => {
        const content = await bytes(`fragment/${(await book()).idOf(page)}.pf_fragment`);
        return JSON.parse(text(content.subarray(SIGNATURE.length)));
      });
      fragments.delete(page);
      fragments.set(page, known);
      if (fragments.size > READ) fragments.delete(fragments.keys().next().value);
      return known;
    }

    return chunks;
  };

  /* Throws for what was cut short or changed: gzip has the length and a checksum of its content. */
  async function unpacked(content) {
    const stream = new Response(content).body.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /* The CBOR of a chunk, item by item: numbers, texts and lists; it holds nothing else. */
  function read(content, from = SIGNATURE.length) {
    const reader = { at: from, head, item, skip };

    /* A number that is not negative, or the length of a list. */
    function head() {
      const first = content[reader.at++];
      const short = first & 31;
      if (short < 24) return short;
      let value = 0;
      for (let bytes = 1 << (short - 24); bytes > 0; bytes--) value = value * 256 + content[reader.at++];
      return value;
    }

    function item() {
      const major = content[reader.at] >> 5;
      const size = head();
      if (major === NUMBER) return size;
      if (major === LIST) return Array.from({ length: size }, item);
      if (major === TEXT) return text(content.subarray(reader.at, (reader.at += size)));
      throw new Error(`the index holds something unknown at ${reader.at}`);
    }

    function skip() {
      for (let left = 1; left > 0; left--) {
        const major = content[reader.at] >> 5;
        const size = head();
        if (major === LIST) left += size;
        else if (major === TEXT) reader.at += size;
      }
    }

    return reader;
  }

  /* Of each word of a chunk its forms: itself, and its spellings with accents. */
  function forms(content) {
    const reader = read(content);
    const form = () => {
      reader.head();
      const start = reader.at;
      const found = { form: reader.item(), word: content.subarray(start, reader.at), content, at: reader.at };
      reader.skip();
      return found;
    };
    reader.head();
    return Array.from({ length: reader.head() }, () => {
      const word = form();
      return [word, ...Array.from({ length: reader.head() }, form)];
    });
  }

  function number(value) {
    return [0x1a, value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  }

  function listHead(size) {
    return [0x9a, ...number(size).slice(1)];
  }

  /* Bytes, lists of bytes, and texts, of which all but the signature get their CBOR head, as one. */
  function joined(pieces) {
    const all = pieces.map((piece) => (piece === SIGNATURE ? encoder.encode(piece) : typeof piece === "string" ? [0x60 | piece.length, ...encoder.encode(piece)] : piece));
    const made = new Uint8Array(all.reduce((size, piece) => size + piece.length, 0));
    let at = 0;
    for (const piece of all) {
      made.set(piece, at);
      at += piece.length;
    }
    return made;
  }

  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  function text(content) {
    return decoder.decode(content);
  }
})();
