/// What the pages of flows add to the script: the editor counts its lines and checks while somebody types.
/// Without it everything works by the buttons.
///
/// `<textarea data-check="ID">` sends its form with the intent `check` when nothing was typed for a while;
/// the element with that id takes the place of the one that is shown. `data-goto="LINE"` goes to a line.
package enum FlowScript {
    package static let text = #"""
        (() => {
          const text = document.querySelector("textarea[data-check]");
          if (!text) return;
          const form = text.form, gutter = document.querySelector(".gutter"), result = text.dataset.check;
          const marks = () => {
            const found = new Map();
            for (const e of document.querySelectorAll("#" + result + " .findings > [data-line]"))
              if (found.get(e.dataset.line) !== "bad") found.set(e.dataset.line, e.className);
            return found;
          };
          const number = () => {
            if (!gutter) return;
            const count = text.value.split("\n").length, found = marks();
            gutter.replaceChildren(...Array.from({ length: count }, (_, i) => {
              const line = document.createElement("span"), mark = found.get(String(i + 1));
              if (mark) line.className = mark;
              line.textContent = (i + 1) + "\n";
              return line;
            }));
            gutter.scrollTop = text.scrollTop;
          };
          if (gutter) text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop });
          let timer = 0, asked = 0;
          const check = async () => {
            const mine = ++asked, data = new URLSearchParams(new FormData(form));
            data.set("intent", "check");
            document.getElementById(result)?.setAttribute("aria-busy", "true");
            try {
              const answer = await fetch(form.action, { method: "POST", body: data });
              if (mine !== asked || !answer.ok) return;
              const page = new DOMParser().parseFromString(await answer.text(), "text/html");
              const next = page.getElementById(result);
              if (next) document.getElementById(result)?.replaceWith(document.importNode(next, true));
              number();
            } catch (_) {
            } finally { if (mine === asked) document.getElementById(result)?.removeAttribute("aria-busy") }
          };
          text.addEventListener("input", () => {
            number(); clearTimeout(timer); timer = setTimeout(check, 600);
          });
          document.addEventListener("click", event => {
            const link = event.target.closest("[data-goto]");
            if (!link) return;
            event.preventDefault();
            const line = Number(link.dataset.goto), lines = text.value.split("\n");
            const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
            text.focus();
            text.setSelectionRange(from, from + (lines[line - 1] || "").length);
            text.scrollTop = Math.max(0, (line - 6) * text.scrollHeight / lines.length);
          });
          number();
        })();
        """#
}
