/* copying.js: window.copying, how places of the archive leave it: as text, Markdown, HTML for an e-mail, a mailto: address, the
   clipboard. An item is { title, facts, text, quoted, href }; facts are day and source, text a paragraph (quoted) or how the briefing
   begins. The HTML is what Gmail, Outlook and Apple Mail keep of what is pasted: a table, styles on its elements, px, fonts
   everybody has; tests/publish/mail_clients.yaml lists it, tests/browser/test_copying.py holds it to that. */
(function () {
  "use strict";
  const LONGEST_MAILTO = 1600; // characters: Gmail breaks off at about 1,620, Outlook at 2,046
  const SERIF = "font-family: Georgia, 'Times New Roman', serif";
  const SANS = "margin: 0 0 8px 0; font-family: Arial, Helvetica, sans-serif; font-size: 14px; line-height: 20px; color: #4b524e";
  const GROUND = "background-color: #ffffff; color: #191c1a; text-align: left";
  const root = new URL("../../", document.currentScript.src).href;
  const web = (href) => /^https?:/.test(href);

  /* Where a place is for somebody else: on the web if the page is there, else inside the archive. Without a search's words. */
  function address(href) {
    const url = new URL(href, root);
    return url.protocol === "file:" ? decodeURI(url.href.slice(root.length)) : url.href;
  }

  function said({ text, quoted }) {
    return quoted && text ? `“${text}”` : text;
  }

  function text(items, heading) {
    const many = items.length > 1;
    const blocks = items.map((item, at) => [(many ? `${at + 1}. ` : "") + item.title, item.facts, said(item), item.href].filter(Boolean).join(many ? "\n   " : "\n"));
    return [heading, ...blocks].filter(Boolean).join("\n\n");
  }

  function markdown(items, heading) {
    const blocks = items.map((item) => {
      const title = `[${escaped(item.title)}](<${item.href}>)`;
      const quotation = item.text ? `\n  > ${escaped(item.text)}` : "";
      return `- ${title}${item.facts ? ` (${escaped(item.facts)})` : ""}${quotation}`;
    });
    return [heading && escaped(heading), blocks.join("\n")].filter(Boolean).join("\n\n");
  }

  function escaped(words) {
    return words.replace(/[\\`*_[\]<>#|~&]/g, "\\$&");
  }

  function html(items, heading) {
    const rows = items.flatMap((item) => [
      cell(`<p style="margin: 0 0 4px 0; ${SERIF}; font-size: 18px; line-height: 24px; font-weight: bold; color: #191c1a">${link(item.href, item.title, "#191c1a")}</p>`),
      item.facts && cell(`<p style="${SANS}">${markup(item.facts)}</p>`),
      item.text && cell(`<p style="margin: 0; ${SERIF}; font-size: 17px; line-height: 26px; color: #191c1a">${markup(said(item))}</p>`, item.quoted ? "padding: 0 0 0 12px; border-left: 3px solid #14573f" : "padding: 0"),
      cell(`<p style="${SANS}">${link(item.href, item.href, "#14573f")}</p>`, "padding: 8px 0 16px 0"),
    ]);
    const head = heading && cell(`<p style="margin: 0 0 16px 0; ${SERIF}; font-size: 22px; line-height: 28px; color: #191c1a">${markup(heading)}</p>`);
    return `<table role="presentation" width="600" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="border-collapse: collapse; width: 100%; max-width: 600px"><tbody>${[head, ...rows].filter(Boolean).join("")}</tbody></table>`;
  }

  function cell(content, style = "padding: 0") {
    return `<tr><td bgcolor="#ffffff" style="${GROUND}; ${style}">${content}</td></tr>`;
  }

  function link(href, words, colour) {
    return web(href) ? `<a href="${markup(href)}" style="color: ${colour}; text-decoration: underline">${markup(words)}</a>` : markup(words);
  }

  function markup(words) {
    return words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }

  /* The text is shortened until the whole address fits; the place itself never is. */
  function mailto(item) {
    const url = (title, words) => `mailto:?subject=${encoded(title)}&body=${encoded(text([{ ...item, title, text: words }]).replace(/\n/g, "\r\n"))}`;
    const title = fitting(item.title, (words) => encoded(words).length * 2 + encoded(item.facts + item.href).length < LONGEST_MAILTO - 100);
    return url(title, fitting(item.text, (words) => url(title, words).length < LONGEST_MAILTO));
  }

  /* Without halves of characters, which cannot be encoded. */
  function encoded(words) {
    return encodeURIComponent(words.replace(/[\ud800-\udfff]/gu, ""));
  }

  /* The longest beginning that fits, cut at a word where there is one near. */
  function fitting(words, fits) {
    if (fits(words)) return words;
    const signs = Array.from(words);
    let [least, most] = [0, signs.length];
    while (most - least > 1) {
      const middle = (least + most) >> 1;
      if (fits(`${signs.slice(0, middle).join("")} …`)) least = middle;
      else most = middle;
    }
    const beginning = signs.slice(0, least).join("");
    return least ? `${beginning.slice(0, beginning.lastIndexOf(" ") > least * 0.8 ? beginning.lastIndexOf(" ") : undefined)} …` : "";
  }

  /* Both forms at once: a mail program takes the HTML, an editor the text. The old way first: given HTML, navigator.clipboard reads it
     under the page's own policy, and Chromium complains of every style in it; from disk it is refused. */
  async function copy(plain, rich) {
    if (copyByCommand(plain, rich)) return true;
    const forms = { "text/plain": plain, ...(rich && { "text/html": rich }) };
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(forms).map(([type, words]) => [type, new Blob([words], { type })])))]);
      return true;
    } catch {
      return false;
    }
  }

  function copyByCommand(plain, rich) {
    const fill = (event) => {
      event.preventDefault();
      event.clipboardData.setData("text/plain", plain);
      if (rich) event.clipboardData.setData("text/html", rich);
    };
    document.addEventListener("copy", fill);
    const done = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return done;
  }

  window.copying = { address, copy, html, mailto, markdown, root, text, web };
})();
