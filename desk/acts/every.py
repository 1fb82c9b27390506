"""Every act that has a page of its own, by its row in the table of permissions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk.acts import (
    of_corrections,
    of_plans,
    of_reports,
    of_requests,
    of_reviews,
    of_the_notice,
    of_time,
)
from desk.acts.form import ActForm


def _by_act(forms: Iterable[ActForm]) -> Mapping[str, ActForm]:
    return {each.act: each for each in forms}


ON_OCCURRENCE = _by_act(
    (*of_reviews.FORMS, *of_requests.FORMS, *of_plans.FORMS, *of_reports.FORMS, *of_time.FORMS)
)
ON_NOTICE = _by_act((*of_requests.ON_NOTICE, *of_reviews.ON_NOTICE, *of_the_notice.FORMS))
ON_EVENT = _by_act(of_corrections.FORMS)
