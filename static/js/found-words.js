/* found-words.js: marks the words a search led here for: "?q=two sessions#p-key" marks them in that paragraph, without a fragment
   in all. The marks are painted, not put into the text (CSS highlights), so that what is copied is what was printed. Escape or
   the button takes them away, and the words out of the address. Without this script one lands on the paragraph all the same. */
(function () {
  "use strict";
  const NAME = "found-words";
  const FLOATING = ".para-tools[open], .mention-card:not([hidden])"; // Escape closes these first
  const here = document.currentScript.src;
  const words = new URLSearchParams(location.search).get("q");
  if (!words || !window.Highlight || !CSS.highlights) return;
  let bar;

  function paragraphs() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const inside = target && target.querySelector(".para__text");
    return inside ? [inside] : document.querySelectorAll(".para__text");
  }

  function textNodes(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  function ranges(element) {
    const nodes = textNodes(element);
    const text = nodes.map(({ data }) => data).join("");
    return window.searchWords.marks(text, words).map(([start, end]) => {
      const range = new Range();
      range.setStart(...place(nodes, start, false));
      range.setEnd(...place(nodes, end, true));
      return range;
    });
  }

  /* The node and the place in it of a place in their whole text; an end belongs to the node it ends. */
  function place(nodes, at, isEnd) {
    let passed = 0;
    for (const node of nodes) {
      if (at < passed + node.data.length || (isEnd && at === passed + node.data.length)) return [node, at - passed];
      passed += node.data.length;
    }
    throw new Error("a mark beyond the end of its paragraph");
  }

  function mark() {
    const found = [...paragraphs()].flatMap(ranges);
    CSS.highlights.set(NAME, new window.Highlight(...found));
    if (found.length) show();
    else if (bar) bar.remove();
  }

  function show() {
    if (!bar) {
      bar = document.createElement("p");
      bar.className = "found-words floats";
      const button = document.createElement("button");
      button.className = "found-words__button press act";
      button.type = "button";
      button.textContent = "Remove marks";
      button.addEventListener("click", remove);
      const said = document.createElement("bdi");
      said.className = "found-words__words";
      said.textContent = words;
      bar.append("Marked: ", said, button);
    }
    document.body.append(bar);
  }

  function remove() {
    const hadFocus = bar.contains(document.activeElement);
    CSS.highlights.delete(NAME);
    bar.remove();
    window.removeEventListener("hashchange", mark);
    document.removeEventListener("keydown", press, true);
    history.replaceState(history.state, "", location.pathname + location.hash);
    if (!hadFocus) return;
    const main = document.getElementById("main");
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }

  function press(event) {
    if (event.key === "Escape" && !event.isComposing && bar && !document.querySelector(FLOATING) && !event.target.closest("search-box")) remove();
  }

  const script = document.createElement("script");
  script.src = new URL("search-words.js", here).href;
  script.onload = () => {
    mark();
    window.addEventListener("hashchange", mark);
    document.addEventListener("keydown", press, true);
  };
  document.head.append(script);
})();
