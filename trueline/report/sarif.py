"""Findings as SARIF 2.1.0, which code hosts show beside the code.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from trueline.finding import Finding, Place

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(findings: Sequence[Finding], names: Mapping[str, str]) -> str:
    """One run, with every rule that found something."""
    rules = sorted({each.rule for each in findings})
    run = {
        "tool": {
            "driver": {
                "name": "trueline",
                "rules": [{"id": rule, "shortDescription": {"text": names.get(rule, rule)}} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, rules.index(each.rule)) for each in findings],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    fix = f"\n\nfix: {finding.fix}" if finding.fix else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": f"{finding.what}{fix}"},
        "locations": [_location(finding.where)],
        "partialFingerprints": {"trueline/v1": _fingerprint(finding)},
    }
    if finding.related:
        result["relatedLocations"] = [{"id": at, **_location(place)} for at, place in enumerate(finding.related)]
    return result


def _location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if place.file:
        location["physicalLocation"] = {"artifactLocation": {"uri": quote(place.file)}}
        if place.line:
            location["physicalLocation"]["region"] = {"startLine": place.line}
    if place.object:
        location["logicalLocations"] = [{"fullyQualifiedName": place.object}]
    return location


def _fingerprint(finding: Finding) -> str:
    """The same after lines above were added: without the line."""
    words = (finding.rule, finding.where.file, finding.where.object, finding.what)
    return sha256("\0".join(words).encode()).hexdigest()[:32]
