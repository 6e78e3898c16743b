// Put into pages by `build.py serve` only: reloads a page that was built anew, shows an error of the build over the page.
(() => {
  "use strict";

  const script = document.currentScript;
  let generation = Number(script.dataset.generation);
  const events = new URL("events", script.src).href;
  let source = null;
  let overlay = null;

  // Styles by script, not by a style sheet: this has to work under any Content-Security-Policy of the page.
  function styled(name, styles, text) {
    const element = document.createElement(name);
    Object.assign(element.style, styles);
    if (text) element.textContent = text;
    return element;
  }

  function show(error) {
    hide();
    overlay = styled("div", {
      position: "fixed", inset: "0", zIndex: "2147483647", overflow: "auto", padding: "2rem",
      background: "#18181b", color: "#fafafa", font: "1rem/1.5 ui-monospace, monospace",
    });
    overlay.setAttribute("role", "alertdialog");
    overlay.setAttribute("aria-label", "The site could not be built");
    const close = styled("button", { float: "right", font: "inherit", padding: "0.25rem 0.75rem" }, "Close");
    close.type = "button";
    close.addEventListener("click", hide);
    overlay.append(
      close,
      styled("strong", { color: "#fca5a5" }, "The site could not be built. This page is from before."),
      styled("pre", { whiteSpace: "pre-wrap", font: "inherit" }, error),
    );
    document.body.append(overlay);
  }

  function hide() {
    overlay?.remove();
    overlay = null;
  }

  function connect() {
    if (source) return;
    source = new EventSource(events);
    source.addEventListener("message", (message) => {
      const status = JSON.parse(message.data);
      if (status.error) show(status.error);
      else if (status.generation !== generation) follow(status.generation);
      else hide();
    });
  }

  // Most builds leave most pages as they were: whoever reads one of those goes on reading.
  async function follow(built) {
    const answer = await fetch(location.pathname, { method: "HEAD" }).catch(() => null);
    if (answer?.headers.get("ETag") !== `"${script.dataset.edition}"`) location.reload();
    generation = built;
    hide();
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  // A browser keeps six connections to one server: a tab nobody looks at lets go of its own.
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", () => !document.hidden && connect());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  if (!document.hidden) connect();
})();
