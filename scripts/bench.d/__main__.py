"""Compare whole commands of stock Alembic and of trueline on schemas of growing size; see docs/performance.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import deploys
import gates
import report
from cases import Measured, measure_project
from project import make_project

from trueline.embedded import scratch_server

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"


def main() -> None:
    """Measure what was asked for, print it, and write it down where that was asked for."""
    asked = _arguments()
    if asked.deploys:
        print(_deploys(asked))
        return
    if asked.gate:
        print(_gate(asked))
        return
    busy = report.load()
    rows: list[Measured] = []
    for row in _measure(asked):
        rows.append(row)
        if asked.write:  # each time: a run that is cut off has not been in vain
            page = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(report.inserted(page, report.markdown(rows, asked.postgres, busy)), encoding="utf-8")
    print(report.markdown(rows, asked.postgres, busy))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--tables", type=_numbers, default=[50, 200, 1000, 5000], help="how many, separated by commas")
    parser.add_argument("--schemas", type=_numbers, default=[1, 50], help="over how many schemas, separated by commas")
    parser.add_argument(
        "--rounds", type=int, default=3, help="the best counts; from 1,000 tables on two at most, then one"
    )
    parser.add_argument("--postgres", type=int, default=18, help="major version of the server")
    parser.add_argument("--deploys", type=int, metavar="N", help="measure N small revisions from empty, and that only")
    parser.add_argument("--gate", type=int, metavar="N", help="measure the gate on N revisions, three tables to four")
    parser.add_argument("--without-stock", action="store_true", help="measure trueline only")
    parser.add_argument("--write", action="store_true", help=f"put the result into docs/{PAGE.name}")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def _measure(asked: argparse.Namespace) -> Iterator[Measured]:
    for tables in asked.tables:
        for schemas in asked.schemas:
            rounds = min(asked.rounds, 3 if tables < 1000 else 2 if tables == 1000 else 1)
            _say(f"{tables} tables in {schemas} schema{'s'[: schemas > 1]}")
            # A server for each: what one has left behind must not slow the next.
            with scratch_server(asked.postgres) as server, tempfile.TemporaryDirectory() as folder:
                project = make_project(Path(folder), server, tables, schemas)
                yield measure_project(project, rounds, stock=not asked.without_stock, say=_say)


def _deploys(asked: argparse.Namespace) -> str:
    with scratch_server(asked.postgres) as server, tempfile.TemporaryDirectory() as folder:
        return deploys.markdown(deploys.measure_deploys(Path(folder), server, asked.deploys, asked.rounds, _say))


def _gate(asked: argparse.Namespace) -> str:
    with scratch_server(asked.postgres) as server, tempfile.TemporaryDirectory() as folder:
        return gates.markdown(gates.measure_gate(Path(folder), server, asked.gate, asked.gate * 3 // 4, _say))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
