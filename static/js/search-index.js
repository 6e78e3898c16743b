/* search-index.js: the search index as the pages see it. No element, nothing drawn.

   Knows where the site's root is (two folders above this script, whatever the site is served under) and opens Pagefind on
   first use: window.searchIndex = { root, address, open }. `open` is the one place that knows how its files arrive.
   search-find.js asks it and search-read.js reads its answers: they add `find` and `read`. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  let opening;

  /* The address of a page of the site from its path below the root: "/briefings/a.html", "p-key" → "http://…/briefings/a.html#p-key". */
  function address(path, fragment) {
    const url = new URL(path.replace(/^\/+/, ""), root);
    if (fragment) url.hash = fragment;
    return url.href;
  }

  /* Pagefind, loaded once; a failed load is tried again by the next question. */
  function open() {
    const engine = location.protocol === "file:" ? fromDisk : () => import(new URL("pagefind/pagefind.js", root).href);
    opening ??= engine().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  /* From disk no module can be imported: search-disk.js brings the same Pagefind as scripts. */
  function fromDisk() {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("static/js/search-disk.js", root).href;
      script.onload = () => resolve(window.searchDisk.open());
      script.onerror = () => reject(Object.assign(new Error("search-disk.js is missing"), { when: "disk", file: "static/js/search-disk.js" }));
      document.head.append(script);
    });
  }

  window.searchIndex = { root, address, open };
})();
