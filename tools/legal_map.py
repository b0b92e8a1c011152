"""Build docs/legal-map.md: which article stands behind which function, and which tests call that function.

    python tools/legal_map.py            write the page from the `Law:` lines of the source
    python tools/legal_map.py --check    fail when the page is not what the source says

A line stands in a docstring or a comment: `Law: Decree 61/2018/NĐ-CP, art. 18(2): what it asks.` Several instruments
are separated by semicolons, or joined by "and" when they ask the same.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
SOURCE = PROJECT / "src" / "motcua"
PAGE = PROJECT / "docs" / "legal-map.md"
# Number and year -> (full number, what it is about, its Vietnamese title in short), in the order of the page.
INSTRUMENTS = {
    "Law 02/2011": ("Law 02/2011/QH13", "complaints", "Khiếu nại"),
    "Law 60/2014": ("Law 60/2014/QH13", "civil status", "Hộ tịch"),
    "Law 91/2015": ("Law 91/2015/QH13", "Civil Code", "Bộ luật Dân sự"),
    "Law 91/2025": ("Law 91/2025/QH15", "personal data protection", "Bảo vệ dữ liệu cá nhân"),
    "Law 97/2015": ("Law 97/2015/QH13", "fees and charges", "Phí và lệ phí"),
    "Law 33/2024": ("Law 33/2024/QH15", "archives", "Lưu trữ"),
    "Decree 63/2010": ("Decree 63/2010/NĐ-CP", "control of administrative procedures", "kiểm soát thủ tục hành chính"),
    "Decree 23/2015": ("Decree 23/2015/NĐ-CP", "certification", "chứng thực"),
    "Decree 61/2018": (
        "Decree 61/2018/NĐ-CP",
        "one-stop mechanism, replaced by Decree 118/2025 on 1 July 2025",
        "thực hiện cơ chế một cửa, một cửa liên thông",
    ),
    "Decree 30/2020": ("Decree 30/2020/NĐ-CP", "documents of agencies", "công tác văn thư"),
    "Decree 118/2025": (
        "Decree 118/2025/NĐ-CP",
        "one-stop mechanism from 1 July 2025",
        "thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông",
    ),
    "Decree 224/2026": (
        "Decree 224/2026/NĐ-CP",
        "administrative procedures and public services in the electronic environment from 1 July 2026",
        "thực hiện thủ tục hành chính, dịch vụ công trên môi trường điện tử",
    ),
    "Decision 20/2020": (
        "Decision 20/2020/QĐ-TTg",
        "electronic identifiers of agencies",
        "mã định danh điện tử của cơ quan, tổ chức",
    ),
    "Circular 226/2016": ("Circular 226/2016/TT-BTC", "fees of certification", "phí chứng thực"),
    "Circular 01/2018": ("Circular 01/2018/TT-VPCP", "forms and codes for Decree 61/2018", "hướng dẫn Nghị định 61"),
    "Circular 03/2025": ("Circular 03/2025/TT-VPCP", "forms for Decree 118/2025", "hướng dẫn Nghị định 118"),
}
HEAD = """# Legal map

