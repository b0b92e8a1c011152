"""`motcua search [--json] [--page N] TEXT`: the portal's list for a text, for scripts and for checking a catalogue."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand

from motcua.casework.procedures.types import SearchPage
from motcua.faces.portal.search.finding import LAST_PAGE, PAGE, found
from motcua.foundation.core import clock


class Command(BaseCommand):
    """Print what a page of the portal's search shows, best first; nothing found is an answer, not an error."""

    help = (
        "Print the procedures that the portal lists for a text, best first. Without words: all in force, by name. "
        "Exit code 0 also when nothing was found, 2 for wrong arguments, 1 when the search could not be done."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the words, the form of the answer and the page."""
        parser.add_argument("text", nargs="*", help="the words, as typed into the portal's search")
        parser.add_argument("--json", action="store_true", help="a list of objects with code and name")
        parser.add_argument(
            "--page", type=_page, default=1, metavar="N", help=f"page of the portal, {PAGE} a page (default 1)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Search and print; what was mended or not found is said beside the list, never in it."""
        words = " ".join(options["text"])
        page = found(words, on=clock.now().date(), lang="vi", number=options["page"])
        if options["json"]:
            lines = [{"code": hit.code, "name": hit.name} for hit in page.results]
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
            return
        self._remark(page)
        for hit in page.results:
            self.stdout.write(f"{hit.code}  {hit.name}")

    def _remark(self, page: SearchPage) -> None:
        if page.corrected:
            self.stderr.write(f"Searched instead: {page.corrected}")
        if not page.results:
            self.stderr.write("No procedure fits.")


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= LAST_PAGE:
        raise ArgumentTypeError(f"a page is a number from 1 to {LAST_PAGE}")
    return number
