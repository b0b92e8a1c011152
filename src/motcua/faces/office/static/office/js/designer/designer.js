/* The designer itself: the drawing of bpmn-js, the tool bar, and what its buttons do. Read-only pictures stay on phones. */
(() => {
  const D = window.McDesigner;
  if (!D?.config || !window.BpmnJS || !window.matchMedia("(min-width: 768px)").matches) return;
  const { config, one, all, say } = D, area = one("[data-designer]");
  const drawn = (name) => one(`[data-signs] [data-sign="${name}"]`)?.innerHTML || "";
  D.signs = { bad: drawn("bad"), good: drawn("good"), warn: drawn("warn") };
  D.modeler = new window.BpmnJS({ container: one("[data-canvas]"), moddleExtensions: { mc: D.descriptor }, additionalModules: D.modules,
    textRenderer: { defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 }, externalStyle: { fontSize: 11 } } });
  const get = (name) => D.modeler.get(name), tell = (text) => { one("[data-said]").textContent = text; };
  const registry = () => get("elementRegistry");
  D.root = () => registry().find((item) => item.businessObject?.$type === "bpmn:Participant" && item.businessObject.processRef) || get("canvas").getRootElement();

  D.choose = (id, scroll) => {
    const element = registry().get(id);
    if (!element) return;
    get("selection").select(element);
    if (scroll && !["lane", "process"].includes(D.kindOf(element))) get("canvas").scrollToElement(element, { top: 80, bottom: 80, left: 80, right: 160 });
    if (scroll === true) all("[data-panel] :is(input,select,textarea)").find((field) => field.offsetParent)?.focus();
  };
  const chosen = () => D.real(get("selection").get()[0]);

  const types = {
    task: { type: "bpmn:UserTask" }, exclusive: { type: "bpmn:ExclusiveGateway" }, parallel: { type: "bpmn:ParallelGateway" },
    end: { type: "bpmn:EndEvent" }, wait: { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" },
    note: { type: "bpmn:TextAnnotation" },
  };
  const edge = { timer: "bpmn:TimerEventDefinition", message: "bpmn:MessageEventDefinition" };
  const gap = 170;
  /* several changes as one step of undo */
  const together = (act) => {
    let made;
    get("commandStack").execute("mc.together", { act: () => { made = act(); } });
    return made;
  };
  /* make room to the right, so that what is put in between covers nothing */
  const makeRoom = (source) => {
    const start = source.x + source.width + 5, shapes = registry().filter((item) => !item.waypoints && item.parent && item.type !== "label");
    const ways = registry().filter((item) => item.waypoints).map((arrow) => [arrow, arrow.waypoints.map(({ x, y }) => ({ x: x >= start ? x + gap : x, y }))]);
    const labels = registry().filter((item) => item.type === "label" && item.labelTarget.waypoints).map((label) => [label, label.x >= start ? label.x + gap : label.x, label.y]);
    const tool = get("spaceTool"), found = tool.calculateAdjustments(shapes, "x", gap, start);
    tool.makeSpace(found.movingShapes, found.resizingShapes, { x: gap, y: 0 }, "e", start);
    ways.forEach(([arrow, points]) => get("modeling").updateWaypoints(arrow, points)); // as they were drawn, not anew
    labels.forEach(([label, x, y]) => { if (label.x !== x || label.y !== y) get("modeling").moveShape(label, { x: x - label.x, y: y - label.y }); });
  };
  const place = (source, shape) => {
    const arrow = D.kindOf(source) === "arrow" ? source : ["task", "start", "service", "event"].includes(D.kindOf(source)) && source.outgoing.length === 1 ? source.outgoing[0] : null;
    if (!arrow || ["bpmn:EndEvent", "bpmn:TextAnnotation"].includes(shape.type)) return get("autoPlace").append(arrow === source ? source.source : source, shape);
    const from = arrow.source, to = arrow.target;
    if (to.x - from.x - from.width < gap + 40 && to.x > from.x) makeRoom(from);
    const middle = arrow.waypoints.length > 2 ? { x: from.x + from.width + 50 + shape.width / 2, y: from.y + from.height / 2 } : { x: (from.x + from.width + to.x) / 2, y: (arrow.waypoints[0].y + arrow.waypoints[1].y) / 2 };
    return get("modeling").createShape(shape, middle, arrow);
  };
  const newShape = (name) => {
    const shape = get("elementFactory").createShape(types[name]);
    shape.businessObject.name = { task: say("newTask"), end: say("newEnd"), exclusive: say("newDecision"), wait: say("newWait"), note: say("note") }[name];
    if (name === "note") shape.businessObject.text = say("note");
    if (name === "task" || name === "wait") {
      const moddle = get("moddle"), task = moddle.create("mc:Task", { place: "competent", act: "other" });
      if (name === "task") task.outcomes = [Object.assign(moddle.create("mc:Outcome", { code: "done", label: say("newOutcome") }), { $parent: task })];
      const holder = moddle.create("bpmn:ExtensionElements", { values: [task] });
      task.$parent = holder; holder.$parent = shape.businessObject;
      shape.businessObject.extensionElements = holder;
    }
    return shape;
  };
  D.add = (name, source) => {
    source = D.real(source || chosen());
    if (name === "lane") return addLane(source);
    if (!source || ["process", "lane", "note", "end"].includes(D.kindOf(source))) return tell(say("selectFirst"));
    if (edge[name]) return attach(name, source);
    const made = together(() => place(source, newShape(name)));
    get("selection").select(made);
    tell(say("added", { name: D.nameOf(made) }));
    one("[data-prop=name]").focus();
    return made;
  };
  const addLane = (source) => {
    const lanes = registry().filter((item) => D.kindOf(item) === "lane");
    const beside = source && D.kindOf(source) === "lane" ? source : lanes[lanes.length - 1] || D.root();
    const made = together(() => {
      const lane = get("modeling").addLane(beside, "bottom");
      D.rename(lane, say("newLane"));
      return lane;
    });
    get("selection").select(made);
    return made;
  };
  const attach = (name, host) => {
    if (D.kindOf(host) !== "task") return tell(say("selectFirst"));
    const shape = get("elementFactory").createShape({ type: "bpmn:BoundaryEvent", eventDefinitionType: edge[name], cancelActivity: true });
    const made = get("modeling").createShape(shape, { x: host.x + host.width - 25 - 45 * (host.attachers?.length || 0), y: host.y + host.height }, host, { attach: true });
    D.rename(made, say(name === "timer" ? "timeUp" : "messageCame"));
    get("selection").select(made);
    return made;
  };
  D.remove = (elements) => {
    const doomed = elements.map(D.real).filter((item) => item && D.kindOf(item) !== "process");
    if (!doomed.length) return;
    const name = D.nameOf(doomed[0]);
    get("modeling").removeElements(doomed);
    tell(say("removed", { name }));
  };
  D.replace = (element, target) => {
    const made = together(() => {
      const put = get("bpmnReplace").replaceElement(D.real(element), target), task = D.settings(put, "mc:Task");
      if (task?.message && target.type !== "bpmn:ReceiveTask") D.write(put, "mc:Task", "message", "");
      if (task?.calls && target.type !== "bpmn:CallActivity") D.write(put, "mc:Task", "calls", "");
      if (D.owner(put).loopCharacteristics && target.type !== "bpmn:UserTask") D.writeSeveral(put, false);
      return put;
    });
    get("selection").select(made);
  };
  D.connect = (source, id) => {
    const target = registry().get(id);
    const arrow = target && get("rules").allowed("connection.create", { source, target }) ? get("modeling").connect(source, target) : null;
    if (!arrow) return tell(say("cannotConnect"));
    get("selection").select(arrow);
    return tell(say("added", { name: D.nameOf(arrow) }));
  };

  /* all of it, but never so small that nobody can read it: then its beginning */
  const showAll = (least) => {
    const canvas = get("canvas");
    canvas.zoom("fit-viewport");
    if (canvas.zoom() >= least) return;
    canvas.zoom(least);
    const { inner, outer } = canvas.viewbox();
    canvas.viewbox({ x: inner.x - 16, y: inner.y - 16, width: outer.width / least, height: outer.height / least });
  };
  const zoom = (factor) => get("canvas").zoom(get("canvas").zoom() * factor);
  const acts = {
    remove: () => D.remove(get("selection").get()), undo: () => get("commandStack").undo(), redo: () => get("commandStack").redo(),
    in: () => zoom(1.2), out: () => zoom(1 / 1.2), fit: () => showAll(0),
  };
  const begin = async () => {
    try {
      area.hidden = false;
      await D.modeler.importXML(config.xml);
    } catch (error) {
      area.hidden = true;
      one("[data-saved]").textContent = say("broken", { reason: error.message });
      return;
    }
    one("[data-still]").hidden = true;
    showAll(0.75);
    get("commandStack").registerHandler("mc.together", class { preExecute(context) { context.act(); } });
    D.preparePanel();
    get("eventBus").on("selection.changed", ({ newSelection }) => D.panel(newSelection[0] || D.root()));
    get("eventBus").on("commandStack.changed", D.changed);
    area.addEventListener("click", (event) => {
      const button = event.target.closest(".pd-tools button");
      if (!button) return;
      if (button.dataset.add) D.add(button.dataset.add);
      else acts[button.dataset.do]?.();
    });
    D.panel(D.root());
    D.showAnswer();
    area.dataset.ready = "1";
  };
  begin();
})();
