/* search-page.js: <search-page>, the search page come alive around HTML that explains itself without it.

   The field stands in the header's <search-box>. Everything a reader has chosen is one state { words, chosen, order, shown };
   the address holds it (?q=…&city=…&order=newest), so that it can be shared, reloaded and gone back to. Parts are found by
   data-part, facets by data-facet, messages by data-when: the words stand in templates/pages/search.html.
   Needs the other search-*.js before it. */
(function () {
  "use strict";
  const { element, filled, counted, language } = window.searchDraw;
  const PAGE = 10; // results drawn at once
  const FACET = 5; // values of a facet that are not folded
  const NAMES = 5; // pages of names offered above the briefings
  const STOPS = ".names__link, .result__title a, .hit, .spelling__link"; // where arrow keys stop
  const PAUSE = 150; // milliseconds without a key before a search
  const LONGEST_PAUSE = 1000; // where a search holds the page up, as from disk: the next waits as long as the last one took
  const SLICE = 12; // milliseconds of work at a stretch
  const LEAVING = 300; // milliseconds: a page that is left loses what it was loading, and Firefox tells it so before it tells it goodbye
  const COLLATOR = new Intl.Collator();
  const WIDE = matchMedia("(min-width: 62rem)"); // as in search.css: facets stand beside the results, never folded

  /* Once what was drawn can be seen; a page in the background is not painted. */
  function painted() {
    return new Promise((done) => {
      requestAnimationFrame(() => setTimeout(done));
      setTimeout(done, LEAVING);
    });
  }

  function quoted(words) {
    return filled("‘{words}’", { words: element("bdi", "", words) });
  }

  class SearchPage extends HTMLElement {
    connectedCallback() {
      this.facets = [...this.querySelectorAll("[data-facet]")];
      this.field = document.querySelector("search-box input[name=q]");
      if (!this.field) throw new Error("<search-page> needs a <search-box> on its page");
      this.title = document.title;
      this.options = new Map(); // "city\nChongqing" → its label
      this.limits = new Map(); // facet → how many values are shown
      this.turn = 0;
      this.took = 0; // milliseconds of the last search
      this.tell("");
      this.listen();
      this.fold();
      for (const part of ["facets", "found"]) this.part(part).hidden = false;
      this.part("ways").hidden = true;
      this.restore();
    }

    part(name) {
      const found = this.querySelector(`[data-part="${name}"]`);
      if (!found) throw new Error(`<search-page> needs an element with data-part="${name}" inside it`);
      return found;
    }

    listen() {
      const { field } = this;
      field.addEventListener("input", () => {
        clearTimeout(this.pause);
        this.pause = setTimeout(() => this.typed(true), Math.max(PAUSE, this.took));
      });
      field.form.addEventListener("submit", (event) => {
        event.preventDefault();
        clearTimeout(this.pause);
        this.typed(false);
      });
      this.part("order").addEventListener("change", (event) => this.change({ order: event.target.value }));
      this.part("more").addEventListener("click", () => this.more());
      this.part("facets").addEventListener("submit", (event) => event.preventDefault());
      for (const facet of this.facets) facet.addEventListener("change", () => this.ticked(facet));
      window.addEventListener("popstate", () => this.restore());
      window.addEventListener("pageshow", (event) => this.comeBack(event));
      field.addEventListener("keydown", (event) => this.step(event));
      this.part("found").addEventListener("keydown", (event) => this.step(event));
    }

    /* Arrow keys go from the field down the names, titles and paragraphs that can be seen and up again, Escape goes back to the field. */
    step(event) {
      const { key, target } = event;
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || !(target === this.field || target.matches(STOPS))) return;
      const stops = [this.field, ...[...this.part("found").querySelectorAll(STOPS)].filter((link) => link.checkVisibility())];
      const next = { ArrowDown: stops[stops.indexOf(target) + 1], ArrowUp: stops[stops.indexOf(target) - 1], Escape: target !== this.field && this.field }[key];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }

    /* state */

    /* goesOn: the last word may not be finished. */
    typed(goesOn) {
      const words = this.field.value;
      if (words === this.state.words && (goesOn || !this.goesOn)) return;
      this.change({ words }, this.typing, goesOn);
      this.typing = goesOn;
    }

    ticked(fieldset) {
      const ticks = [...fieldset.querySelectorAll("input:checked")].map((box) => box.value);
      this.change({ chosen: { ...this.state.chosen, [fieldset.dataset.facet]: ticks } });
    }

    /* One step of the reader: into the address, then searched. A run of keys is one step back. */
    change(part, sameStep = false, goesOn = false) {
      this.typing = false;
      this.goesOn = goesOn;
      this.state = { ...this.state, shown: PAGE, ...part };
      history[sameStep ? "replaceState" : "pushState"]({ shown: this.state.shown }, "", this.address());
      return this.search();
    }

    address({ words, chosen, order } = this.state) {
      const query = new URLSearchParams();
      if (words) query.set("q", words);
      for (const [facet, values] of Object.entries(chosen)) for (const value of values) query.append(facet, value);
      if (order) query.set("order", order);
      return location.pathname + (String(query) && `?${query}`);
    }

    restore() {
      const query = new URLSearchParams(location.search);
      const order = query.get("order");
      this.typing = this.goesOn = false;
      this.state = {
        words: query.get("q") || "",
        chosen: Object.fromEntries(this.facets.map(({ dataset }) => [dataset.facet, [...new Set(query.getAll(dataset.facet))]])),
        order: ["newest", "oldest"].includes(order) ? order : "",
        shown: (history.state && history.state.shown) || PAGE,
      };
      this.field.value = this.state.words;
      return this.search();
    }

    /* A page that was left while it searched lost what it was loading, some of it without a word: shown again as it was, it would
       wait for ever, or say that a file is missing. What it asks for stands in its address. */
    comeBack({ persisted }) {
      if (persisted && (this.failed || this.part("found").ariaBusy === "true")) location.reload();
    }

    /* search */

    get order() {
      return this.state.order || (this.state.words.trim() ? "best" : "newest");
    }

    async search() {
      const turn = ++this.turn;
      const { chosen, shown } = this.state;
      const words = this.goesOn ? window.searchWords.complete(this.state.words) : this.state.words;
      if (this.asking) this.asking.abort();
      this.asking = new AbortController();
      const { signal } = this.asking;
      this.failed = false;
      this.drawState();
      this.part("found").setAttribute("aria-busy", "true"); // until drawn: a screen reader waits, and so do the tests
      try {
        const start = performance.now();
        const answer = await window.searchIndex.find({ words, chosen, order: this.order, signal });
        this.took = location.protocol === "file:" ? Math.min(performance.now() - start, LONGEST_PAUSE) : 0;
        if (turn !== this.turn) return;
        const read = (results) => Promise.all(results.map((result) => window.searchIndex.read(result, words)));
        const [pages, names] = await Promise.all([read(answer.results.slice(0, shown)), this.names(words, () => read(answer.names.slice(0, NAMES)))]);
        if (turn !== this.turn) return;
        this.draw(answer, pages, names, words);
        await painted(); // the facets' files are large, and nobody waits for them
        if (turn !== this.turn) return;
        const counts = await answer.counts();
        if (turn === this.turn) await this.drawFacets(counts, turn);
      } catch (error) {
        await new Promise((done) => setTimeout(done, LEAVING));
        if (turn !== this.turn) return;
        console.error(error);
        this.failed = true;
        this.tell(error.when || "broken"); // "disk": search-disk.js found its copy incomplete
      }
      if (turn === this.turn) this.part("found").setAttribute("aria-busy", "false");
    }

    /* Pages of names that have the words; those with a word that begins so where a single letter is all there is. */
    async names(words, read) {
      const [letter] = window.searchWords.single(words);
      if (letter !== words.trim()) return read();
      const known = await window.searchNames.names().catch(() => null); // a help that does not arrive is not missed
      if (!known) return read();
      return window.searchNames.suggest({ names: known, titles: [] }, letter).names.slice(0, NAMES).map(({ name, href, kind }) => ({ title: [{ text: name, marked: false }], href, kind }));
    }

    async more() {
      const { results } = this;
      const drawn = this.state.shown;
      this.state.shown += PAGE;
      history.replaceState({ shown: this.state.shown }, "");
      const pages = await Promise.all(results.slice(drawn, this.state.shown).map((result) => window.searchIndex.read(result, this.words)));
      if (results !== this.results) return;
      const items = pages.map(window.searchDraw.result);
      this.paragraphs += pages.reduce((sum, page) => sum + page.paragraphs.length, 0);
      this.part("list").append(...items);
      items[0].querySelector("a").focus();
      this.drawCount();
    }

    /* "Did you mean", where what was found does not have the words as they stand (Pagefind then takes their beginning). */
    async spell(pages, words) {
      const { turn } = this;
      const { chosen } = this.state;
      const place = this.part("spelling");
      place.replaceChildren();
      const better = await window.searchNames.spelled(words, pages).catch(() => ""); // a help that does not arrive is not missed
      if (!better || turn !== this.turn) return;
      const { results: more } = await window.searchIndex.find({ words: better, chosen, order: "best", signal: this.asking.signal }).catch(() => ({ results: [] }));
      if (turn !== this.turn || !more.length) return;
      const link = element("a", "spelling__link press", element("bdi", "", better));
      link.href = this.address({ ...this.state, words: better });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
        event.preventDefault();
        this.field.value = better;
        this.field.focus();
        this.change({ words: better });
      });
      place.append(...filled("Did you mean {words}? {briefings}", { words: link, briefings: counted(more.length, "{n} briefing", "{n} briefings") }));
    }

    /* drawing */

    /* Show one message (none for ""). "disk" and "broken" stand alone, "nothing" beside the facets. */
    tell(when) {
      for (const message of this.querySelectorAll("[data-when]")) message.hidden = message.dataset.when !== when;
      this.part("ways").hidden = !when;
      if (when === "broken" || when === "disk") this.part("count").textContent = "";
    }

    draw({ results }, pages, names, words) {
      this.results = results;
      this.words = words;
      this.paragraphs = pages.reduce((sum, page) => sum + page.paragraphs.length, 0);
      this.tell(results.length ? "" : "nothing");
      this.part("names").hidden = !names.length;
      this.part("names").replaceChildren(...names.map((page) => window.searchDraw.name(page, this.facets.find(({ dataset }) => dataset.facet === page.kind))));
      this.part("list").replaceChildren(...pages.map(window.searchDraw.result));
      this.drawCount();
      this.part("take").set({ results, words, heading: document.title });
      this.drawHint();
      this.spell(pages, words);
    }

    /* What the address says, at once: nothing moves down when the results arrive. */
    drawState() {
      this.drawHeading(this.state.words.trim());
      this.drawChips();
      this.drawOrder();
      this.offerDossier();
    }

    /* Two names chosen have a dossier; two records of one name cannot be told apart here, and have none. */
    async offerDossier() {
      const { turn } = this;
      const place = this.part("dossier");
      const two = this.facets.filter((fieldset) => fieldset.querySelector("legend .kind")).flatMap(({ dataset: { facet } }) => this.state.chosen[facet].map((name) => [facet, name]));
      place.hidden = two.length !== 2;
      if (two.length !== 2) return;
      const known = await window.searchNames.names().catch(() => []); // a help that does not arrive is not missed
      if (turn !== this.turn) return;
      const found = two.map(([facet, name]) => known.filter((one) => one.kind === facet && one.name === name));
      place.hidden = !found.every(({ length }) => length === 1);
      if (place.hidden) return;
      const [a, b] = found.map(([{ href }]) => decodeURI(href.slice(window.searchIndex.root.href.length)).replace(/\.html$/, ""));
      const link = element("a", "press act", ...filled("Make a dossier of {one} and {other}", { one: element("bdi", "", two[0][1]), other: element("bdi", "", two[1][1]) }));
      link.href = window.searchIndex.address(`dossier.html?${new URLSearchParams({ a, b })}`);
      place.replaceChildren(link);
    }

    drawHeading(words) {
      const heading = this.part("heading");
      document.title = words ? `${words} · ${this.title}` : this.title;
      if (words) heading.replaceChildren(element("span", "visually-hidden", "Search results for "), ...quoted(words));
      else heading.textContent = heading.dataset.empty;
    }

    /* What became of a word of one letter. */
    drawHint() {
      const letters = [...new Set(window.searchWords.single(this.state.words))];
      const left = this.words !== this.state.words;
      const said = letters.slice(1).reduce((one, letter) => filled("{one}, {other}", { one, other: quoted(letter) }), quoted(letters[0] || ""));
      const hint = this.part("hint");
      hint.hidden = !letters.length;
      if (left) hint.replaceChildren(...filled("Type on to search for ‘{letter}…’, or press Enter for that letter as a word of its own.", { letter: element("bdi", "", letters[letters.length - 1]) }));
      else hint.replaceChildren(...filled(letters.length > 1 ? "{letters} are looked for as words of their own." : "{letters} is looked for as a word of its own. Type on for words that begin with it.", { letters: said }));
    }

    drawOrder() {
      const select = this.part("order");
      select.querySelector("[value=best]").disabled = !this.state.words.trim();
      select.value = this.order;
    }

    /* The count is announced (role=status), so it is set once, last, and says of what. */
    drawCount() {
      const { results, paragraphs } = this;
      const shown = Math.min(this.state.shown, results.length);
      const briefings = results.length ? counted(results.length, "{n} briefing", "{n} briefings") : ["No briefings"];
      let line = briefings;
      if (shown < results.length) line = filled("{briefings}, the first {shown} shown", { briefings, shown: element("b", "num", String(shown)) });
      else if (paragraphs) line = filled("{one}, {other}", { one: briefings, other: counted(paragraphs, "{n} paragraph", "{n} paragraphs") });
      this.part("count").replaceChildren(...line);
      const more = this.part("more");
      more.hidden = shown >= results.length;
      more.textContent = "Show {n} more".replace("{n}", Math.min(PAGE, results.length - shown));
    }

    drawChips() {
      const chips = this.part("chips");
      const held = [...chips.children].indexOf(document.activeElement);
      const made = this.facets.flatMap((fieldset) => this.state.chosen[fieldset.dataset.facet].map((value) => this.chip(fieldset, value)));
      chips.replaceChildren(...made);
      chips.hidden = !made.length;
      if (held < 0) return;
      (made[Math.min(held, made.length - 1)] || this.part("count")).focus({ preventScroll: true });
    }

    chip(fieldset, value) {
      const { facet, label } = fieldset.dataset;
      const mark = fieldset.querySelector("legend .kind");
      const said = filled("{facet}: {value}", { facet: label, value: element("bdi", "", this.named(facet, value)) });
      const chip = element("button", "chip press", ...(mark ? [mark.cloneNode()] : []), ...said, " ");
      chip.append(element("span", "chip__remove meta", "Remove"));
      chip.type = "button";
      chip.addEventListener("click", () => {
        const chosen = this.state.chosen[facet].filter((other) => other !== value);
        this.change({ chosen: { ...this.state.chosen, [facet]: chosen } });
      });
      return chip;
    }

    /* A language stands in the index by its tag; readers get its name. */
    named(facet, value) {
      if (facet !== "language" || !/^[a-z]{2,3}(-[a-z0-9]+)*$/i.test(value)) return value;
      return new Intl.DisplayNames([language()], { type: "language" }).of(value);
    }

    /* A facet of a large archive has a thousand values to put in order; between two of them a key is answered. */
    async drawFacets(counts, turn) {
      let start = performance.now();
      for (const fieldset of this.facets) {
        if (performance.now() - start > SLICE) {
          await new Promise((done) => setTimeout(done));
          start = performance.now();
        }
        if (turn !== this.turn) return;
        const held = document.activeElement;
        this.drawFacet(fieldset, counts[fieldset.dataset.facet] || {});
        if (held !== document.activeElement && held.isConnected) held.focus({ preventScroll: true });
      }
    }

    /* Values with briefings, the most frequent first (years: the latest), the chosen ones always; the rest behind a button. */
    drawFacet(fieldset, counts) {
      const { facet, plural } = fieldset.dataset;
      const chosen = this.state.chosen[facet];
      const values = Object.keys(counts).concat(chosen.filter((value) => !(value in counts))).filter((value) => counts[value] || chosen.includes(value));
      if (facet === "year") values.sort().reverse();
      else values.sort((a, b) => (counts[b] || 0) - (counts[a] || 0) || COLLATOR.compare(a, b));
      const limit = this.limits.get(facet) || FACET;
      const top = values.length > limit + 1 ? values.filter((value, at) => at < limit || chosen.includes(value)) : values;
      const options = top.map((value) => this.option(facet, value, counts[value] || 0, chosen.includes(value)));
      const rest = values.length - top.length;
      fieldset.hidden = !values.length;
      fieldset.replaceChildren(fieldset.querySelector("legend"), ...options, ...(rest ? [this.moreValues(fieldset, counts, limit, "{n} more {plural}".replace("{n}", rest).replace("{plural}", plural))] : []));
    }

    option(facet, value, count, checked) {
      const key = `${facet}\n${value}`;
      if (!this.options.has(key)) {
        const box = element("input", "facet__box");
        Object.assign(box, { type: "checkbox", name: facet, value });
        const name = element("span", "facet__name", this.named(facet, value));
        name.dir = "auto";
        this.options.set(key, element("label", "facet__option", box, name, element("span", "facet__count meta num")));
      }
      const option = this.options.get(key);
      option.firstChild.checked = checked;
      option.lastChild.textContent = count.toLocaleString(language());
      return option;
    }

    moreValues(fieldset, counts, limit, text) {
      const more = element("button", "facet__more meta act", text);
      more.type = "button";
      more.addEventListener("click", () => {
        this.limits.set(fieldset.dataset.facet, limit + 10 * FACET);
        const before = new Set(fieldset.children);
        this.drawFacet(fieldset, counts);
        [...fieldset.children].find((child) => !before.has(child)).querySelector("input").focus();
      });
      return more;
    }

    /* Beside the results the facets are always open; above them, on narrow screens, folded until asked for. */
    fold() {
      const details = this.part("facets").querySelector("details");
      const summary = details.querySelector("summary");
      const set = () => {
        details.open = WIDE.matches;
        summary.tabIndex = WIDE.matches ? -1 : 0;
      };
      WIDE.addEventListener("change", set);
      set();
    }
  }

  customElements.define("search-page", SearchPage);
})();
