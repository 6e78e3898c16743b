/* page-tools.js: the menu of a paragraph (¶) can copy; Escape and a click elsewhere close it. Without it nothing is lost but comfort.
   The two buttons are added when a menu is first opened, so that no page carries buttons that cannot work. */
(function () {
  "use strict";
  const ACTIONS = { link: "Copy link to this paragraph", quote: "Copy as quotation with source" };

  function open() {
    return document.querySelectorAll(".para-tools[open]");
  }

  function equip(tools) {
    const menu = tools.querySelector(".para-tools__menu");
    if (!menu) throw new Error(".para-tools needs a .para-tools__menu inside it");
    if (menu.querySelector("[data-copy]")) return;
    const buttons = Object.entries(ACTIONS).map(([action, text]) => {
      const button = document.createElement("button");
      button.className = "para-tools__action";
      button.type = "button";
      button.dataset.copy = action;
      button.textContent = text;
      return button;
    });
    menu.prepend(...buttons);
  }

  function text(action, para) {
    const link = `${location.href.split(/[?#]/)[0]}#${para.id}`; // without the words of a search that led here
    if (action === "link") return link;
    const words = para.querySelector(".para__text").textContent.trim().replace(/\s+/g, " ");
    return `“${words}”\n${document.querySelector("[data-citation]").dataset.citation}\n${link}`;
  }

  /* navigator.clipboard is refused from file:// */
  function copy(words) {
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "visually-hidden";
    area.readOnly = true;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  function press(button) {
    const done = copy(text(button.dataset.copy, button.closest(".para")));
    button.focus();
    button.textContent = done ? "Copied" : "Could not copy";
    setTimeout(() => { button.textContent = ACTIONS[button.dataset.copy]; }, 1600);
  }

  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".para-tools") && event.target.open) equip(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    for (const tools of open()) if (!tools.contains(event.target)) tools.open = false;
    const button = event.target.closest("[data-copy]");
    if (button) press(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const tools of open()) {
      tools.open = false;
      tools.querySelector("summary").focus();
    }
  });
})();
