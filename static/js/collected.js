/* collected.js: window.collected, the briefings and paragraphs a reader collects for one e-mail, kept in this browser and nowhere
   else. On every page, and small: what shows them (tray.js, tray.css) is loaded when there is something to show.
   Firefox gives every file on disk a storage of its own, but one jar of cookies: there they are kept in cookies. Where a browser
   keeps nothing (a private window, cookies refused) they last until the page is left. */
(function () {
  "use strict";
  const MOST = 50;
  const LONGEST = 4000; // characters of one text
  const COOKIE = 1000; // characters of one cookie: 4,096 bytes are allowed, a Chinese character takes three
  const COOKIES = 40;
  const YEAR = 31536000;
  const root = new URL("../../", document.currentScript.src);
  const KEY = `collected ${root.pathname}`; // several archives may share a host, or a disk
  const jar = location.protocol === "file:" && location.origin === "null" && `collected-${hash(KEY)}-`;
  let memory = "[]";
  let loading;

  function hash(words) {
    return Array.from(words).reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) >>> 0, 7).toString(36);
  }

  function stored() {
    try { return (jar ? fromCookies() : localStorage.getItem(KEY)) || memory; } catch { return memory; }
  }

  function store(words) {
    memory = words;
    try {
      if (jar) toCookies(words);
      else localStorage.setItem(KEY, words);
      return stored() === words && (!jar || fromCookies() === words);
    } catch { return false; }
  }

  function fromCookies() {
    const values = new Map(document.cookie.split("; ").map((pair) => pair.split(/=(.*)/s)));
    let words = "";
    for (let at = 0; values.has(jar + at); at++) words += values.get(jar + at);
    return decodeURIComponent(words);
  }

  function toCookies(words) {
    const plain = words.replace(/[%;,\s]/g, encodeURIComponent);
    for (let at = 0; at < COOKIES; at++) {
      const part = plain.slice(at * COOKIE, (at + 1) * COOKIE);
      document.cookie = `${jar}${at}=${part}; path=/; max-age=${part ? YEAR : 0}; samesite=strict`;
    }
  }

  /* Other pages of the host may write there, too: what is not an item is left out. */
  function items() {
    try {
      return JSON.parse(stored()).filter((item) => ["title", "facts", "text", "href"].every((name) => typeof item[name] === "string"));
    } catch { return []; }
  }

  /* Gives whether it is kept: true, or false where it lasts only until the page is left. */
  function keep(list) {
    return store(JSON.stringify(list));
  }

  /* Gives whether there was room. */
  async function add(item) {
    const list = items().filter(({ href }) => href !== item.href);
    if (list.length >= MOST) return false;
    const kept = keep([...list, { ...item, text: item.text.slice(0, LONGEST) }]);
    (await tray()).added(kept);
    return true;
  }

  function tray() {
    loading ||= (async () => {
      const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("static/css/tray.css", root).href });
      await Promise.all([loaded(style), window.copying || script("copying")]);
      await script("tray");
      return window.tray;
    })();
    return loading;
  }

  function script(name) {
    return loaded(Object.assign(document.createElement("script"), { src: new URL(`static/js/${name}.js`, root).href }));
  }

  function loaded(element) {
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${element.src || element.href} cannot be loaded`));
      document.head.append(element);
    });
  }

  window.collected = { add, items, keep, key: KEY, root };
  if (items().length) tray();
})();
