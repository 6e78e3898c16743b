/* landing.js: an address with a place in it leads there: "#p-key", "?p=key", an earlier key of a paragraph, and either of them
   at an old address of the page. Where the place is no longer there the page says so, instead of beginning as if nothing had been
   asked. Without this script "#" leads to its place all the same, "?p=" to the page. */
(function () {
  "use strict";
  const MISSING = {
    paragraph: "The paragraph this address leads to is not here: its words were taken out, or are not shown. What is here of the page follows.",
    place: "The place this address leads to is no longer on this page.",
  };
  let notice;

  /* The id an address asks for; empty if it asks for the page alone. */
  function place({ hash, search }) {
    if (hash.length > 1) {
      try {
        return decodeURIComponent(hash.slice(1));
      } catch {
        return hash.slice(1);
      }
    }
    const key = new URLSearchParams(search).get("p");
    return key && /^[\w-]+$/.test(key) ? `p-${key}` : "";
  }

  /* What an old address asked for: its page has no script, and a refresh does not pass fragments on. */
  function asked() {
    const came = window.navigation && window.navigation.activation;
    if (!came || came.navigationType !== "replace" || !came.from || !came.from.url) return "";
    const from = new URL(came.from.url);
    return from.pathname === location.pathname ? "" : place(from);
  }

  function land(wanted) {
    if (notice) notice.remove();
    if (!wanted || wanted.toLowerCase() === "top") return;
    const found = document.getElementById(wanted);
    if (!found) say(wanted.startsWith("p-") ? MISSING.paragraph : MISSING.place);
    else show(found.matches(".para__alias") ? found.closest(".para") : found);
  }

  function show({ id }) {
    if (location.hash !== `#${id}`) location.replace(`#${id}`); // a step in the page: it scrolls, and :target marks the place
  }

  function say(words) {
    notice = document.createElement("p");
    notice.className = "landing-notice";
    notice.role = "status";
    notice.tabIndex = -1;
    const main = document.getElementById("main");
    (main.querySelector(".page__head") || main).append(notice);
    notice.textContent = words;
    notice.focus(); // read out, and in view wherever the reader was
  }

  land(place(location) || asked());
  window.addEventListener("hashchange", () => land(place(location)));
})();
