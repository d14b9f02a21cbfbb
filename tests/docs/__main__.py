"""Write what docs/ has that is made from the program: `python -m tests.docs`."""

from __future__ import annotations

from tests.docs.generated import generated

if __name__ == "__main__":
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
