"""The one list of read models."""

from projections.tables.models.chronology import SentenceForEach
from projections.tables.models.considerations import ConsiderationOfEach
from projections.tables.models.deliveries import DeliveryOfEach
from projections.tables.models.rights import RightsUnderEach
from projections.tables.models.standing import StandingOfEach
from projections.tables.models.tasks import TasksOfEach
from projections.tables.table import Projection

PROJECTIONS: tuple[Projection, ...] = (
    StandingOfEach(),
    TasksOfEach(),
    DeliveryOfEach(),
    SentenceForEach(),
    ConsiderationOfEach(),
    RightsUnderEach(),
)
BY_NAME = {each.name: each for each in PROJECTIONS}
