import { line } from "./_includes/words.js";

export const data = {
  layout: "base.11ty.js",
  title: "Briefings",
  pagination: { data: "collections.briefings", size: 100, alias: "listed" },
  permalink: ({ pagination }) => (pagination.pageNumber ? `/page/${pagination.pageNumber + 1}/index.html` : "/index.html"),
};
export const render = ({ listed, pagination: { href, pageNumber, pages } }) => `<h1>Briefings</h1>
<ul>
${listed.map((page) => `<li class="entry">${line(page)}</li>\n`).join("")}</ul>
<p>${href.previous ? `<a href="${href.previous}">Newer</a>` : ""} Page ${pageNumber + 1} of ${pages.length} ${href.next ? `<a href="${href.next}">Older</a>` : ""}</p>`;
