// Filters, pages and views of the explorer without a reload of the whole page.
// The server renders every state; an address that fails here is simply gone to.
const explorer = document.querySelector("[data-explorer]");
const addressed = ["a.other-language", "input[name=next]"];

// An XMLHttpRequest hands over a parsed document; no text becomes markup here.
const get = (address) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.onload = () => (request.response?.querySelector("[data-explorer]") ? resolve(request.response) : reject());
  request.onerror = reject;
  request.send();
});

const show = (page) => {
  const open = [...explorer.querySelectorAll(".facet details[open]")].map((details) => details.closest(".facet").id);
  explorer.replaceChildren(...page.querySelector("[data-explorer]").children);
  for (const id of open) {
    const details = document.getElementById(id)?.querySelector("details");
    if (details) details.open = true;
  }
  document.querySelector(".page > .errors")?.remove();
  const errors = page.querySelector(".page > .errors");
  if (errors) explorer.before(errors);
  document.title = page.title;
  for (const selector of addressed) {
    const fresh = page.querySelectorAll(selector);
    document.querySelectorAll(selector).forEach((element, at) => {
      for (const name of ["href", "value"]) {
        if (element.hasAttribute(name)) element.setAttribute(name, fresh[at].getAttribute(name));
      }
    });
  }
};

const go = async (address, isNew = true) => {
  explorer.setAttribute("aria-busy", "true");
  try {
    show(await get(address));
  } catch {
    location.assign(address);
    return;
  }
  explorer.removeAttribute("aria-busy");
  if (!isNew) return;
  history.pushState(null, "", address);
  const target = document.querySelector(".page > .errors") ?? document.getElementById("found");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "start" });
};

explorer.addEventListener("submit", (event) => {
  event.preventDefault();
  const asked = [...new FormData(event.target)].filter(([, value]) => value);
  go(`${event.target.getAttribute("action")}?${new URLSearchParams(asked)}`);
});

explorer.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.pathname !== location.pathname || link.hash) return;
  event.preventDefault();
  go(link.href);
});

addEventListener("popstate", () => go(location.href, false));
