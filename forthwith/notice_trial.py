"""`python -m forthwith.notice_trial`: reads, rehearses or writes one notice, in a process of its own with limits of its own.

It takes one JSON object on its standard input and gives one on its standard output: see `forthwith.notice_builder`, which
starts it. It is given no address of the record and asks for none.
"""

import asyncio
import resource
import sys
from typing import Any, Literal

import yaml
from pydantic import BaseModel, TypeAdapter

from desk.building import FileFault, FileRead, RehearsedNotice, Story
from domain.notice.as_issued import as_issued
from domain.notice.schedule import expected
from domain.terms.notice_file import NoticeFile
from forthwith.notice_files.faults import MOST_TOLD, Fault, FileFaults
from forthwith.notice_files.reading import read_notice_bytes
from forthwith.rehearsal.everybody import everybody_in_time
from forthwith.rehearsal.outcome import outcome
from forthwith.rehearsal.run import rehearse
from forthwith.rehearsal.scenario import NOBODY_ACTS

MEMORY = 768 * 1024 * 1024
PROCESSOR_SECONDS = 30
MOST_OWED = 2000
FILE = "notice.yaml"
LINE_WIDTH = 110


class Errand(BaseModel):
    """What is wanted: `text` for reading; `terms` for the other two."""

    do: Literal["read", "rehearse", "write"]
    text: str = ""
    terms: NoticeFile | None = None
    story: Story = "nobody-acts"
    undone: str | None = None


def run(errand: Errand) -> bytes:
    """The answer as JSON."""
    if errand.do == "read":
        return TypeAdapter(FileRead).dump_json(read(errand.text))
    assert errand.terms is not None, "the other errands are about a notice that has been read"
    if errand.do == "write":
        return TypeAdapter(str).dump_json(written(errand.terms))
    return TypeAdapter(RehearsedNotice).dump_json(rehearsed(errand.terms, errand.story, errand.undone))


def read(text: str) -> FileRead:
    try:
        terms = read_notice_bytes(text.encode("utf-8", "surrogatepass"), FILE)
    except FileFaults as found:
        lines = text.encode("utf-8", "replace").decode().splitlines()
        return FileRead(None, tuple(_fault(each, lines) for each in found.faults[:MOST_TOLD]))
    count = len(expected(as_issued(terms)))
    if count > MOST_OWED:
        sentence = (
            f"This notice asks for {count} things by a day; the builder takes no more than {MOST_OWED}. "
            "The command line takes it: `forthwith notice check`."
        )
        return FileRead(None, (FileFault(1, "obligations", sentence, ""),))
    return FileRead(terms)


def _fault(found: Fault, lines: list[str]) -> FileFault:
    words = "".join(lines[found.line - 1 : found.line]).strip()
    return FileFault(found.line, found.path, found.sentence, words)


def rehearsed(terms: NoticeFile, story: Story, undone: str | None) -> RehearsedNotice:
    scenario = NOBODY_ACTS if story == "nobody-acts" else everybody_in_time(as_issued(terms), undone)
    return outcome(asyncio.run(rehearse(terms, scenario, "pure")), story, undone)


def written(terms: NoticeFile) -> str:
    """YAML as the reader takes it; what is empty is left out."""
    stated = _stated(terms.model_dump(mode="json"))
    return yaml.dump(stated, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=LINE_WIDTH)


def _stated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stated(inner) for key, inner in value.items() if inner not in (None, [])}
    return [_stated(each) for each in value] if isinstance(value, list) else value


class _Plain(yaml.SafeDumper):
    """No anchors, days without quotation marks, and text of several lines as it reads."""

    def ignore_aliases(self, data: object) -> bool:
        """What stands in a notice twice is written twice."""
        del data
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _text)
_Plain.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in shapes if tag != "tag:yaml.org,2002:timestamp"]
    for first, shapes in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    sys.stdout.buffer.write(run(Errand.model_validate_json(sys.stdin.buffer.read())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
