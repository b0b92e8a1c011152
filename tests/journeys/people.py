"""People at their screens: a browser context of their own, and a close look at every page they come to."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

PHONE, DESK, NARROWEST = 390, 1440, 320
SHOTS = os.environ.get("MOTCUA_SHOTS", "")
# The default set of axe holds WCAG 2.0 to 2.1 A and AA and best practices; what WCAG 2.2 adds is switched on.
RULES = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
_axe = Axe()
_shots = count(1)
# What a page is made of for somebody who cannot see it: elements with their classes, states and roles, and whether each
# has words, a name, a living reference. Pages alike in all of that are alike to axe; which words and numbers stand in
# them is not looked at. Rows after the second of the same kind tell nothing new.
BUILD = """() => {
  const named = new Set(["aria-label", "title", "alt", "placeholder", "value", "href", "src", "action"]);
  const refers = new Set(["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"]);
  const passed = new Set(["id", "name", "content", "nonce", "d", "datetime", "list"]);
  const ids = new Set(), twice = new Set();
  for (const item of document.querySelectorAll("[id]")) (ids.has(item.id) ? twice : ids).add(item.id);
  const own = (item) => {
    const words = [...item.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const said = [item.tagName, words ? "w" : ""];
    for (const { name, value } of item.attributes) {
      if (passed.has(name) || (name.startsWith("data-") && item !== document.documentElement)) continue;
      if (named.has(name)) said.push(name + (value.trim() ? "+" : "-"));
      else if (refers.has(name)) said.push(name + value.split(/ +/).map((id) => (ids.has(id) ? "+" : "-")));
      else said.push(name + "=" + value);
    }
    return said.join(" ");
  };
  const build = (item) => {
    if (item.tagName === "svg") return "svg" + (item.getAttribute("aria-hidden") || "");
    const inside = [];
    for (const child of item.children) {
      const told = build(child);
      if (inside.at(-1) !== told || inside.at(-2) !== told) inside.push(told);
    }
    return `<${own(item)}>${inside.join("")}</>`;
  };
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return [document.title ? "t" : "", twice.size, dark, own(document.documentElement), build(document.body)].join("|");
}"""
_looked_at: set[tuple[int, str]] = set()


@dataclass
class Person:
    """Somebody with one browser window.

    Attributes:
        faults: what the browser complained about since the last look.
    """

    name: str
    site: str
    context: BrowserContext
    page: Page
    has_scripts: bool = True
    faults: list[str] = field(default_factory=list)
    status: int = 0

    def __post_init__(self) -> None:
        self.context.on("request", self._on_request)
        self.context.on("response", self._on_response)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))

    def go(self, path: str, *, status: int = 200, looked_at: bool = True) -> Page:
        """Open an address of the site and look at the page, unless it is only passed through once more."""
        self.page.goto(path if path.startswith("http") else self.site + path)
        return self.look(status=status) if looked_at else self.page

    def press(self, name: str | re.Pattern[str], *, within: Locator | Page | None = None, status: int = 200) -> Page:
        """Press the button with these words and look at the page that comes."""
        return self._away((within or self.page).get_by_role("button", name=name), status)

    def follow(self, name: str | re.Pattern[str], *, within: Locator | Page | None = None, status: int = 200) -> Page:
        """Follow the link with these words and look at the page that comes."""
        return self._away((within or self.page).get_by_role("link", name=name), status)

    def type_key(self, key: str, *, status: int = 200) -> Page:
        """Press a key that leads to another page, and look at that page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self.look(status=status)

    def write(self, label: str, value: str) -> None:
        """Type into the field with this visible label, the first when there are several."""
        self.page.get_by_label(label).first.fill(value)

    def words(self) -> str:
        """Return what the main part of the page says, blanks made plain."""
        return re.sub(r"[^\S\n]+", " ", self.page.locator("main").inner_text())

    def attach(self, paper: str, name: str, content: bytes, *, kind: str = "application/pdf") -> None:
        """Choose a file for a paper; with scripts it is sent at once, so wait for the page that knows it."""
        field = self.page.get_by_label(re.compile(f": {re.escape(paper)}"))
        field.set_input_files({"name": name, "mimeType": kind, "buffer": content})
        if self.has_scripts:
            self.page.locator(".mc-file").filter(has_text=name).first.wait_for()

    def download(self, link: Locator) -> tuple[str, bytes]:
        """Fetch what the link gives, as this browser; return its content type and bytes."""
        answer = self.context.request.get(self.site + (link.get_attribute("href") or ""))
        assert answer.status == 200, answer.status
        return answer.headers["content-type"], answer.body()

    def look(self, *, status: int = 200) -> Page:
        """Fail when the page has a barrier, an error, a foreign request, something to move sideways, a wrong status."""
        self.page.wait_for_load_state()
        self._shoot()
        found, self.faults = self.faults, []
        if self.status != status:
            found.append(f"status {self.status} instead of {status}")
        if overflow(self.page) > 0:
            found.append("has to be moved sideways")
        if self.has_scripts:
            found += barriers(self.page)
        assert not found, f"{self.name} at {self.page.url}: {found}\n{self.page.locator('main').inner_text()[:1500]}"
        return self.page

    def leave(self) -> None:
        """Close the window."""
        self.context.close()

    def _away(self, target: Locator, status: int) -> Page:
        with self.page.expect_navigation():
            target.click()
        return self.look(status=status)

    def _shoot(self) -> None:
        if SHOTS:
            path = re.sub(r"[0-9a-f-]{30,}|[^a-z0-9]+", "-", urlsplit(self.page.url).path.lower()).strip("-") or "home"
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            target = Path(SHOTS) / f"{next(_shots):03}-{self.name}-{width}-{path[:60]}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=target, full_page=True)

    def _on_request(self, request: Request) -> None:
        # The last two are the browser's own viewer of PDF files.
        if not request.url.startswith((self.site, "data:", "blob:", "about:", "chrome-extension:", "chrome:")):
            self.faults.append(f"asks another host: {request.url}")

    def _on_response(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status
        elif response.status >= (500 if response.request.resource_type in {"xhr", "fetch"} else 400):
            self.faults.append(f"{response.status} for {response.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser itself says so of every page with an error status; those are looked at by _on_response.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")


Visit = Callable[..., Person]

UNSTUCK = """() => {
  for (const item of document.querySelectorAll('body *')) {
    if (!['sticky', 'fixed'].includes(getComputedStyle(item).position)) continue;
    item.dataset.stuck = '1';
    item.style.position = 'static';
  }
}"""
STUCK_AGAIN = """() => { for (const item of document.querySelectorAll('[data-stuck]'))
  { item.style.position = ''; delete item.dataset.stuck; } }"""


def barriers(page: Page) -> list[str]:
    """Return what axe finds on the page, one line per rule; a page built like one that was without, is without."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    build = (width, page.evaluate(BUILD))
    if build in _looked_at:
        return []
    faults = _axe.run(page, options=RULES).response["violations"]
    if any(fault["id"] == "target-size" for fault in faults):
        # A bar that stays in view covers what can be scrolled from under it: measure again with the bar in its place.
        page.evaluate(UNSTUCK)
        faults = _axe.run(page, options=RULES).response["violations"]
        page.evaluate(STUCK_AGAIN)
    found = [f"axe {fault['id']}: {' | '.join(node['html'][:160] for node in fault['nodes'][:3])}" for fault in faults]
    if not found:
        _looked_at.add(build)
    return found


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide
