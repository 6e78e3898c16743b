"""A record → where it is on the globe."""

from __future__ import annotations

from typing import NamedTuple

from bindery.model import Authority


class Coordinates(NamedTuple):
    """In degrees."""

    latitude: float
    longitude: float


def of(record: Authority) -> Coordinates | None:
    """None where the record does not say it, or says what is no place on the globe."""
    try:
        found = Coordinates(float(record.facts["latitude"]), float(record.facts["longitude"]))
    except (KeyError, ValueError):
        return None
    return found if abs(found.latitude) <= 90 and abs(found.longitude) <= 180 else None  # not so for what is no number
