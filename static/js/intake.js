// Leads from a line that is doubted to that line of the working text.
const text = document.getElementById("id_working_text");

function show(number) {
  const lines = text.value.split("\n");
  const before = lines.slice(0, number - 1);
  const start = before.join("\n").length + (before.length ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[number - 1] || "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * (number - 3);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (link && text) {
    event.preventDefault();
    show(Number(link.dataset.line));
  }
});
