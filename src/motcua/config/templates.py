"""Templates compiled once per language, with what never changes in it already written out.

`{% trans "…" %}`, `{% static "…" %}` and `{% icon "…" %}` of a literal give the same words on every page of a language.
Half of the nodes of a page are such; written out they melt into the text around them. Nothing of a person, a request
or the data is kept: those tags run as ever.
"""

import re
from collections.abc import Callable

from django.template import Origin
from django.template.loaders import app_directories, cached
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from motcua.faces.design.icons import icon

_TAG = re.compile(r"""\{% (trans|translate|static|icon) (?:"([^"\\]*)"|'([^'\\]*)') %\}""")
# Where the language changes half-way, or tags are shown as text, everything stays as it is.
_LEFT_ALONE = re.compile(r"\{% (?:language|verbatim) ")


def _words(text: str) -> str:
    """Return the translation as Django's tag gives it: a literal is safe, a percent sign is doubled for gettext."""
    return gettext(text.replace("%", "%%")).replace("%%", "%")


_WRITTEN: dict[str, Callable[[str], str]] = {
    "trans": _words, "translate": _words, "static": lambda path: escape(static(path)), "icon": icon,
}  # fmt: skip


def written_out(source: str) -> str:
    """Return a template's source with its constant tags replaced by what they give in the present language."""
    if _LEFT_ALONE.search(source):
        return source
    return _TAG.sub(_constant, source)


def _constant(found: re.Match[str]) -> str:
    kind, double, single = found.groups()
    text = _WRITTEN[kind](double if double is not None else single)
    return found.group() if "{%" in text or "{{" in text or "{#" in text or not text else text


class AppLoader(app_directories.Loader):
    """Loads the templates of the apps."""

    def get_contents(self, origin: Origin) -> str:
        """Return the source, constants written out."""
        return written_out(super().get_contents(origin))


class LanguageLoader(cached.Loader):
    """Keeps compiled templates per language."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """Return the key of a template in the present language."""
        return f"{get_language()} {super().cache_key(template_name, skip)}"
