/* search-index.js: the search as the page sees it: window.searchIndex = { root, address, find }. No element, nothing drawn.

   It knows where the site's root is (two folders above this script, whatever the site is served under) and what finds: over http
   a worker (search-worker.js), from disk, where there are none, scripts beside the page (search-disk.js). Both run Pagefind and
   search-find.js. Over http they start with the page: this script waits for no other and no style. search-read.js reads what is found: it adds `read`. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const isDisk = location.protocol === "file:";
  const FROM_DISK = ["search-chunks.js", "search-rank.js", "search-find.js", "search-disk.js"];
  let opening; // promise of { find, located, counts, close }
  let last = Promise.resolve();

  /* The address of a page of the site from its path below the root: "/briefings/a.html", "p-key" → "http://…/briefings/a.html#p-key". */
  function address(path, fragment) {
    const url = new URL(path.replace(/^\/+/, ""), root);
    if (fragment) url.hash = fragment;
    return url.href;
  }

  /* { results, names, counts }: briefings and pages of names in their order, each to be read by search-read.js, and a function that
     promises the counts of every facet value. The question is search-find.js's; one that was aborted before its turn is not asked. */
  function find({ signal, ...question }) {
    const finding = last.then(() => {
      if (signal) signal.throwIfAborted();
      return ask("find", question);
    });
    last = finding.catch(() => {});
    const list = (name, count) => Array.from({ length: count }, (_, at) => ({ located: () => ask("located", question, name, at) }));
    return finding.then(({ results, names }) => ({
      results: list("results", results),
      names: list("names", names),
      counts: () => ask("counts", question),
    }));
  }

  /* A search that failed is started anew by the next question. */
  async function ask(call, ...asked) {
    opening ??= isDisk ? fromDisk() : inWorker();
    const asking = opening;
    try {
      return await (await asking)[call](...asked);
    } catch (error) {
      if (opening === asking) renew();
      throw error;
    }
  }

  /* The next question starts from nothing. */
  function renew() {
    if (opening) opening.then(({ close }) => close && close()).catch(() => {});
    opening = undefined;
    last = Promise.resolve();
  }

  async function inWorker() {
    const worker = new Worker(new URL("static/js/search-worker.js", root));
    const waiting = new Map(); // id of a message → what its answer settles
    let lastId = 0;
    let problem;
    const fail = (words) => {
      problem = new Error(words);
      for (const { reject } of waiting.values()) reject(problem);
    };
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      fail(event.message || "static/js/search-worker.js could not be loaded");
    });
    worker.addEventListener("message", ({ data: { id, value, error } }) => {
      const { resolve, reject } = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) resolve(value);
      else reject(new Error(error));
    });
    const call = (name) => (...asked) => new Promise((resolve, reject) => {
      if (problem) throw problem;
      waiting.set(++lastId, { resolve, reject });
      worker.postMessage({ id: lastId, call: name, asked });
    });
    const close = () => {
      worker.terminate();
      fail("the search was started anew");
    };
    return { find: call("find"), located: call("located"), counts: call("counts"), close };
  }

  async function fromDisk() {
    if (!(window.searchChunks && window.searchRank && window.searchFind && window.searchDisk)) await Promise.all(FROM_DISK.map(script));
    return window.searchDisk.open();
  }

  function script(name) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(`static/js/${name}`, root).href;
      element.async = false; // in their order
      element.onload = resolve;
      element.onerror = () => reject(Object.assign(new Error(`static/js/${name} is missing`), { when: "disk" }));
      document.head.append(element);
    });
  }

  if (!isDisk) opening = inWorker();
  window.searchIndex = { root, address, find };
})();
