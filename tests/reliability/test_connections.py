"""Nothing leaves the machine: what runs is watched in a network of its own, native code included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from chromium import CHROMIUM

WATCHED = Path(__file__).with_name("watched.py")
IDLE = 20
"""Seconds: onnxruntime looked its publisher's host up 12 times in 32."""

RUNS = [
    "rag build",
    "rag ask",
    "rag doctor",
    "rag serve, the page opened, a question asked",
    "rag serve, nobody asking",
    "rag serve, stopping",
]


@pytest.fixture(scope="module", autouse=True)
def own_network():
    """Skip, and say why, where a process may not have a network of its own."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine; install your system's package chromium")
    tried = "ip link add wire type veth peer name nowhere && mount --bind /etc/hosts /etc/hosts"
    try:
        command = ["unshare", "--map-root-user", "--net", "--mount", "--", "sh", "-c", tried]
        trial = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("no unshare on this machine, which gives a process a network of its own")
    if trial.returncode:
        pytest.skip(f"no process may have a network of its own here: {trial.stderr.strip()}")


def seen(*options: str) -> dict[str, dict[str, list[str]]]:
    """Return what was looked up and connected to, by what ran."""
    command = [sys.executable, str(WATCHED), "--json", *options]
    # The warnings of Gradio itself are its own.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    found = subprocess.run(command, env=own, check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    return {
        each["run"]: {"lookups": each["lookups"], "connections": each["connections"]}
        for each in json.loads(found.stdout)
    }


NOTHING: dict[str, list[str]] = {"lookups": [], "connections": []}


def test_building_asking_serving_and_idling_look_nothing_up_and_connect_to_nothing():
    found = seen(f"--idle={IDLE}")
    by_c_programs = found.pop("a look-up and a connection by C programs")
    assert set(by_c_programs["lookups"]) == {"seen.example"}  # for an address of either kind
    assert by_c_programs["connections"] == ["192.0.2.7:443"]
    assert found == dict.fromkeys(RUNS, NOTHING)


def test_all_of_it_works_with_the_network_cut():
    found = seen("--cut", "--idle=5")
    assert set(found.pop("a look-up and a connection by C programs")["lookups"]) == {"seen.example"}
    assert found == dict.fromkeys(RUNS, NOTHING)
