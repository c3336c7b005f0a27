"""The sandbox for templates and sentences of one's own: a small part of Jinja2 that always comes to an end.

The sandbox of the library keeps a template away from the program; it does not keep it from running for ever or from
writing for ever. So a template of one's own may only do what a letter needs: show values, ask about them, go through
lists, take in parts. It reckons nothing, names nothing anew, and every turn of a loop counts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context, pass_eval_context
from jinja2.compiler import CodeGenerator
from jinja2.filters import do_join
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dplmaild.ports import DplmaildError

MOST_STEPS = 2_000  # turns of loops and parts taken in, of one template with its parts
LONGEST_JOIN = 20_000  # characters
LONGEST_LETTER = 200_000
FUNCTIONS = frozenset({"say", "reply", "super"})
FILTERS = frozenset(
    {"capitalize", "d", "default", "e", "escape", "first", "first_upper", "int", "join", "last", "length", "list"}
    | {"lower", "title", "trim", "unbroken", "upper"}
)
_STEPS = "_steps"  # no template can name it: names that begin with a line are refused
_STATEMENTS: frozenset[type[nodes.Node]] = frozenset(
    {nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Include, nodes.Extends, nodes.Block, nodes.Assign}
)
_EXPRESSIONS: frozenset[type[nodes.Node]] = frozenset(
    {nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Call}
    | {nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Keyword}
    | {nodes.Dict, nodes.Pair, nodes.List, nodes.Tuple}
)
_GROWS = (nodes.Concat, nodes.List, nodes.Tuple, nodes.Filter, nodes.Call)


class TooMuchError(DplmaildError):
    """A template of one's own takes too many steps, or writes too much."""


class Steps:
    """What is left of a template's steps."""

    def __init__(self) -> None:
        self._left = MOST_STEPS

    def take(self) -> None:
        """One more; raises TooMuchError."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchError(f"more than {MOST_STEPS} turns of its loops and parts")


class _Bounded(CodeGenerator):
    """Compiles what is allowed, and lets it count its steps."""

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802 - as the library calls it
        for each in node.find_all(nodes.Node):
            if why := _refused(each):
                line = next((one.lineno for one in (each, *each.find_all(nodes.Node)) if one.lineno), 1)
                raise TemplateSyntaxError(why, line, self.name, self.filename)
        for loop in list(node.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)

    def visit_Include(self, node: nodes.Include, frame: Any) -> None:  # noqa: N802
        self.writeline(f"context[{_STEPS!r}].take()", node)
        super().visit_Include(node, frame)


class OwnEnvironment(ImmutableSandboxedEnvironment):
    """Where what did not ship with the program is worded; the library's sandbox, and a part of its language."""

    code_generator_class = _Bounded

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.clear()
        self.filters["counted"] = _counted
        self.filters["join"] = _bounded_join


def with_steps(worded: Mapping[str, object]) -> dict[str, object]:
    """The values of one rendering, with the steps it may take."""
    return {**worded, _STEPS: Steps()}


def bounded(written: str) -> str:
    """What a template of one's own wrote; raises TooMuchError where that is no letter any more."""
    if len(written) > LONGEST_LETTER:
        raise TooMuchError(f"a letter of more than {LONGEST_LETTER} characters")
    return written


@pass_context
def _counted(context: Context, values: Iterable[Any]) -> Iterator[Any]:
    steps: Steps = context[_STEPS]
    for value in values:
        steps.take()
        yield value


@pass_eval_context
def _bounded_join(eval_ctx: EvalContext, values: Iterable[Any], d: str = "") -> str:
    parts = list(values)
    if sum(len(str(part)) + len(d) for part in parts) > LONGEST_JOIN:
        raise TooMuchError(f"a joined text is longer than {LONGEST_JOIN} characters")
    joined: str = do_join(eval_ctx, parts, d)  # safe text stays safe
    return joined


def _refused(node: nodes.Node) -> str | None:
    """Why a template of one's own may not do this; None where it may."""
    if not isinstance(node, tuple(_STATEMENTS | _EXPRESSIONS)):
        return f"a letter may not use {_spelt(node)}"
    for kind, (allowed, why) in _LIMITS.items():
        if isinstance(node, kind) and not allowed(node):
            return f"{why}: {getattr(node, 'name', None) or getattr(node, 'attr', None) or _spelt(node)}"
    return None


_LIMITS: Mapping[type[nodes.Node], tuple[Callable[[Any], bool], str]] = {
    nodes.Name: (lambda node: node.name == "_" or not node.name.startswith("_"), "no letter knows this value"),
    nodes.Getattr: (lambda node: not node.attr.startswith("_"), "a letter may not look at this"),
    nodes.Getitem: (
        lambda node: not str(getattr(node.arg, "value", "")).startswith("_"),
        "a letter may not look at what begins with a line",
    ),
    nodes.Filter: (
        lambda node: node.name in FILTERS,
        f"a letter may only use the filters {', '.join(sorted(FILTERS))}",
    ),
    nodes.Call: (
        lambda node: isinstance(node.node, nodes.Name) and node.node.name in FUNCTIONS,
        "a letter may call nothing but say(...) and reply(...)",
    ),
    nodes.For: (lambda node: not node.recursive, "a loop may not call itself"),
    nodes.Assign: (
        lambda node: not isinstance(node.node, _GROWS) and next(node.node.find_all(_GROWS), None) is None,
        "what is set has to be a value or a choice between values",
    ),
}


def _spelt(node: nodes.Node) -> str:
    """The part of the language that a node stands for, as its author wrote it."""
    operator = getattr(node, "operator", None)
    return f"the operator {operator!r}" if operator else f"{{% {type(node).__name__.lower()} %}}"
