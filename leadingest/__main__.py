"""`python -m leadingest`: the same as the `leadingest` command."""

from leadingest.cli.main import main

main()
