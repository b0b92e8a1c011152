/* Conditions of arrows: built by choosing, written as the text that the engine reads. */
(() => {
  const D = window.McDesigner;
  const stops = new Set(["task", "event"]);
  /* the outcomes that can arrive at a decision: code -> label, from the steps right before it */
  D.outcomesAt = (gateway) => {
    const found = new Map(), seen = new Set(), todo = [gateway];
    while (todo.length) {
      for (const arrow of todo.pop().incoming || []) {
        const before = arrow.source;
        if (!before || seen.has(before)) continue;
        seen.add(before);
        const kind = D.kindOf(before);
        if (kind === "boundary") {
          const event = D.settings(before, "mc:Event");
          if (event?.code) found.set(event.code, event.label || before.businessObject.name || event.code);
        } else if (stops.has(kind)) D.parts(before, "mc:Task", "outcomes").forEach((item) => item.code && found.set(item.code, item.label || item.code));
        else todo.push(before);
      }
    }
    return found;
  };

  const quote = (value) => `"${String(value).replace(/["\\]/g, "")}"`;
  const constant = (value, kind) => (kind === "text" ? quote(value) : kind === "boolean" ? (value === "False" ? "False" : "True") : String(value).replace(",", ".") || "0");
  /* {outcomes: [codes], values: [{name, sign, constant}]} of a text, null when it says more than can be chosen */
  D.readCondition = (text) => {
    const found = { outcomes: [], values: [] };
    for (const part of text.trim() ? text.trim().split(/\s+and\s+/) : []) {
      let match;
      if ((match = part.match(/^outcome\s*==\s*["']([\w]+)["']$/))) found.outcomes.push(match[1]);
      else if ((match = part.match(/^outcome\s+in\s*[[(]([^\])]*)[\])]$/))) found.outcomes.push(...[...match[1].matchAll(/["'](\w+)["']/g)].map((item) => item[1]));
      else if ((match = part.match(/^not\s+(\w+)$/))) found.values.push({ name: match[1], sign: "==", constant: "False" });
      else if ((match = part.match(/^(\w+)$/))) found.values.push({ name: match[1], sign: "==", constant: "True" });
      else if ((match = part.match(/^(?!outcome)(\w+)\s*(==|!=|<=|>=|<|>)\s*(?:["']([^"']*)["']|(-?[\d.]+|True|False))$/))) found.values.push({ name: match[1], sign: match[2], constant: match[3] ?? match[4] });
      else return null;
    }
    return found;
  };
  D.writtenCondition = ({ outcomes, values }, variables) => {
    const kind = (name) => variables.find((item) => item.name === name)?.kind || "text";
    const parts = values.filter((item) => item.name).map((item) => {
      if (kind(item.name) === "boolean") return (item.constant !== "False") === (item.sign !== "!=") ? item.name : `not ${item.name}`;
      return `${item.name} ${item.sign} ${constant(item.constant, kind(item.name))}`;
    });
    if (outcomes.length === 1) parts.push(`outcome == ${quote(outcomes[0])}`);
    if (outcomes.length > 1) parts.push(`outcome in [${outcomes.map(quote).join(", ")}]`);
    return parts.join(" and ");
  };
})();
