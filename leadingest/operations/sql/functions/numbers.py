"""Functions of numbers."""

from __future__ import annotations

from typing import Final

from leadingest.operations.sql.functions.function import TWO, Function, Group


def _number(name: str, about: str, example: str, gives: str | None) -> Function:
    return Function(name, f"{name}(number)", about, f"{name}({example})", gives)


#: Of whole numbers, polars' own stops at a negative exponent.
_POWER: Final = "POW(({0}) * TRY_CAST(1 AS DOUBLE), {1})"

NUMBERS: Final = Group(
    "Numbers",
    (
        _number("ABS", "Absolute value.", "-7", "7"),
        _number("SIGN", "-1, 0 or 1.", "-7", "-1"),
        _number("CEIL", "Rounded up.", "1.2", "2.0"),
        _number("CEILING", "The same.", "1.2", "2.0"),
        _number("FLOOR", "Rounded down.", "1.8", "1.0"),
        Function(
            "ROUND",
            "ROUND(number, digits)",
            "Rounded to this number of decimal places, 0 by default; a half to the even digit.",
            "ROUND(EXP(1.0), 2)",
            "2.72",
            ("value", "count"),
            1,
        ),
        Function(
            "TRUNC",
            "TRUNC(number, digits)",
            "Truncated to this number of decimal places.",
            "TRUNC(EXP(1.0), 1)",
            "2.7",
            ("value", "count"),
            1,
        ),
        Function(
            "TRUNCATE",
            "TRUNCATE(number, digits)",
            "The same.",
            "TRUNCATE(EXP(1.0))",
            "2.0",
            ("value", "count"),
            1,
        ),
        Function(
            "DIV",
            "DIV(a, b)",
            "Integer quotient.",
            "DIV(-7, 2)",
            "-3",
            TWO,
            # polars' own stops where one of the two is a float and the other is 0.
            rendered="TRY_CAST(TRUNC(({0}) / ({1})) AS BIGINT)",
        ),
        Function("MOD", "MOD(a, b)", "Remainder.", "MOD(7, 2)", "1", TWO),
        Function("POW", "POW(a, b)", "a to the power of b.", "POW(2, -1)", "0.5", TWO, rendered=_POWER),
        Function("POWER", "POWER(a, b)", "The same.", "POWER(2, 3)", "8.0", TWO, rendered=_POWER),
        _number("SQRT", "Square root.", "9.0", "3.0"),
        _number("CBRT", "Cube root.", "27.0", "3.0"),
        _number("EXP", "e to the power of the number.", "0.0", "1.0"),
        _number("LN", "Natural logarithm.", "1.0", "0.0"),
        Function("LOG", "LOG(number, base)", "Logarithm.", "LOG(8.0, 2.0)", "3.0", TWO),
        _number("LOG10", "Base-10 logarithm.", "100.0", "2.0"),
        _number("LOG2", "Base-2 logarithm.", "8.0", "3.0"),
        _number("LOG1P", "Natural logarithm of the number plus one.", "0.0", "0.0"),
        Function("PI", "PI()", "3.14159...", "ROUND(PI(), 2)", "3.14", ()),
        _number("SIN", "Sine of an angle in radians.", "0.0", "0.0"),
        _number("COS", "Cosine of an angle in radians.", "0.0", "1.0"),
        _number("TAN", "Tangent of an angle in radians.", "0.0", "0.0"),
        Function("COT", "COT(number)", "Cotangent of an angle in radians.", "ROUND(COT(1.0), 3)", "0.642"),
        _number("ASIN", "Arc sine, in radians.", "0.0", "0.0"),
        _number("ACOS", "Arc cosine, in radians.", "1.0", "0.0"),
        _number("ATAN", "Arc tangent, in radians.", "0.0", "0.0"),
        Function("ATAN2", "ATAN2(y, x)", "Angle of a point, in radians.", "ATAN2(0.0, 1.0)", "0.0", TWO),
        _number("SIND", "Sine of an angle in degrees.", "0.0", "0.0"),
        _number("COSD", "Cosine of an angle in degrees.", "0.0", "1.0"),
        _number("TAND", "Tangent of an angle in degrees.", "0.0", "0.0"),
        Function("COTD", "COTD(number)", "Cotangent of an angle in degrees.", "ROUND(COTD(45.0), 3)", "1.0"),
        _number("ASIND", "Arc sine, in degrees.", "0.0", "0.0"),
        _number("ACOSD", "Arc cosine, in degrees.", "1.0", "0.0"),
        _number("ATAND", "Arc tangent, in degrees.", "0.0", "0.0"),
        Function("ATAN2D", "ATAN2D(y, x)", "Angle of a point, in degrees.", "ATAN2D(0.0, 1.0)", "0.0", TWO),
        _number("DEGREES", "Radians to degrees.", "PI()", "180.0"),
        _number("RADIANS", "Degrees to radians.", "0.0", "0.0"),
        Function("BIT_AND", "BIT_AND(a, b)", "Bitwise AND.", "BIT_AND(6, 3)", "2", TWO),
        Function("BIT_OR", "BIT_OR(a, b)", "Bitwise OR.", "BIT_OR(6, 3)", "7", TWO),
        Function("BIT_XOR", "BIT_XOR(a, b)", "Bitwise XOR.", "BIT_XOR(6, 3)", "5", TWO),
        _number("BIT_NOT", "Bitwise NOT.", "0", "-1"),
        _number("BIT_COUNT", "Number of set bits.", "7", "3"),
    ),
)
