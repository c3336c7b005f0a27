"""Every pattern that a package holds, found by looking: a new one is measured without anybody thinking of it."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CellType, FunctionType, ModuleType
from typing import Any

Pattern = re.Pattern[str] | re.Pattern[bytes]
_DEEPEST = 8  # containers within containers


def modules(package: ModuleType) -> tuple[ModuleType, ...]:
    """The package and all modules below it, imported."""
    names = (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    return (package, *map(importlib.import_module, names))


def patterns(package: ModuleType) -> dict[str, Pattern]:
    """Patterns by the name under which they were found first; each once."""
    seen: set[int] = set()
    held = ((f"{module.__name__}.{name}", value) for module in modules(package) for name, value in vars(module).items())
    return dict(found for path, value in held for found in _within(value, path, package.__name__, seen, _DEEPEST))


def _within(value: Any, path: str, home: str, seen: set[int], depth: int) -> Iterator[tuple[str, Pattern]]:
    """The patterns in a value: in containers, instances, classes, default values and closures of our own."""
    if id(value) in seen or depth == 0:
        return
    if isinstance(value, re.Pattern):
        seen.add(id(value))
        yield path, value
        return
    parts = _parts(value, home)
    if parts:
        seen.add(id(value))
    for name, part in parts:
        yield from _within(part, f"{path}.{name}", home, seen, depth - 1)


def _parts(value: Any, home: str) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(str(key)[:30], part) for key, part in value.items()] + [(str(key)[:30], key) for key in value]
    if isinstance(value, list | tuple | set | frozenset):
        return [(str(at), part) for at, part in enumerate(value)]
    if isinstance(value, CellType):
        return [("cell", value.cell_contents)] if value != CellType() else []
    if not str(getattr(value, "__module__", "")).startswith(home):
        return []
    if isinstance(value, FunctionType):
        held = (*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values(), *(value.__closure__ or ()))
        return [(str(at), part) for at, part in enumerate(held)]
    wrapped = [("wrapped", value.__wrapped__)] if hasattr(value, "__wrapped__") else []
    slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    return [*wrapped, *getattr(value, "__dict__", {}).items(), *((n, getattr(value, n, None)) for n in slots)]


def uses_within_functions(package: ModuleType) -> list[str]:
    """Calls of `re` inside functions: what they compile would not be found by `patterns`."""
    found = []
    for module in modules(package):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        inside = (node for outer in ast.walk(tree) if isinstance(outer, kinds) for node in ast.walk(outer))
        found += [f"{module.__name__}: {ast.unparse(node)}" for node in inside if _is_use(node)]
    return found


def _is_use(node: ast.AST) -> bool:
    """Whether it calls something of `re` but its constants."""
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re"
