"""An API that nobody uses any more is let go, with the whole record that it has read."""

import gc
import weakref

from desk.api.app import create_api


def test_nothing_holds_an_api_but_whoever_made_it(ports):
    gone = weakref.ref(create_api(ports, "/api/v1"))
    gc.collect()
    assert gone() is None
