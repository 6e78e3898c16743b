import { escape } from "./words.js";

export default ({ heading, title, description, content }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(heading || title)} · Briefing archive</title>
<link rel="stylesheet" href="/style.css">
${description ? `<meta name="description" content="${description}">` : ""}
</head>
<body>
<header class="frame"><a href="/"><strong>Briefing archive</strong></a>
<nav aria-label="Main"><ul>
<li><a href="/">Briefings</a></li>
<li><a href="/cities/">Cities</a></li>
<li><a href="/officials/">Officials</a></li>
<li><a href="/companies/">Companies</a></li>
</ul></nav></header>
<main class="frame">
${content}
</main>
<footer class="frame"><p>Texts belong to their publishers; each briefing says its source and its date.</p></footer>
</body>
</html>
`;
