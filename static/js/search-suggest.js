/* search-suggest.js: names and titles offered below the search field while one types: a combobox with a list, as WAI-ARIA has it.
   search-box.js loads it when a reader first goes to the field: window.searchSuggest(field). Needs search-names.js. */
(function () {
  "use strict";
  const PAUSE = 60; // milliseconds without a key before the list is made
  const QUIET = 700; // and before its length is told to a screen reader, which is busy saying the keys
  let last = 0;

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  class Suggestions {
    constructor(field) {
      this.field = field;
      this.list = element("div", "suggestions floats");
      this.list.id = `suggestions-${++last}`;
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Suggestions");
      this.list.hidden = true;
      this.status = element("p", "visually-hidden");
      this.status.setAttribute("role", "status");
      field.form.append(this.list, this.status);
      field.type = "text"; // a search field may not be a combobox
      field.enterKeyHint = "search";
      for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]]) field.setAttribute(name, value);
      field.addEventListener("input", () => this.later());
      field.addEventListener("keydown", (event) => this.press(event));
      field.addEventListener("blur", () => this.close());
      this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      if (field.value) this.later();
    }

    later() {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.draw(), PAUSE);
    }

    async draw() {
      const { value } = this.field;
      let known;
      try {
        known = await window.searchNames.load();
      } catch {
        return this.close(); // the form still searches
      }
      if (value !== this.field.value || document.activeElement !== this.field) return;
      const { names, titles } = window.searchNames.suggest(known, value);
      this.list.replaceChildren(...[this.group("Names", names.map((name) => this.name(name))), this.group("Briefings", titles.map((title) => this.title(title)))].filter(Boolean));
      this.list.dataset.typed = value; // what the list answers: a key later it may be another's
      this.options = [...this.list.querySelectorAll("[role=option]")];
      this.options.forEach((option, at) => { option.id = `${this.list.id}-${at}`; });
      this.choose(-1);
      this.show(this.options.length > 0);
      this.tell(names.length, titles.length);
    }

    group(label, options) {
      if (!options.length) return null;
      const group = element("div", "suggestions__group", ...options);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", label);
      return group;
    }

    name({ kind, label, href, name, also, count }) {
      const mark = element("span", `kind kind--${kind}`);
      mark.setAttribute("aria-hidden", "true");
      const words = element("span", "suggestions__words", element("bdi", "", name));
      if (also) words.append(" ", element("bdi", "meta", also));
      return this.option(href, mark, words, element("span", "meta", joined("{one}, {other}", label, counted(count, "{n} briefing", "{n} briefings").replace(" ", "\u00a0"))));
    }

    title({ href, title, date }) {
      return this.option(href, element("bdi", "suggestions__words", title), element("span", "meta num", date.slice(0, 4)));
    }

    option(href, ...children) {
      const option = element("a", "suggestions__option", ...children);
      option.href = href;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      return option;
    }

    tell(names, titles) {
      clearTimeout(this.telling);
      const said = [names && counted(names, "{n} name", "{n} names"), titles && counted(titles, "{n} briefing", "{n} briefings")].filter(Boolean);
      const found = said.length > 1 ? joined("{one} and {other}", ...said) : said[0];
      this.telling = setTimeout(() => {
        this.status.textContent = found ? "{found} suggested; arrow keys choose, Enter opens".replace("{found}", found) : "";
      }, QUIET);
    }

    show(open) {
      this.list.hidden = !open;
      this.field.setAttribute("aria-expanded", String(open));
      if (!open) this.choose(-1);
    }

    close() {
      clearTimeout(this.pause);
      clearTimeout(this.telling);
      this.status.textContent = "";
      this.show(false);
    }

    choose(at) {
      this.at = at;
      (this.options || []).forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) return this.field.removeAttribute("aria-activedescendant");
      this.field.setAttribute("aria-activedescendant", this.options[at].id);
      this.options[at].scrollIntoView({ block: "nearest" });
    }

    press(event) {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const open = !this.list.hidden;
      if (event.key === "ArrowDown" && !open && this.field.value) this.draw();
      else if (event.key === "ArrowDown" && open) this.choose(this.at + 1 < this.options.length ? this.at + 1 : -1);
      else if (event.key === "ArrowUp" && open) this.choose(this.at < 0 ? this.options.length - 1 : this.at - 1);
      else if (event.key === "Enter" && open && this.at >= 0) this.options[this.at].click();
      else if (event.key === "Escape" && open) this.close();
      else return;
      event.preventDefault();
    }
  }

  function counted(number, one, many) {
    return (number === 1 ? one : many).replace("{n}", number);
  }

  function joined(text, one, other) {
    return text.replace("{other}", () => other).replace("{one}", () => one);
  }

  window.searchSuggest = (field) => new Suggestions(field);
})();
