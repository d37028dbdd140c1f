"""Every case of every attribute, built anew with operations."""

from __future__ import annotations

import pytest

from tests.autogen.stock.copying import building
from tests.autogen.stock.test_stock_table import differences
from tests.autogen.workshop import Workshop
from tests.catalog.cases import HAS_ICU, Case, kinds, read_cases

#: What no statement makes: the cases change the system's tables by hand.
_BY_HAND = ("UPDATE pg_", "DROP EXTENSION plpgsql")


def applies(case: Case, version: int, *, icu: bool = False) -> bool:
    return case.runs_on(version, icu=icu) and not any(each in case.change for each in _BY_HAND)


@pytest.mark.parametrize("kind", [*kinds(), "nothing"])
def test_each_case_is_built_anew(kind: str, workshop: Workshop) -> None:
    """What a case makes comes out the same when operations make it."""
    version = workshop.original.info.server_version // 10000
    icu = workshop.original.execute(HAS_ICU).fetchone() == (True,)
    wrong: list[tuple[str, ...]] = []
    for case in read_cases(kind):
        if not applies(case, version, icu=icu):
            continue
        [one] = workshop.make(case.setup + case.change)
        try:
            text = workshop.run(building(one))
        except Exception as error:
            wrong.append((case.name, str(error)))
        else:
            found = differences(one, workshop.read())
            wrong += [(case.name, repr(found), text)] if found else []
        workshop.forget()
    assert wrong == [], "\n\n".join("\n".join(map(str, each)) for each in wrong)
