/* The designer's namespace: what the page says it, and small helps. Loaded first. */
(() => {
  const holder = document.getElementById("designer-config");
  const config = holder ? JSON.parse(holder.textContent) : null;
  const say = (key, params) => (config.words[key] || key).replace(/%\((\w+)\)s/g, (whole, name) => (params && name in params ? params[name] : whole));
  const one = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const put = (tag, text, attributes) => {
    const node = document.createElement(tag);
    if (text) node.textContent = text;
    Object.entries(attributes || {}).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  };
  const picture = (name) => one(`[data-add="${name}"] svg, [data-do="${name}"] svg`)?.outerHTML || "";
  window.McDesigner = { config, say, one, all, put, picture };
})();
