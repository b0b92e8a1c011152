/* What of bpmn-js is replaced: only what runs here can be drawn, and every word is the page's own. */
(() => {
  const D = window.McDesigner;
  const text = (name) => ({ name, isAttr: true, type: "String" });
  /* the settings that the engine reads (urn:motcua:bpmn:1) */
  D.descriptor = {
    name: "Motcua", uri: "urn:motcua:bpmn:1", prefix: "mc", xml: { tagAlias: "lowerCase" }, associations: [],
    types: [
      { name: "Task", superClass: ["Element"], properties: [
        ...["role", "place", "division", "hours", "act", "holder", "pauses", "labelEn", "message", "calls", "signature"].map(text),
        { name: "outcomes", type: "Outcome", isMany: true }, { name: "papers", type: "Paper", isMany: true } ] },
      { name: "Outcome", superClass: ["Element"], properties: ["code", "label", "labelEn", "style", "needsReason"].map(text) },
      { name: "Paper", superClass: ["Element"], properties: [text("name")] },
      { name: "Variable", superClass: ["Element"], properties: ["name", "kind", "label"].map(text) },
      { name: "Event", superClass: ["Element"], properties: ["code", "label", "labelEn", "hours", "message"].map(text) },
      { name: "Connector", superClass: ["Element"], properties: [text("name")] },
    ],
  };
  const entry = (name, title, action) => ({
    group: "edit", title: D.say(title), html: `<div class="entry">${D.picture(name)}</div>`, action: { click: action },
  });

  function ContextPad(contextPad, connect) {
    contextPad.registerProvider({
      getContextPadEntries(element) {
        const kind = D.kindOf(element), entries = {};
        if (["task", "gateway", "event", "start", "service", "boundary"].includes(kind)) {
          entries.step = entry("task", "addStep", () => D.add("task", element));
          entries.decision = entry("exclusive", "addDecision", () => D.add("exclusive", element));
          entries.end = entry("end", "addEnd", () => D.add("end", element));
          const begin = (event) => connect.start(event, element);
          entries.connect = { ...entry("connect", "connect", begin), action: { click: begin, dragstart: begin } };
        }
        if (element.type !== "label") entries.remove = entry("remove", "remove", () => D.remove([element]));
        return entries;
      },
      getMultiElementContextPadEntries: (elements) => ({ remove: entry("remove", "remove", () => D.remove(elements)) }),
    });
  }
  ContextPad.$inject = ["contextPad", "connect"];
  const nothing = ["value", null];
  /* no palette, no menus: what they offer runs nowhere; the tool bar and the panel offer the rest */
  D.modules = [{
    __init__: ["contextPadProvider"],
    contextPadProvider: ["type", ContextPad],
    paletteProvider: nothing, replaceMenuProvider: nothing, alignElementsContextPadProvider: nothing,
    alignElementsMenuProvider: nothing, distributeElementsMenuProvider: nothing,
  }];

  const kinds = {
    "bpmn:UserTask": "task", "bpmn:ManualTask": "task", "bpmn:ReceiveTask": "task", "bpmn:CallActivity": "task", "bpmn:Task": "task",
    "bpmn:ServiceTask": "service", "bpmn:SendTask": "service", "bpmn:StartEvent": "start", "bpmn:EndEvent": "end",
    "bpmn:IntermediateCatchEvent": "event", "bpmn:BoundaryEvent": "boundary", "bpmn:SequenceFlow": "arrow", "bpmn:Lane": "lane",
    "bpmn:Participant": "process", "bpmn:Process": "process", "bpmn:Collaboration": "process", "bpmn:TextAnnotation": "note",
  };
  D.real = (element) => (element && element.labelTarget) || element;
  D.kindOf = (element) => {
    const type = D.real(element)?.businessObject?.$type || "";
    return kinds[type] || (type.endsWith("Gateway") ? "gateway" : "");
  };
})();
