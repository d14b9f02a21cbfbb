"""Zip archives as third parties send them: opened with care, and the one file in them that is meant."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from typing import IO, Final

from leadingest.documents.nearest import listed
from leadingest.errors import DeliveryError
from leadingest.wording import counted

#: The list of what is in an archive is read as a whole: more bytes of it are refused. 4 MiB name some
#: 50,000 files.
MOST_DIRECTORY_BYTES: Final = 4 << 20
_MEMBERS_SHOWN: Final = 5
_END: Final = struct.Struct("<4s8xLLH")
_END_64: Final = struct.Struct("<4s36xQ")
#: The end of a large archive says more, in a record of this size and a pointer to it, right before `_END`.
_BEFORE_END: Final = 56 + 20
_LONGEST_COMMENT: Final = 0xFFFF
_ENCRYPTED_BIT: Final = 0x1
_PACKED_WAYS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@contextmanager
def open_zip(file: IO[bytes], name: str) -> Iterator[zipfile.ZipFile]:
    """The archive in a file that can be sought in.

    Raises DeliveryError when something follows the archive or it lists too much, zipfile.BadZipFile when it
    is damaged.
    """
    _check_end(file, name)
    try:
        archive = zipfile.ZipFile(file)
    except (NotImplementedError, ValueError, struct.error) as error:
        raise zipfile.BadZipFile from error
    with archive:
        yield archive


def chosen_member(archive: zipfile.ZipFile, wanted: str | None, name: str) -> zipfile.ZipInfo:
    """The one file of the archive, or the one that `wanted`, a name or a pattern, stands for.

    Folders and what a Mac adds do not count. Raises DeliveryError that names the files, when there is not
    exactly one.
    """
    files = [
        member
        for member in archive.infolist()
        if not member.is_dir() and not member.filename.startswith("__MACOSX/")
    ]
    fitting = [member for member in files if wanted is None or _named(member.filename, wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if not files:
        raise DeliveryError(f"{name}: the zip archive contains no file", hint="ask for the file again")
    if wanted is None:
        message, hint = _held(files), f"name one in the delivery section: member: {files[0].filename}"
    elif fitting:
        message = f"contains {len(fitting)} files that match `member: {wanted}`: {_listed(fitting)}"
        hint = "make the pattern more specific, so that it matches one file"
    else:
        message = f"contains no file that matches `member: {wanted}`; it {_held(files)}"
        hint = "set `member` in the delivery section of the mapping to the name of one of them"
    raise DeliveryError(f"{name}: the zip archive {message}", hint=hint)


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> IO[bytes]:
    """The content of a member; raises DeliveryError when it cannot be unpacked."""
    if member.flag_bits & _ENCRYPTED_BIT:
        raise DeliveryError(
            f"{name}: {member.filename} in the zip archive is encrypted",
            hint="ask for it without a password, or unpack it and put the file in the inbox",
        )
    if member.compress_type in _PACKED_WAYS:
        # What else may be unusual about it, such as a patch, is told by the library.
        with suppress(NotImplementedError):
            return archive.open(member)
    raise DeliveryError(
        f"{name}: {member.filename} in the zip archive uses an unsupported compression",
        hint="unpack it and put the file in the inbox",
    )


def _named(member: str, wanted: str) -> bool:
    """A pattern without a folder fits a file in any."""
    return fnmatchcase(member, wanted) or fnmatchcase(member.rpartition("/")[2], wanted)


def _held(files: Sequence[zipfile.ZipInfo]) -> str:
    return f"holds {counted(len(files), 'file')}: {_listed(files)}"


def _listed(files: Sequence[zipfile.ZipInfo]) -> str:
    shown = [member.filename for member in files[:_MEMBERS_SHOWN]]
    more = len(files) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown, last="and")


def _check_end(file: IO[bytes], name: str) -> None:
    """Look at the record that an archive ends with, before the list that it points to is read."""
    size = file.seek(0, 2)
    file.seek(max(size - _END.size - _LONGEST_COMMENT - _BEFORE_END, 0))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile
    _, directory, _, comment = _END.unpack_from(tail, at)
    if at + _END.size + comment < len(tail):
        raise DeliveryError(
            f"{name}: unexpected data after the end of the zip archive", hint="ask for the file again"
        )
    if at >= _BEFORE_END and tail[at - _BEFORE_END :].startswith(b"PK\x06\x06"):
        _, directory = _END_64.unpack_from(tail, at - _BEFORE_END)
    if directory > MOST_DIRECTORY_BYTES:
        raise DeliveryError(
            f"{name}: the zip archive lists too many files", hint="unpack it and put the file in the inbox"
        )
