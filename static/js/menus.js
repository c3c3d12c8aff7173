// Menus that lie over the page close on Escape, and when the reader goes elsewhere.
const menus = [...document.querySelectorAll(".utility-fold, .preference")].reverse();

document.addEventListener("keydown", (event) => {
  const open = menus.find((menu) => menu.open && menu.contains(event.target));
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

for (const leaving of ["pointerdown", "focusin"]) {
  document.addEventListener(leaving, (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
}
