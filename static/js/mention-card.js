/* mention-card.js: who a mention means, on hover and on focus. One card for the page, made from the line of the index beneath the
   text that describes the mention (its aria-describedby); those who listen hear that line, so the card itself is silent.
   Escape closes it, it stays while the pointer is on it, and on narrow screens it sits at the foot of the window. */
(function () {
  "use strict";
  const OPEN = 150; // milliseconds of rest before it opens under a pointer
  const CLOSE = 300; // to get from the mention to the card
  const GAP = 8; // pixels between line and card
  let card, shown, timer;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  }

  function copies(root, selector) {
    return [...root.querySelectorAll(selector)].map((node) => node.cloneNode(true));
  }

  function fill(link) {
    const about = document.getElementById(link.getAttribute("aria-describedby"));
    const entry = about && about.closest(".index__entry");
    if (!entry) return false;
    const { kind, label } = entry.dataset;
    const roles = copies(about, ".index__role");
    const heading = element("p", "mention-card__kind meta", element("span", `kind kind--${kind}`), roles.length ? "{kind}, as printed this day".replace("{kind}", label) : label);
    const name = element("p", "mention-card__name", ...[...entry.querySelector(".index__link").childNodes].map((node) => node.cloneNode(true)));
    card.replaceChildren(heading, name, ...roles, ...copies(about, ".index__extent"));
    return true;
  }

  /* Above the line if there is room, else below; never outside the window. On narrow screens never over the mention. */
  function place(link, x) {
    const boxes = [...link.getClientRects()];
    const box = boxes.find((one) => x >= one.left && x <= one.right) || boxes[0];
    const left = Math.max(GAP, Math.min(box.left - 12, document.documentElement.clientWidth - card.offsetWidth - GAP));
    const above = box.top - card.offsetHeight - GAP;
    card.classList.toggle("mention-card--top", box.bottom > innerHeight - card.offsetHeight - 2 * GAP);
    card.style.setProperty("--card-left", `${left + scrollX}px`);
    card.style.setProperty("--card-top", `${(above > 0 ? above : box.bottom + GAP) + scrollY}px`);
  }

  function show(link, x) {
    clearTimeout(timer);
    if (shown === link || !fill(link)) return;
    shown = link;
    card.hidden = false;
    place(link, x);
  }

  function hide() {
    clearTimeout(timer);
    shown = undefined;
    card.hidden = true;
  }

  function later(action, pause) {
    clearTimeout(timer);
    timer = setTimeout(action, pause);
  }

  function mention(target) {
    return target instanceof Element ? target.closest(".mention__link") : null;
  }

  function start() {
    if (!document.querySelector(".mention__link")) return;
    card = element("div", "mention-card floats");
    card.hidden = true;
    card.setAttribute("aria-hidden", "true");
    document.body.append(card);
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch") return;
      const link = mention(event.target);
      if (link && link !== shown) later(() => show(link, event.clientX), shown ? CLOSE : OPEN);
      else if (link || card.contains(event.target)) clearTimeout(timer);
      else if (!shown) clearTimeout(timer);
      else if (document.activeElement !== shown) later(hide, CLOSE);
    });
    document.addEventListener("focusin", (event) => {
      const link = mention(event.target);
      if (link && link.matches(":focus-visible")) show(link);
      else if (shown) hide();
    });
    document.addEventListener("focusout", (event) => {
      if (event.target === shown) hide();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && shown) hide();
    });
    addEventListener("resize", hide);
  }

  start();
})();
