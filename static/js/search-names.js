/* search-names.js: the names and titles of the archive, for suggestions and for spelling: window.searchNames = { load, suggest }.
   Nothing drawn. The data stand in scripts (data/names.js, data/titles.js), which a page read from disk may load too; they
   arrive on first use. Needs search-words.js before it. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const NAMES = 6; // suggested at once
  const TITLES = 4;
  const EAST_ASIAN = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
  let loading;

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
  function load() {
    loading ??= Promise.all(["data/names.js", "data/titles.js"].map(script)).then(read).catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }

  function read() {
    const { kinds, names } = window.archiveNames;
    return {
      names: names.map(([kind, path, name, count, ...variants]) => {
        const all = [name, ...variants];
        return { kind, label: kinds[kind], href: new URL(path, root).href, name, count, all, forms: all.map(spaced) };
      }),
      titles: window.archiveTitles.map(([path, title, date]) => ({ href: new URL(path, root).href, title, date, folded: spaced(title) })),
    };
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

  window.searchNames = { load, suggest };
})();
