/// The one script of the pages. Everything works without it except what it adds: parts that change by
/// themselves, keys, copying.
///
/// - `<main data-events="/path">`: at each event `change` the page is asked for again and its elements with
///   `data-part` and an id take the place of those shown; `end` closes the stream.
/// - `data-copy="text"` on a button copies the text.
/// - `data-key="e"` on a link: `g` and then the key goes there; `/` goes to the field with `data-search`.
/// - `data-deadline="2026-…Z"` shows how long until then; `data-since` how long ago.
/// - `data-once` on a form: it is sent once, however often the button is pressed.
/// - `data-confirm="question"` on a form asks first.
/// - The event `fnf:renew` at the document asks for the parts anew, `fnf:renewed` says that they are there.
/// - `data-submit` on a select or box sends its form when it changes.
enum PageScript {
    static let text = #"""
        "use strict";
        (() => {
          const root = document.documentElement, one = (s, e = document) => e.querySelector(s);
          root.classList.add("scripted");
          const pad = n => String(n).padStart(2, "0");
          const span = ms => {
            const s = Math.max(0, Math.floor(ms / 1000)), h = Math.floor(s / 3600), d = Math.floor(h / 24);
            if (d > 1) return d + "d " + (h % 24) + "h";
            return (h ? h + ":" + pad(Math.floor(s / 60) % 60) : Math.floor(s / 60)) + ":" + pad(s % 60);
          };
          // The server's clock counts: a wrong clock here must not move a deadline.
          const ours = Date.parse(root.dataset.now || "") || Date.now(), skew = ours - Date.now();
          const tick = () => {
            const now = Date.now() + skew;
            for (const e of document.querySelectorAll("[data-deadline]"))
              e.textContent = span(Date.parse(e.dataset.deadline) - now);
            for (const e of document.querySelectorAll("[data-since]"))
              e.textContent = span(now - Date.parse(e.dataset.since));
          };
          setInterval(tick, 1000); tick();

          let asking = false, again = false;
          const renew = async () => {
            if (asking) { again = true; return }
            asking = true;
            try {
              const answer = await fetch(location.href, { credentials: "same-origin" });
              if (!answer.ok) return;
              const page = new DOMParser().parseFromString(await answer.text(), "text/html");
              for (const next of page.querySelectorAll("[data-part][id]")) {
                const shown = document.getElementById(next.id);
                if (!shown || shown.outerHTML === next.outerHTML) continue;
                const active = document.activeElement, isInside = shown.contains(active);
                if (isInside && active.matches("input,textarea,select")) continue;
                for (const d of shown.querySelectorAll("details[id][open]"))
                  next.querySelector("#" + CSS.escape(d.id))?.setAttribute("open", "");
                const focus = isInside && active.id;
                shown.replaceWith(document.importNode(next, true));
                if (focus) document.getElementById(focus)?.focus();
              }
              tick();
              document.dispatchEvent(new CustomEvent("fnf:renewed"));
            } catch (_) {
            } finally { asking = false; if (again) { again = false; renew() } }
          };
          document.addEventListener("fnf:renew", renew);
          const main = one("main[data-events]");
          if (main) {
            let source = null;
            const open = () => {
              if (source) return;
              source = new EventSource(main.dataset.events);
              source.onopen = () => { main.dataset.live = "on" };
              source.onerror = () => { main.dataset.live = "lost" };
              source.addEventListener("change", renew);
              source.addEventListener("end", () => { shut(); main.dataset.live = "ended"; renew() });
            };
            const shut = () => { source?.close(); source = null };
            // A browser holds few connections to a site: tabs that nobody sees give theirs back.
            document.addEventListener("visibilitychange", () => {
              if (main.dataset.live === "ended") return;
              if (document.hidden) shut(); else { open(); renew() }
            });
            addEventListener("pagehide", shut);
            if (!document.hidden) open();
          }

          document.addEventListener("click", event => {
            const copy = event.target.closest("[data-copy]");
            if (!copy) return;
            const said = copy.textContent, done = () => {
              copy.textContent = "✓"; setTimeout(() => { copy.textContent = said }, 1200);
            };
            if (navigator.clipboard && isSecureContext) {
              navigator.clipboard.writeText(copy.dataset.copy).then(done);
            } else {
              const area = document.createElement("textarea");
              area.value = copy.dataset.copy; document.body.append(area); area.select();
              document.execCommand("copy"); area.remove(); copy.focus(); done();
            }
          });
          document.addEventListener("submit", event => {
            const form = event.target;
            if (form.dataset.confirm && !confirm(form.dataset.confirm)) { event.preventDefault(); return }
            if ("once" in form.dataset) {
              if (form.dataset.sent) { event.preventDefault(); return }
              form.dataset.sent = "1"; form.setAttribute("aria-busy", "true");
            }
          });
          addEventListener("pageshow", () => {
            for (const form of document.querySelectorAll("form[data-sent]")) {
              delete form.dataset.sent; form.removeAttribute("aria-busy");
            }
          });
          document.addEventListener("change", event => {
            if ("submit" in event.target.dataset) event.target.form?.requestSubmit();
          });
          let gone = 0;
          document.addEventListener("keydown", event => {
            if (event.metaKey || event.ctrlKey || event.altKey) return;
            if (event.target.closest("input,textarea,select,[contenteditable]")) {
              if (event.key === "Escape") event.target.blur();
              return;
            }
            if (event.key === "/") {
              const field = one("[data-search]");
              if (field) { event.preventDefault(); field.focus() }
            } else if (event.key === "g") gone = Date.now();
            else if (Date.now() - gone < 1500) {
              const link = one("[data-key=\"" + CSS.escape(event.key) + "\"]"); gone = 0;
              if (link) { event.preventDefault(); link.click() }
            }
          });
        })();
        """#
}
