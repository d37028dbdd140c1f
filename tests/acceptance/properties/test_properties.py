"""Whatever the schema and whatever becomes of it: autogenerate leads there, exactly, and back.

A few pairs, the same ones every time; ``TRUELINE_PROPERTIES=5000`` takes so many, others every time, and makes one that
fails as small as it can. Each that is found becomes a pair in ``tests/acceptance/plans/pairs``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.acceptance.drive import apply, commit, differences, explained
from tests.acceptance.plans.way import planned
from tests.acceptance.project import Project, new_project
from tests.acceptance.properties.build import metadata_of, schemas_of
from tests.acceptance.properties.dump import dumped
from tests.acceptance.properties.homes import Home, home
from tests.acceptance.properties.spec import Spec
from tests.acceptance.properties.strategies import pairs
from trueline.autogen.plan.lineage import reached
from trueline.testing.databases import new_database
from trueline.testing.servers import Server

Pair = tuple[Spec, Spec]

MANY = int(os.environ.get("TRUELINE_PROPERTIES", "0"))

#: PostgreSQL's programs take longer to start than all the rest takes: of the few, a part is dumped.
DUMPED = st.just(True) if MANY else st.sampled_from([False, False, True, False])


def examples(few: int, share: float = 1) -> settings:
    """So many without the variable, and this share of it with it."""
    return settings(
        max_examples=int(MANY * share) if MANY else few,
        derandomize=not MANY,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        # Explaining takes as long as all the rest, and making small takes minutes.
        phases=[Phase.generate, Phase.shrink] if MANY else [Phase.generate],
        report_multiple_bugs=False,
    )


@pytest.fixture(scope="module")
def homes(any_server: Server) -> Iterator[tuple[Home, Home]]:
    with home(any_server) as one, home(any_server) as other:
        yield one, other


@examples(25)
@given(pair=pairs(), is_dumped=DUMPED)
def test_a_plan_leads_from_any_schema_to_any_other(
    homes: tuple[Home, Home], any_server: Server, pair: Pair, is_dumped: bool
) -> None:
    """The catalog and the dump of what was migrated are those of what was made at once; the way back is as exact."""
    here, there = homes
    for each in homes:
        each.empty()
    old = here.build(metadata_of(pair[0], any_server.version), schemas_of(pair[0]))
    new = there.build(metadata_of(pair[1], any_server.version), schemas_of(pair[1]))
    before = dumped(here.url, any_server.version) if is_dumped else []
    up, down = planned(here.connection, old, new), planned(here.connection, new, old)
    with explained(up):
        carry(here, up)
        there_now = reached(old, new)
        assert differences(here.read(), there_now) == []
        # Where no statement makes an inheritance child's column its parent's only, the dump tells it.
        if is_dumped and differences(there_now, new) == []:
            assert dumped(here.url, any_server.version) == dumped(there.url, any_server.version)
    with explained(down):
        carry(here, down)
        back = reached(there_now, old)
        assert differences(here.read(), back) == []
        if is_dumped and differences(back, old) == []:
            assert dumped(here.url, any_server.version) == before


def carry(place: Home, code: str) -> None:
    commit(place.connection)
    apply(place.connection, code)
    commit(place.connection)


@examples(6, share=0.02)
@given(pair=pairs())
def test_a_project_follows_its_models(trueline_server: Server, pair: Pair) -> None:
    """Alembic's own commands: each revision is proved, upgrades, leaves the check quiet, and downgrades."""
    version = trueline_server.version
    with new_database(trueline_server) as url, TemporaryDirectory() as folder:
        project = new_project(Path(folder), url, metadata_of(pair[0], version))
        follow(project)
        later = Project(project.root, url, metadata_of(pair[1], version, pair[0]))
        follow(later)
        for _ in project.revisions:
            gone = later.downgrade()
            assert not gone.failed, gone.text


def follow(project: Project) -> None:
    """Write a revision where there is a difference, and apply it."""
    if project.check().failed:
        project.written("allow-destructive=all")
    checked = project.check()
    assert not checked.failed, checked.text
