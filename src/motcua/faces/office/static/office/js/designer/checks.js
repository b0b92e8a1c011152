/* After each change: ask the server what is wrong, show it, and keep the drawing. */
(() => {
  const D = window.McDesigner;
  if (!D.config) return;
  const { config, one, all, put, say } = D;
  const token = one("[name=csrfmiddlewaretoken]")?.value || "";
  let seen = config.seen, answer = config.answer, asking, keeping, dirty = false, stopped = false, flags = [], marked = [];

  const line = (row, linked) => {
    const item = put("li"), body = put("div");
    item.innerHTML = D.signs.bad;
    const known = row.element && D.modeler.get("elementRegistry").get(row.element);
    if (linked && known) {
      const button = put("button", row.message, { type: "button" });
      button.addEventListener("click", () => D.choose(row.element, true));
      body.append(button);
    } else body.append(put("b", row.message));
    body.append(" ", row.mend);
    item.append(body);
    return item;
  };
  const show = () => {
    const canvas = D.modeler.get("canvas"), overlays = D.modeler.get("overlays"), registry = D.modeler.get("elementRegistry");
    flags.forEach((key) => overlays.remove(key));
    marked.forEach(([key, name]) => registry.get(key) && canvas.removeMarker(key, name));
    flags = []; marked = [];
    const mark = (key, name) => { if (registry.get(key)) { canvas.addMarker(key, name); marked.push([key, name]); } };
    answer.longest.forEach((key) => mark(key, "is-longest"));
    new Set(answer.problems.map((row) => row.element)).forEach((key) => {
      const element = registry.get(key);
      if (!element) return;
      mark(key, "is-bad");
      const place = element.waypoints ? { top: -24, left: 0 } : { top: -11, right: 11 };
      flags.push(overlays.add(key, { position: place, html: put("div", "!", { class: "pd-flag", "aria-hidden": "true" }) }));
    });
    registry.filter((item) => item.type !== "label" && D.settings(item, "mc:Task")?.hours).forEach((item) => {
      const hours = say("hours", { hours: D.settings(item, "mc:Task").hours.replace(".", config.decimal) });
      flags.push(overlays.add(item, { position: { bottom: 19, left: 0 }, html: put("div", hours, { class: "pd-hours" }) }));
    });
    const count = answer.problems.length;
    one("[data-check-state]").innerHTML = count ? D.signs.bad : D.signs.good;
    one("[data-check-state]").append(count ? (count === 1 ? say("one") : say("several", { count })) : say("green"));
    one("[data-problems]").replaceChildren(...answer.problems.map((row) => line(row, true)));
    one("[data-hours]").textContent = answer.hours ? say("longest", { hours: answer.hours }) : "";
    one("[data-limits]").replaceChildren(...(answer.limits.length ? answer.limits.map(limit) : [plain(say("noLimit"))]));
    all("[data-needs-green]").forEach((button) => { button.disabled = Boolean(count); });
    D.showHere();
  };
  const plain = (text) => { const item = put("li"); item.append(put("div", text)); return item; };
  const limit = (row) => {
    const item = put("li", "", row.over ? { class: "over" } : {}), body = put("div", `${row.words}${row.rough ? `, ${say("rough")}` : ""}: `);
    item.innerHTML = row.over ? D.signs.warn : D.signs.good;
    body.append(row.over ? put("b", say("over")) : say("within"));
    item.append(body);
    return item;
  };
  D.showHere = (element) => {
    if (element) D.here = element.id;
    one("[data-here]").replaceChildren(...answer.problems.filter((row) => row.element && row.element === D.here).map((row) => line(row, false)));
  };

  const tell = (text, wrong) => {
    const place = one("[data-saved]");
    place.textContent = text;
    place.classList.toggle("text-danger", Boolean(wrong));
  };
  const send = async (url, xml, headers) => fetch(url, {
    method: "POST", body: xml, headers: { "Content-Type": "application/bpmn+xml", "X-CSRFToken": token, ...headers },
  });
  const drawing = async () => (await D.modeler.saveXML({ format: true })).xml;

  const ask = async () => {
    try {
      const reply = await send(config.check, await drawing());
      if (reply.ok) { answer = await reply.json(); show(); }
    } catch { /* the next change asks again */ }
  };
  const keep = async () => {
    if (stopped || !dirty) return;
    dirty = false;
    tell(say("saving"));
    try {
      const reply = await send(config.save, await drawing(), { "X-Seen": seen }), said = await reply.json();
      if (reply.ok) {
        seen = said.seen;
        all("[data-seen]").forEach((field) => { field.value = seen; });
        one("[data-state-words]").textContent = said.state;
        tell(said.saved);
      } else {
        stopped = reply.status === 409;
        dirty = true;
        tell(said.error, true);
        if (stopped) offerFile();
      }
    } catch {
      dirty = true;
      tell(say("offline"), true);
      keeping = setTimeout(keep, 10000);
    }
  };
  /* somebody else saved: what was drawn here can be taken away as a file */
  const offerFile = async () => {
    const link = put("a", say("takeAway"), { href: URL.createObjectURL(new Blob([await drawing()], { type: "application/bpmn+xml" })), download: `${config.code}.bpmn` });
    one("[data-saved]").append(" ", link);
  };
  D.changed = () => {
    dirty = true;
    if (!stopped) tell(say("unsaved"));
    clearTimeout(asking); clearTimeout(keeping);
    asking = setTimeout(ask, 500);
    keeping = setTimeout(keep, 1500);
    D.refresh();
  };
  D.showAnswer = show;
  D.saveNow = () => { clearTimeout(keeping); return keep(); };
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
