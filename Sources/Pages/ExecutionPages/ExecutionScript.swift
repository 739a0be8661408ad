/// What the script of all pages needs besides for the page of an execution: the slider, links that change
/// parts only, and keys. Every one of them leads to a page of its own without it.
package enum ExecutionScript {
    package static let text = #"""
        "use strict";
        (() => {
          const one = s => document.querySelector(s);
          if (!one(".execution")) return;
          let chosen = null;
          const renew = () => document.dispatchEvent(new Event("fnf:renew"));
          const go = (url, push) => {
            history[push ? "pushState" : "replaceState"](null, "", url);
            renew();
          };
          addEventListener("popstate", renew);
          let timer = 0;
          document.addEventListener("input", event => {
            const range = event.target.closest("[data-scrub] input[type=range]");
            if (!range) return;
            const say = one("#scrub-say strong");
            if (say) say.textContent = "Event " + range.value + " of " + range.max;
            clearTimeout(timer);
            timer = setTimeout(() => {
              const url = new URL(location.href);
              url.searchParams.delete("events");
              if (range.value === range.max) url.searchParams.delete("at");
              else url.searchParams.set("at", range.value);
              go(url, false);
            }, 80);
          });
          document.addEventListener("click", event => {
            if (event.defaultPrevented || event.button) return;
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            const link = event.target.closest("a[data-soft], svg.flow a");
            if (!link) return;
            const url = new URL(link.getAttribute("href"), location.href);
            if (url.pathname !== location.pathname) return;
            event.preventDefault();
            chosen = link.querySelector("[data-step]")?.dataset.step ?? null;
            const range = one("#at");
            go(url, true);
            if (range) range.value = url.searchParams.get("at") ?? range.max;
            if (url.searchParams.has("step") && !url.hash) reveal = true;
          });
          let reveal = false;
          document.addEventListener("fnf:renewed", () => {
            const panel = one("#panel");
            if (reveal && panel && (panel.getBoundingClientRect().top > innerHeight - 120
              || panel.getBoundingClientRect().top < 0)) panel.scrollIntoView({ block: "start" });
            reveal = false;
            if (chosen !== null) {
              const step = [...document.querySelectorAll("svg.flow [data-step]")]
                .find(e => e.dataset.step === chosen);
              step?.closest("a")?.focus({ preventScroll: true });
              chosen = null;
            }
          });
          document.addEventListener("keydown", event => {
            if (event.metaKey || event.ctrlKey || event.altKey) return;
            if (event.target.closest("input:not([type=range]),textarea,select")) return;
            const target = { "[": "#event-back", "]": "#event-on", "l": "#event-live" }[event.key];
            if (target) one(target)?.click();
          });
        })();
        """#
}
