/* short-address.js: b/<id>/?p=key → the briefing, at its paragraph. In <head>, not deferred; data-target is the briefing's address.
   A query survives mail systems that cut off fragments. A fragment that did survive is kept. */
(function () {
  "use strict";
  const target = new URL(document.currentScript.dataset.target, location.href);
  const key = new URLSearchParams(location.search).get("p");
  if (key && /^[\w-]+$/.test(key)) target.hash = `p-${key}`;
  else target.hash = location.hash;
  location.replace(target.href);
})();
