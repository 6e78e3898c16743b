import { escape, entry } from "./words.js";

// What the two templates of a taxonomy have in common: its index, and a page for each of its terms.
export const indexOf = (folder, heading) => ({
  data: { layout: "base.11ty.js", title: heading, permalink: `/${folder}/index.html` },
  render: ({ collections }) => `<h1>${heading}</h1>
<ul>
${collections[folder].map(({ name, slug, pages }) => `<li><a href="/${folder}/${slug}/">${escape(name)}</a> (${pages.length})</li>\n`).join("")}</ul>`,
});
export const termsOf = (folder) => ({
  data: {
    layout: "base.11ty.js",
    pagination: { data: `collections.${folder}`, size: 1, alias: "term" },
    eleventyComputed: { heading: ({ term }) => term?.name },
    permalink: ({ term }) => `/${folder}/${term.slug}/index.html`,
  },
  render: ({ term }) => `<h1>${escape(term.name)}</h1>
<p class="meta">${term.pages.length} briefings</p>
<ul>
${term.pages.map(entry).join("")}</ul>`,
});
