/* page-tools.js: the menus of a briefing (Share) and of its paragraphs (¶): copy the link, copy for an e-mail, open in the mail
   program, share, collect. What they do is added when a menu is first opened, so that no page carries buttons that cannot work.
   Escape and a click elsewhere close a menu; a long press on a paragraph opens its. The words come from copying.js. */
(function () {
  "use strict";
  const LEAD = 280; // characters of a briefing's beginning
  const DONE = 1600; // milliseconds a button says what it did
  const LONG_PRESS = 600; // milliseconds
  const { copying } = window;

  const ACTIONS = {
    link: ["Copy link", ({ here }) => copying.copy(here), "Copied"],
    mail: ["Copy for an e-mail", ({ item }) => copying.copy(copying.text([item]), copying.html([item])), "Copied"],
    open: ["Open in the mail program"],
    share: ["Share …", ({ item }) => navigator.share({ title: item.title, text: copying.text([{ ...item, href: "" }]), url: item.href }).then(() => true, () => true), "Share …"],
    collect: ["Collect for an e-mail", ({ item }) => window.collected.add(item), "Collected"],
  };

  /* What a menu is about: the paragraph around it, or the briefing. */
  function about(tools) {
    const main = tools.closest("[data-facts]");
    const para = tools.closest(".para");
    const page = location.href.split(/[?#]/)[0]; // without the words of a search that led here
    const here = para ? `${page}#${para.id}` : page;
    const short = tools.querySelector(".para-tools__address code").textContent;
    const words = (para || main).querySelector(para ? ".para__text" : "p.para__text");
    const text = words ? words.textContent.trim().replace(/\s+/g, " ") : "";
    const item = {
      title: main.querySelector("h1").textContent.trim(),
      facts: main.dataset.facts,
      text: para || text.length <= LEAD ? text : `${text.slice(0, LEAD).replace(/\s+\S*$/, "")} …`,
      quoted: Boolean(para),
      href: copying.web(short) ? short : copying.address(here),
    };
    return { here, item };
  }

  function equip(tools) {
    const menu = tools.querySelector(".para-tools__menu");
    if (!menu) throw new Error(".para-tools needs a .para-tools__menu inside it");
    if (menu.querySelector("[data-do]")) return;
    const names = Object.keys(ACTIONS).filter((name) => name !== "share" || (navigator.share && copying.web(location.href)));
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    menu.prepend(...names.map((name) => entry(name, tools)), status);
  }

  function entry(name, tools) {
    const made = document.createElement(name === "open" ? "a" : "button");
    made.className = "para-tools__action";
    made.dataset.do = name;
    [made.textContent] = ACTIONS[name];
    if (name === "open") made.href = copying.mailto(about(tools).item);
    else made.type = "button";
    return made;
  }

  async function press(button) {
    const [label, act, word] = ACTIONS[button.dataset.do];
    const tools = button.closest(".para-tools");
    const done = await act(about(tools));
    button.focus();
    button.textContent = done ? word : "That was refused";
    tools.querySelector("[role=status]").textContent = button.textContent;
    setTimeout(() => { button.textContent = label; }, DONE);
  }

  function openMenus() {
    return document.querySelectorAll(".para-tools[open]");
  }

  function longPress({ pointerType, target }) {
    const para = pointerType === "touch" && !target.closest("a, summary, .para-tools") && target.closest(".para");
    if (!para) return;
    const timer = setTimeout(() => { para.querySelector(".para-tools").open = true; }, LONG_PRESS);
    for (const end of ["pointerup", "pointercancel", "scroll"]) addEventListener(end, () => clearTimeout(timer), { once: true });
  }

  document.addEventListener("toggle", ({ target }) => {
    if (target.matches(".para-tools") && target.open) equip(target);
  }, true);
  document.addEventListener("click", ({ target }) => {
    for (const tools of openMenus()) if (!tools.contains(target)) tools.open = false;
    const button = target.closest("button[data-do]");
    if (button && button.closest(".para-tools")) press(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const tools of openMenus()) {
      tools.open = false;
      tools.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", longPress);
})();
