# SPDX-FileCopyrightText: swclient contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training offices against their own OpenAPI document: schemathesis asks whatever it can think of, over the wire.

What must come of it: no answer of the kind 5xx, none that the document does not know, nothing taken that it forbids,
nothing refused that it allows. The control is the same run against a document that is wrong in three places: each must
be found.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from swclient.training import TrainingOptions, start_process

SEED = 20250304
# Chance text is no container and no MetaData, a digest of chance not that of its content, a callback on another
# machine: refused, as it must be.
_BEYOND_A_SCHEMA = {
    "/customs/declarations",
    "/customs/amendments",
    "/customs/document-replies",
    "/wco/customs/declarations",
    "/wco/customs/subscription",
}
Document = dict[str, Any]
Spoil = Callable[[Document], None]
_FEW = 1000


@dataclass
class Found:
    """What a run came to.

    Attributes:
        cases: requests made.
        operations: method and path of what was asked.
        statuses: how often each was answered.
        failures: what was found, as `check method path: words`.
    """

    cases: int = 0
    operations: set[str] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def run(cases: int, seed: int = SEED, spoil: Spoil | None = None) -> Found:
    """Make at least so many requests to offices started for it.

    Fewer than a thousand are drawn by chance alone; more of them are led by every boundary of the document, too.

    Args:
        cases: how many requests.
        seed: for everything that is left to chance.
        spoil: changes the document before it is believed; the control.
    """
    found = Found()
    with (
        tempfile.TemporaryDirectory(prefix="swclient-contract-") as folder,
        start_process(Path(folder), TrainingOptions(pace=0.0)) as running,
    ):
        turn = 0
        while found.cases < cases:
            _turn(found, running, (cases - found.cases, seed + turn), spoil)
            turn += 1
            print(f"{found.cases} cases, {len(found.failures)} findings", file=sys.stderr, flush=True)
    return found


def spoiled(document: Document) -> None:
    """Make three mistakes in a document: an answer it does not know, a member that is not there, a limit too wide."""
    paths = document["paths"]
    for path in set(paths) - {"/tax/submissions/{key}", "/ledger", "/tax/notifications"}:
        del paths[path]
    del paths["/tax/submissions/{key}"]["get"]["responses"]["404"]
    said = paths["/ledger"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    said["required"].append("never")
    limit = next(one for one in paths["/tax/notifications"]["get"]["parameters"] if one["name"] == "limit")
    limit["schema"]["maximum"] = 100_000


def _turn(found: Found, running: Any, much: tuple[int, int], spoil: Spoil | None) -> None:
    """Ask every operation once more; examples of a turn are so many that a few turns are enough."""
    import schemathesis
    from schemathesis.engine import from_schema
    from schemathesis.engine.events import ScenarioFinished

    cases, seed = much
    document = requests.get(f"{running.address}/openapi.json", verify=str(running.ca_file), timeout=10).json()
    if spoil is not None:
        spoil(document)
    operations = sum(len(methods) for methods in document["paths"].values())
    examples = max(cases // operations, 1)
    schema = schemathesis.openapi.from_dict(document, config=_config(running, (examples, cases < _FEW), seed))
    for event in from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            _count(found, event.recorder)


def _config(running: Any, much: tuple[int, bool], seed: int) -> Any:
    from schemathesis.config import GenerationConfig, PhasesConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig

    form = {"grant_type": "client_credentials", "client_id": "training", "client_secret": "training"}
    token = requests.post(f"{running.address}/oauth/token", data=form, verify=str(running.ca_file), timeout=10).json()
    examples, few = much
    phases = PhasesConfig()
    phases.coverage.enabled = phases.stateful.enabled = not few
    project = ProjectConfig(
        base_url=running.address,
        headers={"Authorization": f"Bearer {token['access_token']}"},
        tls_verify=str(running.ca_file),
        request_timeout=20,
        continue_on_failure=True,
        phases=phases,
        generation=GenerationConfig(max_examples=examples, no_shrink=True, database="none"),
    )
    return SchemathesisConfig(seed=seed, projects=ProjectsConfig(default=project))


def _count(found: Found, recorder: Any) -> None:
    for interaction in recorder.interactions.values():
        found.cases += 1
        found.statuses[interaction.response.status_code if interaction.response else 0] += 1
    for identifier, checks in recorder.checks.items():
        case = recorder.cases[identifier].value
        place = f"{case.method} {case.path}"
        found.operations.add(place)
        for check in checks:
            if check.failure_info is not None and not _expected(check.name, case):
                words = " ".join(str(check.failure_info.failure).split())[:200]
                response = recorder.interactions[identifier].response
                words += f" | {case.body!r:.300} | {response.content[:300] if response else b''!r}"
                found.failures.append(f"{check.name} {place}: {words}")


def _expected(check: str, case: Any) -> bool:
    return check == "positive_data_acceptance" and case.path in _BEYOND_A_SCHEMA


def main(words: list[str]) -> int:
    """Run and tell; exit code 1 where anything was found."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--cases", type=int, default=5000)
    reader.add_argument("--seed", type=int, default=SEED)
    told = reader.parse_args(words)
    found = run(told.cases, told.seed)
    said = {
        "cases": found.cases,
        "operations": sorted(found.operations),
        "statuses": dict(sorted(found.statuses.items())),
        "failures": len(found.failures),
    }
    print(json.dumps(said, indent=1))
    for line, times in Counter(found.failures).most_common(40):
        print(f"{times} x {line}")
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
