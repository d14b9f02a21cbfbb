import os
from pathlib import Path

import pytest

from leadingest.deliveries.inboxes.folder_inbox import FolderInbox
from leadingest.errors import DeliveryError
from tests.unprivileged import unprivileged, unprivileged_folder


def find_deliveries(inbox: Path, patterns: list[str], *, follow_links: bool = False) -> list[Path]:
    found = FolderInbox(inbox).arrivals(patterns, follow_links=follow_links)
    return [Path(str(each.place)) for each in found]


def put(path: Path, modified: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a\n1\n")
    os.utime(path, (modified, modified))
    return path.resolve()


def test_the_file_changed_last_comes_first_then_the_name(tmp_path: Path) -> None:
    old, b, a = put(tmp_path / "x1.csv", 1), put(tmp_path / "xb.csv", 2), put(tmp_path / "xa.csv", 2)
    put(tmp_path / "other.csv", 3)
    assert find_deliveries(tmp_path, ["x*.csv", "x1.*"]) == [a, b, old]


def test_hidden_and_unfinished_files_are_no_deliveries(tmp_path: Path) -> None:
    for name in (".a.csv", "~$a.csv", "a.csv.part", "a.TMP", ".git/a.csv"):
        put(tmp_path / name, 1)
    assert find_deliveries(tmp_path, ["*", "**/*"]) == []


def test_folders_below_are_searched_where_the_pattern_says_so(tmp_path: Path) -> None:
    deep = put(tmp_path / "acme" / "2026" / "a.csv", 1)
    assert find_deliveries(tmp_path, ["*.csv"]) == []
    assert find_deliveries(tmp_path, ["acme/**/*.csv"]) == [deep]


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """An inbox with a file, a link to it, and an outside folder to which tests lead links."""
    put(tmp_path / "outside" / "a.csv", 1)
    inbox = tmp_path / "inbox"
    (inbox / "alias.csv").parent.mkdir()
    (inbox / "alias.csv").symlink_to(put(inbox / "real.csv", 1))
    return inbox


def test_a_link_within_the_inbox_is_a_delivery(linked: Path) -> None:
    assert [path.name for path in find_deliveries(linked, ["*.csv"])] == ["alias.csv", "real.csv"]


@pytest.mark.parametrize("through", ["file", "folder"])
def test_a_link_out_of_the_inbox_is_refused_unless_allowed(linked: Path, through: str) -> None:
    outside = linked.resolve().parent / "outside"
    if through == "file":
        (linked / "link.csv").symlink_to(outside / "a.csv")
    else:
        (linked / "folder").symlink_to(outside)
    name, patterns = ("link.csv", ["*.csv"]) if through == "file" else ("a.csv", ["folder/*.csv"])
    with pytest.raises(DeliveryError) as caught:
        find_deliveries(linked, patterns)
    assert caught.value.message == (f"{name}: a link leads out of the inbox, to {outside / 'a.csv'}")
    assert caught.value.hint == (
        "put the file itself in the inbox, or allow links in the delivery section of the mapping: links: follow"
    )
    assert name in [path.name for path in find_deliveries(linked, patterns, follow_links=True)]


def test_a_refused_link_that_is_older_than_a_file_is_passed_over(linked: Path) -> None:
    (linked / "link.csv").symlink_to(linked.parent / "outside" / "a.csv")
    new = put(linked / "new.csv", 4_000_000_000)
    assert [path.name for path in find_deliveries(linked, ["*.csv"])] == ["new.csv", "alias.csv", "real.csv"]
    assert find_deliveries(linked, ["n*.csv"]) == [new]


def test_what_lies_above_the_inbox_is_no_delivery(linked: Path) -> None:
    assert find_deliveries(linked, ["../outside/*.csv"]) == []


@pytest.mark.parametrize("target", ["nothing.csv", "ring.csv"])
def test_a_link_that_leads_nowhere_is_told(tmp_path: Path, target: str) -> None:
    (tmp_path / "ring.csv").symlink_to(tmp_path / target)
    with pytest.raises(DeliveryError) as caught:
        find_deliveries(tmp_path, ["*.csv"])
    assert caught.value.message == (f"ring.csv: this link to {tmp_path / target} is broken")
    assert caught.value.hint == "put the file itself in the inbox"


def test_a_folder_named_like_a_delivery_is_told_where_there_is_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.csv").mkdir()
    (tmp_path / "old").mkdir()
    assert find_deliveries(tmp_path, ["*"]) == []
    with pytest.raises(DeliveryError, match=r"^x\.csv: this is a folder, not a file\n"):
        find_deliveries(tmp_path, ["*.csv"])
    file = put(tmp_path / "y.csv", 1)
    assert find_deliveries(tmp_path, ["*.csv"]) == [file]


def test_a_pipe_named_like_a_delivery_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.csv")
    with pytest.raises(DeliveryError, match=r"^x\.csv: this is a named pipe, not a file\n"):
        find_deliveries(tmp_path, ["*.csv"])


def test_a_device_named_like_a_delivery_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").symlink_to("/dev/null")
    with pytest.raises(DeliveryError, match=r"^x\.csv: this is a device, not a file\n"):
        find_deliveries(tmp_path, ["*.csv"], follow_links=True)


def test_an_inbox_that_may_not_be_read_is_told() -> None:
    with unprivileged_folder() as folder:
        (folder / "inbox").mkdir(mode=0)
        with unprivileged(), pytest.raises(DeliveryError) as caught:
            find_deliveries(folder / "inbox", ["*.csv"])
    assert caught.value.message == f"no permission to read the inbox {folder / 'inbox'}"
    assert caught.value.hint == "give this user permission to read the folder"


def test_no_inbox_means_no_deliveries(tmp_path: Path) -> None:
    assert find_deliveries(tmp_path / "nowhere", ["*.csv"]) == []
