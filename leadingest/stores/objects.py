"""Objects below a prefix of a bucket as a store: S3, Google Cloud Storage, Azure Blob Storage, by one client."""

from __future__ import annotations

import mimetypes
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal

from leadingest.errors import ConfigurationError, StoreBusyError, StoreError, StoreSetupError
from leadingest.stores.lease import lease
from leadingest.stores.location import ObjectUrl
from leadingest.stores.object_errors import in_our_words
from leadingest.stores.store import ANYTHING, Held, Listed, ObjectVersion, Store, ToScan

if TYPE_CHECKING:
    from obstore import ObjectMeta
    from obstore.store import ObjectStore as Client

#: Under this the time of a file is kept, in nanoseconds: a bucket knows only when an object was written.
_TIME: Final = "leadingest-modified-ns"
_STEP: Final = 4 << 20
#: The bucket itself copies objects up to this size.
_MOST_COPIED: Final = 5 << 30
#: Requests that a busy service refuses are sent again for so long; it is doubled each time, at random.
_RETRY: Final = {"max_retries": 8, "retry_timeout": timedelta(seconds=60)}
#: Tags stay behind when an object is copied: to read and to write them are rights of their own, and whoever dropped
#: the object must not decide by its tags how long the copy is kept.
_COPY: Final = {"x-amz-tagging-directive": "REPLACE"}


class _Pieces:
    """What comes in pieces, to be read."""

    def __init__(self, pieces: Iterator[Any]) -> None:
        self._pieces, self._left = pieces, memoryview(b"")

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none only at the end."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = memoryview(piece)
        taken, self._left = self._left[:size], self._left[size:]
        return bytes(taken)


