"""The `leadingest` command: parse the request, call one function, print its report, return a code."""
