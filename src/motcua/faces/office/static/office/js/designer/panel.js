/* The panel beside the drawing: a plain form of the element that is chosen. */
(() => {
  const D = window.McDesigner;
  if (!D.config) return;
  const form = D.one("[data-panel]"), jump = D.one("[data-jump]"), { one, all, put, say } = D;
  let current = null, filling = false, writing = false;

  const rowsOf = (list) => all("li", list).map((row) => Object.fromEntries(all("[data-cell]", row).map((cell) => [
    cell.dataset.cell, cell.type === "checkbox" ? (cell.checked ? "true" : "") : cell.value.trim(),
  ])));
  const addRow = (list, template, values) => {
    const row = one(`#${template}`).content.firstElementChild.cloneNode(true);
    all("[data-cell]", row).forEach((cell) => {
      const value = values?.[cell.dataset.cell];
      if (cell.type === "checkbox") cell.checked = value === "true";
      else if (value !== undefined) cell.value = value;
    });
    list.append(row);
    return row;
  };
  const fillRows = (list, template, rows) => { list.replaceChildren(); rows.forEach((row) => addRow(list, template, row)); };

  const fill = () => {
    filling = true;
    const kind = D.kindOf(current) || "process", object = D.owner(current), task = D.settings(current, "mc:Task"), event = D.settings(current, "mc:Event");
    all("[data-for]", form).forEach((part) => { part.hidden = !part.dataset.for.split(" ").includes(kind); });
    one("[data-title]").textContent = kind === "process" ? say("process") : D.nameOf(current);
    one("[data-prop=name]").value = D.real(current).businessObject.name || "";
    all("[data-task]").forEach((field) => {
      const value = task?.[field.dataset.task] ?? field.dataset.default ?? "";
      if (field.type === "checkbox") field.checked = value === (field.dataset.task === "signature" ? field.value : "true");
      else field.value = value;
    });
    fillRows(one("[data-papers]"), "pd-paper", task?.papers || []);
    one("[data-signing]").hidden = !["sign", "sign_refusal"].includes(task?.act);
    all("[data-event]").forEach((field) => { field.value = event?.[field.dataset.event] ?? ""; });
    all("[data-replace]").forEach((field) => { field.value = D.real(current).businessObject.$type; });
    fillRows(one("[data-outcomes]"), "pd-outcome", task?.outcomes || []);
    if (kind === "process") fillRows(one("[data-variables]"), "pd-variable", D.variables(current));
    const timer = D.timer(current), type = object.$type;
    all("[data-duration]").forEach((field) => { field.value = timer?.timeDuration?.body || ""; });
    all("[data-timer]").forEach((part) => { part.hidden = !timer; });
    all("[data-message]").forEach((part) => { part.hidden = !(D.messageEvent(current) || type === "bpmn:ReceiveTask"); });
    one("[data-calls]").hidden = type !== "bpmn:CallActivity";
    one("[data-user]").hidden = type !== "bpmn:UserTask";
    one("[data-several]").checked = Boolean(object.loopCharacteristics);
    one("[data-interrupts]").checked = object.cancelActivity !== false;
    one("[data-terminate]").checked = Boolean(object.eventDefinitions?.some((item) => item.$type === "bpmn:TerminateEventDefinition"));
    one("[data-connector]").value = D.settings(current, "mc:Connector")?.name || "";
    if (kind === "arrow") fillArrow();
    fillTargets();
    filling = false;
    D.showHere?.(current);
  };

  const fillArrow = () => {
    const source = current.source, object = current.businessObject;
    const chooses = source?.businessObject.$type === "bpmn:ExclusiveGateway";
    const isDefault = source?.businessObject.default === object, text = object.conditionExpression?.body || "";
    one("[data-default-arrow]").checked = isDefault;
    one("[data-default-arrow]").closest(".mc-choice").hidden = !chooses;
    one("[data-no-choosing]").hidden = chooses;
    one("[data-choosing]").hidden = !chooses || isDefault;
    one("[data-condition]").value = text;
    const read = D.readCondition(text) || { outcomes: [], values: [] }, list = one("[data-when-outcomes]");
    const offered = chooses ? D.outcomesAt(source) : new Map();
    one("[data-asked]").hidden = !offered.size;
    list.replaceChildren(...[...offered].map(([code, label], index) => {
      const row = put("li"), box = put("input", "", { type: "checkbox", class: "form-check-input", id: `pd-when-${index}`, value: code });
      box.checked = read.outcomes.includes(code);
      const line = put("div", "", { class: "form-check" });
      line.append(box, put("label", `${label} (${code})`, { for: box.id, class: "form-check-label" }));
      row.append(line);
      return row;
    }));
    const values = one("[data-when-values]");
    values.replaceChildren();
    read.values.forEach(addValue);
    one("[data-add-value]").hidden = !D.variables(D.root()).length;
  };
  const addValue = (value) => {
    const row = addRow(one("[data-when-values]"), "pd-value", {});
    const names = one("[data-cell=name]", row);
    names.replaceChildren(...D.variables(D.root()).map((item) => put("option", item.label || item.name, { value: item.name })));
    all("[data-cell]", row).forEach((cell) => { if (value && value[cell.dataset.cell] !== undefined) cell.value = value[cell.dataset.cell]; });
  };
  const writeArrow = () => {
    const outcomes = all("[data-when-outcomes] input:checked").map((box) => box.value);
    const text = D.writtenCondition({ outcomes, values: rowsOf(one("[data-when-values]")) }, D.variables(D.root()));
    const offered = D.outcomesAt(current.source), before = D.readCondition(current.businessObject.conditionExpression?.body || "");
    const label = (codes) => codes.map((code) => offered.get(code) || code).join(" / ");
    const named = current.businessObject.name || "";
    D.writeCondition(current, text);
    if (outcomes.length && (!named || (before && named === label(before.outcomes)))) D.rename(current, label(outcomes));
  };

  const listed = () => D.modeler.get("elementRegistry").filter((item) => item.type !== "label" && D.kindOf(item));
  const order = ["process", "lane", "start", "task", "service", "event", "boundary", "gateway", "end", "arrow", "note"];
  const fillJump = () => {
    const groups = new Map(order.map((kind) => [kind, []]));
    listed().forEach((item) => groups.get(D.kindOf(item)).push(item));
    jump.replaceChildren();
    order.forEach((kind) => groups.get(kind).forEach((item) => jump.append(put("option", D.nameOf(item), { value: item.id }))));
    if (current) jump.value = D.real(current).id;
  };
  const fillTargets = () => {
    const ends = listed().filter((item) => ["task", "service", "event", "gateway", "end"].includes(D.kindOf(item)) && item !== current);
    one("[data-target]").replaceChildren(...ends.map((item) => put("option", D.nameOf(item), { value: item.id })));
  };

  const writers = {
    prop: (field) => D.rename(current, field.value.trim()),
    task: (field) => D.write(current, "mc:Task", field.dataset.task, field.type === "checkbox" ? (field.checked ? (field.dataset.task === "signature" ? field.value : "true") : "") : field.dataset.task === "hours" ? field.value.trim().replace(",", ".") : field.value.trim()),
    event: (field) => D.write(current, "mc:Event", field.dataset.event, field.value.trim().replace(field.dataset.event === "hours" ? "," : "\u0000", ".")),
    replace: (field) => D.replace(current, { type: field.value }),
    duration: (field) => D.writeDuration(current, field.value.trim()),
    several: (field) => D.writeSeveral(current, field.checked),
    interrupts: (field) => D.replace(current, { type: "bpmn:BoundaryEvent", cancelActivity: field.checked, eventDefinitionType: D.timer(current) ? "bpmn:TimerEventDefinition" : "bpmn:MessageEventDefinition" }),
    terminate: (field) => D.replace(current, { type: "bpmn:EndEvent", ...(field.checked ? { eventDefinitionType: "bpmn:TerminateEventDefinition" } : {}) }),
    connector: (field) => D.write(current, "mc:Connector", "name", field.value),
    condition: (field) => D.writeCondition(current, field.value.trim()),
    defaultArrow: (field) => {
      D.update(current.source, { default: field.checked ? current.businessObject : undefined });
      if (field.checked) D.writeCondition(current, "");
    },
  };
  /* what the panel itself writes must not draw its rows anew: the field that gets the focus next would be gone */
  const listen = (type, act) => form.addEventListener(type, (event) => {
    writing = true;
    try { act(event); } finally { writing = false; }
  });
  listen("change", (event) => {
    const field = event.target;
    if (filling || !current) return undefined;
    if (field.closest("[data-outcomes]")) return writeOutcomes();
    if (field.closest("[data-papers]")) return writePapers();
    if (field.closest("[data-variables]")) return D.writeVariables(current, rowsOf(one("[data-variables]")));
    if (field.closest("[data-when-outcomes],[data-when-values]")) { writeArrow(); return fill(); }
    const key = Object.keys(writers).find((name) => name in field.dataset);
    if (!key) return;
    writers[key](field);
    if (field.dataset.task === "act") one("[data-signing]").hidden = !["sign", "sign_refusal"].includes(field.value);
    if (["replace", "condition", "defaultArrow", "interrupts", "terminate", "several"].includes(key)) fill();
    one("[data-title]").textContent = D.kindOf(current) === "process" ? say("process") : D.nameOf(current);
  });
  const writeOutcomes = () => D.writeParts(current, "mc:Task", "outcomes", "mc:Outcome", rowsOf(one("[data-outcomes]")).map((row) => ({ ...row, style: row.style === "primary" ? "" : row.style })));
  const writePapers = () => D.writeParts(current, "mc:Task", "papers", "mc:Paper", rowsOf(one("[data-papers]")).filter((row) => row.name));
  listen("click", (event) => {
    const node = event.target.closest("button");
    if (!node || !current) return;
    if ("addOutcome" in node.dataset) one("[data-cell=label]", addRow(one("[data-outcomes]"), "pd-outcome", {})).focus();
    else if ("addPaper" in node.dataset) one("[data-cell=name]", addRow(one("[data-papers]"), "pd-paper", {})).focus();
    else if ("addVariable" in node.dataset) one("[data-cell=name]", addRow(one("[data-variables]"), "pd-variable", { kind: "boolean" })).focus();
    else if ("addValue" in node.dataset) { addValue(); writeArrow(); fill(); }
    else if ("remove" in node.dataset) {
      const list = node.closest("ul"), legend = list.closest("fieldset").querySelector("button[data-add-outcome],button[data-add-paper],button[data-add-variable],button[data-add-value]");
      node.closest("li").remove();
      if ("outcomes" in list.dataset) writeOutcomes();
      else if ("papers" in list.dataset) writePapers();
      else if ("variables" in list.dataset) D.writeVariables(current, rowsOf(list));
      else { writeArrow(); fill(); }
      legend?.focus();
    } else if (node.dataset.do === "connect") D.connect(current, one("[data-target]").value);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  jump.addEventListener("change", () => D.choose(jump.value, "show"));

  D.panel = (element) => { current = D.real(element); fill(); fillJump(); };
  D.refresh = () => { if (current && D.modeler.get("elementRegistry").get(current.id)) { if (!writing && !form.contains(document.activeElement)) fill(); fillJump(); } };
  D.preparePanel = () => one("[data-connector]").append(...D.config.library.connectors.map(([name, label]) => put("option", label, { value: name })));
})();
