/* time-line.js: <time-line>, a timeline come alive: a span of it, chosen with the mouse or by its two sliders, narrows the list below.

   data-list: id of that list's heading. data-unit, data-first, data-last: what a stem is, and the years of the axis. data-search: address
   of the search for all of them; none where there is none. The counts stand in the table inside it. The address holds the span
   (?from=2016-03&to=2017-06), so that it can be shared. Days are compared as they stand in the list: an entry is of every day that its
   own line names, its own and those of its events. A span of three years and less is drawn by months. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const ENTRIES = ".citation, .briefing-entry, .briefing-line";
  const [AXIS, TALLEST, SHORTEST] = [100, 75, 10]; // as in bindery/publish/views/timeline.py
  const FEW = 36; // months that are drawn one by one
  const LABELS = 12;
  const WIDEST_SEARCH = 12; // years that an address of the search names
  const DRAG = 4; // pixels from which it is no click

  class TimeLine extends HTMLElement {
    connectedCallback() {
      const heading = document.getElementById(this.dataset.list);
      this.list = heading && heading.closest("section");
      this.picture = this.querySelector("svg");
      if (!this.list || !this.picture) throw new Error("<time-line> needs a picture inside it, and data-list to name a heading");
      this.counts = new Map(); // month, counted from the year 0 → briefings
      this.places = new Map(); // year → where it is listed, as far as a stem leads there
      for (const row of this.querySelectorAll("tbody tr")) {
        const year = Number(row.cells[0].textContent);
        [...row.cells].slice(1).forEach((cell, month) => this.counts.set(12 * year + month, number(cell.textContent)));
      }
      if (this.dataset.unit === "year") for (const stem of this.querySelectorAll(".timeline__stem")) this.places.set(parseInt(stem.getAttribute("aria-label")), stem.getAttribute("href"));
      this.whole = { from: 12 * this.dataset.first, to: 12 * this.dataset.last + 11 };
      this.drawn = [...this.picture.childNodes];
      this.caption = this.querySelector("figcaption");
      this.words = this.caption.textContent;
      this.build();
      this.picture.addEventListener("pointerdown", (event) => this.press(event));
      window.addEventListener("popstate", () => this.restore());
      this.restore();
    }

    build() {
      this.from = slider("From", () => this.slid(this.from));
      this.to = slider("To", () => this.slid(this.to));
      this.all = made("button", "press act", "The whole time");
      this.all.type = "button";
      this.all.addEventListener("click", () => {
        this.choose(null);
        this.from.input.focus();
      });
      this.told = made("p", "time-line__told meta");
      this.told.setAttribute("role", "status");
      const span = made("div", "time-line__span");
      span.setAttribute("role", "group");
      span.setAttribute("aria-label", "Narrow the list below to a span of time");
      span.append(this.from.label, this.to.label, this.all);
      this.append(span, this.told);
    }

    /* state */

    get isMonthly() {
      return this.frame.to - this.frame.from < FEW;
    }

    restore() {
      const query = new URLSearchParams(location.search);
      const [from, to] = [month(query.get("from")), month(query.get("to"))];
      this.show(from <= to ? { from: Math.max(from, this.whole.from), to: Math.min(to, this.whole.to) } : null);
    }

    /* A span the reader chose; null for the whole time. */
    choose(span) {
      const query = new URLSearchParams(location.search);
      query.delete("from");
      query.delete("to");
      if (span) {
        query.set("from", name(span.from));
        query.set("to", name(span.to));
      }
      history.replaceState(history.state, "", location.pathname + (String(query) && `?${query}`) + location.hash);
      this.show(span);
    }

    show(span) {
      this.span = span && span.from <= span.to && !(span.from === this.whole.from && span.to === this.whole.to) ? span : null;
      this.frame = this.span && this.span.to - this.span.from < FEW ? years(this.span) : this.whole;
      this.draw();
      this.slide();
      this.narrow();
    }

    /* sliders */

    slide() {
      const [first, last] = [this.unit(this.frame.from), this.unit(this.frame.to)];
      const span = this.span || this.frame;
      for (const [end, when] of [[this.from, span.from], [this.to, span.to]]) {
        Object.assign(end.input, { min: first, max: last, value: this.unit(when) });
        end.value.textContent = this.isMonthly ? words(when) : Math.floor(when / 12);
        end.input.setAttribute("aria-valuetext", end.value.textContent);
      }
      this.all.hidden = !this.span;
    }

    unit(value) {
      return this.isMonthly ? value : Math.floor(value / 12);
    }

    slid(moved) {
      let [from, to] = [Number(this.from.input.value), Number(this.to.input.value)];
      if (from > to) [from, to] = moved === this.from ? [from, from] : [to, to];
      this.choose(this.isMonthly ? { from, to } : { from: 12 * from, to: 12 * to + 11 });
    }

    /* brush */

    press(event) {
      if (event.button || event.pointerType === "touch") return; // a finger scrolls, and has the sliders
      const start = event.clientX;
      const move = (moved) => {
        if (Math.abs(moved.clientX - start) < DRAG) return;
        moved.preventDefault();
        this.brush = [this.at(Math.min(start, moved.clientX)), this.at(Math.max(start, moved.clientX))];
        this.shade({ from: this.brush[0], to: this.brush[1] });
      };
      const end = () => {
        window.removeEventListener("pointermove", move);
        if (!this.brush) return;
        const [from, to] = this.brush;
        this.brush = undefined;
        this.picture.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true }); // a stem where it ended
        setTimeout(() => this.choose(this.isMonthly ? { from, to } : years({ from, to })));
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", end, { once: true });
      event.preventDefault(); // no text is selected, no link dragged
    }

    /* The month at a place of the window. */
    at(x) {
      const { left, width } = this.picture.getBoundingClientRect();
      const { from, to } = this.frame;
      return Math.min(to, Math.max(from, from + Math.floor(((x - left) / width) * (to - from + 1))));
    }

    /* drawing */

    draw() {
      const isWhole = this.frame === this.whole;
      this.picture.replaceChildren(...(isWhole ? this.drawn : this.months()));
      this.caption.textContent = isWhole ? this.words : "Each stem is a month and leads to its briefings; the figure counts them.";
      this.shade(this.span);
    }

    shade(span) {
      for (const old of this.picture.querySelectorAll(".timeline__span")) old.remove();
      if (!span) return;
      const { from, to } = this.frame;
      const share = (value) => (100 * (value - from)) / (to - from + 1);
      const [begin, end] = [share(span.from), share(span.to + 1)];
      this.picture.prepend(drawing("rect", { class: "timeline__span", x: `${begin}%`, y: 0, width: `${end - begin}%`, height: AXIS }));
    }

    /* The picture of a frame by months, as bindery/publish/views/timeline.py draws it. */
    *months() {
      const { from, to } = this.frame;
      const count = to - from + 1;
      const x = (value) => `${((100 * (value - from + 0.5)) / count).toFixed(1)}%`;
      const most = Math.max(1, ...[...this.counts].filter(([value]) => value >= from && value <= to).map(([, found]) => found));
      yield drawing("line", { class: "timeline__axis", x1: 0, x2: "100%", y1: AXIS, y2: AXIS });
      const [ticks, labels] = [drawing("g", { class: "timeline__ticks" }), drawing("g", { class: "timeline__labels" })];
      yield ticks;
      yield labels;
      for (let value = from; value <= to; value += 1) {
        const found = this.counts.get(value) || 0;
        const step = value - from;
        const tick = `${((100 * step) / count).toFixed(1)}%`;
        ticks.append(drawing("line", { x1: tick, x2: tick, y1: AXIS, y2: AXIS + 7 }));
        if (step % Math.ceil(count / LABELS) === 0) {
          const style = (step / Math.ceil(count / LABELS)) % 2 ? { class: "timeline__label--odd" } : {};
          labels.append(drawing("text", { ...style, x: x(value), y: AXIS + 22 }, value % 12 ? words(value, "short") : Math.floor(value / 12)));
        }
        if (!found) continue;
        const y = AXIS - SHORTEST - Math.round(((TALLEST - SHORTEST) * found) / most);
        const stem = drawing("a", { class: "timeline__stem", href: this.place(value), "aria-label": put("{one}: {other}", words(value), counted(found)) });
        stem.append(drawing("circle", { class: "timeline__reach", cx: x(value), cy: y, r: 12 }));
        stem.append(drawing("line", { x1: x(value), x2: x(value), y1: AXIS, y2: y }), drawing("circle", { cx: x(value), cy: y, r: 4 }), drawing("text", { x: x(value), y: y - 11 }, found));
        yield stem;
      }
    }

    /* Where the briefings of a month stand: on this page, or with those of the year. */
    place(value) {
      const here = `m${name(value)}`;
      return document.getElementById(here) ? `#${here}` : this.places.get(Math.floor(value / 12)) || `#${this.dataset.list}`;
    }

    /* list */

    narrow() {
      const entries = [...this.list.querySelectorAll(ENTRIES)];
      const own = entries.filter((entry) => this.isIn(entry.querySelector("time:not(a *)")));
      const others = entries.filter((entry) => !own.includes(entry) && [...entry.querySelectorAll("time")].some((day) => this.isIn(day)));
      for (const entry of entries) entry.hidden = Boolean(this.span) && !own.includes(entry) && !others.includes(entry);
      for (const year of this.list.querySelectorAll(".year")) {
        const inside = [...year.querySelectorAll(ENTRIES)];
        year.hidden = inside.length > 0 && inside.every((entry) => entry.hidden);
      }
      this.told.replaceChildren(...(this.span ? this.said(own.length, others.length) : []));
    }

    isIn(day) {
      const value = day && month(day.dateTime.slice(0, 7));
      return Boolean(this.span) && value >= this.span.from && value <= this.span.to;
    }

    said(here, told) {
      const { from, to } = this.span;
      const all = [...this.counts].reduce((sum, [value, found]) => sum + (value >= from && value <= to ? found : 0), 0);
      const time = from === to ? words(from) : put("{one} to {other}", words(from), words(to));
      let text = put("{one}: {other}", time, counted(all));
      if (here < all) text = put("{one}, {other}", text, "{n} of them below".replace("{n}", here));
      if (told) text = put("{one}, {other}", text, "and {n} with an event of that time".replace("{n}", told));
      const line = ["{text}. ".replace("{text}", text)];
      const first = Math.floor(from / 12);
      const last = Math.floor(to / 12);
      if (all > here && this.dataset.search !== undefined && last - first < WIDEST_SEARCH) {
        const address = new URL(this.dataset.search, location.href);
        for (let year = first; year <= last; year += 1) address.searchParams.append("year", year);
        const link = made("a", "touch-link", "Search {years}".replace("{years}", first === last ? first : put("{one} to {other}", first, last)));
        link.href = address.href;
        line.push(link);
      }
      return line;
    }
  }

  /* "2016-03" → months from the year 0; no number where it is none. */
  function month(text) {
    const found = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text || "");
    return found ? 12 * found[1] + Number(found[2]) - 1 : NaN;
  }

  function name(value) {
    return `${String(Math.floor(value / 12)).padStart(4, "0")}-${String((value % 12) + 1).padStart(2, "0")}`;
  }

  /* March 2016; short: Mar. */
  function words(value, style = "long") {
    const day = new Date(Date.UTC(2000, value % 12, 1));
    day.setUTCFullYear(Math.floor(value / 12));
    return day.toLocaleDateString(document.documentElement.lang, { month: style, timeZone: "UTC", ...(style === "long" && { year: "numeric" }) });
  }

  function counted(number) {
    return (number === 1 ? "{n} briefing" : "{n} briefings").replace("{n}", number);
  }

  function put(text, one, other) {
    return text.replace("{one}", one).replace("{other}", other);
  }

  /* The whole years around a span. */
  function years({ from, to }) {
    return { from: 12 * Math.floor(from / 12), to: 12 * Math.floor(to / 12) + 11 };
  }

  function number(text) {
    return Number(text.replace(/\D/g, ""));
  }

  function slider(text, moved) {
    const label = made("label", "time-line__end meta");
    const input = made("input", "time-line__slider");
    const value = made("span", "num");
    input.type = "range";
    input.addEventListener("input", moved);
    value.ariaHidden = "true"; // the slider says it
    label.append(`${text} `, value, input);
    return { label, input, value };
  }

  function made(tag, style, ...inside) {
    const element = document.createElement(tag);
    element.className = style;
    element.append(...inside);
    return element;
  }

  function drawing(tag, attributes, text) {
    const element = document.createElementNS(SVG, tag);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    if (text !== undefined) element.textContent = text;
    return element;
  }

  customElements.define("time-line", TimeLine);
})();
