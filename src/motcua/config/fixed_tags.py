"""`{% url %}` and `{% include %}` whose argument is a literal: what never changes in them is found once, not per page.

Built in for all templates. An address without arguments is reversed once per language; a named part is looked up once
per language and drawn in the page's own context, as Django's tags do. Anything else goes Django's way.
"""

from typing import Any

from django.conf import settings
from django.template import Context, Library, Template
from django.template.base import Node, NodeList, Parser, Token
from django.template.defaulttags import CycleNode, IfChangedNode, ResetCycleNode, URLNode
from django.template.defaulttags import url as django_url
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode, do_include
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = Library()
# Nodes that remember something while a template is drawn: each drawing needs a memory of its own.
_REMEMBERING: tuple[type[Node], ...] = (ExtendsNode, BlockNode, CycleNode, IfChangedNode, ResetCycleNode)


class FixedAddress(URLNode):
    """The address of a view without arguments."""

    def render(self, context: Context) -> str:
        """Return the address, or put it into the context under the name that was asked for."""
        key = (get_language(), get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF)
        found: dict[Any, str] = self.__dict__.setdefault("found", {})
        address = found.get(key)
        if address is None:
            drawn = super().render(context)
            found[key] = address = context[self.asvar] if self.asvar else drawn
        if not self.asvar:
            return address
        context[self.asvar] = address
        return ""


class FixedInclude(IncludeNode):
    """A part of a page, by its name."""

    def render(self, context: Context) -> SafeString:
        """Draw the part in the page's context."""
        part = self._part(context)
        if part is None or self.isolated_context:
            return super().render(context)
        with context.push(**{name: value.resolve(context) for name, value in self.extra_context.items()}):
            return part.render(context)

    def _part(self, context: Context) -> NodeList | None:
        """Return the nodes of the part, None when they cannot be drawn as if they stood here."""
        found: dict[Any, NodeList | None] = self.__dict__.setdefault("found", {})
        language = get_language()
        if language not in found:
            drawing: Any = context.template
            template: Template = drawing.engine.get_template(self.template.resolve(context))
            is_plain = not any(template.nodelist.get_nodes_by_type(kind) for kind in _REMEMBERING)
            found[language] = template.nodelist if is_plain else None
        return found[language]


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """Compile `{% url %}`."""
    node = django_url(parser, token)
    if isinstance(node.view_name.var, str) and not (node.view_name.filters or node.args or node.kwargs):
        return FixedAddress(node.view_name, [], {}, node.asvar)
    return node


@register.tag
def include(parser: Parser, token: Token) -> IncludeNode:
    """Compile `{% include %}`."""
    node = do_include(parser, token)
    if isinstance(node.template.var, str) and not node.template.filters:
        return FixedInclude(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)
    return node
