/* Reading and writing our settings of an element, each change one step that can be undone. */
(() => {
  const D = window.McDesigner;
  const get = (name) => D.modeler.get(name);
  /* the process itself, whether the pool or the empty sheet is chosen */
  D.owner = (element) => {
    const object = D.real(element).businessObject;
    if (object.$type === "bpmn:Participant") return object.processRef || object;
    if (object.$type === "bpmn:Collaboration") return object.participants?.find((pool) => pool.processRef)?.processRef || object;
    return object;
  };
  D.settings = (element, type) => D.owner(element).extensionElements?.values?.find((item) => item.$type === type);

  const change = (element, object, properties) => get("modeling").updateModdleProperties(D.real(element), object, properties);
  const settingsOf = (element, type) => {
    const found = D.settings(element, type);
    if (found) return found;
    const moddle = get("moddle"), owner = D.owner(element), made = moddle.create(type);
    let holder = owner.extensionElements;
    if (!holder) {
      holder = moddle.create("bpmn:ExtensionElements", { values: [] });
      holder.$parent = owner;
      change(element, owner, { extensionElements: holder });
    }
    made.$parent = holder;
    change(element, holder, { values: [...(holder.values || []), made] });
    return made;
  };
  D.write = (element, type, name, value) => change(element, settingsOf(element, type), { [name]: value === "" ? undefined : value });
  D.rename = (element, name) => get("modeling").updateProperties(D.real(element), { name: name || undefined });
  D.update = (element, properties) => get("modeling").updateProperties(D.real(element), properties);

  D.parts = (element, type, list) => D.settings(element, type)?.[list] || [];
  D.writeParts = (element, type, list, partType, rows) => {
    const owner = settingsOf(element, type), moddle = get("moddle");
    const made = rows.map((row) => {
      const part = moddle.create(partType, Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")));
      part.$parent = owner;
      return part;
    });
    change(element, owner, { [list]: made });
  };
  D.variables = (element) => (D.owner(element).extensionElements?.values || []).filter((item) => item.$type === "mc:Variable");
  D.writeVariables = (element, rows) => {
    const moddle = get("moddle"), owner = D.owner(element);
    const holder = owner.extensionElements || moddle.create("bpmn:ExtensionElements", { values: [] });
    holder.$parent = owner;
    const kept = (holder.values || []).filter((item) => item.$type !== "mc:Variable");
    const made = rows.map((row) => Object.assign(moddle.create("mc:Variable", row), { $parent: holder }));
    if (!owner.extensionElements) change(element, owner, { extensionElements: holder });
    change(element, holder, { values: [...kept, ...made] });
  };

  D.timer = (element) => D.owner(element).eventDefinitions?.find((item) => item.$type === "bpmn:TimerEventDefinition");
  D.messageEvent = (element) => D.owner(element).eventDefinitions?.find((item) => item.$type === "bpmn:MessageEventDefinition");
  D.writeDuration = (element, text) => {
    const timer = D.timer(element), moddle = get("moddle");
    if (!timer) return;
    const made = text ? moddle.create("bpmn:FormalExpression", { body: text }) : undefined;
    if (made) made.$parent = timer;
    change(element, timer, { timeDuration: made });
  };
  D.writeCondition = (element, text) => {
    const made = text ? get("moddle").create("bpmn:FormalExpression", { body: text }) : undefined;
    D.update(element, { conditionExpression: made });
  };
  D.writeSeveral = (element, several) => D.update(element, {
    loopCharacteristics: several ? get("moddle").create("bpmn:MultiInstanceLoopCharacteristics") : undefined,
  });
  D.nameOf = (element) => {
    const object = D.real(element).businessObject, kind = D.kindOf(element);
    if (kind === "arrow") {
      const ends = { from: D.nameOf(element.source), to: D.nameOf(element.target) };
      return D.say("arrow", ends) + (object.name ? ` (${object.name})` : "");
    }
    const word = kind === "gateway" ? (object.$type === "bpmn:ParallelGateway" ? "parallel" : "exclusive") : kind === "service" ? "task" : kind === "boundary" ? "event" : kind;
    return object.name || D.say(word || "event");
  };
})();
