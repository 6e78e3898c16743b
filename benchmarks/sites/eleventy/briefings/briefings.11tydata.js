export default { layout: "briefing.11ty.js", permalink: ({ page }) => `/briefings/${page.filePathStem.split("/").pop()}/index.html` };
