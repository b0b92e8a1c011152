/* Keys of the office: off inside fields, off for good by preference, listed under "?". */
(() => {
  if (document.body.dataset.keys === "off") return;
  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];
  const cursor = () => document.querySelector("[data-rows] .is-cursor");
  const move = (step) => {
    const all = rows(), at = all.indexOf(cursor()), next = all[Math.max(0, Math.min(all.length - 1, at + step))];
    if (!next) return;
    all.forEach((row) => row.classList.remove("is-cursor"));
    next.classList.add("is-cursor");
    next.scrollIntoView({ block: "nearest" });
    next.querySelector("a.t,a")?.focus({ preventScroll: true });
  };
  const box = () => cursor()?.querySelector("input[type=checkbox]");
  const acts = {
    j: () => move(1), k: () => move(-1),
    x: () => box()?.click(),
    "/": () => document.getElementById("find")?.focus(),
    "?": () => document.getElementById("keys")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]),select,textarea,[contenteditable]");
    const special = /^F\d+$/.test(event.key) || (event.ctrlKey && event.key === "Enter");
    if ((typing && !special) || event.altKey || event.metaKey || (event.ctrlKey && !special)) {
      if (event.key === "Escape" && typing) event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const name = event.ctrlKey ? "Ctrl+Enter" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const node = document.querySelector(`[data-key="${CSS.escape(name)}"]`);
    const act = node ? () => node.click() : acts[name];
    if (act) { event.preventDefault(); act(); }
  });
})();
