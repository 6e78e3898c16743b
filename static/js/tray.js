/* tray.js: window.tray, what a reader collected: a button at the foot of the window that opens a list to put in order (drag, or Up
   and Down), to thin out, and to copy for an e-mail, as Markdown or as text. collected.js keeps the list and loads this. */
(function () {
  "use strict";
  const DONE = 1600; // milliseconds a button says what it did
  const NOT_KEPT = "This browser keeps nothing here: the list lasts until you leave this page.";
  const { collected, copying } = window;
  const COPIES = {
    "Copy for an e-mail": (list, title) => copying.copy(copying.text(list, title), copying.html(list, title)),
    "Copy as Markdown": (list, title) => copying.copy(copying.markdown(list, title)),
    "Copy as text": (list, title) => copying.copy(copying.text(list, title)),
  };
  const MOVES = { up: "Up", down: "Down", remove: "Remove" };
  const tray = made("section", "tray");
  const toggle = made("button", "tray__toggle");
  const panel = made("div", "tray__panel floats");
  const list = made("ol", "tray__list");
  const status = made("p", "tray__status meta");
  let dragged = null;

  function made(tag, className, words = "") {
    const element = Object.assign(document.createElement(tag), { className, textContent: words });
    if (tag === "button") element.type = "button";
    return element;
  }

  function build() {
    tray.setAttribute("aria-label", "Collected for an e-mail");
    panel.id = "tray-panel";
    panel.hidden = true;
    toggle.setAttribute("aria-controls", panel.id);
    status.setAttribute("role", "status");
    const acts = made("div", "tray__acts");
    acts.append(...Object.keys(COPIES).map((name) => made("button", "tray__act act", name)), made("button", "tray__act act", "Empty the list"));
    panel.append(made("h2", "tray__title", "Collected for an e-mail"), list, acts);
    tray.append(panel, toggle, status);
    document.body.append(tray);
    tray.addEventListener("click", ({ target }) => click(target));
    tray.addEventListener("keydown", key);
    for (const name of ["dragstart", "dragover", "drop", "dragend"]) list.addEventListener(name, drag);
    addEventListener("storage", (event) => { if (event.key === collected.key) draw(); });
    draw();
  }

  function draw() {
    const items = collected.items();
    list.replaceChildren(...items.map(row));
    if (!items.length) list.append(made("li", "tray__item meta", "Nothing is collected."));
    for (const act of panel.querySelectorAll(".tray__act")) act.disabled = !items.length;
    tray.hidden = !items.length && panel.hidden;
    label();
  }

  function label() {
    toggle.textContent = panel.hidden ? "Collected: {n}".replace("{n}", collected.items().length) : "Close the list";
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
  }

  function row(item, at, { length }) {
    const element = made("li", "tray__item");
    element.draggable = true;
    element.dataset.href = item.href;
    const moves = made("p", "tray__moves");
    const url = new URL(item.href, collected.root);
    const title = made(/^(https?|file):$/.test(url.protocol) ? "a" : "span", "tray__link", item.title);
    if (title.localName === "a") title.href = url.href;
    title.draggable = false;
    for (const [name, word] of Object.entries(MOVES)) {
      const button = made("button", "tray__move act", word);
      button.dataset.move = name;
      const about = item.quoted ? "{title}, “{text} …”".replace("{text}", () => item.text.slice(0, 40)) : "{title}";
      button.setAttribute("aria-label", "{act}: {item}".replace("{act}", word).replace("{item}", () => about.replace("{title}", () => item.title)));
      button.disabled = (name === "up" && at === 0) || (name === "down" && at === length - 1);
      moves.append(button);
    }
    element.append(title, made("p", "meta", item.facts), ...(item.quoted ? [made("p", "tray__quote", item.text)] : []), moves);
    return element;
  }

  function click(target) {
    if (target === toggle) show(panel.hidden);
    else if (target.dataset.move) move([...list.children].indexOf(target.closest("li")), target.dataset.move);
    else if (target.matches(".tray__act")) act(target);
  }

  function show(open) {
    panel.hidden = !open;
    tell("");
    draw();
  }

  /* Seen where the list is open, or where it is not kept; heard always. */
  function tell(words, kept = true) {
    status.textContent = kept ? words : `${words} ${NOT_KEPT}`;
    status.classList.toggle("visually-hidden", panel.hidden && kept);
  }

  function key(event) {
    const item = event.target.closest(".tray__item");
    const name = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (event.key === "Escape" && !panel.hidden) {
      event.stopPropagation();
      toggle.focus();
      show(false);
    } else if (item && name) {
      event.preventDefault();
      move([...list.children].indexOf(item), name);
    }
  }

  /* The focus stays with what was moved; of something removed it goes to the next, or to the button that closes the list. */
  function move(at, name) {
    const items = collected.items();
    const to = { up: at - 1, down: at + 1 }[name];
    if (name !== "remove" && !items[to]) return;
    const [item] = items.splice(at, 1);
    if (name !== "remove") items.splice(to, 0, item);
    save(items, name === "remove" ? "Removed. {n} left.".replace("{n}", items.length) : "Now {n} of {count}.".replace("{n}", to + 1).replace("{count}", items.length));
    const there = list.children[name === "remove" ? Math.min(at, items.length - 1) : to];
    const button = there && (there.querySelector(`[data-move=${name}]:enabled`) || there.querySelector("[data-move]:enabled"));
    (button || toggle).focus();
  }

  function save(items, words) {
    const kept = collected.keep(items);
    draw();
    tell(words, kept);
  }

  async function act(button) {
    const items = collected.items();
    const label = button.textContent;
    if (!COPIES[label]) {
      save([], "The list is empty.");
      toggle.focus();
      return;
    }
    const done = await COPIES[label](items, document.querySelector(".site-header__name").textContent.trim());
    button.focus();
    button.textContent = done ? "Copied" : "That was refused";
    tell(button.textContent);
    setTimeout(() => { button.textContent = label; }, DONE);
  }

  function drag(event) {
    const item = event.target.closest(".tray__item");
    if (event.type === "dragstart") dragged = item;
    if (!dragged) return;
    if (event.type === "dragover" && item && item !== dragged) {
      const { top, height } = item.getBoundingClientRect();
      item[event.clientY < top + height / 2 ? "before" : "after"](dragged);
    }
    if (event.type !== "dragstart") event.preventDefault();
    if (event.type === "dragend") {
      const items = collected.items();
      dragged = null;
      save([...list.children].map((row) => items.find(({ href }) => href === row.dataset.href)).filter(Boolean), "The order is kept.");
    }
  }

  function added(kept) {
    draw();
    tell("Collected: {n}.".replace("{n}", collected.items().length), kept);
  }

  build();
  window.tray = { added };
})();
