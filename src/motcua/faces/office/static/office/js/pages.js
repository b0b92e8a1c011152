/* Small helps of the office's pages; every page works without them. */
(() => {
  /* a hand scanner types the card's QR code into the identity field and ends with Enter */
  const readCard = (input) => {
    const parts = input.value.split("|").map((part) => part.trim());
    if (parts.length < 6 || !/^\d{12}$/.test(parts[0])) return false;
    const base = input.id.replace(/identity$/, "");
    const put = (name, value) => { const node = document.getElementById(base + name); if (node && value) node.value = value; };
    put("identity", parts[0]);
    put("full_name", parts[2]);
    put("born_on", parts[3].replace(/^(\d{2})(\d{2})(\d{4})$/, "$1/$2/$3"));
    put("address", parts[5]);
    document.getElementById(base + "phone")?.focus();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    const node = event.target;
    if (event.key === "Enter" && node.matches?.("[data-counter] [id$=-identity]") && node.value.includes("|")) {
      event.preventDefault();
      readCard(node);
    }
  });
  /* Enter leads to the next field of a counter form; the dossier is taken in by Ctrl Enter or its button only */
  document.addEventListener("keydown", (event) => {
    const node = event.target;
    if (event.key !== "Enter" || event.ctrlKey || event.defaultPrevented || !node.matches?.("[data-counter] input,[data-counter] select")) return;
    event.preventDefault();
    const fields = [...node.form.querySelectorAll("input:not([type=hidden]),select,textarea")].filter((field) => field.offsetParent && !field.disabled);
    fields[fields.indexOf(node) + 1]?.focus();
  });
  document.addEventListener("change", (event) => {
    const node = event.target;
    if (node.matches?.("[data-counter] [id$=-identity]")) readCard(node);
    if (node.matches?.("[data-names]") && node.files.length) {
      const said = document.createElement("span");
      said.className = "mc-tag mc-info";
      said.textContent = [...node.files].map((file) => file.name).join(", ");
      node.closest("td,div").querySelectorAll(".mc-tag.mc-info").forEach((old) => old.remove());
      node.closest("label").before(said);
      const tick = node.closest("tr")?.querySelector("input[type=checkbox]");
      if (tick) tick.checked = true;
    }
  });
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-tick-all]");
    if (!all) return;
    event.preventDefault();
    all.closest("section").querySelectorAll("tbody input[type=checkbox]").forEach((box) => { box.checked = true; });
  });
  /* how long this citizen has been standing here */
  const watch = document.querySelector("[data-stopwatch]");
  if (watch) {
    const since = Date.now();
    setInterval(() => {
      const all = Math.floor((Date.now() - since) / 1000);
      watch.textContent = `${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
    }, 1000);
  }
})();
