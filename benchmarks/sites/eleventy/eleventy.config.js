import { KINDS, slugify } from "./_includes/words.js";

// The terms of each taxonomy with their pages, newest first.
export default function (config) {
  const newest = (api) => api.getFilteredByGlob("briefings/*.md").sort((one, other) => other.date - one.date);
  config.addPassthroughCopy("style.css");
  config.setQuietMode(true);
  config.addCollection("briefings", newest);
  for (const { folder } of KINDS) {
    config.addCollection(folder, (api) => {
      const pagesByName = new Map();
      for (const page of newest(api)) {
        for (const name of page.data[folder] || []) {
          if (!pagesByName.has(name)) pagesByName.set(name, []);
          pagesByName.get(name).push(page);
        }
      }
      return [...pagesByName].map(([name, pages]) => ({ name, slug: slugify(name), pages })).sort((one, other) => (one.name < other.name ? -1 : 1));
    });
  }
  return { dir: { input: ".", includes: "_includes", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: false };
}
