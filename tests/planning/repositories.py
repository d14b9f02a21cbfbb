"""Git repositories for tests: nothing of the user's own git is used in them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_OWN = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    **{f"GIT_{who}_NAME": "Made Up" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "made-up@example.org" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_DATE": "2026-08-01T12:00:00Z" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *words: str) -> str:
    """What git prints, called in the folder."""
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **_OWN}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(folder: Path, *paths: str) -> str:
    """Commit what lies below the paths, by default the mappings, into the repository of the folder; the commit."""
    if not any((place / ".git").exists() for place in (folder, *folder.parents)):
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all", *(paths or ("mappings",)))
    git(folder, "commit", "--quiet", "--message=made up")
    return git(folder, "rev-parse", "HEAD")
