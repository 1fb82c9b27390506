"""Content standards (6c to 6e) that look at several reports in a row."""

from domain.identity import OccurrenceId
from domain.notice.schedule import expected
from domain.notice.state import Notice
from domain.terms.obligations import ContentStandard


def standards_over(notice: Notice, obligation: str) -> tuple[ContentStandard, ...]:
    """The content standards that count how many reports in a row lack something."""
    return tuple(
        each
        for each in notice.owed
        if isinstance(each, ContentStandard) and each.of == obligation and each.absent_for is not None
    )


def periods_before(notice: Notice, name: OccurrenceId) -> tuple[OccurrenceId, ...]:
    """The reports before this one, newest first, as far back as any of its content standards counts."""
    reaching = max((each.absent_for or 0 for each in standards_over(notice, name.obligation)), default=0)
    if reaching < 2:
        return ()
    names = [each.id for each in expected(notice) if each.id.obligation == name.obligation]
    if name not in names:
        return ()
    place = names.index(name)
    return tuple(reversed(names[max(0, place - reaching + 1) : place]))
