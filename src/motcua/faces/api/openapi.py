"""The description of the API as OpenAPI 3.1, made from the operations and completed with what the door adds."""

import copy
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from motcua.faces.api.door import Door
from motcua.faces.api.operations import DOORS
from motcua.faces.api.service import api

PREFIX = "/api/"
DESCRIPTION = _(
    "Search the procedures of the province, file dossiers and follow them. Reading is open; filing needs a key in the "
    "header X-API-Key or as a bearer token. Errors are problem documents (RFC 9457). Accept-Language: vi or en."
)
TAGS = {
    "catalogue": _("Procedures, and who takes them."),
    "filing": _("Filing a dossier online."),
    "tracking": _("Following a dossier."),
}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": _("What went wrong (RFC 9457). `code` is stable; `title` and `detail` are for people."),
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string", "description": _("Finds the call in the province's log.")},
        "fields": {
            "type": "object",
            "description": _(
                "Path of a member, such as parties.0.identity or answers.ten_ho, and what is wrong there."
            ),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
        "ended_on": {"type": ["string", "null"], "format": "date"},
        "successors": {"type": "array", "items": {"type": "object"}},
    },
}
_EXAMPLE = {
    "type": "urn:motcua:problem:invalid",
    "title": "Some entries need correcting",
    "status": 422,
    "code": "invalid",
    "detail": "Some entries need correcting.",
    "request_id": "5b1d2c7f9a3e4d60",
    "fields": {"answers.ten_ho": ["Enter name of the household business"]},
}
MEANINGS = {
    400: _("The request cannot be read."),
    401: _("No key, or not a valid one."),
    403: _("The key, or what was given as proof, does not allow this."),
    404: _("There is no such thing; missing and forbidden look the same."),
    405: _("The address does not take this method."),
    409: _("This cannot be done now; `code` says why."),
    410: _("The procedure is no longer in force; its successors are named."),
    413: _("The body or the file is too large."),
    415: _("The body is of the wrong kind."),
    422: _("Entries need correcting; `fields` says where."),
    429: _("Too many calls or attempts; Retry-After says how long to wait."),
    500: _("A defect of ours; the request id finds it in the log."),
}
_PAST = {
    "searchProcedures": [422], "getProcedure": [404, 410, 422], "listOffers": [404, 410, 422],
    "uploadFile": [400, 413, 415, 422], "submitDossier": [400, 404, 409, 413, 415, 422],
    "trackDossier": [404, 422], "getDossierReceipt": [403, 404, 422],
    "getDossierLedger": [403, 404, 422],
}  # fmt: skip
_RATES = {
    "RateLimit-Policy": {"schema": {"type": "string"}, "example": '"key";q=300;w=60'},
    "RateLimit": {"schema": {"type": "string"}, "example": '"key";r=299;t=42'},
}


def document(*, language: str) -> dict[str, Any]:
    """Return the description in a language."""
    with translation.override(language):
        made: dict[str, Any] = orjson.loads(
            orjson.dumps(api.get_openapi_schema(path_prefix=PREFIX), option=orjson.OPT_NON_STR_KEYS)
        )
        for operations in made["paths"].values():
            for operation in operations.values():
                _complete(operation, DOORS[operation["operationId"]])
        made["info"] |= {"description": DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}
        made["servers"] = [{"url": settings.MOTCUA_SITE_URL}]
        made["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
        parts = made["components"]
        parts.setdefault("schemas", {})["Problem"] = copy.deepcopy(PROBLEM)
        parts["responses"] = {str(status): _problem(status) for status in MEANINGS}
        parts["securitySchemes"] = {
            "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
            "bearer": {"type": "http", "scheme": "bearer"},
        }
        return _translated(made)


def _problem(status: int) -> dict[str, Any]:
    headers = {"Retry-After": {"schema": {"type": "integer"}}} if status == 429 else {}
    content = {"schema": {"$ref": "#/components/schemas/Problem"}}
    if status == 422:
        content["example"] = _EXAMPLE  # type: ignore[assignment]
    return {"description": MEANINGS[status], "headers": headers, "content": {"application/problem+json": content}}


def _complete(operation: dict[str, Any], door: Door) -> None:
    """Add what the door does: keys, rates, and every problem that may come back."""
    for parameter in operation["parameters"]:
        # a list in a JSON Schema, but not in a parameter
        if isinstance(parameter.get("examples"), list):
            parameter["example"] = parameter.pop("examples")[0]
    keys: list[dict[str, list[str]]] = [{"key": []}, {"bearer": []}]
    operation["security"] = keys if door.needs_key else [{}, *keys]
    answers = operation["responses"]
    if operation["operationId"] == "getDossierReceipt":
        answers["200"] = {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
    for status, answer in answers.items():
        answer["description"] = SUCCESS.get(int(status), SUCCESS[200])
        answer["headers"] = dict(_RATES)
        if operation["operationId"] == "submitDossier":
            answer["headers"]["Location"] = {"schema": {"type": "string"}}
    statuses = {*_PAST[operation["operationId"]], 401, 405, 429, 500} | ({403} if door.scope else set())
    for code in sorted(statuses):
        answers[str(code)] = {"$ref": f"#/components/responses/{code}"}


SUCCESS = {200: _("Done."), 201: _("Made.")}


def _translated(value: Any, key: str = "") -> Any:
    """Return `value` with every summary and description in the active language."""
    if isinstance(value, dict):
        return {name: _translated(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [_translated(part) for part in value]
    return gettext(value) if key in {"summary", "description"} and isinstance(value, str) and value else value


@lru_cache(maxsize=4)
def written(language: str) -> bytes:
    """Return the document as JSON; kept, as it changes only with the program."""
    return orjson.dumps(document(language=language))
