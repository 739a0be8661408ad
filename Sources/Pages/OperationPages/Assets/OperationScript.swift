/// What these pages add to the script of the console; everything works without it.
///
/// - `j` and `k` move through the rows of a list (`tr[data-row]`), to the link `data-open` of each, which
///   Enter opens; `x` selects the row's box.
/// - In a form `data-bulk` boxes stay selected when the list is made new; `data-chosen` says how many are.
package enum OperationScript {
    package static let text = #"""
        (() => {
          const rows = () => [...document.querySelectorAll("tr[data-row]")];
          const link = row => row.querySelector("[data-open]") || row.querySelector("a,button,input");
          document.addEventListener("keydown", event => {
            if (event.metaKey || event.ctrlKey || event.altKey) return;
            if (event.target.closest("textarea,select,[contenteditable],input:not([type=checkbox])")) return;
            const all = rows().filter(link), at = all.indexOf(event.target.closest("tr[data-row]"));
            if (event.key === "j" || event.key === "k") {
              const to = at < 0 ? 0 : at + (event.key === "j" ? 1 : -1);
              const next = all[Math.min(all.length - 1, Math.max(0, to))];
              if (!next) return;
              event.preventDefault(); link(next).focus(); next.scrollIntoView({ block: "nearest" });
            } else if (event.key === "x" && at >= 0) {
              const box = all[at].querySelector("input[type=checkbox]");
              if (box) { event.preventDefault(); box.click() }
            }
          });

          const bulk = document.querySelector("form[data-bulk]");
          if (!bulk) return;
          const chosen = new Set(), said = bulk.querySelector("[data-chosen]");
          const stop = bulk.querySelector("button[type=submit]");
          const boxes = () => [...bulk.querySelectorAll("input[type=checkbox][name=execution]")];
          const tell = () => {
            if (said) said.textContent = chosen.size ? chosen.size + " selected" : "None selected";
            if (stop) stop.disabled = !chosen.size;
          };
          bulk.addEventListener("change", event => {
            if (event.target.name !== "execution") return;
            if (event.target.checked) chosen.add(event.target.value); else chosen.delete(event.target.value);
            tell();
          });
          const restore = () => {
            const there = new Set();
            for (const box of boxes()) { there.add(box.value); box.checked = chosen.has(box.value) }
            for (const value of chosen) if (!there.has(value)) chosen.delete(value);
            tell();
          };
          document.addEventListener("fnf:renewed", restore);
          for (const box of boxes()) if (box.checked) chosen.add(box.value);
          tell();
        })();
        """#
}
