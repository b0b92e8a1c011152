/* Dragging fields in the designer; the buttons do the same without it. */
(() => {
  const form = document.querySelector("form[data-design]");
  if (!form) return;
  let dragged = null;
  const rows = document.querySelectorAll("[data-fields] > [data-field]");
  rows.forEach((row) => {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => { dragged = row; row.classList.add("is-dragged"); event.dataTransfer.effectAllowed = "move"; });
    row.addEventListener("dragend", () => { row.classList.remove("is-dragged"); dragged = null; });
    row.addEventListener("dragover", (event) => { if (dragged && dragged !== row) { event.preventDefault(); row.classList.add("is-target"); } });
    row.addEventListener("dragleave", () => row.classList.remove("is-target"));
    row.addEventListener("drop", async (event) => {
      event.preventDefault();
      row.classList.remove("is-target");
      if (!dragged || dragged === row) return;
      const list = row.closest("[data-fields]");
      const others = [...list.querySelectorAll(":scope > [data-field]")].filter((each) => each !== dragged);
      const data = new FormData(form);
      data.set("place", dragged.dataset.field);
      data.set("section", row.closest("[data-section]").dataset.section);
      data.set("at", String(others.indexOf(row)));
      const answer = await fetch(location.href, { method: "POST", body: data });
      if (answer.ok) { location.reload(); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const alert = page.querySelector("[role=alert]");
      if (alert) document.querySelector("main").prepend(alert);
    });
  });
})();
