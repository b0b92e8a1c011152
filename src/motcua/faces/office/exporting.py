"""Lists as files: Excel through xlsxwriter in constant memory, CSV row by row."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from motcua.foundation.core.clock import VIETNAM

MOST_ROWS = 5000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTH = 22


def answer(kind: str, *, name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Any:
    """Return rows as a download; at most MOST_ROWS of them.

    Raises:
        Http404: `kind` is neither xlsx nor csv.
    """
    if kind == "xlsx":
        return _excel(name, head, rows)
    if kind == "csv":
        return _csv(name, head, rows)
    raise Http404


def _excel(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    # The answer closes the file; a workbook in constant memory goes to disk once it is big.
    file = tempfile.SpooledTemporaryFile(max_size=2_000_000)  # noqa: SIM115
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.set_column(0, len(head) - 1, _WIDTH)
    sheet.freeze_panes(1, 0)
    for column, word in enumerate(head):
        sheet.write_string(0, column, str(word), bold)
    for line, row in enumerate(_bounded(rows), start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value)
    book.close()
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")
    response["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return response


def _write(sheet: Any, line: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, value.astimezone(VIETNAM).replace(tzinfo=None))
    elif isinstance(value, int | float):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value))


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse | StreamingHttpResponse:
    class Echo:
        def write(self, value: str) -> str:
            return value

    writer = csv.writer(Echo())

    def lines() -> Iterator[str]:
        yield "\ufeff"  # without it Excel takes the letters for another code page
        yield writer.writerow([str(word) for word in head])
        for row in _bounded(rows):
            yield writer.writerow([_plain(value) for value in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.csv") or "attachment"
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    # A cell that begins like a formula would act in a spreadsheet.
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _bounded(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            return
        yield row
