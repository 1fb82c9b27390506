"""How what clocks are told and asked becomes JSON, and comes back."""

from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter

_ONCE = PydanticPayloadConverter()


class SharedPayloadConverter(CompositePayloadConverter):
    """pydantic's converter, with what it has learnt of each type shared by all workflows of the process.

    Temporal makes a converter for every workflow, and pydantic's then works out the same schemas again for each: some
    milliseconds in a step that Temporal gives up as a deadlock after two seconds, on a machine that has none to spare.
    """

    def __init__(self) -> None:
        super().__init__(*_ONCE.converters.values())


DATA_CONVERTER = DataConverter(payload_converter_class=SharedPayloadConverter)
