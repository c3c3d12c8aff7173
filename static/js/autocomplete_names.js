// The admin's select2 leaves its search fields, and what is still empty, without a name
// and puts other things than items into its lists: mended here, whenever it draws.
function mend() {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const box = select.parentElement.querySelector(".select2-container");
    const label = document.querySelector(`label[for="${select.id}"]`);
    box?.querySelector(".select2-search__field")?.setAttribute("aria-label", label?.textContent.trim() ?? "");
    const single = box?.querySelector(".select2-selection--single");
    if (single && label) {
      label.id ||= `${select.id}_label`;
      single.setAttribute("aria-labelledby", `${label.id} select2-${select.id}-container`);
      const chosen = single.querySelector("[role=textbox]");
      for (const name of ["aria-readonly", "role"]) chosen?.removeAttribute(name);
    }
    box?.querySelectorAll("ul.select2-selection__rendered > span").forEach((one) => one.setAttribute("role", "listitem"));
  }
}

new MutationObserver(mend).observe(document, { childList: true, subtree: true });
