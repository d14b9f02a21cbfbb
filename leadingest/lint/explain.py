"""The rules explained: one for `lint --explain`, all of them for the documents."""

from __future__ import annotations

from collections.abc import Iterator

from leadingest.documents.nearest import did_you_mean_code
from leadingest.errors import UsageError
from leadingest.lint.rule import FAMILIES, Rule
from leadingest.lint.rules import RULES

_HEAD = """\
# The rules of `leadingest lint`

Look up what a code means, with a bad and a good example. `leadingest lint --explain CODE` prints one of them.

A code never changes its meaning. An **error** makes a run reject the mapping or the delivery; a
**warning** is a probable mistake and only fails with `--strict`. For rules marked *fix*, `--fix` corrects the mapping without changing its meaning; `--diff` shows the change.

To ignore a finding, add a comment with the reason on its line. Alone on the line above, the comment
covers the whole entry:

```yaml
licensee_name: Name  # leadingest: ignore[LI103] the agency has one name for both
```

A run respects such comments too. Rules marked *refused* cannot be ignored: the run would reject
the mapping anyway.
"""


def explained(code: str) -> str:
    """What the code, or the name of a rule, means. Raises UsageError, with the nearest one, where there is none."""
    rules = {name: rule for rule in RULES for name in (rule.code, rule.name)}
    rule = rules.get(code.strip().upper()) or rules.get(code.strip().lower())
    if rule is None:
        raise UsageError(
            f"unknown rule {code!r}{did_you_mean_code(code, [each.code for each in RULES])}",
            hint="leadingest lint --rules lists them",
        )
    return "\n".join(_section(rule, "#")).rstrip() + "\n"


def rules_text() -> str:
    """All rules as Markdown: a table, then each with its examples."""
    return "\n".join(_whole()).rstrip() + "\n"


def _whole() -> Iterator[str]:
    yield _HEAD
    yield from ("| code | name | | what it reports |", "|---|---|---|---|")
    for rule in RULES:
        marks = ", ".join(_marks(rule))
        yield f"| [{rule.code}](#{rule.code.lower()}-{rule.name}) | `{rule.name}` | {marks} | {rule.summary} |"
    yield ""
    for family, title in FAMILIES.items():
        yield from (f"## {family}: {title.lower()}", "")
        for rule in RULES:
            if rule.code.startswith(family):
                yield from _section(rule, "###")


def _marks(rule: Rule) -> Iterator[str]:
    yield rule.severity
    if rule.refused:
        yield "refused"
    if rule.fixes:
        yield "fix"


def _section(rule: Rule, heading: str) -> Iterator[str]:
    yield from (
        f"{heading} {rule.code} {rule.name}",
        "",
        f"*{', '.join(_marks(rule))}*",
        "",
        rule.explanation,
        "",
    )
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        if example:
            yield from (f"{title}:", "", "```yaml", example, "```", "")
