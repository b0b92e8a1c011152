"""The two forms that a desk fills in all day, by keys alone: strokes counted, every control reached by Tab.

The time is worked out, not taken with a watch: 200 characters a minute as Vietnamese is typed by Telex, and half a
second for every key that moves or acts. `docs/measurements/typing.md` holds the figures.
"""

import re
import sys
import unicodedata
from dataclasses import dataclass

import pytest

from tests.journeys.acts import CODE
from tests.journeys.people import DESK, Person, Visit
from tests.journeys.province import Province

pytestmark = pytest.mark.journey
CHARACTERS_A_MINUTE, SECONDS_A_CONTROL = 200, 0.5
CONTROLS = "a[href],button,input:not([type=hidden]),select,textarea,summary"
# Every control of the form that a person can use: seen, not switched off, one of each set of radio buttons.
WANTED = """(controls) => {
  const seen = (node) => node.checkVisibility({visibilityProperty: true}) && !node.disabled && node.tabIndex >= 0;
  const sets = new Set();
  return [...document.querySelectorAll('main form')].flatMap((form) => [...form.querySelectorAll(controls)])
    .filter(seen)
    .filter((node) => {
      if (node.type !== 'radio') return true;
      if (sets.has(node.name)) return false;
      sets.add(node.name);
      return true;
    })
    .map((node) => node.type === 'radio' ? node.name : (node.id || node.name + node.value + node.textContent.trim()));
}"""
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return '';
  return node.type === 'radio' ? node.name : (node.id || node.name + node.value + node.textContent.trim());
}"""


@dataclass
class Keys:
    """A keyboard that counts: letters as Telex types them, and keys that move or act."""

    person: Person
    letters: int = 0
    controls: int = 0

    def type(self, words: str) -> None:
        """Type words, letter by letter."""
        self.person.page.keyboard.type(words)
        plain = unicodedata.normalize("NFD", words)
        self.letters += len(plain) + sum(letter in "đĐ" for letter in plain)

    def press(self, *names: str) -> None:
        """Press keys that move or act on this page."""
        for name in names:
            self.person.page.keyboard.press(name)
            self.controls += 1

    def leave(self, name: str) -> None:
        """Press a key that leads to another page."""
        self.person.type_key(name)
        self.controls += 1

    @property
    def seconds(self) -> float:
        """How long it takes at the speeds above."""
        return self.letters / CHARACTERS_A_MINUTE * 60 + self.controls * SECONDS_A_CONTROL

    def say(self, what: str) -> None:
        """Print the figures; `pytest -s` shows them."""
        sys.stdout.write(f"\n{what}: {self.letters} letters, {self.controls} keys, {self.seconds:.0f} s\n")


def reached_by_tab(person: Person) -> set[str]:
    """Return what Tab comes to, from the top of the page until it comes round."""
    page, found = person.page, set[str]()
    page.evaluate("document.activeElement?.blur?.(); window.getSelection()?.removeAllRanges()")
    page.locator("body").press("Tab")
    for _ in range(150):
        found.add(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
    return found


def assert_all_reached(person: Person) -> None:
    """Fail when a control of the page's forms is not reached by Tab."""
    missing = set(person.page.evaluate(WANTED, CONTROLS)) - reached_by_tab(person)
    assert not missing, missing


def test_a_dossier_is_taken_in_at_the_counter_by_keys_alone_within_a_minute_of_typing(province: Province, visit: Visit):
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    keys = Keys(desk)
    keys.leave("n")
    keys.type("ho kinh doanh")
    desk.page.locator("#choices a").filter(has_text="Chứng thực").wait_for(state="detached")
    keys.press("Tab", "Tab")
    keys.leave("Enter")
    assert_all_reached(desk)

    keys.press("F2")
    for words in ("089079000777", "Lâm Sà Rây", "02091979", "0913777128", "12 Lê Lợi, phường Long Xuyên"):
        keys.type(words)
        keys.press("Enter")
    keys.press("F8")
    keys.leave("Control+Enter")

    assert CODE.fullmatch(desk.page.get_by_role("heading", level=1).inner_text())
    assert "Lâm Sà Rây" in desk.words()
    keys.say("counter")
    assert keys.letters <= 110
    assert keys.controls <= 15
    assert keys.seconds <= 60


def test_enter_in_the_identity_field_looks_nobody_up_and_takes_nothing_in(province: Province, visit: Visit):
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    desk.go("/office/counter/?q=1.001612", looked_at=False)
    desk.follow(re.compile("hộ kinh doanh"), within=desk.page.locator("#choices"))
    address = desk.page.url

    desk.page.keyboard.press("F2")
    desk.page.keyboard.type("089079000777")
    desk.page.keyboard.press("Enter")

    assert desk.page.url == address
    assert desk.page.evaluate("document.activeElement.id") == "id_p0-full_name"
    assert desk.page.locator("[role=status]").filter(has_text="Chưa có ai").count() == 0


def test_three_originals_twenty_copies_each_are_taken_in_by_keys_alone_within_a_minute(
    province: Province, visit: Visit
):
    desk = visit("tiepnhan", width=DESK, height=900, signed_in=True)
    keys = Keys(desk)
    keys.leave("n")
    keys.press("Tab")  # out of the search box, where letters are letters
    keys.leave("c")
    assert_all_reached(desk)

    desk.page.locator("#id_full_name").focus()
    keys.type("Huỳnh Thị Thu")
    keys.press("Enter", "Enter", "Enter")
    for place, (name, pages) in enumerate((("Giấy khai sinh", "1"), ("Học bạ", "12"), ("Hộ chiếu", "4"))):
        keys.type(name)
        keys.press("Tab")
        keys.type(pages)
        keys.press("Tab")
        keys.type("20")
        if place < 2:
            keys.press("Tab")
    desk.page.get_by_text("60 bản sao từ 3 bản chính").wait_for()
    keys.leave("Control+Enter")

    assert CODE.fullmatch(desk.page.get_by_role("heading", level=1).inner_text())
    keys.say("certified copies")
    assert keys.letters <= 75
    assert keys.controls <= 18
    assert keys.seconds <= 60
