/* Small helps for handing in; every page works without them. */
(() => {
  document.documentElement.classList.add("js");

  /* an answer that opens or closes other questions asks the server for the page at once */
  const form = document.querySelector("form[data-controls]");
  if (form) {
    const names = form.dataset.controls.split(",");
    form.addEventListener("change", (event) => {
      if (!names.includes(event.target.name)) return;
      const wish = document.createElement("input");
      wish.type = "hidden"; wish.name = "refresh"; wish.value = "1";
      form.append(wish);
      form.requestSubmit();
    });
  }

  document.querySelectorAll("[data-select]").forEach((node) => node.addEventListener("focus", () => node.select()));
})();
