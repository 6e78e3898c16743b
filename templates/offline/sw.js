/* sw.js: the service worker of this build. It is registered only when a reader asks to keep the archive (keep-offline.js).

   One cache a build. To install is to fetch every file of data/offline.json and to check each against its digest, so that a cache
   is either one build whole or not there. A newer worker fills its own cache and waits; the pages go on with the old build until
   the reader asks for the new one, and then all of them change at once. */
"use strict";
const BUILD = "{{ build }}";
const LIST = "data/offline.json";
const AT_ONCE = 8; // files fetched at the same time
const STEP = 0.02; // of the whole, between two words to the pages
const root = new URL("./", self.location.href).href;
const PREFIX = `bindery ${new URL(root).pathname} `; // archives of one host share its caches: each has its own names
const NAME = PREFIX + BUILD;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", ({ data }) => data === "show" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(root)) event.respondWith(answer(event));
});

async function install() {
  await caches.delete(NAME); // what an interrupted install may have left
  try {
    const cache = await caches.open(NAME);
    const { response, list } = await listed();
    await fill(cache, list, await former());
    await cache.put(root + LIST, response);
  } catch (error) {
    await caches.delete(NAME);
    await tell({ failed: String(error) });
    throw error;
  }
}

/* A host that knows a file's age in whole seconds alone says of one written twice in a second that it is as it was. What then comes
   from the browser's own cache does not fit, and is asked for once more past that cache. */
async function listed() {
  for (const cache of ["no-cache", "reload"]) {
    const response = await fetch(root + LIST, { cache });
    const list = await response.clone().json();
    if (list.build === BUILD) return { response, list };
  }
  throw new Error("the archive is being published anew");
}

async function fill(cache, list, old) {
  const queue = Object.entries(list.files);
  let done = 0;
  let told = 0;
  const work = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [path, [size, digest]] = next;
      await cache.put(root + path, (await old(path, digest)) || (await fetched(path, digest)));
      done += size;
      if (done - told < STEP * list.size) continue;
      told = done;
      await tell({ done, size: list.size });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function fetched(path, digest) {
  const ask = (cache) => fetch(root + path, { integrity: digest, cache });
  const response = await ask("no-cache").catch(() => ask("reload"));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  // A host that moves a.html to a answers with a redirect, which no navigation may be given from a cache.
  return response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response;
}

/* Asks the build that is kept now for a file with the same digest: an update fetches what changed. */
async function former() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  for (const name of names) {
    const cache = await caches.open(name);
    const list = await cache.match(root + LIST);
    if (!list) continue;
    const { files } = await list.json();
    return (path, digest) => (files[path] && files[path][1] === digest ? cache.match(root + path) : undefined);
  }
  return () => undefined;
}

async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/* A page that is kept gets everything from the cache. One that is not (published since) comes from the network with all it asks
   for, so that a new page never stands on old scripts. Queries do not choose a file: "search.html?q=", "pagefind-entry.json?ts=". */
async function answer(event) {
  const isPage = event.request.mode === "navigate";
  const page = isPage ? null : await self.clients.get(event.clientId);
  if (page && page.type === "window" && !(await kept(page.url))) return fetch(event.request, { cache: "no-cache" });
  return (await kept(event.request.url)) || fetch(event.request);
}

function kept(address) {
  const url = new URL(address);
  const path = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
  return caches.match(url.origin + path, { cacheName: NAME, ignoreVary: true });
}

async function tell(message) {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  for (const page of pages) if (page.url.startsWith(root)) page.postMessage({ build: BUILD, ...message });
}
