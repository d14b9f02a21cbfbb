"""What object storage refuses, in a line that says what to do.

Of its own words only the code is taken: the rest may quote an access key, or an address that is signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from leadingest.errors import StoreBusyError, StoreConflictError, StoreError, StoreSetupError
from leadingest.stores.location import ObjectUrl

_CODE: Final = re.compile(r"<Code>([A-Za-z.]{1,60})</Code>")
_STATUS: Final = re.compile(r"status code: ([0-9]{3})")
#: The first line of what the client says of an address that does not answer, or a name that nobody knows.
_UNREACHABLE: Final = re.compile(r"(?i)error sending request|HTTP error|dns error|timed? ?out|connection")
_NO_SIGNING: Final = re.compile(
    r"(?i)169\.254\.169\.254|metadata\.google|credential|missing ?account|account must"
)

_CREDENTIALS: Final = (
    "give them as usual for this cloud: by variables such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, "
    "or the role of the machine"
)
_NO_BUCKET: Final = (
    "there is no such bucket",
    "check the name, and that AWS_ENDPOINT_URL is that of its service",
)
#: What the codes mean, and what to do.
_SETUP: Final = {
    "NoSuchBucket": _NO_BUCKET,
    "ContainerNotFound": _NO_BUCKET,
    "ExpiredToken": ("the credentials have expired", "get new ones, and run again"),
    "InvalidToken": ("the session token is not valid", "get new credentials, and run again"),
    "InvalidAccessKeyId": ("there is no such access key", _CREDENTIALS),
    "SignatureDoesNotMatch": ("the secret does not belong to the access key", _CREDENTIALS),
    "RequestTimeTooSkewed": ("the clock of this machine is wrong", "synchronize it with a time server"),
    "PermanentRedirect": ("the bucket is in another region", "set AWS_REGION to it"),
    "AuthorizationHeaderMalformed": ("the bucket is in another region", "set AWS_REGION to it"),
    "IllegalLocationConstraintException": ("the bucket is in another region", "set AWS_REGION to it"),
}
#: The permission that it takes, by what is done.
_PERMISSIONS: Final = {
    "list": "s3:ListBucket; without it, name a file: --file URL",
    "read": "s3:GetObject, and kms:Decrypt if it is encrypted with a KMS key; for a requester-pays bucket, set AWS_REQUEST_PAYER=requester",
    "write": "s3:PutObject, and kms:GenerateDataKey if it is encrypted with a KMS key",
    "delete": "s3:DeleteObject",
}


@contextmanager
def in_our_words(what: str, url: ObjectUrl) -> Iterator[None]:
    """Around one request that is to `list`, `read`, `write` or `delete` what lies there.

    FileNotFoundError, of a key in a bucket that is there, passes as it is.
    """
    from obstore import exceptions as refused

    try:
        yield
    except (refused.AlreadyExistsError, refused.PreconditionError):
        raise StoreConflictError(f"{url} was changed by another program in the meantime") from None
    except FileNotFoundError as error:
        if _SETUP.get(_code(str(error))) == _NO_BUCKET:
            raise _told(what, url, error) from None
        raise FileNotFoundError(f"{url} is not there") from None
    except refused.InvalidPathError as error:
        raise StoreError(
            f"{url}: an object below it has a key with an empty part, `.` or `..`",
            hint="such keys cannot be listed; rename that object, or remove it",
        ) from error
    except (refused.BaseError, ValueError) as error:
        raise _told(what, url, error) from None


def _told(what: str, url: ObjectUrl, error: Exception) -> StoreError:
    text = str(error)
    first, code, status = text.partition("\n")[0], _code(text), _STATUS.search(text)
    number = int(status[1]) if status else 0
    if "redirect" in first.lower() and not code:
        code = "PermanentRedirect"
    if code in _SETUP:
        meaning, hint = _SETUP[code]
        return StoreSetupError(f"{url}: {meaning}", hint=hint)
    if _NO_SIGNING.search(first):
        return StoreSetupError(f"{url}: no credentials were found", hint=_CREDENTIALS)
    if number in {401, 403}:
        return StoreSetupError(f"{url}: no permission to {what} it", hint=f"it takes {_PERMISSIONS[what]}")
    if what == "read" and "body error" in first:
        return StoreBusyError(
            f"{url}: the connection was lost while it was read, and reading could not resume",
            hint="run again; if it was replaced in the meantime, the new one is read",
        )
    if number == 429 or number >= 500 or _UNREACHABLE.search(first):
        trouble = f"is busy ({code or number})" if number else "cannot be reached"
        return StoreBusyError(
            f"{url}: object storage {trouble}, and retries did not help",
            hint="run again later; nothing is lost" if number else "check the network, and AWS_ENDPOINT_URL",
        )
    why = code or (f"status {number}" if number else type(error).__name__)
    hint = (
        "the credentials may have expired, or the bucket is in another region: see AWS_REGION"
        if number == 400
        else ""
    )
    return StoreError(f"{url}: object storage refused to {what} it ({why})", hint=hint)


def _code(text: str) -> str:
    found = _CODE.search(text)
    return found[1] if found else ""
