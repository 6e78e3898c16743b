/* cite-panel.js: <cite-panel>, how to cite a page. It wants a <details> with the words (#citation) and a link to a file for each format
   (data-form="bib", "ris", "json"). Opened, it gets buttons that copy; what is copied or saved through it says that it was looked up
   today. Without it the words can be selected and the files saved, without a day of access. */
(function () {
  "use strict";
  const DONE = 1600; // milliseconds a button says what it did

  /* Format → its text with the day of access in the field that is for it. day: [2026, 11, 22]. */
  const ACCESSED = {
    text: (text, day) => "{citation} (accessed {day})".replace("{day}", longDate(day)).replace("{citation}", () => text),
    bib: (text, day) => text.replace(/\n\}\n$/, () => `,\n  urldate = {${numbers(day).join("-")}}\n}\n`),
    ris: (text, day) => text.replace(/\r\nER {2}- \r\n$/, () => `\r\nY2  - ${numbers(day).join("/")}\r\nER  - \r\n`),
    json: (text, day) => JSON.stringify(JSON.parse(text).map((item) => ({ ...item, accessed: { "date-parts": [day] } }))) + "\n",
  };

  class CitePanel extends HTMLElement {
    connectedCallback() {
      const details = this.querySelector("details");
      if (!details || !this.querySelector("#citation")) throw new Error("<cite-panel> needs a <details> with #citation inside it");
      this.files = new Map([...this.querySelectorAll("a[data-form]")].map((link) => [link.dataset.form, link.href]));
      details.addEventListener("toggle", () => this.equip(), { once: true });
      this.addEventListener("click", ({ target }) => {
        const link = target.closest("a[data-form]");
        if (link) link.href = `${link.href.split(",", 1)[0]},${encodeURIComponent(this.read(link.dataset.form))}`;
        const button = target.closest("[data-cite]");
        if (button) press(button, this.read(button.dataset.cite));
      });
    }

    equip() {
      const words = this.querySelector("#citation");
      words.after(made("text", "Copy these words"));
      for (const link of this.querySelectorAll("a[data-form]")) {
        link.before(made(link.dataset.form, "Copy", ` ${link.parentElement.querySelector(".cite__name").textContent}`));
      }
      const note = document.createElement("p");
      note.className = "meta";
      note.textContent = "What you copy or download gives today as the day of access.";
      words.closest(".fold__body").append(note);
    }

    /* The text of a format, as of today. */
    read(form) {
      const file = this.files.get(form);
      const text = file ? decodeURIComponent(file.slice(file.indexOf(",") + 1)) : this.querySelector("#citation").textContent;
      const now = new Date();
      return ACCESSED[form](text, [now.getFullYear(), now.getMonth() + 1, now.getDate()]);
    }
  }

  /* 22 November 2026, as the page writes its dates. */
  function longDate([year, month, day]) {
    const { lang } = document.documentElement;
    return new Date(year, month - 1, day).toLocaleDateString(lang === "en" ? "en-GB" : lang, { day: "numeric", month: "long", year: "numeric" });
  }

  function numbers([year, month, day]) {
    return [String(year), String(month).padStart(2, "0"), String(day).padStart(2, "0")];
  }

  function made(form, word, rest = "") {
    const button = document.createElement("button");
    button.className = "cite__act act";
    button.type = "button";
    button.dataset.cite = form;
    button.textContent = word;
    if (rest) {
      const hidden = document.createElement("span");
      hidden.className = "visually-hidden";
      hidden.textContent = rest;
      button.append(hidden);
    }
    return button;
  }

  function press(button, text) {
    const word = button.firstChild;
    const before = word.data;
    word.data = copy(text) ? "Copied" : "Could not copy";
    button.focus();
    setTimeout(() => { word.data = before; }, DONE);
  }

  /* As in page-tools.js: navigator.clipboard is refused from disk. */
  function copy(words) {
    const area = document.createElement("textarea");
    area.value = words;
    area.className = "visually-hidden";
    area.style.whiteSpace = "pre"; // else the spaces at the beginning of a line are not copied
    area.readOnly = true;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  customElements.define("cite-panel", CitePanel);
})();
