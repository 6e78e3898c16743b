"""Law: a value is written as the YAML library would write it, whichever way it goes."""

from __future__ import annotations

from datetime import date

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bindery.content import front_matter

WORDS = st.lists(st.sampled_from(["Mayor", "of", "Wuxi", "&", "#", "-", "'s", "Co.,", "Ltd.", ":", "no", "y", "1e5", "(left)", "’s", "市"]))


@given(st.one_of(st.text(), WORDS.map(" ".join), st.dates(), st.lists(st.text(max_size=8), max_size=3)))
@example("yes")
@example("Null")
@example("off")
@example("Wuxi ")
@example("a #b")
@example("a: b")
@example("e5")
@example("A" * 3000 + " b" * 3000)
@settings(deadline=None)
def test_a_value_is_written_as_the_library_writes_it(value: str | date | list[str]) -> None:
    written = front_matter.compose({"key": value}, "").splitlines(keepends=True)
    entry = "".join(written[1 : next(number for number, line in enumerate(written) if line.startswith("written: "))])
    assert entry == yaml.safe_dump({"key": value}, allow_unicode=True, width=2**16, sort_keys=False, default_flow_style=False)
