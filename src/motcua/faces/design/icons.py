"""Lucide icons, drawn inline so that no page waits for a sprite and every partial page is whole."""

import json
from functools import lru_cache
from pathlib import Path

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_SHAPES: dict[str, str] = json.loads((Path(__file__).parent / "icons.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Return the icon as SVG: hidden from readers, or an image named by `label` when it stands alone.

    Raises:
        KeyError: no such icon in `icons.json`.
    """
    voice = f'role="img" aria-label="{conditional_escape(label)}"' if label else 'aria-hidden="true"'
    classes = f"mc-i {css}".rstrip()
    return mark_safe(f'<svg class="{classes}" viewBox="0 0 24 24" {voice}>{_SHAPES[name]}</svg>')


def known_or(name: str, otherwise: str) -> str:
    """Return `name` if it can be drawn, else `otherwise`; for names that come from data."""
    return name if name in _SHAPES else otherwise


def names() -> list[str]:
    """Return the names of all icons that can be drawn."""
    return sorted(_SHAPES)
