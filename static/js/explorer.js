// Filters, pages and views of the explorer without a reload of the whole page.
// The server renders every state; an address that fails here is simply gone to.
const explorer = document.querySelector("[data-explorer]");
const followed = "link[rel=canonical], link[rel=alternate], meta[name=robots], meta[property]";
const addressed = ["a.other-language", "input[name=next]"];
const place = () => location.pathname + location.search;
let shown = place();
let latest;

// An XMLHttpRequest hands over a parsed document; no text becomes markup here. Of one
// that was aborted nothing comes: the last address that was asked for is shown.
const get = (address, signal) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.onload = () => (request.response?.querySelector("[data-explorer]") ? resolve(request.response) : reject());
  request.onerror = reject;
  signal.addEventListener("abort", () => request.abort());
  request.send();
});

const restoreFields = () => explorer.querySelector(".filters")?.reset();

const stop = () => {
  latest?.abort();
  explorer.removeAttribute("aria-busy");
};

const show = (page) => {
  const open = [...explorer.querySelectorAll("details[open][id]:not(.fold)")].map((details) => details.id);
  explorer.replaceChildren(...page.querySelector("[data-explorer]").children);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  document.querySelector(".page > .errors")?.remove();
  const errors = page.querySelector(".page > .errors");
  if (errors) explorer.before(errors);
  document.title = page.title;
  for (const old of document.head.querySelectorAll(followed)) old.remove();
  document.head.append(...page.head.querySelectorAll(followed));
  for (const selector of addressed) {
    const fresh = page.querySelectorAll(selector);
    document.querySelectorAll(selector).forEach((element, at) => {
      for (const name of ["href", "value"]) {
        if (element.hasAttribute(name)) element.setAttribute(name, fresh[at].getAttribute(name));
      }
    });
  }
  for (const kept of document.querySelectorAll("[role=search] input[type=hidden]")) kept.remove();
  document.querySelector("[role=search]")?.append(...page.querySelectorAll("[role=search] input[type=hidden]"));
};

const go = async (address, isNew = true) => {
  stop();
  const request = latest = new AbortController();
  explorer.setAttribute("aria-busy", "true");
  let page;
  try {
    page = await get(address, request.signal);
  } catch {
    location.assign(address);
    return;
  }
  if (request !== latest) return;
  show(page);
  stop();
  if (isNew) history.pushState(null, "", address);
  shown = place();
  if (!isNew) return;
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

// A step to a place on the same page is no new answer; a step back while one is under
// way takes that back.
addEventListener("popstate", () => {
  if (place() !== shown) {
    go(location.href, false);
    return;
  }
  if (explorer.hasAttribute("aria-busy")) restoreFields();
  stop();
});

// A page that the browser kept comes back with what was ticked and never applied.
addEventListener("pageshow", (event) => event.persisted && restoreFields());
