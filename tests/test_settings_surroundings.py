"""Containers and Kubernetes are recognised by what they leave, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from trueline.settings import in_container, in_kubernetes


def leave(root: Path, name: str, text: str = "") -> Path:
    """A root folder with one file in it."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")
    return root


def test_plain_machine(tmp_path: Path) -> None:
    """A machine without any sign is neither, whatever its control groups are called."""
    root = leave(tmp_path, "proc/1/cgroup", "0::/init.scope\n")
    assert not in_container({}, root)
    assert not in_kubernetes({}, root)


@pytest.mark.parametrize("name", [".dockerenv", "run/.containerenv"])
def test_marker_file(name: str, tmp_path: Path) -> None:
    """Docker's and Podman's marker files say container."""
    assert in_container({}, leave(tmp_path, name))
    assert not in_kubernetes({}, tmp_path)


def test_container_variable(tmp_path: Path) -> None:
    """The variable that Podman and systemd-nspawn set says container."""
    assert in_container({"container": "podman"}, tmp_path)
    assert not in_container({"container": ""}, tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        "12:pids:/docker/0123456789abcdef",
        "0::/kubepods.slice/kubepods-burstable.slice/cri-containerd-0123.scope",
        "1:name=systemd:/machine.slice/libpod-0123.scope",
    ],
)
def test_control_group(line: str, tmp_path: Path) -> None:
    """A control group that a container runtime made says container."""
    assert in_container({}, leave(tmp_path, "proc/1/cgroup", f"{line}\n"))


def test_kubernetes_variable(tmp_path: Path) -> None:
    """The variable that every pod has says Kubernetes, and so container."""
    env = {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}
    assert in_kubernetes(env, tmp_path)
    assert in_container(env, tmp_path)


@pytest.mark.parametrize("folder", ["var/run/secrets/kubernetes.io", "run/secrets/kubernetes.io"])
def test_kubernetes_service_account(folder: str, tmp_path: Path) -> None:
    """The service account's folder says Kubernetes, with or without /var/run leading to /run."""
    root = leave(tmp_path, f"{folder}/serviceaccount/token")
    assert in_kubernetes({}, root)
    assert in_container({}, root)
