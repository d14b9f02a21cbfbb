"""docs/reference/python.md: what is public, as its signatures and docstrings say."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import leadingest
from leadingest import LeadingestError, Listener, Project
from leadingest.project.loads import LoadMethods
from leadingest.project.mappings import MappingMethods
from leadingest.project.opened import OpenedProject
from tests.docs.markdown import page, table

_HEAD = """\
# The Python interface

Look up a method of a project, what it gives, and the errors that it raises. All names are imported from `leadingest`; how to
begin is in [In Python](../python.md).

A `Location` is a path, or a URL of object storage; for a method it may be written as a text: `s3://bucket/key`.

What stands here changes only as the changelog says. Any other module, method or attribute may change in any release."""
#: The parts of the page about a project: each with the class that has its methods.
_PARTS = {
    "Mappings": MappingMethods,
    "Deliveries": Project,
    "Loads and leads": LoadMethods,
}
#: A field of a dataclass, its type, and the comments above it.
_FIELD = re.compile(r"((?:^    #: .*\n)*)^    (\w+): ([^=\n]+?)(?: = .*)?$", re.MULTILINE)


def public_methods(of: type[OpenedProject]) -> dict[str, Any]:
    """The methods that a class of the front door has itself, in the order of its file."""
    return {
        name: member
        for name, member in vars(of).items()
        if inspect.isfunction(member) and not name.startswith("_")
    }


class _AsWritten(str):
    """An annotation, which a signature shows without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def python_page() -> str:
    """The page."""
    results = [name for name in leadingest.__all__ if name not in {"Project", "Settings", "__version__"}]
    errors = [name for name in results if issubclass(getattr(leadingest, name), LeadingestError)]
    return page(
        _HEAD,
        "## Project",
        *_docstring(Project),
        *_method("open", OpenedProject.__dict__["open"].__func__),
        *(
            part
            for title, of in _PARTS.items()
            for part in (f"## {title}", *(each for name in public_methods(of) for each in _method(name, of)))
        ),
        "## Results",
        *(part for name in results if name not in errors for part in _class(getattr(leadingest, name))),
        "## Errors",
        "Each has a `message`, a `hint`, which may be empty, and an `exit_code`, that of the command. Neither text "
        "quotes a lead or a password.",
        table(["error", "when"], ([f"`{name}`", _first(getattr(leadingest, name))] for name in errors)),
    )


def _method(name: str, of: Any) -> Iterator[str]:
    function = getattr(of, name) if inspect.isclass(of) else of
    yield f"### `{name}`"
    yield f"```python\n{_signature(name, function)}\n```"
    yield from _docstring(function)


def _signature(name: str, function: Any) -> str:
    signature = inspect.signature(function)
    shown = [
        each.replace(annotation=_AsWritten(each.annotation))
        for each in signature.parameters.values()
        if each.name not in {"self", "cls"}
    ]
    returns = _AsWritten(signature.return_annotation)
    text = f"def {name}{signature.replace(parameters=shown, return_annotation=returns)}: ...".replace(
        "'", '"'
    )
    if len(text) <= 100:
        return text
    head, _, tail = text.partition("(")
    inner, _, end = tail.rpartition(")")
    return f"{head}(\n" + "".join(f"    {each},\n" for each in re.split(r", (?![^\[]*\])", inner)) + f"){end}"


def _class(of: type) -> Iterator[str | list[str]]:
    yield f"### `{of.__name__}`"
    yield from _docstring(of)
    if of is Listener:
        yield table(["method", "when it is called"], _members(of, inspect.isfunction))
        return
    rows = list(_fields(of))
    rows += _members(of, lambda member: isinstance(member, property))
    if rows:
        yield table(["attribute", "what it is"], rows)
    if methods := list(_members(of, inspect.isfunction)):
        yield table(["method", "what it does"], methods)


def _fields(of: type) -> Iterator[list[str]]:
    """The fields of a dataclass, those of the classes that it is made from first."""
    for each in reversed(of.__mro__[:-1]):
        if "__dataclass_fields__" not in vars(each):
            continue
        for comments, name, kind in _FIELD.findall(inspect.getsource(each)):
            if name in vars(each)["__dataclass_fields__"] and not name.startswith("_"):
                text = " ".join(line.strip().removeprefix("#: ") for line in comments.splitlines())
                yield [f"`{name}: {kind}`", text]


def _members(of: type, wanted: Any) -> Iterator[list[str]]:
    for name, member in vars(of).items():
        if not name.startswith("_") and wanted(member):
            yield [
                f"`{name}`" if isinstance(member, property) else f"`{_call(name, member)}`",
                _first(member),
            ]


def _call(name: str, function: Any) -> str:
    return f"{name}({', '.join(each for each in inspect.signature(function).parameters if each != 'self')})"


def _first(of: Any) -> str:
    """The first paragraph of its docstring."""
    return inspect.cleandoc(of.__doc__ or "").partition("\n\n")[0]


def _docstring(of: Any) -> Iterator[str]:
    yield from inspect.cleandoc(of.__doc__ or "").split("\n\n")
