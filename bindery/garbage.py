"""Python's search for garbage, put off while a run keeps nearly all that it makes: to look through that again and again takes time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept() -> Iterator[None]:
    """No search meanwhile. Only what refers to itself is garbage that counting references does not free, and a run makes little of it."""
    is_searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_searched:
            gc.enable()
