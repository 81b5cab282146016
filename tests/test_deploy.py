"""The examples of deploying speak of commands, settings and services that are there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from rag.cli.parser import parser
from rag.index.milvus.store import Address
from rag.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
SETTINGS = {PREFIX + setting.name.upper() for setting in fields(Settings)}
FILES = ("compose.yaml", "kubernetes.yaml", "Dockerfile")


@pytest.mark.parametrize("name", FILES)
def test_every_setting_and_command_is_known(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\bRAG_[A-Z_]+", text)) <= SETTINGS
    for store in re.findall(r"milvus://[\w:/.]+", text):
        assert Address.read(store).name == "articles"
    for command in re.findall(r"\brag (build[^\n&\"]*)", text):
        assert parser().parse_args(command.split()).run


def test_services_depend_on_services_that_are_there() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
    assert {"milvus", "ray", "worker", "build", "server"} == services.keys()


def test_kubernetes_names_what_it_defines() -> None:
    documents = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
    labels = [
        document["spec"]["template"]["metadata"]["labels"]
        for document in documents
        if document["kind"] == "Deployment"
    ]
    for document in documents:
        if document["kind"] == "Service":
            assert document["spec"]["selector"] in labels
    named = {(document["kind"], document["metadata"]["name"]) for document in documents}
    assert {("ConfigMap", "footnote"), ("Service", "footnote-ray"), ("CronJob", "footnote-build")} <= named
