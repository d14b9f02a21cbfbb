"""Read an SQL expression: what is on the lists is taken, everything else is refused with a word why.

polars reads SQL itself, and with it files, tables and the clock. It gets none of what a mapping says as it is
written: what is read here is written again, from words of the lists, names in double quotes, texts in single ones
and numbers. Whatever polars makes of a text, no other word can reach it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NoReturn

from leadingest.documents.nearest import nearest_word
from leadingest.errors import FaultError
from leadingest.expressions import refuse_missing_groups
from leadingest.operations.sql import operators as ops
from leadingest.operations.sql.arguments import checked_argument
from leadingest.operations.sql.functions import FUNCTIONS
from leadingest.operations.sql.functions.function import MOST_ARGUMENTS, Argument, Function
from leadingest.operations.sql.literals import LONGEST_SPAN, days_in_span, number_literal, temporal_literal
from leadingest.operations.sql.node import TODAY, Form, Node, column_of
from leadingest.operations.sql.operators import REFUSED
from leadingest.operations.sql.tokens import Token, tokens_of

#: Parts within parts. polars' parser gives up at 50, of which a part takes two at most.
DEEPEST: Final = 16
#: Operators and branches of one expression, and those among them that join conditions: polars takes time with the
#: cube of their number, 0.7 s for 200.
MOST_OPERATORS: Final = 500
MOST_CONNECTIVES: Final = 200

#: How often one expression adds, subtracts, multiplies and divides. What each gives is checked, and dates cannot leave
#: what polars computes, which is 262,000 years: each may come to 9,999 more.
MOST_CALCULATIONS: Final = 50

_REFERENCE: Final = "`leadingest reference sql` lists them"


@lru_cache(maxsize=4096)
def read_sql(text: str) -> Node:
    """The expression. Raises FaultError, in words that follow the key it is written under."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0
        self.depth = 0
        self.operators = 0
        self.connectives = 0
        self.calculations = 0
        #: The days of all spans of time.
        self.days = 0.0

    def whole(self) -> Node:
        if len(self.tokens) == 1:
            raise FaultError("bad_sql", "must be an SQL expression, such as UPPER(City)")
        node = self.expression()
        if self.here.kind != "end":
            self.unexpected()
        return node

    # Tokens.

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    @property
    def next(self) -> Token:
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.here
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def sees(self, *words: str) -> bool:
        """Whether these words, or signs, come next."""
        ahead = self.tokens[self.at : self.at + len(words)]
        return len(ahead) == len(words) and all(
            (token.keyword or (token.value if token.kind == "sign" else "")) == word
            for token, word in zip(ahead, words, strict=True)
        )

    def takes(self, *words: str) -> bool:
        """Take these words, if they come next."""
        found = self.sees(*words)
        self.at += len(words) if found else 0
        return found

    def need(self, *words: str) -> None:
        if not self.takes(*words):
            self.unexpected(" ".join(words))

    def unexpected(self, wanted: str = "") -> NoReturn:
        """Refuse the token that comes next, with the reason if it is a word of other SQL."""
        token = self.here
        shown = self.text[token.start : token.end][:40]
        if reason := REFUSED.get(token.keyword):
            raise FaultError("bad_sql", f"must not use {token.keyword}: it {reason}")
        if token.kind == "end":
            raise FaultError("bad_sql", f"ends too early{': ' + wanted + ' is missing' if wanted else ''}")
        before = self.tokens[self.at - 1] if self.at else token
        if before.kind == "word" and token.kind == "word" and not wanted and self.at:
            both = self.text[before.start : token.end][:80]
            raise FaultError(
                "bad_sql",
                f"has no operator between {before.value} and {shown}: put a header with a blank in double "
                f'quotes: "{both}"',
            )
        complaint = f"{wanted} should stand" if wanted else "an operator or the end should stand"
        raise FaultError("bad_sql", f"is not an SQL expression: {complaint} where {shown} is; {_REFERENCE}")

    # Expressions, as sqlparser reads them: an operand, then operators as long as they bind closer than `power`.

    def expression(self, power: int = 0) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FaultError(
                "bad_sql", f"must not be nested deeper than {DEEPEST}; move a part to a `let` value"
            )
        node = self.operand()
        while (binds := self.power()) > power:
            node = self.joined(node, binds)
            self.count(self.operators)
        self.depth -= 1
        return node

    def count(self, operators: int) -> None:
        self.operators = operators + 1
        if self.operators > MOST_OPERATORS or self.connectives > MOST_CONNECTIVES:
            raise FaultError(
                "bad_sql",
                f"must not have more than {MOST_OPERATORS} operators or {MOST_CONNECTIVES} conditions: "
                "IN accepts any number of values, and the word `values` maps them",
            )

    def count_calculation(self) -> None:
        self.calculations += 1
        if self.calculations > MOST_CALCULATIONS:
            raise FaultError(
                "bad_sql",
                f"must not have more than {MOST_CALCULATIONS} calculations; move a part to a `let` value",
            )

    def power(self) -> int:
        """How close what comes next binds; 0 if it is no operator."""
        word = self.here.keyword or (self.here.value if self.here.kind == "sign" else "")
        if word == "NOT":
            word = self.next.keyword
            return self._power_of_word(word) if word != "IS" else 0
        operator = ops.OPERATORS.get(word)
        return operator.power if operator else self._power_of_word(word)

    @staticmethod
    def _power_of_word(word: str) -> int:
        if word in ("IN", "BETWEEN"):
            return ops.BETWEEN
        if word in ("LIKE", "ILIKE", "RLIKE", "REGEXP"):
            return ops.LIKE
        return ops.IS if word == "IS" else 0

    def joined(self, left: Node, power: int) -> Node:
        """`left` with the operator that comes next and what belongs to it."""
        negated = self.takes("NOT")
        word = self.take()
        sign = word.keyword or word.value
        negation = "NOT " if negated else ""
        if sign == "IS":
            return self.tested(left)
        if sign == "IN":
            return self.listed(left, negation)
        if sign == "BETWEEN":
            low = self.expression(ops.BETWEEN)
            self.need("AND")
            high = self.expression(ops.BETWEEN)
            sql = f"{left.sql} {negation}BETWEEN {low.sql} AND {high.sql}"
            return self.node("condition", sql, left.start, (left, low, high))
        right = self.expression(power)
        if power == ops.LIKE or ops.OPERATORS[sign].pattern:
            plain = "LIKE" in sign.replace("RLIKE", "") or "~~" in sign
            self.demand("text" if plain else "pattern", right, f"behind {sign}")
        if sign in ("AND", "OR"):
            self.connectives += 1
        condition = power == ops.LIKE or ops.OPERATORS[sign].condition
        shown = [left.sql, right.sql]
        if sign in ops.CALCULATIONS:
            self.count_calculation()
            shown = [_widened(each) for each in (left, right)]
        sql = f"{shown[0]} {negation}{sign} {shown[1]}"
        return self.node("condition" if condition else "other", sql, left.start, (left, right), word=sign)

    def tested(self, left: Node) -> Node:
        """`IS [NOT] NULL`, TRUE, FALSE or DISTINCT FROM."""
        negation = "NOT " if self.takes("NOT") else ""
        if self.takes("DISTINCT", "FROM"):
            right = self.expression(ops.IS)
            sql = f"{left.sql} IS {negation}DISTINCT FROM {right.sql}"
            return self.node("condition", sql, left.start, (left, right))
        for word in ("NULL", "TRUE", "FALSE"):
            if self.takes(word):
                return self.node("condition", f"{left.sql} IS {negation}{word}", left.start, (left,))
        self.unexpected("NULL, TRUE, FALSE or DISTINCT FROM")

    def listed(self, left: Node, negation: str) -> Node:
        self.need("(")
        values = self.separated()
        self.need(")")
        if not _is_one_list(values):
            # polars makes `a = b OR a = c ...` of it.
            self.connectives += len(values)
        sql = f"{left.sql} {negation}IN ({', '.join(value.sql for value in values)})"
        return self.node("condition", sql, left.start, (left, *values))

    def separated(self) -> list[Node]:
        found = [self.expression()]
        while self.takes(","):
            found.append(self.expression())
        return found

    # Operands.

    def operand(self) -> Node:
        token = self.take()
        match token.kind:
            case "text":
                quoted = token.value.replace("'", "''")
                return self.node("text", f"'{quoted}'", token.start, value=token.value)
            case "name":
                return self.name(token)
            case "number":
                return self.node("number", number_literal(token.value), token.start, value=token.value)
            case "word":
                return self.word(token)
            case "sign" if token.value in "+-":
                inner = self.expression(ops.SIGN)
                form: Form = "number" if inner.form == "number" else "other"
                value = f"{token.value}{inner.value}" if form == "number" else ""
                return self.node(
                    form,
                    f"{token.value} {inner.sql}",
                    token.start,
                    (inner,),
                    value=value,
                    word="" if form == "number" else token.value,
                )
            case "sign" if token.value == "(":
                inner = self.expression()
                self.need(")")
                return self.node(inner.form, f"({inner.sql})", token.start, (inner,), value=inner.value)
        self.at = self.tokens.index(token)
        self.unexpected("a value")

    def name(self, token: Token) -> Node:
        """A header or `let` value."""
        if not token.value:
            raise FaultError("bad_sql", 'must not have "": a header cannot be empty')
        quoted = column_of(token.value).replace('"', '""')
        return self.node("name", f'"{quoted}"', token.start, value=token.value)

    def word(self, token: Token) -> Node:
        word = token.keyword
        if self.sees("(") and word not in ops.RESERVED:
            return self.call(token)
        if self.here.kind == "text" and word in ("DATE", "TIME", "TIMESTAMP", "DATETIME", "INTERVAL"):
            text = self.take().value
            sql = temporal_literal(word, text)
            if word == "INTERVAL":
                self.days += days_in_span(text)
                if self.days > LONGEST_SPAN:
                    raise FaultError("bad_sql", "must not have INTERVALs of more than 9,999 years")
            return self.node("other", sql, token.start, word=word)
        match word:
            case "TRUE" | "FALSE":
                return self.node("condition", word, token.start)
            case "NULL":
                return self.node("null", word, token.start)
            case "TODAY":
                return self.node("other", f'"{TODAY}"', token.start, word=word)
            case "NOT":
                return self.negated(token)
            case "CASE":
                return self.case(token)
        if word in ops.RESERVED:
            self.at -= 1
            self.unexpected("a value")
        return self.name(token)

    def negated(self, token: Token) -> Node:
        """NOT before a condition. polars would cast what stands behind it, and stop where it cannot."""
        self.depth += 1  # written again it is in brackets
        inner = self.expression(ops.NOT)
        self.depth -= 1
        if inner.form not in ("condition", "null"):
            written = self.text[inner.start : inner.end][:40]
            raise FaultError("bad_sql", f"must have a condition after NOT, such as {written} = 'Y'")
        return self.node("condition", f"(({inner.sql}) = FALSE)", token.start, (inner,))

    def case(self, token: Token) -> Node:
        subject = None if self.sees("WHEN") else self.expression()
        branches = []
        while self.takes("WHEN"):
            condition = self.expression()
            self.need("THEN")
            branches.append((condition, self.expression()))
            self.count(self.operators)
        if not branches:
            self.unexpected("WHEN")
        otherwise = self.expression() if self.takes("ELSE") else None
        self.need("END")
        sql = " ".join(
            [
                "CASE",
                *([subject.sql] if subject else []),
                *(f"WHEN {condition.sql} THEN {then.sql}" for condition, then in branches),
                *([f"ELSE {otherwise.sql}"] if otherwise else []),
                "END",
            ]
        )
        parts = [subject, *(part for branch in branches for part in branch), otherwise]
        given = [*(then for _, then in branches), *([otherwise] if otherwise else [])]
        return self.node(
            "condition" if _all_hold(given) else "other",
            sql,
            token.start,
            tuple(part for part in parts if part),
            branches=tuple(branches),
        )

    # Calls.

    def call(self, token: Token) -> Node:
        word = token.keyword
        function = FUNCTIONS.get(word)
        if not function:
            if reason := REFUSED.get(word):
                raise FaultError("bad_sql", f"must not use {word}: it {reason}")
            raise FaultError(
                "bad_sql",
                f"must not use {word}: unknown function{_guess(word, FUNCTIONS)}; {_REFERENCE}",
            )
        self.need("(")
        if self.sees("SELECT") or self.sees("WITH") or self.sees("FROM") or self.sees("DISTINCT"):
            self.unexpected()
        node = self.special(function, token) if function.special else self.plain(function, token)
        self.need(")")
        sql = f"TRY_CAST({node.sql} AS BIGINT)" if function.narrow else node.sql
        return self.node(node.form, sql, token.start, node.parts, value=node.value, word=function.name)

    def plain(self, function: Function, token: Token) -> Node:
        deeper = 2 if function.rendered else 0
        self.depth += deeper
        arguments = [] if self.sees(")") else self.separated()
        self.depth -= deeper
        least = len(function.arguments) - function.optional
        most = MOST_ARGUMENTS if function.variadic else len(function.arguments)
        if not least <= len(arguments) <= most:
            raise FaultError("bad_sql", f"must use {function.name} as {function.call}")
        kinds = (*function.arguments, *function.arguments[-1:] * most)
        for kind, argument in zip(kinds, arguments, strict=False):
            self.demand(kind, argument, f"in {function.call}")
        if function.name == "REGEXP_REPLACE":
            new = re.sub(r"\\([0-9])", r"${\1}", arguments[2].value.replace("$", "$$"))
            refuse_missing_groups(arguments[1].value, new)
        if function.name == "REPLACE" and not arguments[1].value:
            raise FaultError("bad_sql", f"must have a text to look for in {function.call}")
        shown = [
            each.value if kind == "count" else each.sql for kind, each in zip(kinds, arguments, strict=False)
        ]
        sql = (
            function.rendered.format(*shown) if function.rendered else f"{function.name}({', '.join(shown)})"
        )
        form: Form = (
            "condition" if function.condition or (function.chooses and _all_hold(arguments)) else "other"
        )
        return self.node(form, sql, token.start, tuple(arguments))

    def special(self, function: Function, token: Token) -> Node:
        match function.name:
            case "TRIM":
                sql, parts = self.trimmed()
            case "SUBSTRING":
                sql, parts = self.substring()
            case "POSITION":
                part = self.expression(ops.BETWEEN)
                self.need("IN")
                parts = (part, self.expression())
                sql = f"{part.sql} IN {parts[1].sql}"
            case "EXTRACT":
                field = self.choice(ops.DATE_PARTS)
                self.need("FROM")
                parts = (self.expression(),)
                sql = f"{field} FROM {parts[0].sql}"
            case "NORMALIZE":
                parts = (self.expression(),)
                sql = f"{parts[0].sql}, {self.choice(ops.UNICODE_FORMS) if self.takes(',') else 'NFC'}"
            case _:
                parts = (self.expression(),)
                self.need("AS")
                sql, value = self.cast(function.name, parts[0])
                return self.node("other", sql, token.start, parts, value=value)
        return self.node("other", f"{function.name}({sql})", token.start, parts)

    def trimmed(self) -> tuple[str, tuple[Node, ...]]:
        side = next((word for word in ("LEADING", "TRAILING", "BOTH") if self.here.keyword == word), "")
        side = side if side and (self.next.kind in ("text", "name", "word")) and self.takes(side) else ""
        first = self.expression()
        if not self.takes("FROM"):
            # Of one text with a side, sqlparser wants no FROM.
            return f"{side} {first.sql}".strip(), (first,)
        self.demand("text", first, "in TRIM('x' FROM text)")
        text = self.expression()
        return f"{side or 'BOTH'} {first.sql} FROM {text.sql}", (first, text)

    def substring(self) -> tuple[str, tuple[Node, ...]]:
        text = self.expression()
        if self.takes("FROM"):
            parts = (text, self.expression(), *([self.expression()] if self.takes("FOR") else []))
        elif self.takes(","):
            parts = (text, *self.separated())
        else:
            self.unexpected("FROM")
        if len(parts) > 3:
            raise FaultError("bad_sql", f"must use SUBSTRING as {FUNCTIONS['SUBSTRING'].call}")
        return ", ".join(part.sql for part in parts), parts

    def choice(self, words: tuple[str, ...]) -> str:
        """One of the words."""
        token = self.take()
        if token.keyword not in words:
            guess = _guess(token.keyword, words) or f": {', '.join(words)}"
            raise FaultError("bad_sql", f"must not have {token.value} there{guess}")
        return token.keyword

    def cast(self, call: str, part: Node) -> tuple[str, str]:
        """The part as the type that stands behind AS, and the type. Whole numbers are as wide as can be."""
        name = self.type_name()
        sql = f"{call}({part.sql} AS {name})"
        return f"TRY_CAST({sql} AS BIGINT)" if name in ("INT", "SMALLINT", "TINYINT") else sql, name

    def type_name(self) -> str:
        """The type, as polars is told it."""
        name = ops.TYPES[self.choice(tuple(ops.TYPES))]
        if not self.takes("("):
            return name
        if name != "DECIMAL":
            raise FaultError(
                "bad_sql",
                f"must not give {name} a length, which would not truncate anything: use LEFT(text, n)",
            )
        sizes = [self.size()]
        while self.takes(","):
            sizes.append(self.size())
        self.need(")")
        if len(sizes) > 2 or not 1 <= sizes[0] <= 38 or sizes[-1] > sizes[0]:
            raise FaultError("bad_sql", "must give DECIMAL a precision and a scale: DECIMAL(10, 2)")
        return f"DECIMAL({', '.join(str(size) for size in sizes)})"

    def size(self) -> int:
        token = self.take()
        if token.kind != "number" or not token.value.isdigit() or len(token.value) > 2:
            raise FaultError("bad_sql", "must give DECIMAL a precision and a scale: DECIMAL(10, 2)")
        return int(token.value)

    # Nodes.

    def demand(self, kind: Argument, node: Node, where: str) -> None:
        """Refuse an argument that is not of its kind."""
        if complaint := checked_argument(kind, node):
            written = self.text[node.start : node.end][:40]
            raise FaultError("bad_sql", f"must have {complaint} {where}, not {written}")

    def node(
        self,
        form: Form,
        sql: str,
        start: int,
        parts: tuple[Node, ...] = (),
        *,
        value: str = "",
        word: str = "",
        branches: tuple[tuple[Node, Node], ...] = (),
    ) -> Node:
        """What was read from `start` up to here."""
        return Node(form, sql, start, self.tokens[self.at - 1].end, parts, value, word, branches)


def _guess(word: str, candidates: Iterable[str]) -> str:
    """`; did you mean X?`, or nothing."""
    guess = nearest_word(word, [each.lower() for each in candidates])
    return f"; did you mean {guess.upper()}?" if guess else ""


def _widened(node: Node) -> str:
    """An operand of a calculation. polars takes a whole number that is written out for one of 32 bits."""
    return f"TRY_CAST({node.sql} AS BIGINT)" if node.form == "number" and _is_whole(node) else node.sql


def _is_whole(node: Node) -> bool:
    return node.value.lstrip("+-").isdigit()


def _all_hold(values: list[Node]) -> bool:
    """Whether each of the values is true or false, or nothing."""
    return all(value.form in ("condition", "null") for value in values)


def _is_one_list(values: list[Node]) -> bool:
    """Whether polars takes the values for a list to look up in: all written out, and of one type."""
    plain = all(
        value.form in ("text", "number", "null")
        and not value.sql.endswith(")")
        and not any(part.parts for part in value.parts)
        for value in values
    )
    kinds = {
        value.form if value.form != "number" else _is_whole(value) for value in values if value.form != "null"
    }
    return plain and len(kinds) <= 1
