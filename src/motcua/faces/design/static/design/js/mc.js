/* Small helps for both faces; every page works without them. */
(() => {
  const on = (type, find, act) => document.addEventListener(type, (event) => {
    const node = event.target.closest && event.target.closest(find);
    if (node) act(node, event);
  });

  on("click", "[data-dialog]", (node, event) => {
    const dialog = document.getElementById(node.dataset.dialog);
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
  });
  on("click", "[data-close]", (node, event) => {
    const dialog = node.closest("dialog");
    if (dialog) { event.preventDefault(); dialog.close(); }
    else node.closest(".mc-toast")?.remove();
  });
  on("click", "[data-copy]", async (node) => {
    await navigator.clipboard.writeText(node.dataset.copy);
    node.querySelector("[data-said]").textContent = node.dataset.done;
  });
  on("click", "[data-print]", (node, event) => { event.preventDefault(); window.print(); });
  on("change", "[data-submit]", (node) => node.form.requestSubmit());

  /* names while somebody types; choosing one opens it */
  let waiting;
  on("input", "[data-suggest]", (input) => {
    const exact = [...input.list.options].find((option) => option.value === input.value);
    if (exact) { location.href = exact.dataset.go; return; }
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(input.value));
      if (answer.ok) input.list.innerHTML = await answer.text();
    }, 180);
  });

  /* one click, one filing */
  on("submit", "form[data-once]", (form, event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }));

  /* leaving with words not saved */
  let unsaved = Boolean(document.querySelector('form[data-unsaved="already"]'));
  on("input", "form[data-unsaved]", () => { unsaved = true; });
  document.addEventListener("submit", () => { unsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  setTimeout(() => document.querySelectorAll("[data-fades]").forEach((node) => node.remove()), 8000);

  /* a file goes up as soon as it is chosen, with its progress; the answer is the page itself */
  const send = (input) => {
    const form = input.form, box = input.closest("[data-drop]"), data = new FormData(form);
    const bar = document.createElement("progress"), said = document.createElement("p");
    bar.max = 1; bar.className = "mc-progress"; said.className = "mc-hint mb-0"; said.setAttribute("role", "status");
    bar.setAttribute("aria-label", input.files[0].name);
    box.querySelectorAll("progress,[role=status]").forEach((node) => node.remove());
    box.append(bar, said);
    data.set("upload", input.name);
    const call = new XMLHttpRequest();
    call.open("POST", form.action || location.href);
    call.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
    call.onload = () => {
      unsaved = false;
      if (call.status < 400) { history.replaceState(null, "", call.responseURL.split("#")[0] + "#paper-" + input.name); location.reload(); return; }
      document.documentElement.innerHTML = new DOMParser().parseFromString(call.responseText, "text/html").documentElement.innerHTML;
      document.querySelector("[autofocus]")?.focus();
    };
    call.onerror = () => { bar.remove(); said.textContent = form.dataset.offline || "!"; input.value = ""; };
    call.send(data);
  };
  on("change", "form[data-upload] [data-drop] input[type=file]", (input) => { if (input.files.length) send(input); });
  on("dragover", "form[data-upload] [data-drop]", (box, event) => event.preventDefault());
  on("drop", "form[data-upload] [data-drop]", (box, event) => {
    event.preventDefault();
    const input = box.querySelector("input[type=file]");
    input.files = event.dataTransfer.files;
    if (input.files.length) send(input);
  });
})();
