export const KINDS = [
  { folder: "cities", kind: "city", heading: "Cities" },
  { folder: "officials", kind: "official", heading: "Officials" },
  { folder: "companies", kind: "company", heading: "Companies" },
];
const MONTHS = "January February March April May June July August September October November December".split(" ");
const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => SIGNS[sign]);
export const slugify = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
export const day = (date) =>
  `<time datetime="${date.toISOString().slice(0, 10)}">${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}</time>`;
export const snippet = (html) => {
  const text = html.slice(0, 1200).replace(/<[^>]*>?/g, "").replace(/\s+/g, " ").trim();
  return text.length > 200 ? `${text.slice(0, text.lastIndexOf(" ", 200))} …` : text;
};
export const line = (page) => `${day(page.date)} <a href="${page.url}">${escape(page.data.title)}</a>`;

// A page stands in many lists: each entry is made once.
const entries = new Map();
export const entry = (page) => {
  if (!entries.has(page.url)) entries.set(page.url, `<li class="entry">${line(page)}<p class="snippet">${snippet(page.content)}</p></li>\n`);
  return entries.get(page.url);
};
