/// What the shop adds to the script of all pages: the running total of an order, and the buttons that count.
/// Without it quantities are typed and the total is shown on the next page.
///
/// Money is counted in whole millionths, so that what is shown is what the server will say.
///
/// - `<form data-basket>` with number fields that have `data-price` and `data-name`;
/// - `data-step="1" data-for="id"` on a button counts the field up or down;
/// - `data-basket-lines`, `data-basket-total`, `data-basket-empty` and `data-basket-count` are kept up to
///   date.
enum ShopScript {
    static let text = #"""
        (() => {
          const form = document.querySelector("form[data-basket]");
          if (!form) return;
          const places = 6, unit = 10n ** BigInt(places);
          const read = text => {
            const [whole, part = ""] = text.split(".");
            return BigInt(whole) * unit + BigInt((part + "0".repeat(places)).slice(0, places) || "0");
          };
          const write = amount => {
            let part = String(amount % unit).padStart(places, "0");
            while (part.length > 2 && part.endsWith("0")) part = part.slice(0, -1);
            return "¥" + amount / unit + "." + part;
          };
          const all = s => document.querySelectorAll(s);
          const fields = [...form.querySelectorAll("input[data-price]")];
          const quantity = field => /^[0-9]{1,2}$/.test(field.value) ? BigInt(field.value) : 0n;
          const line = (name, amount) => {
            const item = document.createElement("li"), what = document.createElement("span");
            what.className = "line-name"; what.textContent = name;
            const sum = document.createElement("span");
            sum.className = "nowrap"; sum.textContent = amount;
            item.append(what, sum);
            return item;
          };
          const count = () => {
            let total = 0n, pieces = 0n;
            const lines = [];
            for (const field of fields) {
              const many = quantity(field);
              field.closest(".dish").classList.toggle("is-chosen", many > 0n);
              if (!many) continue;
              const amount = read(field.dataset.price) * many;
              total += amount; pieces += many;
              lines.push(line(field.dataset.name + " × " + many, write(amount)));
            }
            for (const e of all("[data-basket-lines]")) e.replaceChildren(...lines);
            for (const e of all("[data-basket-total]")) e.textContent = write(total);
            for (const e of all("[data-basket-count]")) e.textContent = String(pieces);
            for (const e of all("[data-basket-empty]")) e.hidden = pieces > 0n;
            for (const e of all(".checkout")) e.classList.toggle("is-open", pieces > 0n);
          };
          form.addEventListener("input", count);
          form.addEventListener("click", event => {
            const button = event.target.closest("[data-step]");
            if (!button) return;
            const field = document.getElementById(button.dataset.for);
            const next = Number(quantity(field)) + Number(button.dataset.step);
            field.value = String(Math.min(Number(field.max), Math.max(0, next)));
            count();
          });
          addEventListener("pageshow", count);
          count();
        })();
        """#
}
