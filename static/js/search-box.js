/* search-box.js: <search-box>, the search field of every page. Inside it stands a form that works alone: GET search.html?q=….
   With this script "/" and Ctrl-K (on a Mac Command-K) go to the field from anywhere, Escape in an empty field goes back. Who
   comes to the field gets suggestions (search-suggest.js, loaded only then), but not where results follow the keys. */
(function () {
  "use strict";
  const here = document.currentScript.src;
  const SUGGESTING = ["search-words.js", "search-names.js", "search-suggest.js"]; // each needs the one before
  const TYPING = "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]";

  class SearchBox extends HTMLElement {
    connectedCallback() {
      this.field = this.querySelector("form input[name=q]");
      if (!this.field) throw new Error("<search-box> needs a <form> with a field named q inside it");
      for (const event of ["focus", "input"]) this.field.addEventListener(event, () => this.suggest(), { once: true });
      if (document.activeElement === this.field) this.suggest();
      if (document.querySelector("search-box") !== this) return; // a second box on the page is reached as any other field
      document.addEventListener("keydown", this);
      this.field.addEventListener("keydown", (event) => this.leave(event));
    }

    disconnectedCallback() {
      document.removeEventListener("keydown", this);
    }

    handleEvent(event) {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(TYPING);
      const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (event.defaultPrevented || event.isComposing || !(slash || k)) return;
      event.preventDefault();
      if (document.activeElement !== this.field) this.before = document.activeElement;
      this.field.focus();
      this.field.select();
    }

    /* Without it the field loses nothing but the offers. */
    suggest() {
      if (this.suggesting || document.querySelector("search-page")) return;
      this.suggesting = true;
      const scripts = SUGGESTING.map((name) => {
        const script = document.createElement("script");
        script.src = new URL(name, here).href;
        script.async = false; // in their order
        return script;
      });
      scripts[scripts.length - 1].onload = () => {
        window.searchSuggest(this.field);
        window.searchNames.load().catch(() => {}); // the next key tries again
      };
      document.head.append(...scripts);
    }

    leave(event) {
      if (event.defaultPrevented || event.key !== "Escape" || event.isComposing || this.field.value) return;
      this.field.blur();
      if (this.before && this.before.isConnected) this.before.focus();
    }
  }

  customElements.define("search-box", SearchBox);
})();
