// A button beside each text that is there to be copied, where the browser can copy.
for (const box of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const text = box.querySelector("[data-copied-text]");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: box.dataset.copy });
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    told.textContent = "";
    try {
      await navigator.clipboard.writeText(text.value ?? text.textContent);
      told.textContent = box.dataset.copied;
    } catch {
      told.textContent = box.dataset.failed;
    }
  });
  box.append(button, told);
}
