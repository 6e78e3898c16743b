/* theme.js: the reader's choice of light or dark, before the first paint. Classic script, in <head>, not deferred. */
(function () {
  "use strict";
  const root = document.documentElement;

  function stored() {
    try { return localStorage.getItem("theme"); } catch { return null; } // refused in a private window
  }

  function store(choice) {
    try {
      if (choice === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", choice);
    } catch { /* the choice then holds for this page */ }
  }

  function show(choice) {
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
  }

  show(stored());
  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".theme-switch");
    if (!form) return;
    form.hidden = false;
    form.elements.theme.value = root.dataset.theme || "system";
    form.addEventListener("change", () => {
      show(form.elements.theme.value);
      store(form.elements.theme.value);
    });
  });
})();
