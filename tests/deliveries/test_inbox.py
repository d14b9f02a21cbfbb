import os
from pathlib import Path

from leadingest.deliveries.inbox import find_deliveries


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
    (tmp_path / "folder.csv").mkdir()
    assert find_deliveries(tmp_path, ["*", "**/*"]) == []


def test_folders_below_are_searched_where_the_pattern_says_so(tmp_path: Path) -> None:
    deep = put(tmp_path / "acme" / "2026" / "a.csv", 1)
    assert find_deliveries(tmp_path, ["*.csv"]) == []
    assert find_deliveries(tmp_path, ["acme/**/*.csv"]) == [deep]


def test_a_link_out_of_the_inbox_is_no_delivery(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "a.csv", 1)
    inbox = tmp_path / "inbox"
    inside = put(inbox / "real.csv", 1)
    (inbox / "link.csv").symlink_to(outside)
    (inbox / "folder").symlink_to(outside.parent)
    (inbox / "alias.csv").symlink_to(inside)
    (inbox / "broken.csv").symlink_to(inbox / "nothing.csv")
    found = find_deliveries(inbox, ["*.csv", "folder/*.csv", "../outside/*.csv"])
    assert [path.name for path in found] == ["alias.csv", "real.csv"]


def test_no_inbox_means_no_deliveries(tmp_path: Path) -> None:
    assert find_deliveries(tmp_path / "nowhere", ["*.csv"]) == []
