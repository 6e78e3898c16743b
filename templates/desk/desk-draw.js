/* desk-draw.js: values → elements of the desk. Text is put in as text: nothing of a captured page is markup. */

const TOPICS = { ambiguous: "Ambiguous name", merge: "Possible merge", unsure: "Unsure mention", split: "Possible split", copy: "Possible copy", event: "Possible event", dropped: "Dropped line" };

/* What a topic can be answered with: act, words, key. The first is the main one. */
const ANSWERS = {
  unsure: [["accept", "Accept", "a"], ["reject", "Reject", "r"], ["leave", "Leave undecided", "l"]],
  merge: [["accept", "Accept: they are one", "a"], ["reject", "Reject: they are two", "r"], ["leave", "Leave undecided", "l"]],
  split: [["accept", "Accept: it is one", "a"], ["split", "Split …", "s"], ["leave", "Leave undecided", "l"]],
  ambiguous: [["accept", "Accept: link to …", "a"], ["reject", "Reject: leave it unlinked", "r"]],
  copy: [["accept", "Accept: one release", "a"], ["reject", "Reject: two", "r"], ["leave", "Leave undecided", "l"]],
  event: [["accept", "Accept: one event", "a"], ["reject", "Reject: two", "r"], ["leave", "Leave undecided", "l"]],
  dropped: [["accept", "Accept: it is text", "a"], ["reject", "Reject: leave it dropped", "r"]],
};

export const answers = (question) => [
  ...(ANSWERS[question.topic] || [["leave", "Leave undecided", "l"]]),
  ["merge", "Merge …", "m"],
  ...(question.topic !== "split" && question.records.some(({ count }) => count > 1) ? [["split", "Split …", "s"]] : []),
  ["correct", "Correct …", "e"],
];

export function made(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (tag === "button") element.type = "button";
  element.append(...content.filter((part) => part !== null && part !== ""));
  return element;
}

export function button(words, key, main = false) {
  const element = made("button", main ? "button button--main" : "button", words);
  if (key) {
    element.append(made("kbd", "key", key));
    element.setAttribute("aria-keyshortcuts", key);
  }
  return element;
}

export function row(question, isCurrent) {
  const choose = made("button", "queue__button", made("span", "queue__topic", TOPICS[question.topic] || question.topic), made("span", "queue__words", question.question));
  choose.dataset.key = question.key;
  if (isCurrent) choose.setAttribute("aria-current", "true");
  return made("li", "queue__item", choose);
}

/* A sentence with every place of a name in it marked. */
function marked(className, sentence, form) {
  const parts = form ? sentence.split(form) : [sentence];
  return made("p", className, ...parts.flatMap((part, at) => (at ? [made("mark", "", form), part] : [part])));
}

function captured(lines) {
  return made("ol", "captured", ...lines.map(({ number, text, here }) => {
    const line = made("li", here ? "captured__line captured__line--here" : "captured__line", made("span", "captured__number", String(number)), made("span", "", text));
    if (here) line.setAttribute("aria-current", "true");
    return line;
  }));
}

function part(label, ...content) {
  return made("section", "question__part", made("h3", "question__label", label), ...content);
}

function page(archive, path, words) {
  const link = made("a", "", words);
  link.href = archive + path;
  return link;
}

function facts(briefing) {
  return [briefing.date || "no date", briefing.source].filter(Boolean).join(" · ");
}

function named(briefing, archive) {
  const roles = [...new Set(briefing.mentions.map(({ role }) => role).filter(Boolean))];
  return made("div", "named",
    made("p", "meta", page(archive, briefing.page, briefing.title), ` · ${facts(briefing)}`),
    ...roles.map((role) => made("p", "named__role", role)),
    briefing.sentence ? marked("named__sentence", briefing.sentence, briefing.mentions[0]?.form) : null,
    briefing.line && briefing.line.text !== briefing.sentence ? captured([briefing.line]) : briefing.line ? made("p", "meta", `As captured in line ${briefing.line.number}`) : null);
}

function record(one, archive) {
  const rest = one.count - one.named.length;
  return made("div", "record",
    made("p", "record__name", page(archive, one.page, one.name), made("span", "record__id", `${one.id} · ${one.status}`)),
    one.variants.length ? made("p", "meta", `Also ${one.variants.join(", ")}`) : null,
    ...one.named.map((briefing) => named(briefing, archive)),
    rest > 0 ? made("p", "meta", `and in ${rest} more briefings`) : null);
}

/* The quantities of a briefing, each with the button that takes it back; told apart by data-figure. */
function figures(printed) {
  return made("ul", "printed", ...printed.map((words) => {
    const element = button("No figure", "");
    element.dataset.figure = words;
    element.setAttribute("aria-label", `No figure: ${words}`);
    return made("li", "printed__figure", made("span", "", words), element);
  }));
}

/* The question with its evidence; the buttons are told apart by data-act. */
export function question(one, archive) {
  const heading = made("h2", "question__heading", one.question);
  heading.id = "question-heading";
  heading.tabIndex = -1;
  const acts = made("div", "question__acts");
  if (one.topic === "unsure") {
    const only = made("input");
    only.type = "checkbox";
    only.id = "only-here";
    acts.append(made("label", "question__only", only, "in this briefing only"));
  }
  answers(one).forEach(([act, words, key], at) => {
    const element = button(words, key, at === 0);
    element.dataset.act = act;
    acts.append(element);
  });
  const settle = made("details", "settle", made("summary", "settle__summary", "By hand"), ...one.settle.map((line) => made("p", "", line)));
  const article = made("article", "question", made("div", "", made("p", "meta", TOPICS[one.topic] || one.topic), heading), acts);
  if (one.sentence && !one.records.length) article.append(part(one.pair.length ? "What they say" : "The sentence", marked("question__sentence", one.sentence, one.form)));
  if (one.lines.length) article.append(part(`As captured in ${one.at}`, captured(one.lines)));
  if (one.briefing) article.append(part("The briefing", made("p", "", page(archive, one.briefing.page, one.briefing.title)), made("p", "meta", `${facts(one.briefing)} · ${one.briefing.path}`)));
  if (one.pair.length) article.append(part("The briefings", ...one.pair.map((each) => made("div", "named", made("p", "", page(archive, each.page, each.title)), made("p", "meta", `${facts(each)} · ${each.path}`)))));
  if (one.briefing?.figures.length) article.append(part("Figures in it", figures(one.briefing.figures)));
  if (one.records.length) article.append(part(one.records.length > 1 ? "The records" : "The record", made("div", "compared", ...one.records.map((each) => record(each, archive)))));
  article.append(settle);
  return article;
}
