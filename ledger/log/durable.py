"""Files that are there whole, or not at all, whenever the power goes."""

import os
from pathlib import Path


def replace(file: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file in one step: a reader, and whoever starts after a crash, finds the old content or the new one."""
    place(file, content, mode)
    sync_folder(file.parent)


def place(file: Path, content: bytes, mode: int = 0o644) -> None:
    """The same, but the name is only safe from a power cut after `sync_folder`."""
    unfinished = file.with_name(f".{file.name}.new")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    unfinished.replace(file)


def make_folder(folder: Path) -> None:
    """With those above it, each safe from a power cut."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
