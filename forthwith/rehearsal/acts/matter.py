"""An occurrence as a scenario names it: without its notice."""

from typing import Annotated

from pydantic import AfterValidator


def _obligation_and_period(value: str) -> str:
    parts = value.split("/")
    if len(parts) != 2 or not all(parts):
        raise ValueError(
            f"“{value}” is not the name of an occurrence; it is written obligation/period, "
            "for example monthly-report/2016-06"
        )
    return value


Matter = Annotated[str, AfterValidator(_obligation_and_period)]
