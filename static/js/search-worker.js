/* search-worker.js: the search over http, in a worker: however long it takes, the page goes on answering its reader.
   search-index.js starts it; a message { id, call, asked } calls find, located or counts of search-find.js and is answered by
   { id, value } or { id, error }. After an error it is started anew. */
"use strict";
const bundle = new URL("../../pagefind/", self.location.href).href;
const overHttp = self.fetch;
const early = new Map(); // file → promise of its bytes, asked for before Pagefind is there to ask
const pagefind = import(`${bundle}pagefind.js`);
const ours = ["search-words.js", "search-chunks.js", "search-rank.js", "search-find.js"].map((name) => import(`./${name}`)); // importScripts would load one after the other
ahead(`pagefind-entry.json?ts=${Date.now()}`, "pagefind-entry.json").then(startFiles).catch(() => {}); // Pagefind asks again, and whoever waits for it hears of it

async function loaded(file) {
  const response = await overHttp(bundle + file);
  if (!response.ok) throw new Error(`pagefind/${file}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function ahead(file, name = file) {
  early.set(name, loaded(file));
  early.get(name).catch(() => {});
  return early.get(name);
}

/* What the entry names, and every search begins with. */
function startFiles(content) {
  for (const { hash, wasm } of Object.values(JSON.parse(new TextDecoder().decode(content)).languages)) {
    ahead(`pagefind.${hash}.pf_meta`);
    ahead(`wasm.${wasm || "unknown"}.pagefind`);
  }
}

function load(file) {
  const name = file.split("?")[0];
  const content = early.get(name) || loaded(file);
  early.delete(name);
  return content;
}

const opened = Promise.all([pagefind, ...ours]).then(async ([engine]) => {
  const chunks = self.searchChunks(bundle, load);
  self.fetch = chunks.fetchWords; // nobody but Pagefind asks for anything here
  await engine.init();
  return self.searchFind(self.searchRank(engine, chunks), chunks);
});
opened.catch(() => {});

self.addEventListener("message", async ({ data: { id, call, asked } }) => {
  try {
    self.postMessage({ id, value: await (await opened)[call](...asked) });
  } catch (error) {
    self.postMessage({ id, error: error.message });
  }
});
