"""The hook for other repositories, in the real pre-commit: a commit with a broken mapping does not come to pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
SOUND = "source: acme\ndelivery: {match: 'acme*.csv'}\nfields: {company: Name, phone: Phone}\n"
BROKEN = SOUND.replace("phone:", "phon:")


class Scratch:
    """A repository that has the hook installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        bin_folder = Path(sys.executable).parent
        self.environment = {
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "PRE_COMMIT_HOME": str(folder / "cache"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ann Reed",
            "GIT_AUTHOR_EMAIL": "ann@example.org",
            "GIT_COMMITTER_NAME": "Ann Reed",
            "GIT_COMMITTER_EMAIL": "ann@example.org",
        }
        revision = self._publish(folder / "hooks")
        config = {
            "repos": [{"repo": str(folder / "hooks"), "rev": revision, "hooks": [{"id": "leadingest-lint"}]}]
        }
        self.run("git", "init", "--quiet", str(self.folder), cwd=folder)
        (self.folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
        self.run("pre-commit", "install")

    def _publish(self, folder: Path) -> str:
        """A repository with the hooks of this one. Only how they are installed is another: from here, not again."""
        self.run("git", "init", "--quiet", str(folder), cwd=folder.parent)
        hooks = HOOKS.read_text()
        assert "language: python" in hooks
        (folder / HOOKS.name).write_text(hooks.replace("language: python", "language: system"))
        self.run("git", "add", HOOKS.name, cwd=folder)
        self.run("git", "commit", "--quiet", "-m", "hooks", cwd=folder)
        return self.run("git", "rev-parse", "HEAD", cwd=folder).stdout.strip()

    def run(
        self, *command: str, cwd: Path | None = None, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=cwd or self.folder, env=self.environment, capture_output=True, text=True, check=check
        )

    def commit(self, name: str, text: str) -> subprocess.CompletedProcess[str]:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        self.run("git", "add", "--all")
        return self.run("git", "commit", "-m", f"add {name}", check=False)

    def commits(self) -> str:
        return self.run("git", "log", "--format=%s", check=False).stdout


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    assert shutil.which("git")
    return Scratch(tmp_path)


def test_a_commit_with_a_broken_mapping_is_stopped_until_it_is_fixed(scratch: Scratch) -> None:
    stopped = scratch.commit("mappings/acme.yaml", BROKEN)
    assert stopped.returncode == 1
    assert "leadingest lint" in stopped.stderr
    assert (
        "mappings/acme.yaml:3:25 LI101 error: the load table lead_sources has no field 'phon'"
        in stopped.stderr
    )
    assert scratch.commits() == ""
    fixed = scratch.commit("mappings/acme.yaml", SOUND)
    assert fixed.returncode == 0, fixed.stderr
    assert scratch.commits() == "add mappings/acme.yaml\n"


def test_what_is_no_mapping_is_no_matter_of_the_hook(scratch: Scratch) -> None:
    assert scratch.commit("notes/acme.yaml", BROKEN).returncode == 0


@pytest.mark.parametrize(
    ("command", "file"), [("validate-manifest", HOOKS), ("validate-config", ROOT / ".pre-commit-config.yaml")]
)
def test_what_is_shipped_is_valid_to_pre_commit(command: str, file: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("pre-commit"), command, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