Which article stands behind which function, and which tests of the same app call that function. Made by
`tools/legal_map.py` from the `Law:` lines of the source: do not edit it here. It shows where a rule is kept, not that
the whole instrument is fulfilled. Where a line does not say what the article asks, the function says what it does.
"""
_LAW = re.compile(r"^\s*(?:#\s*)?Law: (.+)$")
_INSTRUMENT = re.compile(r"\b(?:Law|Decree|Decision|Circular|Resolution) \d+/\d{4}(?:/[\w-]+)?")


@dataclass(frozen=True, slots=True)
class Line:
    """One article at one place."""

    instrument: str
    article: str
    asks: str
    module: Path
    name: str


def main() -> int:
    """Write the page, or compare it."""
    text = page()
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write("docs/legal-map.md is not what the source says: run tools/legal_map.py\n")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page() -> str:
    """Return the page as the source has it."""
    lines = sorted(set(law_lines()), key=_order)
    parts = [HEAD]
    for key, (number, about, title) in INSTRUMENTS.items():
        mine = [line for line in lines if line.instrument == key]
        if mine:
            parts.append(f"## {number}: {about} ({title})\n")
            parts.append("| article | asks | kept in | tests |\n|---|---|---|---|")
            parts += [_row(line) for line in mine]
            parts.append("")
    return "\n".join(parts)


def _order(line: Line) -> tuple[str, str, str]:
    padded = re.sub(r"\d+", lambda number: number[0].zfill(4), line.article)
    return padded, str(line.module), line.name


def _row(line: Line) -> str:
    place = line.module.relative_to(SOURCE)
    tests = ", ".join(f"`{name}`" for name in _tests_of(line))
    return f"| {line.article or '(not named)'} | {line.asks} | `{place}`: `{line.name}` | {tests} |"


def _tests_of(line: Line) -> list[str]:
    """Return the test modules of the line's app that call its function."""
    app = SOURCE.joinpath(*line.module.relative_to(SOURCE).parts[:2])
    called = re.compile(rf"\b{line.name}\(")
    return sorted(file.name for file in app.glob("tests/test_*.py") if called.search(file.read_text(encoding="utf-8")))


def law_lines() -> Iterator[Line]:
    """Yield every article that the source names."""
    for module in sorted(SOURCE.rglob("*.py")):
        text = module.read_text(encoding="utf-8")
        if "Law: " in text and "tests" not in module.parts:
            rows, tree = text.splitlines(), ast.parse(text)
            for number, row in enumerate(rows):
                if found := _LAW.match(row):
                    yield from _read(_whole(found[1], rows[number + 1 :]), module, *_owner(tree, number + 1))


def _whole(first: str, following: list[str]) -> str:
    """Return the sentence that begins with `first`; one without a full stop goes on in the next rows."""
    text = first
    for row in following:
        if text.endswith(".") or not row.strip(' "#'):
            break
        text = f"{text} {row.strip(' #')}"
    return text.rstrip(".")


def _read(text: str, module: Path, name: str, does: str) -> Iterator[Line]:
    for part in _parts(text):
        head, _colon, asks = part.partition(":")
        found = list(_INSTRUMENT.finditer(head))
        if not found:
            raise SystemExit(f"{module}: no instrument in “{part.strip()}”")
        before = head[: found[0].start()].strip().removesuffix(" by")
        ends = [item.start() for item in found[1:]] + [len(head)]
        for item, end in zip(found, ends, strict=True):
            key = "/".join(item[0].split("/")[:2])
            if key not in INSTRUMENTS:
                raise SystemExit(f"{module}: name {item[0]} in INSTRUMENTS of tools/legal_map.py")
            article = head[item.end() : end].strip(" ,").removesuffix("and").strip()
            yield Line(key, article, asks.strip() or before or does, module, name)


def _parts(text: str) -> list[str]:
    """Return the parts between semicolons; one that names no instrument goes on saying what the one before asks."""
    parts: list[str] = []
    for part in text.split(";"):
        if parts and not _INSTRUMENT.search(part):
            parts[-1] += f"{',' if ':' in parts[-1] else ':'}{part}"
        else:
            parts.append(part)
    return parts


def _owner(tree: ast.Module, number: int) -> tuple[str, str]:
    """Return (name, what it does) of the function or class around a row, else of what the next statement names."""
    owner: ast.FunctionDef | ast.ClassDef | None = None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.lineno <= number <= (node.end_lineno or 0):
            owner = node
    if owner is not None:
        told = re.split(r"[.:;](?:\s|$)", (ast.get_docstring(owner) or "").partition("\n\n")[0], maxsplit=1)[0]
        return owner.name, " ".join(told.split())
    following = next(statement for statement in tree.body if statement.lineno > number)
    return ast.unparse(following).split("=")[0].split(":")[0].strip(), ""


if __name__ == "__main__":
    sys.exit(main())
