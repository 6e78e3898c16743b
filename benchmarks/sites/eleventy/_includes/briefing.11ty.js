import base from "./base.11ty.js";
import { KINDS, day, escape, slugify, snippet } from "./words.js";

const named = (data, { folder, kind, heading }) => {
  if (!(data[folder] || []).length) return "";
  const links = data[folder].map((name) => `<li><a href="/${folder}/${slugify(name)}/" data-pagefind-filter="${kind}">${escape(name)}</a></li>`);
  return `<section><h2>${heading}</h2><ul>\n${links.join("\n")}\n</ul></section>`;
};

export default (data) => base({
  ...data,
  description: snippet(data.content).replace(/"/g, "&quot;"),
  content: `<article data-pagefind-body>
<h1>${escape(data.title)}</h1>
${data.content}
</article>
<p class="meta">${day(data.page.date)} <span data-pagefind-filter="year">${data.page.date.getUTCFullYear()}</span> ${escape(data.source)}, ${escape(data.byline)}</p>
${KINDS.map((kind) => named(data, kind)).join("\n")}`,
});
