"""Build the Vietnamese catalogue without system gettext: collect sentences, merge the parts, compile.

    python tools/translations.py                     write vi/LC_MESSAGES/django.po and .mo from locale/parts/*.po
    python tools/translations.py --check             fail on anything untranslated, stale, contradictory or not rebuilt
    python tools/translations.py --missing PATH      print what is untranslated below PATH, ready to be filled in

Sentences are English in the source. The part `django.po` may also translate anew what Django itself says.
"""

import argparse
import ast
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "motcua"
PARTS = SOURCE / "locale" / "parts"
TARGET = SOURCE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
PLAIN, PLURAL, CONTEXT, CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": PLURAL,
    "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT,
    "pgettext_lazy": CONTEXT,
    "npgettext": CONTEXT_PLURAL,
    "npgettext_lazy": CONTEXT_PLURAL,
}
LITERAL = r"u?(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')"
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL})(?:\s*,\s*({LITERAL}))?(?:\s*,\s*({LITERAL}))?")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])|\{(\w*)\}")
# A date of build would make every build differ.
MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)

Key = tuple[str, str, str]  # context, singular, plural


def used() -> dict[Key, set[Path]]:
    """Return every sentence of the source with the files that say it."""
    found: dict[Key, set[Path]] = defaultdict(set)
    for file in sorted(SOURCE.rglob("*.py")):
        if "tests" not in file.parts and "migrations" not in file.parts:
            for key in _in_python(file):
                found[key].add(file)
    for file in sorted(SOURCE.rglob("templates/**/*")):
        if file.is_file():
            for key in _in_template(file):
                found[key].add(file)
    return found


def _in_python(file: Path) -> Iterator[Key]:
    with file.open("rb") as handle:
        for _line, function, said, _comments in extract_python(handle, KEYWORDS, (), {}):
            texts = [text for text in (said if isinstance(said, tuple) else (said,)) if text is not None]
            if texts:
                yield _key(function, texts)


def _in_template(file: Path) -> Iterator[Key]:
    for match in CALL.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
        yield _key(match[1], [ast.literal_eval(text) for text in match.groups()[1:] if text])


def _key(function: str, texts: list[str]) -> Key:
    name = function.removesuffix("_lazy").removesuffix("_noop")
    context = texts.pop(0) if name in {"pgettext", "npgettext"} else ""
    plural = texts[1] if name in {"ngettext", "npgettext"} and len(texts) > 1 else ""
    return context, texts[0], plural


def _message_key(message: Message) -> Key:
    singular, plural = message.id if isinstance(message.id, tuple) else (message.id, "")
    return message.context or "", singular, plural


def translations(faults: list[str]) -> dict[Key, tuple[str, str]]:
    """Return translation and part by sentence; add contradictions between parts to `faults`."""
    merged: dict[Key, tuple[str, str]] = {}
    for file in sorted(PARTS.glob("*.po")):
        with file.open("rb") as handle:
            catalogue = read_po(handle, locale="vi", abort_invalid=True)
        for message in catalogue:
            text = message.string[0] if isinstance(message.string, tuple) else message.string
            if not message.id or not text:
                continue
            key = _message_key(message)
            former = merged.get(key)
            if former and former[0] != text:
                faults.append(f"two translations of {key[1]!r}: {former[0]!r} ({former[1]}), {text!r} ({file.name})")
            merged.setdefault(key, (text, file.name))
    return merged


def _by_django() -> set[str]:
    said = set()
    for file in Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with file.open("rb") as handle:
            said |= {_message_key(message)[1] for message in read_po(handle)}
    return said


def faults_of(needed: dict[Key, set[Path]], known: dict[Key, tuple[str, str]]) -> Iterator[str]:
    """Yield a line for each sentence without translation, translation without sentence, and broken placeholder."""
    for key, files in needed.items():
        if key not in known:
            places = ", ".join(sorted(str(file.relative_to(SOURCE)) for file in files))
            yield f"untranslated: {key[1]!r} ({places})"
    of_django = _by_django()
    for key, (text, part) in known.items():
        if key not in needed and not (part == "django.po" and key[1] in of_django):
            yield f"stale, nothing says it: {key[1]!r} ({part})"
        allowed = {_placeholders(key[1]), _placeholders(key[2] or key[1])}
        if _placeholders(text) not in allowed:
            yield f"placeholders differ: {key[1]!r} -> {text!r} ({part})"


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def build(needed: dict[Key, set[Path]], known: dict[Key, tuple[str, str]]) -> tuple[bytes, bytes]:
    """Return the catalogue as PO and as MO."""
    catalogue = Catalog(
        locale="vi",
        project="Motcua",
        version="1",
        charset="utf-8",
        creation_date=MADE_ON,
        revision_date=MADE_ON,
        fuzzy=False,
        last_translator="Motcua",
        language_team="Motcua",
        msgid_bugs_address="",
        header_comment="# Built from the parts beside it.",
    )
    for key, (text, _part) in known.items():
        context, singular, plural = key
        name = (singular, plural) if plural else singular
        said_in = [(str(file.relative_to(SOURCE.parent)), None) for file in needed.get(key, ())]
        catalogue.add(
            name,
            (text,) if plural else text,
            context=context or None,
            locations=sorted(said_in),
            flags=["python-format"] if PLACEHOLDER.search(singular) and "%" in singular else (),
        )
    text_form, compiled = io.BytesIO(), io.BytesIO()
    write_po(text_form, catalogue, sort_output=True, width=120, include_lineno=False)
    write_mo(compiled, catalogue)
    return text_form.getvalue(), compiled.getvalue()


def print_missing(below: Path, needed: dict[Key, set[Path]], known: dict[Key, tuple[str, str]]) -> None:
    """Print the untranslated sentences of the files below a folder as PO entries."""
    lacking = Catalog(locale="vi")
    for key, files in needed.items():
        if key not in known and any(file.is_relative_to(below.resolve()) for file in files):
            lacking.add((key[1], key[2]) if key[2] else key[1], context=key[0] or None)
    write_po(sys.stdout.buffer, lacking, omit_header=True, sort_output=True, width=120)


def main() -> None:
    """Do what the arguments ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--missing", type=Path, metavar="PATH")
    options = parser.parse_args()
    faults: list[str] = []
    needed, known = used(), translations(faults)
    if options.missing:
        print_missing(options.missing, needed, known)
        return
    text_form, compiled = build(needed, known)
    if not options.check:
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        TARGET.write_bytes(text_form)
        TARGET.with_suffix(".mo").write_bytes(compiled)
        print(f"{len(known)} translations of {len(needed)} sentences written")
        return
    faults += faults_of(needed, known)
    if not TARGET.exists() or TARGET.read_bytes() != text_form or TARGET.with_suffix(".mo").read_bytes() != compiled:
        faults.append("the catalogue is older than its parts: run tools/translations.py")
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    main()
