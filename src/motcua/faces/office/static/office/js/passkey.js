// Passkeys: asks the browser for one and sends its answer with the form. Without this file codes work as well.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((item) => ({ ...item, id: bytes(item.id) }));

  const ask = async (kind, options) => {
    const wanted = { ...options, challenge: bytes(options.challenge) };
    if (kind === "create") {
      wanted.user = { ...options.user, id: bytes(options.user.id) };
      wanted.excludeCredentials = known(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: wanted });
    }
    wanted.allowCredentials = known(options.allowCredentials);
    return navigator.credentials.get({ publicKey: wanted });
  };

  const plain = (made) => {
    const given = { clientDataJSON: text(made.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) given[name] = text(made.response[name]);
    }
    return JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, response: given });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    const button = form.querySelector("button");
    button.hidden = false;
    form.querySelector("[data-without]").hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[data-said]");
      said.textContent = "";
      try {
        const made = await ask(form.dataset.passkey, JSON.parse(form.dataset.options).publicKey);
        form.elements.passkey.value = plain(made);
        HTMLFormElement.prototype.submit.call(form);
      } catch {
        said.textContent = form.dataset.failed;
      }
    });
  }
})();
