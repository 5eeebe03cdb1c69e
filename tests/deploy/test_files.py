"""The files that put Response on a machine: what they run is there, and runs with as little as possible."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from response.cli import main
from response.project.config import Config
from response.project.embedded.places import POSTGRES_VERSION

ROOT = Path(__file__).parents[2]
KUBERNETES = ROOT / "deploy" / "kubernetes"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "response"}
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def manifests() -> list[dict[str, Any]]:
    files = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text("utf-8"))["resources"]
    return [found for file in files for found in yaml.safe_load_all((KUBERNETES / file).read_text("utf-8"))]


def pods() -> dict[str, dict[str, Any]]:
    """Return what runs in each pod, by the name of what makes it."""
    made = [found for found in manifests() if found["kind"] in {"Deployment", "Job"}]
    return {found["metadata"]["name"]: found["spec"]["template"]["spec"] for found in made}


def commands() -> dict[str, list[str]]:
    """Return every command of ours that a file runs."""
    found = {f"compose {name}": service["command"] for name, service in OURS.items()}
    found |= {f"kubernetes {name}": pod["containers"][0]["args"] for name, pod in pods().items()}
    for unit in UNITS:
        [command] = re.findall(r"^ExecStart=/opt/response/bin/response (.+)$", unit.read_text("utf-8"), re.MULTILINE)
        found[unit.name] = command.split()
    found["Dockerfile"] = yaml.safe_load(re.findall(r"^CMD (\[.+\])$", DOCKERFILE, re.MULTILINE)[0])
    return found


@pytest.mark.parametrize("where", commands())
def test_what_is_run_is_there(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    command, *options = commands()[where]
    if command == "migrate":  # Django's
        assert set(options) <= {"--verbosity", "0", "1"}
        return
    with pytest.raises(SystemExit):
        main([command, "--help"])
    offered = capsys.readouterr().out
    assert f"response {command}" in offered
    assert [option for option in options if option.startswith("--") and option not in offered] == []


def test_all_processes_are_run_everywhere() -> None:
    assert set(OURS) == {"migrate", "web", "worker", "socket", "demo"}
    assert set(pods()) == {"response-migrate", "response-web", "response-worker", "response-socket"}
    assert {unit.stem for unit in UNITS} == {f"response-{name}" for name in ("migrate", "web", "worker", "socket")}


@pytest.mark.parametrize("name", OURS)
def test_containers_of_compose_may_do_little(name: str) -> None:
    service = OURS[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["tmpfs"] == ["/tmp"]
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@pytest.mark.parametrize("name", pods())
def test_pods_may_do_little(name: str) -> None:
    pod = pods()[name]
    [container] = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert f"USER {pod['securityContext']['runAsUser']}\n" in DOCKERFILE
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert pod["automountServiceAccountToken"] is False
    assert container["image"] == "response"


def test_there_are_several_of_each() -> None:
    deployed = {
        found["metadata"]["name"]: found["spec"]["replicas"] for found in manifests() if found["kind"] == "Deployment"
    }
    assert all(replicas >= 2 for replicas in deployed.values())
    assert deployed["response-socket"] <= 10  # Slack allows no more connections of an app


def test_the_web_processes_are_asked_whether_they_live_and_serve() -> None:
    container = pods()["response-web"]["containers"][0]
    assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert container["readinessProbe"]["httpGet"]["path"].startswith("/readyz")
    assert "/healthz" in DOCKERFILE


def test_every_setting_that_is_set_is_one() -> None:
    known = {name.upper() for name in Config.model_fields}
    config = next(found for found in manifests() if found["kind"] == "ConfigMap")
    assert set(config["data"]) <= known
    assert set(OURS["web"]["environment"]) <= known


def test_the_demo_listens_to_this_machine_alone_and_needs_no_settings() -> None:
    demo = COMPOSE["services"]["demo"]
    assert demo["profiles"] == ["demo"]
    assert "env_file" not in demo
    assert [name for name, service in COMPOSE["services"].items() if "demo" in service["profiles"]] == ["demo"]


def test_postgresql_is_that_of_the_tests() -> None:
    assert COMPOSE["services"]["db"]["image"] == f"postgres:{POSTGRES_VERSION}"


@pytest.mark.skipif(not shutil.which("kubectl"), reason="kubectl is not on this machine")
def test_kustomize_puts_it_together() -> None:
    command = ["kubectl", "kustomize", str(KUBERNETES)]
    made = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert made.returncode == 0, made.stderr
    found = list(yaml.safe_load_all(made.stdout))
    assert len(found) == len(manifests())
    selectors = [each["spec"]["selector"] for each in found if each["kind"] == "Deployment"]
    assert len({str(selector) for selector in selectors}) == 3


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        (tmp_path / unit.name).write_text(unit.read_text().replace("/opt/response/bin/response", sys.executable))
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stderr
    assert [line for line in said.splitlines() if "response-" in line] == []
