"""What a file is, by its content and not by its name. Nothing is unpacked, so nothing can burst."""

LARGEST = 50 * 1024 * 1024
UNKNOWN = "application/octet-stream"
# What a browser may be given to show: it can hold no script. Everything else is only ever saved.
SHOWN = frozenset(("application/pdf", "image/png", "image/jpeg", "image/gif", "text/plain"))

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_ZIP = b"PK\x03\x04"
_LOOKED_AT = 65_536


class UnfitFile(Exception):
    """The file is not taken; the sentence says why. Nothing was stored."""


def media_type_of(content: bytes, largest: int = LARGEST) -> str:
    """The media type that the content shows; raises UnfitFile for what is empty, too large, or a program."""
    if not content:
        raise UnfitFile("The file is empty.")
    if len(content) > largest:
        raise UnfitFile(f"The file is {len(content)} bytes long; at most {largest} are taken.")
    if content.startswith(_PROGRAMS):
        raise UnfitFile("The file is a program; programs are not evidence.")
    if content.startswith(_ZIP):
        return _kind_of_zip(content)
    for sign, kind in _SIGNS:
        if content.startswith(sign):
            return kind
    return _kind_of_text(content)


def _kind_of_zip(content: bytes) -> str:
    """By the names that stand in the archive's own directory; none of its entries is opened."""
    head = content[:100]
    if head[30:38] == b"mimetype":
        length = int.from_bytes(head[18:22], "little")
        named = head[38 + int.from_bytes(head[28:30], "little") :][:length]
        if named.startswith(b"application/vnd.oasis.opendocument.") and named.isascii():
            return named.decode("ascii")
    if b"[Content_Types].xml" in content[-_LOOKED_AT:]:
        for sign, kind in _OFFICE:
            if sign in content[-_LOOKED_AT:]:
                return kind
    return "application/zip"


def _kind_of_text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return UNKNOWN
    if any(character < " " and character not in "\t\n\r\f" for character in text):
        return UNKNOWN
    start = text[:_LOOKED_AT].lstrip().lower()
    if "<svg" in start:
        return "image/svg+xml"
    if start.startswith("<?xml"):
        return "application/xml"
    return "text/html" if start.startswith("<") or "<html" in start or "<script" in start else "text/plain"
