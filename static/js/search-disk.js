/* search-disk.js: Pagefind from a folder on disk: window.searchDisk = { open, chunks, pagefind, pack, engine, fragmentPacks }.
   search-index.js loads it where the address is file:, and nowhere else. Needs search-chunks.js, search-rank.js and
   search-find.js before it.

   Browsers refuse there to fetch, to import and to start workers, but a script may load a script. So packs/engine.js is Pagefind's
   own code as a function that gets its `fetch` from here, and every chunk of the index stands in a script of packs/ that hands
   over its bytes (bindery/publish/search/packs.py writes them). What is missing or damaged is an error with `when: "disk"` and the `file`. */
(function () {
  "use strict";
  const BUNDLE = "/pagefind/"; // where Pagefind believes its files to be; the real address differs between browsers
  const START = "start"; // the pack with what every search needs
  const [NAME, BASE] = [5, 32]; // characters of a fragment's name that choose its pack, read as a number: as in packs.py
  const root = new URL("../../", document.currentScript.src);
  const packs = new Map(); // name of a pack that was asked for → promise of its arrival
  const arrived = new Set(); // names of the packs that are here
  const files = new Map(); // name of a chunk → [checksum, base64 or { text }]

  class DamagedCopy extends Error {
    constructor(file) {
      super(`${file} is missing or damaged in this copy of the archive`);
      Object.assign(this, { name: "DamagedCopy", when: "disk", file });
    }
  }

  /* What finds: see search-find.js. A pack that was on its way when the page was left will not come: it is asked for again. */
  async function open() {
    packs.clear();
    const found = chunks();
    const engine = await pagefind(found.fetchWords);
    await engine.init();
    return window.searchFind(window.searchRank(engine, found), found);
  }

  function chunks() {
    return window.searchChunks(BUNDLE, load);
  }

  /* Pagefind as it is, over all of the index; or over another, as it fetches it. */
  async function pagefind(fetch = chunks().fetch) {
    await Promise.all([script("packs/engine.js", () => window.searchDisk.engine), arrival(START)]);
    const made = window.searchDisk.engine(`${BUNDLE}pagefind.js`, fetch);
    await made.options({ basePath: BUNDLE, baseUrl: "/", noWorker: true });
    return made;
  }

  /* "index/k3x9a.pf_index" → its bytes, out of a pack. */
  async function load(address) {
    const file = address.split("?")[0];
    const pack = packOf(file);
    await arrival(pack);
    return bytes(file, pack);
  }

  function packOf(file) {
    const [, folder, key] = /^(?:(\w+)\/)?(.+)\.\w+$/.exec(file);
    if (!folder) return START;
    if (folder !== "fragment") return `${folder}-${key}`;
    return `fragment-${parseInt(key.slice(0, NAME), BASE) % window.searchDisk.fragmentPacks}`;
  }

  async function arrival(name) {
    if (arrived.has(name)) return; // even if the page was left before it was told so
    if (!packs.has(name)) packs.set(name, script(`packs/${name}.js`, () => arrived.has(name)).catch((error) => {
      packs.delete(name);
      throw error;
    }));
    await packs.get(name);
  }

  function pack(name, chunks) {
    for (const [file, chunk] of Object.entries(chunks)) files.set(file, chunk);
    arrived.add(name);
  }

  /* Load one script; it must have brought what it was loaded for: a file cut short loads as well. */
  function script(path, brought) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(path, root).href;
      element.charset = "utf-8";
      element.onload = () => (brought() ? resolve() : reject(new DamagedCopy(path)));
      element.onerror = () => reject(new DamagedCopy(path));
      document.head.append(element);
      element.remove();
    });
  }

  function bytes(file, pack) {
    if (!files.has(file)) throw new DamagedCopy(`packs/${pack}.js`);
    const [sum, content] = files.get(file);
    const found = content.text === undefined ? decoded(content) : new TextEncoder().encode(content.text);
    if (!found || adler32(found) !== sum) throw new DamagedCopy(`packs/${pack}.js`);
    return found;
  }

  /* The bytes of base64; nothing where it is none. */
  function decoded(base64) {
    let characters;
    try { characters = atob(base64); } catch { return undefined; }
    const made = new Uint8Array(characters.length);
    for (let at = 0; at < characters.length; at++) made[at] = characters.charCodeAt(at);
    return made;
  }

  /* https://www.rfc-editor.org/rfc/rfc1950#section-8; 3800 bytes are summed before the sums would leave 32 bits. */
  function adler32(data) {
    let a = 1;
    let b = 0;
    for (let at = 0; at < data.length; ) {
      for (const end = Math.min(at + 3800, data.length); at < end; at++) b += a += data[at];
      a %= 65521;
      b %= 65521;
    }
    return b * 65536 + a;
  }

  window.searchDisk = { open, chunks, pagefind, pack };
})();
