"""The page that describes the API to people, drawn from the same document that programs read; and the document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from motcua.faces.api import openapi, problems
from motcua.faces.api.refusals import MethodNotAllowed, UnknownAddress
from motcua.foundation.accounts.registry import act

View = Callable[..., HttpResponseBase]


def read_only(view: View) -> View:
    """Refuse every method but GET and HEAD as the operations do, with a problem document."""

    @csrf_exempt
    @wraps(view)
    def read(request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return problems.problem(
                request, MethodNotAllowed(allowed="GET, HEAD"), headers={"Cache-Control": "no-store"}
            )
        return view(request)

    return read


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


@read_only
@act("api.read", public=True)
def document(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document."""
    response = HttpResponse(openapi.written(_language()), content_type="application/json")
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ("Accept-Language",))
    return response


@csrf_exempt
@act("api.read", public=True)
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for an address that does not exist."""
    return problems.problem(request, UnknownAddress(), headers={"Cache-Control": "no-store"})


@read_only
@act("api.read", public=True)
def index(request: HttpRequest) -> HttpResponse:
    """Show every operation with what it takes and gives."""
    described = orjson.loads(openapi.written(_language()))
    parts = described["components"]
    operations = [
        _operation(method, path, operation, parts)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    context = {
        "info": described["info"],
        "server": described["servers"][0]["url"],
        "groups": [
            (tag["name"], tag["description"].rstrip("."), [item for item in operations if item["tag"] == tag["name"]])
            for tag in described["tags"]
        ],
        "problems": [(status, _bare(item["description"])) for status, item in parts["responses"].items()],
        "shapes": [
            (name, _bare(shape.get("description", "")), _lines(shape, parts))
            for name, shape in parts["schemas"].items()
        ],
        "language": _language(),
    }
    response = render(request, "api/index.html", context)
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _operation(method: str, path: str, operation: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    success = [status for status in operation["responses"] if status.startswith("2")]
    answer = operation["responses"][success[-1]]
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": _bare(operation.get("description", "")),
        "needs_key": {} not in operation["security"],
        "parameters": [_parameter(item) for item in operation["parameters"]],
        "body": _lines(_body(operation), parts),
        "answer": _lines(_schema(answer), parts),
        "success": ", ".join(success),
        "problems": ", ".join(status for status in operation["responses"] if not status.startswith("2")),
    }


def _parameter(item: dict[str, Any]) -> dict[str, Any]:
    return {"name": item["name"], "is_needed": item.get("required", False), "words": item.get("description", "")}


def _body(operation: dict[str, Any]) -> dict[str, Any]:
    return _schema(operation.get("requestBody", {}))


def _schema(holder: dict[str, Any]) -> dict[str, Any]:
    for content in holder.get("content", {}).values():
        shape: dict[str, Any] = content.get("schema", {})
        return shape
    return {}


def _lines(shape: dict[str, Any], parts: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the members of an object, one level deep, with their kind and words."""
    reference = shape.get("$ref", "").rpartition("/")[2]
    whole = parts["schemas"].get(reference, shape)
    needed = set(whole.get("required", ()))
    return [
        {
            "name": name,
            "kind": _kind(part),
            "shape": _shape(part),
            "is_needed": name in needed,
            "words": _bare(part.get("description", "")),
        }
        for name, part in whole.get("properties", {}).items()
    ]


def _kind(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).rpartition("/")[2]
    if "anyOf" in part:
        return " | ".join(_kind(option) for option in part["anyOf"])
    if part.get("type") == "array":
        return f"[{_kind(part.get('items', {}))}]"
    return str(part.get("format") or part.get("type") or "any")


def _shape(part: dict[str, Any]) -> str:
    """Return the name of the shape that a member, or what its list holds, has; '' for plain values."""
    options = [part, part.get("items", {}), *part.get("anyOf", ())]
    return next((str(option["$ref"]).rpartition("/")[2] for option in options if "$ref" in option), "")


def _bare(words: str) -> str:
    """Return words without the marks that only programs draw."""
    return " ".join(words.replace("`", "").split())
