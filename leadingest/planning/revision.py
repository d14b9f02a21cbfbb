"""The mappings and load tables of a project as they are in a revision of its git repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from leadingest.documents.copies import forget_copies, note_copies
from leadingest.errors import ConfigurationError, UsageError

#: Hexadecimal digits of a commit that are shown.
_DIGITS = 12


@dataclass(frozen=True)
class Revision:
    """Folders with the mappings and the load tables as a commit has them."""

    #: What was asked for, as `main`, and the commit that was taken for it, shortened.
    name: str
    commit: str
    mappings: Path
    ddl: Path


@contextmanager
def revision(mappings: Path, ddl: Path, base: str) -> Iterator[Revision]:
    """The two folders as they were where the current commit left `base`, for as long as the block lasts.

    They lie in a private folder; the index and the files of the repository stay as they are. Load tables that lie
    outside of the repository, or were in none of its folders then, are those of today. Raises ConfigurationError where
    the mappings lie in no git repository or git is not there, UsageError where it has no such revision.
    """
    repository = _Repository.around(mappings)
    commit = repository.commit(base)
    with TemporaryDirectory(prefix="leadingest-plan-") as scratch:
        root = Path(scratch).resolve()
        paths = {place: repository.inside(place) for place in (mappings, ddl)}
        repository.write(commit, [path for path in paths.values() if path is not None], root)
        then = {place: place if path is None else root / "files" / path for place, path in paths.items()}
        then[mappings].mkdir(parents=True, exist_ok=True)
        if not any(then[ddl].glob("*.yaml")):
            then[ddl] = ddl
        for place, path in paths.items():
            if path is not None:
                note_copies(then[place], f"{base}:{path.as_posix()}")
        try:
            yield Revision(base, commit[:_DIGITS], then[mappings], then[ddl])
        finally:
            for folder in then.values():
                forget_copies(folder)


@dataclass(frozen=True)
class _Repository:
    """A git repository, by the folder that it is checked out in."""

    folder: Path

    @classmethod
    def around(cls, place: Path) -> _Repository:
        found = _git(place, "rev-parse", "--show-toplevel")
        if found.returncode:
            raise ConfigurationError(
                f"{place}: {_complaint(found) or 'this is not in a git repository'}",
                hint="plan compares with what git has: run it in a clone of the repository with the mappings",
            )
        return cls(Path(os.fsdecode(found.stdout.removesuffix(b"\n"))).resolve())

    def inside(self, place: Path) -> Path | None:
        """The path of the folder in the repository; None where it lies outside."""
        real = place.resolve()
        return real.relative_to(self.folder) if real.is_relative_to(self.folder) else None

    def commit(self, base: str) -> str:
        """The last commit that is in `base` and in the history of the current one."""
        named = self._said("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
        if not named:
            raise UsageError(
                f"git has no revision {base!r}",
                hint="in CI, fetch it first: git fetch origin main, then --base origin/main",
            )
        common = self._said("merge-base", named, "HEAD")
        if not common:
            raise UsageError(
                f"git finds no commit that {base!r} and the current one have in common",
                hint="the clone has too little history: git fetch --unshallow, or fetch-depth: 0 of actions/checkout",
            )
        return common

    def write(self, commit: str, paths: list[Path], scratch: Path) -> None:
        """Write the files below these paths, as a checkout would, into the folder `files` of `scratch`."""
        # An index of our own: that of the repository is not to be touched.
        own = {"GIT_INDEX_FILE": str(scratch / "index")}
        listed = _git(self.folder, "read-tree", commit, environment=own)
        if not listed.returncode:
            places = [path.as_posix() for path in paths]
            listed = _git(
                self.folder, "--literal-pathspecs", "ls-files", "-z", "--", *places, environment=own
            )
        if not listed.returncode:
            prefix = f"--prefix={scratch / 'files'}/"
            listed = _git(
                self.folder, "checkout-index", "-z", "--stdin", prefix, environment=own, given=listed.stdout
            )
        if listed.returncode:
            raise ConfigurationError(f"git cannot read commit {commit[:_DIGITS]}: {_complaint(listed)}")

    def _said(self, *words: str) -> str:
        """What git prints, without the end of the line; "" where it fails."""
        done = _git(self.folder, *words)
        return "" if done.returncode else done.stdout.decode().strip()


def _git(
    folder: Path, *words: str, environment: Mapping[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Call git in the folder. Raises ConfigurationError where there is none."""
    program = which("git")
    if program is None:
        raise ConfigurationError(
            "git is not installed, and plan compares with what git has", hint="install git"
        )
    return subprocess.run(  # noqa: S603 - no shell, and a revision never stands where an option may
        [program, "-C", str(folder), *words],
        env={**os.environ, **(environment or {}), "LC_ALL": "C"},
        input=given,
        capture_output=True,
        check=False,
    )


def _complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """The first line of what git complains of."""
    lines = done.stderr.decode(errors="replace").splitlines()
    return lines[0].removeprefix("fatal: ") if lines else ""