class ObjectStore(Store):
    """The objects whose keys begin with that of the URL and a slash."""

    root: ObjectUrl

    def __init__(self, root: ObjectUrl, client: Client | None = None) -> None:
        """The client is made from the environment where none is given. Raises ConfigurationError without the extra."""
        self.root = root
        self._client = client or _client(root)
        self._given = client

    @property
    def _condition(self) -> Literal["e_tag", "version"]:
        """By what a write asks for the content that it replaces: Google's numbers the contents of each object."""
        return "version" if self.root.scheme == "gs" else "e_tag"

    def at(self, key: str) -> ObjectUrl:
        return self.root / key

    def names(self, folder: str) -> list[str]:
        import obstore

        url = self.root / folder if folder else self.root
        with in_our_words("list", url):
            found = obstore.list_with_delimiter(self._client, url.key or None)["objects"]
        return sorted(each["path"].rpartition("/")[2] for each in found)

    def listed(self, folder: str = "", *, after: str = "", most: int | None = None) -> list[Listed]:
        """What only stands for a folder is left out."""
        import obstore

        url = self.root / folder if folder else self.root
        offset = self.at(after).key if after else None
        with in_our_words("list", url):
            every = chain.from_iterable(obstore.list(self._client, url.key or None, offset=offset))
            found = [self._listed(each) for each in islice(every, most)]
        return sorted(each for each in found if each.size or self.holds(each.key))

    def found(self, key: str) -> Listed | None:
        import obstore

        try:
            with in_our_words("read", self.at(key)):
                return self._listed(obstore.head(self._client, self.at(key).key))
        except FileNotFoundError:
            return None

    def _listed(self, entry: ObjectMeta) -> Listed:
        key = entry["path"].removeprefix(f"{self.root.key}/" if self.root.key else "")
        return Listed(key, entry["size"], entry["last_modified"], entry["e_tag"] or "")

    def to_scan(self, key: str) -> ToScan:
        return ToScan(str(self.at(key)), _for_polars(self.root))

    def read(self, key: str) -> Held:
        import obstore

        with in_our_words("read", self.at(key)):
            result = obstore.get(self._client, self.at(key).key)
            return Held(bytes(result.bytes()), str(result.meta[self._condition]))

    def beginning(self, key: str, *, most: int) -> bytes:
        """The first bytes of the object: all of it, where it has no more than `most`."""
        import obstore

        content = bytearray()
        with in_our_words("read", self.at(key)):
            result = obstore.get(self._client, self.at(key).key)
            for piece in result.stream(min_chunk_size=_STEP):
                content += piece
                if len(content) >= most:
                    break
        if len(content) < min(most, size := result.meta["size"]):
            raise StoreBusyError(
                f"{self.at(key)}: only {len(content):,} of its {size:,} bytes came", hint="run again"
            )
        return bytes(content[:most])

    @contextmanager
    def opened_at(self, object_version: ObjectVersion, start: int) -> Iterator[_Pieces]:
        """The bytes of an object below the prefix from there on, in the very version.

        Reading raises StoreError, as where it is another content by now.
        """
        import obstore

        url, options = object_version.url, dict[str, Any](range={"offset": start})
        if object_version.version:
            options["version"] = object_version.version
        elif object_version.e_tag:
            options["if_match"] = object_version.e_tag
        with in_our_words("read", url):
            result = obstore.get(self._client, url.key, options=options)  # type: ignore[arg-type]  # as it says
            yield _Pieces(iter(result.stream(min_chunk_size=_STEP)))

    @contextmanager
    def fetched(self, key: str, *, time_ns: int | None = None) -> Iterator[Path]:
        with self.fetched_version(key, time_ns=time_ns) as (path, _):
            yield path

    @contextmanager
    def fetched_version(
        self, key: str, *, version: str = "", time_ns: int | None = None
    ) -> Iterator[tuple[Path, ObjectVersion]]:
        """A scratch file with the newest version of the object, or the one named, and which one it is.

        Raises StoreError where it came shorter than it is, or where the disk has no room for it.
        """
        import obstore

        url = self.at(key)
        with TemporaryDirectory(prefix="leadingest-") as folder:
            path = Path(folder) / "object"
            with in_our_words("read", url), path.open("wb") as file:
                result = obstore.get(self._client, url.key, options={"version": version} if version else {})
                meta = result.meta
                _refuse_too_large(url, meta["size"], Path(folder))
                for piece in result.stream(min_chunk_size=_STEP):
                    file.write(piece)
                got = file.tell()
            if got != meta["size"]:
                raise StoreError(f"{url}: only {got:,} of its {meta['size']:,} bytes came", hint="run again")
            own = result.attributes.get(_TIME, "")
            timed = own.isascii() and own.isdigit()
            changed = int(own) if timed else time_ns
            if changed is None:
                changed = int(meta["last_modified"].timestamp()) * 1_000_000_000
            os.utime(path, ns=(changed, changed))
            fetched = ObjectVersion(url, got, meta["e_tag"] or "", meta["version"] or "")
            yield path, replace(fetched, timed=timed, replaced=partial(self._is_replaced, fetched))

    def put(self, key: str, content: bytes, *, replacing: str | None = ANYTHING) -> str:
        import obstore

        unchanged = {self._condition: replacing} if replacing else "create"
        mode: Any = "overwrite" if replacing == ANYTHING else unchanged
        with in_our_words("write", self.at(key)):
            done = obstore.put(
                self._client,
                self.at(key).key,
                content,
                mode=mode,
                attributes=_about(key),
                use_multipart=False,
            )
        return str(done[self._condition])

    @contextmanager
    def written(self, key: str, *, time_ns: int | None = None) -> Iterator[BinaryIO]:
        import obstore

        with TemporaryFile() as file:
            yield file
            file.seek(0)
            about = _about(key) | ({} if time_ns is None else {_TIME: str(time_ns)})
            with in_our_words("write", self.at(key)):
                obstore.put(self._client, self.at(key).key, file, attributes=about)

    def copied(self, source: ObjectVersion, key: str) -> bool:
        """Have the bucket copy the object, without its tags.

        Not from another bucket, which this client cannot ask for, and not where the object carries a time of its own,
        which the copy would carry, too. False for whatever the bucket refuses: then the caller writes the file.
        """
        import obstore

        url, here = source.url, self.root
        within = (url.scheme, url.bucket) == (here.scheme, here.bucket)
        if not within or source.timed or source.size > _MOST_COPIED or not self._is_still(source):
            return False
        try:
            with in_our_words("write", self.at(key)):
                obstore.copy(self._copying, url.key, self.at(key).key)
        except (StoreError, FileNotFoundError):
            return False
        if self._is_still(source):
            return True
        # Somebody replaced it meanwhile, and which of the two was copied cannot be told.
        with suppress(StoreSetupError):  # of an archive, many may only be added to
            self.delete([key])
        return False

    @cached_property
    def _copying(self) -> Client:
        """A client for copies alone. It does not try long: what the bucket does not copy is written instead."""
        return self._given or _client(self.root, headers=_COPY, max_retries=2)

    def newest(self, key: str) -> ObjectVersion | None:
        """What lies under the key now; None where nothing does.

        Raises StoreSetupError where there is no such bucket, and StoreError.
        """
        import obstore

        url = self.at(key)
        try:
            if now := self._now(url):
                return now
        except StoreBusyError:
            raise
        except StoreError:
            pass
        # The answer to a HEAD, unlike that to a GET, does not tell what is missing: the object, the bucket or a right.
        with suppress(FileNotFoundError), in_our_words("read", url):
            obstore.get(self._client, url.key)
        return self._now(url)

    def _is_still(self, source: ObjectVersion) -> bool:
        return bool(source.e_tag) and self._now(source.url) == source

    def _is_replaced(self, source: ObjectVersion) -> bool:
        return bool(source.e_tag) and self._now(source.url) not in (None, source)

    def _now(self, url: ObjectUrl) -> ObjectVersion | None:
        import obstore

        try:
            with in_our_words("read", url):
                now = obstore.head(self._client, url.key)
        except FileNotFoundError:
            return None
        return ObjectVersion(url, now["size"], now["e_tag"] or "", now["version"] or "")

    def lock(self, key: str, *, wait: float = 0) -> AbstractContextManager[bool]:
        return lease(self, key, wait=wait)

    def delete(self, keys: Iterable[str]) -> None:
        import obstore

        for key in keys:
            try:
                with in_our_words("delete", self.at(key)):
                    obstore.delete(self._client, self.at(key).key)
            except FileNotFoundError:
                continue


