// A button to copy each text that is there to be copied, where the browser can copy.
const blob = (text, type) => new Blob([text], { type });

for (const box of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const [text, html] = [box.dataset.text, box.dataset.html].map((id) => document.getElementById(id)?.value);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: box.dataset.copy });
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    told.textContent = "";
    try {
      if (html && globalThis.ClipboardItem) {
        const forms = { "text/plain": blob(text, "text/plain"), "text/html": blob(html, "text/html") };
        await navigator.clipboard.write([new ClipboardItem(forms)]);
      } else {
        await navigator.clipboard.writeText(text);
      }
      told.textContent = box.dataset.copied;
    } catch {
      told.textContent = box.dataset.failed;
    }
  });
  box.append(button, told);
}
