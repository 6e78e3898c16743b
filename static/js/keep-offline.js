/* keep-offline.js: <keep-offline>, the footer's offer to keep the whole archive in this browser. Only over http, where the browser
   has service workers; elsewhere the element stays hidden, and so it does in a copy on disk, which does not have it.

   Nothing is stored until the reader asks. Then sw.js is registered and fetches everything; its messages move the progress bar.
   A newer build is fetched beside the old one and waits for the reader's word. States and their words stand in
   templates/components/take_away.html, by data-when. */
(function () {
  "use strict";
  const root = new URL("../../", document.currentScript.src);
  const worker = location.protocol.startsWith("http") && window.isSecureContext && navigator.serviceWorker;

  class KeepOffline extends HTMLElement {
    async connectedCallback() {
      if (!location.protocol.startsWith("http")) return;
      this.offerInstallation();
      if (!worker) return;
      this.notice = document.querySelector(".edition-notice");
      if (!this.notice) throw new Error("<keep-offline> needs an .edition-notice beside it");
      this.addEventListener("click", (event) => this.pressed(event));
      this.notice.addEventListener("click", (event) => this.pressed(event));
      worker.addEventListener("message", ({ data }) => this.told(data));
      const hadOne = Boolean(worker.controller);
      worker.addEventListener("controllerchange", () => hadOne && location.reload());
      this.show("off");
      this.hidden = false;
      const registration = await worker.getRegistration(root.href);
      if (registration && registration.scope === root.href) this.follow(registration);
    }

    /* Browsers look for it in the page; from file: they would complain that they may not read it. */
    offerInstallation() {
      const link = document.createElement("link");
      link.rel = "manifest";
      link.href = new URL("manifest.webmanifest", root).href;
      document.head.append(link);
    }

    pressed(event) {
      const button = event.target.closest("[data-do]");
      if (button) this[button.dataset.do]();
    }

    /* What the buttons do, by data-do. */

    async keep() {
      this.show("busy");
      this.progress(0, 1);
      try {
        this.follow(await worker.register(new URL("sw.js", root).href, { scope: root.href, updateViaCache: "none" }));
      } catch (error) {
        console.error(error);
        this.show("failed");
      }
    }

    async forget() {
      const registration = await worker.getRegistration(root.href);
      if (registration) await registration.unregister();
      const names = (await caches.keys()).filter((name) => name.startsWith(`bindery ${root.pathname} `));
      await Promise.all(names.map((name) => caches.delete(name)));
      this.show("off");
    }

    /* The waiting worker takes over; every open page of the archive is loaded anew. */
    async update() {
      const { waiting } = await worker.getRegistration(root.href);
      if (waiting) waiting.postMessage("show");
    }

    later() {
      this.notice.hidden = true;
    }

    /* state */

    follow(registration) {
      const { installing, waiting, active } = registration;
      if (active) this.show("kept");
      if (active && waiting) this.notice.hidden = false;
      if (installing) this.watch(installing, Boolean(active));
      registration.addEventListener("updatefound", () => this.watch(registration.installing, Boolean(registration.active)));
    }

    watch(installing, isUpdate) {
      if (!isUpdate) this.show("busy");
      installing.addEventListener("statechange", () => {
        if (installing.state === "redundant" && !isUpdate) this.show("failed");
        if (installing.state === "installed" && isUpdate) this.notice.hidden = false;
        if (installing.state === "activated") this.show("kept");
      });
    }

    told({ done, size }) {
      if (size) this.progress(done, size);
    }

    progress(done, size) {
      Object.assign(this.querySelector("progress"), { max: size, value: done });
      this.querySelector("[data-part=done]").textContent = `${Math.floor((100 * done) / size)} %`;
    }

    show(when) {
      const had = this.contains(document.activeElement);
      for (const state of this.querySelectorAll("[data-when]")) state.hidden = state.dataset.when !== when;
      const focus = had && this.querySelector("[data-when]:not([hidden]) :is(button, progress)");
      if (focus) focus.focus({ preventScroll: true });
    }
  }

  customElements.define("keep-offline", KeepOffline);
})();
