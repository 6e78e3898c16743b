/* desk-forms.js: forms for what takes more than a key: link, merge, split, correct. Each one hands an act to `send`, which says what
   is wrong with it, or nothing when it is done. */
import { button, made } from "./desk-draw.js";

const dialog = document.getElementById("form");
const offers = document.getElementById("records");
let opener = null;

dialog.addEventListener("close", () => opener?.isConnected && opener.focus());

function open(title, ...content) {
  opener = document.activeElement;
  const heading = made("h2", "dialog__heading", title);
  heading.id = "form-heading";
  const cancel = button("Cancel", "Esc");
  cancel.addEventListener("click", () => dialog.close());
  dialog.replaceChildren(heading, ...content, made("p", "dialog__foot", cancel));
  dialog.showModal();
  dialog.querySelector("input")?.focus();
}

function form(words, read, send, ...content) {
  const submit = button(words, "", true);
  submit.type = "submit";
  const problem = made("p", "dialog__problem");
  problem.setAttribute("role", "alert");
  const element = made("form", "dialog__form", ...content, problem, made("p", "", submit));
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    problem.textContent = "";
    problem.textContent = await send(read());
    submit.disabled = false;
    if (!problem.textContent) dialog.close();
  });
  return element;
}

function field(label, value = "", type = "text") {
  const input = made("input", "field__input");
  Object.assign(input, { type, value, autocomplete: "off", required: true });
  return [input, made("label", "field", made("span", "field__label", label), input)];
}

/* A field for a record, by its id; names are offered while one types. */
function recordField(label, value, likely = []) {
  const [input, element] = field(label, value);
  input.setAttribute("list", "records");
  const offer = (records) => offers.replaceChildren(...records.map(({ id, name, kind }) => Object.assign(made("option"), { value: id, label: `${name} (${kind})` })));
  input.addEventListener("focus", () => offer(likely));
  input.addEventListener("input", async () => {
    const words = input.value;
    const records = await (await fetch(`/records?words=${encodeURIComponent(words)}`)).json();
    if (input.value === words) offer(records);
  });
  return [input, element];
}

function choice(type, name, value, words, checked = false) {
  const input = Object.assign(made("input"), { type, name, value, checked });
  return [input, made("label", "choice", input, made("span", "", words))];
}

const seen = (...things) => Object.fromEntries(things.filter(Boolean).map(({ path, version }) => [path, version]));

export function link(question, send) {
  const [record, element] = recordField("Record", question.likely.length === 1 ? question.likely[0].id : "", question.likely);
  const choices = made("fieldset", "choices", made("legend", "choices__legend", "Records of that name"));
  for (const { id, name } of question.likely) {
    const [radio, label] = choice("radio", "likely", id, `${name} (${id})`);
    radio.addEventListener("change", () => { record.value = id; });
    choices.append(label);
  }
  const [name, named] = field("Name of a new record", question.form);
  const kinds = question.kinds.map((kind, at) => choice("radio", "kind", kind.name, kind.label, at === 0));
  const which = made("fieldset", "choices", made("legend", "choices__legend", "Kind of the new record"), ...kinds.map(([, label]) => label));
  const act = { act: "accept", key: question.key, seen: seen(question.briefing) };
  const readNew = () => ({ ...act, kind: kinds.find(([radio]) => radio.checked)[0].value, name: name.value });
  open(
    `Link ‘${question.form}’ to`,
    form("Link", () => ({ ...act, record: record.value }), send, ...(question.likely.length ? [choices] : []), element),
    form("Link to a new record", readNew, send, named, which));
}

export function merge(question, send) {
  const [first, second] = question.records;
  const [stays, keep] = recordField("The record that stays", first?.id, question.records);
  const [goes, drop] = recordField("The record that it stands for", second?.id, question.records);
  open("Merge two records", form("Merge", () => ({ act: "merge", key: question.key, stays: stays.value, goes: goes.value }), send, keep, drop));
}

export function split(question, send) {
  const forms = question.records.filter(({ count }) => count > 1).map((record) => {
    const [name, element] = field("Name of the second record", record.name);
    const boxes = record.named.map((briefing) => {
      const roles = [...new Set(briefing.mentions.map(({ role }) => role).filter(Boolean))].join("; ");
      return choice("checkbox", "briefing", briefing.id, `${briefing.date || "no date"}, ${briefing.title}${roles ? `: ${roles}` : ""}`);
    });
    const chosen = made("fieldset", "choices", made("legend", "choices__legend", `Briefings of the second ${record.name}`), ...boxes.map(([, label]) => label));
    const read = () => ({
      act: "split", key: question.key, record: record.id, name: name.value, seen: seen(...record.named),
      briefings: boxes.filter(([box]) => box.checked).map(([box]) => box.value),
    });
    return form(`Split ${record.name}`, read, send, chosen, element);
  });
  open("Split a record", ...forms);
}

export function correct(question, send) {
  const briefings = [question.briefing, ...question.records.flatMap(({ named }) => named)].filter(Boolean);
  const names = [...question.records, ...(question.briefing?.records ?? [])].map((record) => {
    const [name, element] = field(`Name of ${record.id}`, record.name);
    return form("Rename", () => ({ act: "rename", key: question.key, record: record.id, name: name.value, seen: seen(record) }), send, element);
  });
  const rest = briefings.flatMap((briefing) => {
    const [date, element] = field(`Date of ‘${briefing.title}’`, briefing.date, "date");
    const read = () => ({ act: "date", key: question.key, briefing: briefing.id, date: date.value, seen: seen(briefing) });
    return [form("Correct the date", read, send, element), ...briefing.mentions.map((mention) => role(question, briefing, mention, send))];
  });
  open("Correct", ...(question.briefing ? [...rest, ...names] : [...names, ...rest]));
}

function role(question, briefing, mention, send) {
  const [input, element] = field(`Role of ‘${mention.form}’ in ‘${briefing.title}’, ${briefing.date || "no date"}`, mention.role);
  input.required = false;
  const read = () => ({
    act: "role", key: question.key, briefing: briefing.id, number: mention.number, record: mention.record, form: mention.form,
    role: input.value, seen: seen(briefing),
  });
  return form("Correct the role", read, send, element);
}
