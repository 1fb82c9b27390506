"""From a YAML file to a pydantic model, or to a list of faults that a person can mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from forthwith.notice_files.faults import Fault, FileFaults, write_path
from forthwith.notice_files.faults import Path as Place
from forthwith.notice_files.file_text import Unreadable, read_text, text_of
from forthwith.notice_files.kinds import kind_faults
from forthwith.notice_files.plain_words import in_plain_words
from forthwith.notice_files.shapes import Shapes
from forthwith.notice_files.yaml_document import Document, read_document

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A model with the document it came from, so that later checks can still name lines."""

    model: Model
    file: str
    document: Document

    def fault(self, place: Place, sentence: str) -> Fault:
        return Fault(self.file, self.document.line_of(place), write_path(place), sentence)


def read_model(path: Path, model: type[Model], limit_bytes: int) -> Model:
    """The model that the file holds; raises FileFaults with everything that is wrong with the file."""
    return load(path, model, limit_bytes).model


def load(path: Path, model: type[Model], limit_bytes: int) -> Loaded[Model]:
    """As read_model, and keeps the lines."""
    return _loaded(str(path), lambda: read_text(path, limit_bytes), model)


def load_bytes(content: bytes, file: str, model: type[Model], limit_bytes: int) -> Loaded[Model]:
    """The same of what was sent instead of being kept on a disk; `file` is what its faults call it."""
    return _loaded(file, lambda: text_of(content, limit_bytes), model)


def _loaded(file: str, text: Callable[[], str], model: type[Model]) -> Loaded[Model]:
    try:
        document = read_document(text())
    except Unreadable as unreadable:
        raise FileFaults([Fault(file, unreadable.line, "", str(unreadable))]) from None
    own = [Fault(file, mark.line, write_path(mark.path), mark.sentence) for mark in document.marks]
    if document.data is None:
        raise FileFaults(own or [Fault(file, 1, "", "This file is empty.")])
    loaded, faults = _validate(document, model, own, file)
    if faults or loaded is None:
        raise FileFaults(faults)
    return Loaded(loaded, file, document)


def _validate(
    document: Document, model: type[Model], own: list[Fault], file: str
) -> tuple[Model | None, list[Fault]]:
    shapes = shapes_of(model)
    blamed = {mark.path for mark in document.marks}
    faults = list(own)
    for place, sentence in kind_faults(shapes, document.data):
        if not _within(place, blamed):
            faults.append(Fault(file, document.line_of(place), write_path(place), sentence))
            blamed.add(place)
    try:
        return model.model_validate(document.data), faults
    except ValidationError as error:
        found = _model_faults(error, shapes, document, blamed)
        return None, [
            *faults,
            *(Fault(file, document.line_of(at), write_path(at), words) for at, words in found),
        ]


def _model_faults(
    error: ValidationError, shapes: Shapes, document: Document, blamed: set[Place]
) -> Iterator[tuple[Place, str]]:
    for problem in error.errors(include_url=False):
        if _counts_only_sound_entries(dict(problem)):
            continue
        place, sentence = in_plain_words(dict(problem), shapes, document.data)
        if not _within(place, blamed):
            yield place, sentence


def _counts_only_sound_entries(problem: dict[str, Any]) -> bool:
    """A list whose entries are at fault is called too short besides, which it is not."""
    return problem["type"] == "too_short" and bool(len(problem["input"]) >= problem["ctx"]["min_length"])


def _within(place: Place, blamed: set[Place]) -> bool:
    """Whether the place, or something around it, is blamed already: one fault is told once."""
    return any(place[:length] in blamed for length in range(1, len(place) + 1)) or (
        () in blamed and not place
    )


@cache
def shapes_of(model: type[BaseModel]) -> Shapes:
    return Shapes(model.model_json_schema())
