/* review-queue.js: <review-queue>, open questions whose answers become a patch for `git apply`. It wants a <fieldset> of radio buttons
   a question, [role=status], <pre> and <button>. data/review.js before it has the lines that each answer takes out and puts in, and
   those around them. The answers are kept in this browser, and the patch is made here: nothing is sent anywhere. */
(function () {
  "use strict";
  const CONTEXT = 3; // as many lines as data/review.js has around a change
  const KEY = `answers ${new URL("../../", document.currentScript.src).pathname}`;
  const KEPT = 2000; // milliseconds until what is downloaded may be forgotten
  const { files, answers } = window.archiveReview;

  class ReviewQueue extends HTMLElement {
    connectedCallback() {
      this.state = this.querySelector("[role=status]");
      this.lines = this.querySelector("pre");
      this.button = this.querySelector(".review__download");
      if (!this.state || !this.lines || !this.button) throw new Error("<review-queue> needs [role=status], <pre> and a button inside it");
      for (const fieldset of this.querySelectorAll("fieldset")) fieldset.hidden = false;
      this.restore();
      this.addEventListener("change", () => {
        this.keep();
        this.draw();
      });
      this.button.addEventListener("click", () => save(this.lines.textContent, "answers.patch"));
      this.draw();
    }

    /* Question → number of the answer, of those that are answered. */
    given() {
      const chosen = [...this.querySelectorAll("input:checked")].filter(({ value }) => value);
      return Object.fromEntries(chosen.map(({ name, value }) => [name, Number(value)]));
    }

    keep() {
      try { localStorage.setItem(KEY, JSON.stringify(this.given())); } catch { /* they hold until the page is left */ }
    }

    restore() {
      let kept = {};
      try { kept = JSON.parse(localStorage.getItem(KEY)) || {}; } catch { /* nothing is kept */ }
      for (const [key, number] of Object.entries(kept)) {
        const input = this.querySelector(`input[name="${CSS.escape(key)}"][value="${CSS.escape(String(number))}"]`);
        if (input) input.checked = true;
      }
    }

    draw() {
      const given = Object.entries(this.given());
      const { text, left } = patch(given.map(([key, number]) => answers[key][number]));
      const taken = given.length - left;
      const said = [[taken, "{n} answer in the patch.", "{n} answers in the patch."]];
      if (left) said.push([left, "{n} more would change a line that is changed already: give it when this patch has been applied.", "{n} more would change a line that is changed already: give them when this patch has been applied."]);
      this.state.textContent = given.length ? said.map(([count, one, many]) => (count === 1 ? one : many).replace("{n}", count)).join(" ") : "No question is answered yet.";
      this.lines.textContent = text;
      this.lines.hidden = this.button.hidden = !text;
    }
  }

  /* The unified diff of some answers, and how many are left out since they change a line that another one changes. */
  function patch(chosen) {
    const taken = new Map();
    let left = 0;
    for (const edits of chosen) {
      if (edits.some((edit) => (taken.get(edit.path) || []).some((other) => clash(edit, other)))) left += 1;
      else for (const edit of edits) taken.set(edit.path, [...(taken.get(edit.path) || []), edit]);
    }
    const paths = [...taken.keys()].sort();
    return { text: paths.map((path) => diff(path, files[path], taken.get(path))).join(""), left };
  }

  /* Lines that are only put in may stand beside each other. */
  function clash(one, other) {
    if (!one.drop && !other.drop) return false;
    return one.at < other.at + Math.max(other.drop, 1) && other.at < one.at + Math.max(one.drop, 1);
  }

  function diff(path, file, edits) {
    const hunks = [];
    for (const change of joined(edits)) {
      const last = hunks.at(-1);
      if (last && change.at - CONTEXT <= last.end) {
        last.changes.push(change);
        last.end = Math.min(file.count, change.at + change.drop + CONTEXT);
      } else {
        const [begin, end] = [Math.max(0, change.at - CONTEXT), Math.min(file.count, change.at + change.drop + CONTEXT)];
        hunks.push({ begin, end, changes: [change] });
      }
    }
    let moved = 0;
    const written = hunks.map((hunk) => {
      const lines = body(hunk, file.lines);
      const [before, after] = [lines.filter(([sign]) => sign !== "+").length, lines.filter(([sign]) => sign !== "-").length];
      const head = `@@ -${span(hunk.begin, before)} +${span(hunk.begin + moved, after)} @@`;
      moved += after - before;
      return `${[head, ...lines].join("\n")}\n`;
    });
    const end = path.includes(" ") ? "\t" : "";
    const [from, mode] = file.is_new ? ["/dev/null", "new file mode 100644\n"] : [`a/${path}${end}`, ""];
    return `diff --git a/${path} b/${path}\n${mode}--- ${from}\n+++ b/${path}${end}\n${written.join("")}`;
  }

  function span(begin, count) {
    return `${count ? begin + 1 : begin},${count}`;
  }

  /* Edits in the order of the file; what is put in at one place becomes one, a line that heads several of them stands once. */
  function joined(edits) {
    const changes = new Map();
    for (const { at, drop, add, head = "" } of edits) {
      if (!changes.has(at)) changes.set(at, { at, drop: 0, under: new Map() });
      const change = changes.get(at);
      change.drop = Math.max(change.drop, drop);
      change.under.set(head, [...(change.under.get(head) || []), ...add]);
    }
    return [...changes.values()].sort((a, b) => a.at - b.at).map(({ at, drop, under }) => {
      const groups = [...under].sort(([a], [b]) => (a > b) - (a < b));
      return { at, drop, add: groups.flatMap(([head, lines]) => (head ? [head, ...lines] : lines)) };
    });
  }

  function body({ begin, end, changes }, lines) {
    const written = [];
    let at = begin;
    const copy = (until) => { while (at < until) written.push(` ${lines[at++]}`); };
    for (const change of changes) {
      copy(change.at);
      for (let left = change.drop; left; left--) written.push(`-${lines[at++]}`);
      written.push(...change.add.map((line) => `+${line}`));
    }
    copy(end);
    return written;
  }

  function save(text, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/x-patch;charset=utf-8" }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
  }

  customElements.define("review-queue", ReviewQueue);
})();
