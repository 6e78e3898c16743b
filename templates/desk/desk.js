/* desk.js: the list of questions, the one that is chosen, and what is done about it by key or by mouse. The server knows what is
   asked; this page shows it anew whenever the server says that it changed. */
import * as draw from "./desk-draw.js";
import * as forms from "./desk-forms.js";

const { proof, archive } = document.body.dataset;
const [state, notice, queue, place, undo, help, keys, single] = ["state", "notice", "queue", "question", "undo", "help", "keys", "single-keys"].map((id) => document.getElementById(id));
let questions = [];
let current = null; // key of the chosen question
let shown = null; // the question as it was sent
let at = 0; // its place in the list, where the next one is chosen when it goes
let said = ""; // what was done last
let failure = ""; // what ingest said last
let deeds = 0; // what was fetched before one is not shown after it
let busy = false;
let looking = Promise.resolve();
let undoing = Promise.resolve();

async function get(address) {
  const answer = await fetch(address);
  return answer.ok ? answer.json() : null;
}

/* What is wrong with an act, or "" when it is done. Nothing more is done about a question until it is shown as it is then. */
async function send(values, address = "/act") {
  const { done, problem, stale } = await post(values, address);
  if (done) said = done;
  if (done || stale) {
    deeds += 1;
    shown = null;
  }
  await look();
  return problem || "";
}

async function post(values, address) {
  busy = true;
  tell("Writing …");
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json", "X-Desk": proof }, body: JSON.stringify(values) });
    return answer.status === 403 ? { problem: "The desk does not know this page any more: open it by its address again." } : await answer.json();
  } catch {
    return { problem: "The server does not answer: is build.py still running?" };
  } finally {
    busy = false;
  }
}

async function act(values, address) {
  const problem = await send(values, address);
  warn(problem);
}

function tell(words) {
  if (state.textContent !== words) state.textContent = words;
}

function warn(words) {
  notice.textContent = words;
  notice.hidden = !words;
}

/* One after the other, so that an older answer never covers a newer one. */
function look() {
  looking = looking.then(renew).catch(() => warn("The server does not answer: is build.py still running?"));
  return looking;
}

/* The list as it is now. The chosen question stays chosen as long as it is asked. */
async function renew() {
  const then = deeds;
  const now = await get("/questions");
  if (!now || then !== deeds) return;
  questions = now.questions;
  const index = questions.findIndex(({ key }) => key === current);
  at = index >= 0 ? index : Math.max(0, Math.min(at, questions.length - 1));
  undo.disabled = !now.undo;
  undo.title = now.undo ? `Undo: ${now.undo}` : "";
  if (now.error !== failure) warn(now.error);
  failure = now.error;
  list();
  await choose(questions[at]?.key ?? null, index < 0);
  if (then !== deeds) return;
  const count = now.count === 1 ? "1 question" : `${now.count} questions`;
  tell([said && `${said[0].toUpperCase()}${said.slice(1)}.`, `${count}.`, now.at_work && "Ingest is at work; the list will follow."].filter(Boolean).join(" "));
}

function list() {
  const focused = queue.contains(document.activeElement);
  queue.replaceChildren(...questions.map((question, index) => draw.row(question, index === at)));
  if (focused) queue.children[at]?.querySelector("button").focus();
}

/* Shows a question; one that is shown already is drawn again only if something in it changed. */
async function choose(key, moved = true) {
  current = key;
  const then = deeds;
  const next = key && (await get(`/question?key=${encodeURIComponent(key)}`));
  if (key !== current || then !== deeds || (next && JSON.stringify(next) === JSON.stringify(shown))) return;
  const had = place.contains(document.activeElement) || document.activeElement === document.body;
  shown = next;
  place.replaceChildren(next ? draw.question(next, archive) : draw.made("p", "question__sentence", questions.length ? "This question is not asked any more." : "Nothing is left to decide."));
  const heading = place.querySelector("h2");
  if (had && (moved || document.activeElement === document.body) && !document.querySelector("dialog[open]")) (heading || place).focus({ preventScroll: true });
}

function step(by) {
  if (!questions.length) return;
  at = Math.max(0, Math.min(at + by, questions.length - 1));
  go(questions[at].key);
}

function go(key) {
  at = questions.findIndex((question) => question.key === key);
  if (key !== current) shown = null; // no key may answer the question before
  warn("");
  list();
  queue.children[at]?.scrollIntoView({ block: "nearest" });
  choose(key);
}

const DOES = {
  accept: () => (shown.topic === "ambiguous" ? forms.link(shown, send) : answer("accept")),
  reject: () => answer("reject"),
  leave: () => answer("leave"),
  merge: () => forms.merge(shown, send),
  split: () => forms.split(shown, send),
  correct: () => forms.correct(shown, send),
};

function answer(name) {
  const seen = shown.briefing ? { [shown.briefing.path]: shown.briefing.version } : {};
  return act({ act: name, key: shown.key, only_here: document.getElementById("only-here")?.checked === true, seen });
}

function does(name) {
  if (!busy && shown && place.querySelector(`[data-act="${name}"]`)) DOES[name]();
}

const KEYS = {
  j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
  a: () => does("accept"), r: () => does("reject"), l: () => does("leave"), m: () => does("merge"), s: () => does("split"), e: () => does("correct"),
  u: () => undo.click(), "?": () => help.click(),
};

addEventListener("keydown", (event) => {
  const arrow = event.key.startsWith("Arrow");
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input:not([type=checkbox]), select, textarea") || (arrow && !queue.contains(event.target))) return;
  if (!single.checked) return;
  const work = Object.hasOwn(KEYS, event.key) && KEYS[event.key];
  if (!work) return;
  event.preventDefault();
  work();
});

queue.addEventListener("click", ({ target }) => {
  const row = target.closest("[data-key]");
  if (row) go(row.dataset.key);
});
place.addEventListener("click", ({ target }) => {
  const figure = target.closest("[data-figure]");
  if (figure && !busy && shown) act({ act: "not-figure", key: shown.key, figure: figure.dataset.figure });
  const chosen = target.closest("[data-act]");
  if (chosen) does(chosen.dataset.act);
});
/* Each press takes one deed back, however fast they come. */
undo.addEventListener("click", () => { undoing = undoing.then(() => undo.disabled || act({}, "/undo")); });
help.addEventListener("click", () => keys.showModal());

/* Who dictates, or reads with a program that takes letters for itself, can do without them. */
single.checked = localStorage.getItem("desk-keys") !== "off";
single.addEventListener("change", () => localStorage.setItem("desk-keys", single.checked ? "on" : "off"));

new EventSource("/events").addEventListener("message", look);
