/* pair-dossier.js: <pair-dossier>, the dossier of the two names in the address (dossier.html?a=cities/chongqing&b=officials/mori), put
   together as bindery/publish/views/dossier.py does it for the standing ones: contacts oldest first and numbered, and all else refers to
   these numbers. The sentences stand in data/together/, in the file of the name whose id comes later (bindery/publish/views/pair_data.py);
   it is a script, which a page read from disk may load. Needs search-draw.js before it. */
(function () {
  "use strict";
  const { element, filled, counted, language } = window.searchDraw;
  const root = new URL("../../", document.currentScript.src);
  const RECORD = /^[a-z_]+\/[^/?#\\]+$/;
  const DAY = 86400000;

  class PairDossier extends HTMLElement {
    async connectedCallback() {
      this.kinds = new Map([...this.querySelectorAll("template[data-kind]")].map((template) => [template.dataset.kind, template]));
      this.ways = this.querySelector("[data-part=ways]");
      this.ways.hidden = true;
      const query = new URLSearchParams(location.search);
      const pair = [query.get("a") || "", query.get("b") || ""];
      if (!pair.every((id) => RECORD.test(id)) || pair[0] === pair[1]) return this.tell("none");
      try {
        const later = pair[0] < pair[1] ? pair[1] : pair[0];
        const holders = await loaded("index", "archiveHolders");
        if (holders.includes(later)) this.draw(await loaded(later, "archiveTogether"), pair);
        else this.nothing(pair);
      } catch (error) {
        console.error(error);
        this.tell("broken");
      }
    }

    tell(when) {
      this.ways.hidden = false;
      for (const message of this.querySelectorAll("[data-when]")) message.hidden = message.dataset.when !== when;
    }

    draw({ names, briefings }, pair) {
      this.names = names.map(([id, name, kind, page]) => ({ id, name, kind, page }));
      const places = pair.map((id) => this.names.findIndex((one) => one.id === id));
      if (places.includes(-1)) return this.nothing(pair);
      const contacts = briefings.map((row) => contact(row, places)).filter(({ sentences }) => sentences.length).reverse();
      if (!contacts.length) return this.nothing(pair);
      contacts.sort((a, b) => !a.date - !b.date); // undated ones last
      contacts.forEach((one, at) => { one.number = at + 1; });
      this.head(places, contacts);
      this.replaceChildren(this.contacts(contacts, places), ...this.everybody(contacts, places), this.gaps(contacts), element("p", "section__note meta", "A contact is a briefing with a sentence that names both; who is named in one sentence need not have met. Numbers count the contacts from the oldest; each leads to the paragraph that prints what stands before it."));
    }

    nothing(pair) {
      this.querySelector("[data-part=names]").append(...pair.map((id) => element("li", "", link(`${id}.html`, id.split("/")[1], "press"))));
      this.tell("nothing");
    }

    head(places, contacts) {
      const [one, other] = places.map((place) => this.names[place]);
      const heading = document.getElementById("heading");
      const both = "{one} and {other}";
      heading.replaceChildren(...filled(both, { one: link(one.page, one.name, "quiet-link"), other: link(other.page, other.name, "quiet-link") }));
      document.title = document.title.replace(/^[^·]*/, () => `${filled(both, { one: one.name, other: other.name }).join("")} `);
      const days = contacts.map(({ date }) => date).filter(Boolean);
      const count = contacts.reduce((sum, { sentences }) => sum + sentences.length, 0);
      const said = [
        ["contacts", counted(contacts.length, "{n} contact", "{n} contacts")],
        ["sentences_that_name_both", counted(count, "{n} sentence that names both", "{n} sentences that name both")],
      ].map(([place, words]) => [place, element("span", "", ...words)]);
      const [first, last] = [days[0], days.at(-1)];
      let line = "{contacts} with {sentences_that_name_both}.";
      if (days.length) line = first === last ? "{contacts} with {sentences_that_name_both}, on {day}." : "{contacts} with {sentences_that_name_both}, from {first} to {last}.";
      const inPlace = { ...Object.fromEntries(said), ...(days.length ? { day: day(first), first: day(first), last: day(last) } : {}) };
      document.getElementById("standfirst").replaceChildren(...filled(line, inPlace));
    }

    contacts(contacts, places) {
      const section = titled("contacts", "Contacts in order");
      let before;
      for (const one of contacts) {
        const quiet = before && one.date && this.gap(before.date, one.date);
        if (quiet) section.append(element("p", "contacts__quiet meta", ...quiet));
        section.append(this.contact(one, places));
        before = one.date ? one : before;
      }
      return section;
    }

    contact({ number, page, title, date, source, lang, sentences }, places) {
      const made = element("section", "citation contact");
      made.id = `contact-${number}`;
      const heading = element("h3", "entry-title", element("span", "contact__number num", String(number)), link(page, title, "quiet-link"));
      heading.lastChild.lang = lang;
      const about = element("p", "meta", ...(date ? [day(date)] : []), date && source ? ", " : "", source, date || source ? " · " : "", ...counted(sentences.length, "{n} sentence", "{n} sentences"));
      const list = element("ul", "");
      for (const [text, anchor, names] of sentences) {
        const hit = link(`${page}#${anchor}`, "", "hit");
        hit.append(emphasised(text, names.filter(([, , place]) => places.includes(place))));
        hit.lang = lang;
        list.append(element("li", "", hit));
      }
      made.append(heading, about, list);
      return made;
    }

    /* Who else is named in the contacts, by kind, persons first. */
    everybody(contacts, places) {
      const found = new Map(); // place of a name → where it is named, and as what
      for (const one of contacts) {
        for (const [place, anchor, roles] of one.named) {
          if (places.includes(place) && !roles.length) continue;
          if (!found.has(place)) found.set(place, { references: [], offices: new Map() });
          const known = found.get(place);
          known.references.push(reference(one, anchor));
          for (const [role, at] of roles) if (!known.offices.has(role)) known.offices.set(role, reference(one, at));
        }
      }
      const kinds = [...this.kinds.values()].sort((a, b) => ("persons" in b.dataset) - ("persons" in a.dataset));
      return kinds.flatMap((kind) => {
        const rows = [...found].filter(([place]) => this.names[place].kind === kind.dataset.kind);
        rows.sort(([a, one], [b, other]) => other.references.length - one.references.length || this.names[a].name.localeCompare(this.names[b].name, language()));
        return rows.length ? [this.table(kind, rows)] : [];
      });
    }

    table(kind, rows) {
      const { label, plural, persons } = kind.dataset;
      const isOfPersons = persons !== undefined;
      const section = titled(kind.dataset.kind, isOfPersons ? "{plural} and offices".replace("{plural}", plural) : plural);
      const head = element("tr", "", ...[label, ...(isOfPersons ? ["As printed"] : []), "In contact"].map((words) => cell("th", "table__head", words)));
      const body = rows.map(([place, { references, offices }]) => {
        const name = cell("th", "table__cell table__cell--words", element("span", "", kind.content.cloneNode(true), "\u00a0", link(this.names[place].page, this.names[place].name, "quiet-link")));
        const printed = isOfPersons ? [cell("td", "table__cell", ...[...offices].map(([role, at]) => element("span", "involved__office", role, " ", at)))] : [];
        return element("tr", "table__row", name, ...printed, cell("td", "table__cell involved__contacts", ...references));
      });
      section.append(element("table", "table involved", element("thead", "", head), element("tbody", "", ...body)));
      return section;
    }

    gaps(contacts) {
      const days = contacts.map(({ date }) => date).filter(Boolean);
      const found = days.slice(1).map((date, at) => this.gap(days[at], date)).filter(Boolean);
      if (!found.length) return "";
      const section = titled("gaps", "Gaps");
      section.append(element("ul", "gaps", ...found.map((words) => element("li", "", ...words))), element("p", "section__note meta", "More than a year between two contacts. A gap says that this archive has no such sentence, not that nobody met."));
      return section;
    }

    /* The words of a time without contact; nothing for a short one. */
    gap(from, to) {
      if ((Date.parse(to) - Date.parse(from)) / DAY <= Number(this.dataset.quiet)) return null;
      const [[y, m, d], [year, month, date]] = [from, to].map((text) => text.split("-").map(Number));
      const months = 12 * (year - y) + month - m - (date < d);
      const [years, rest] = [Math.floor(months / 12), months % 12];
      const words = [years && said(years, "{n} year", "{n} years"), rest && said(rest, "{n} month", "{n} months")].filter(Boolean);
      const span = words.length > 1 ? filled("{one} and {other}", { one: words[0], other: words[1] }).join("") : words[0];
      return filled("No contact for {span}, from {first} to {last}", { span, first: day(from), last: day(to) });
    }
  }

  function contact([page, title, date, source, lang, sentences, named], places) {
    return { page, title, date, source, lang, named, sentences: sentences.filter(([, , names]) => places.every((place) => names.some(([, , other]) => other === place))) };
  }

  function reference({ number, page }, anchor) {
    const made = link(anchor ? `${page}#${anchor}` : page, String(number), "reference touch-link num");
    made.ariaLabel = "Contact {number}".replace("{number}", number);
    return made;
  }

  /* A sentence with its names in bold; places count code points. */
  function emphasised(text, names) {
    const letters = [...text];
    const line = element("span", "");
    let done = 0;
    for (const [start, end] of names) {
      line.append(letters.slice(done, start).join(""), element("b", "hit__name", letters.slice(start, end).join("")));
      done = end;
    }
    line.append(letters.slice(done).join(""));
    return line;
  }

  function titled(id, words) {
    const heading = element("h2", "section__heading", words);
    heading.id = id;
    const section = element("section", "", heading);
    section.setAttribute("aria-labelledby", id);
    return section;
  }

  function said(count, one, many) {
    return (count === 1 ? one : many).replace("{n}", count).replace(" ", "\u00a0");
  }

  function cell(tag, style, ...inside) {
    const made = element(tag, style, ...inside);
    if (tag === "th") made.scope = style === "table__head" ? "col" : "row";
    return made;
  }

  function link(page, words, style) {
    const made = element("a", style, words);
    made.href = new URL(page, root).href;
    return made;
  }

  function day(date) {
    const words = new Date(`${date}T00:00:00Z`).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const made = element("time", "", words.replaceAll(" ", "\u00a0"));
    made.dateTime = date;
    return made;
  }

  /* What a script of data/together/ brings. */
  function loaded(name, variable) {
    return new Promise((resolve, reject) => {
      const script = element("script", "");
      script.src = new URL(`data/together/${name}.js`, root).href;
      script.onload = () => (window[variable] ? resolve(window[variable]) : reject(new Error(`${script.src} is damaged`)));
      script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
      document.head.append(script);
    });
  }

  customElements.define("pair-dossier", PairDossier);
})();
