/* search-chunks.js: the files of the search index as bytes: self.searchChunks(bundle, load) = { fetch, failure, facets, facet, newest }.
   No element, nothing drawn. It runs beside Pagefind: over http in a worker (search-worker.js), from disk in the page (search-disk.js).

   bundle: the address that Pagefind believes its folder to have. load(file) → the bytes of "index/en_1a2b3c4.pf_index".
   fetch: what Pagefind gets for fetch. Pagefind only logs a chunk that cannot be read and answers without: here every chunk is
   looked at as a whole, and `failure` is the first error, for whoever has an answer to give.
   facets(), facet(name) and newest() read what Pagefind has no quick answer for: bindery/publish/pagefind_output.py describes the files. */
(function () {
  "use strict";
  const SIGNATURE = "pagefind_dcd"; // before the content of every chunk, inside the gzip
  const GZIP = [0x1f, 0x8b];
  const [NUMBER, TEXT, LIST] = [0, 3, 4]; // https://www.rfc-editor.org/rfc/rfc8949#section-3.1
  const LENGTHS = { 24: "getUint8", 25: "getUint16", 26: "getUint32" };

  self.searchChunks = (bundle, load) => {
    const facets = new Map();
    const chunks = { fetch, failure: undefined, facets: async () => [...(await meta).filters.keys()], facet, newest: async () => (await meta).newest };
    let found;
    const meta = new Promise((resolve) => { found = resolve; }); // Pagefind asks for it first, by a name that only it knows

    async function fetch(address) {
      try {
        const file = address.slice(bundle.length);
        const content = await bytes(file);
        if (/\.pf_meta$/.test(file)) found(read(content));
        return new Response(content);
      } catch (error) {
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

    /* Value → the ids of its pages: "Chongqing" → ["en_1a2b3c4", …]. A facet that the index does not have is empty. */
    function facet(name) {
      if (!facets.has(name)) facets.set(name, values(name));
      return facets.get(name);
    }

    async function values(name) {
      const { pages, filters } = await meta;
      if (!filters.has(name)) return new Map();
      try {
        const [, rows] = decoded(await bytes(`filter/${filters.get(name)}.pf_filter`));
        return new Map(rows.map(([value, numbers]) => [value, numbers.map((number) => pages[number])]));
      } catch (error) {
        throw (chunks.failure ??= error);
      }
    }

    return chunks;
  };

  /* pages: ids by number; filters: name → chunk; newest: ids of the pages that have a date. */
  function read(content) {
    const [, rows, , filters, sorts] = decoded(content);
    const pages = rows.map(([id]) => id);
    const dates = new Map(sorts).get("date") || [];
    return { pages, filters: new Map(filters), newest: dates.map((number) => pages[number]).reverse() };
  }

  /* Throws for what was cut short or changed: gzip has the length and a checksum of its content. */
  async function unpacked(content) {
    const stream = new Response(content).body.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /* The numbers, texts and lists of a chunk's CBOR; it holds nothing else. */
  function decoded(content) {
    const view = new DataView(content.buffer, content.byteOffset);
    let at = SIGNATURE.length;
    const length = (short) => {
      if (short < 24) return short;
      const value = view[LENGTHS[short]](at);
      at += 2 ** (short - 24);
      return value;
    };
    const item = () => {
      const head = content[at++];
      const size = length(head & 31);
      if (head >> 5 === NUMBER) return size;
      if (head >> 5 === LIST) return Array.from({ length: size }, item);
      if (head >> 5 === TEXT) return text(content.subarray(at, (at += size)));
      throw new Error(`the index holds something unknown at ${at}`);
    };
    return item();
  }

  const decoder = new TextDecoder();
  function text(content) {
    return decoder.decode(content);
  }
})();
