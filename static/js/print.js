// Print what is folded, in browsers whose style sheets cannot open it.
const folded = () => document.querySelectorAll("main details:not([open])");
let opened = [];

if (!CSS.supports("selector(::details-content)")) {
  addEventListener("beforeprint", () => {
    opened = [...folded()];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

for (const list of document.querySelectorAll("[data-print]")) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "action", textContent: list.dataset.print });
  button.addEventListener("click", () => print());
  item.append(button);
  list.append(item);
}