def _client(root: ObjectUrl, *, headers: Mapping[str, str] | None = None, **retry: int) -> Client:
    """A client of the bucket, configured by the environment as is usual for its cloud; S3 is sent the headers, too."""
    try:
        from obstore.store import from_url
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"{root}: object storage needs obstore, which is not installed",
            hint="pip install 'leadingest[cloud]'",
        ) from error
    options: dict[str, Any] = {"retry_config": _RETRY | retry}
    if root.scheme == "s3":
        # Only an endpoint that somebody named is spoken to without encryption.
        options["client_options"] = {
            "allow_http": os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://"),
            "default_headers": dict(headers or {}),
        }
        if os.environ.get("AWS_REQUEST_PAYER") == "requester":
            options["config"] = {"request_payer": True}
        if profile := os.environ.get("AWS_PROFILE"):
            options["credential_provider"] = _of_profile(root, profile)
    with in_our_words("read", root):
        return from_url(f"{root.scheme}://{root.bucket}", **options)


def _for_polars(root: ObjectUrl) -> dict[str, str]:
    """What the client of polars, which reads the same variables, must be told beside them."""
    options: dict[str, str] = {}
    if root.scheme == "s3":
        options["aws_allow_http"] = str(os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")).lower()
        if os.environ.get("AWS_REQUEST_PAYER") == "requester":
            options["aws_request_payer"] = "true"
        if profile := os.environ.get("AWS_PROFILE"):
            options |= _keys_of(_of_profile(root, profile)())
    return options


def _keys_of(credential: Any) -> dict[str, str]:
    """Credentials of obstore by the names of polars' options."""
    names = (
        ("access_key_id", "aws_access_key_id"),
        ("secret_access_key", "aws_secret_access_key"),
        ("token", "aws_session_token"),
    )
    return {option: credential[name] for name, option in names if credential.get(name)}


def _of_profile(root: ObjectUrl, profile: str) -> Any:
    """The credentials of a profile of ~/.aws, which boto3 knows how to read."""
    try:
        import boto3
        from obstore.auth.boto3 import Boto3CredentialProvider
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"{root}: the profile that AWS_PROFILE names is read by boto3, which is not installed",
            hint="pip install boto3, or give the credentials by variables: `aws configure export-credentials`",
        ) from error
    try:
        return Boto3CredentialProvider(boto3.Session(profile_name=profile))
    except Exception as error:
        raise StoreSetupError(
            f"{root}: the profile that AWS_PROFILE names gives no credentials ({type(error).__name__})",
            hint="see `aws configure list`",
        ) from None


def _about(key: str) -> dict[str, str]:
    """What a browser must know of it."""
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    return {"Content-Type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind}


def _refuse_too_large(url: ObjectUrl, size: int, folder: Path) -> None:
    if size > (free := shutil.disk_usage(folder).free):
        raise StoreError(
            f"{url}: it has {size:,} bytes, and only {free:,} are free on the disk that it is copied to",
            hint=f"make room in {folder.parent}, or set TMPDIR to another folder",
        )
