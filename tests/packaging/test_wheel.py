"""The wheel alone does the main job: no checkout in sight."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a program with nothing of the checkout in its surroundings."""
    hidden = ("PYTHON", "ORTHOGRAMIC", "COV_", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    result = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the checkout."""
    target = tmp_path_factory.mktemp("dist")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, ".")
    run(*build, cwd=ROOT)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of a fresh environment with the wheel in it.

    The dependencies are those of the running environment, seen through a path file. Path files
    are not followed twice, so an editable installation of the checkout stays out of sight.
    """
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, symlinks=True)
    programs = home / "bin"
    run(
        *(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet"),
        *("--no-deps", "--no-index", "--disable-pip-version-check", wheel),
        cwd=home,
    )
    (packages,) = (home / "lib").glob("python*/site-packages")
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(dependencies)), "utf-8")
    return programs


def test_the_wheel_carries_bundle_data_types_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert "orthogramic/py.typed" in names
    for folder, suffix in (("ontology", ".ttl"), ("shapes", ".ttl"), ("queries", ".rq")):
        tracked = {
            f"orthogramic/bundle/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / folder).rglob(f"*{suffix}")
        }
        assert tracked
        assert tracked <= names
    assert any(
        name.startswith("orthogramic/bundle/data/") and name.endswith(".ttl") for name in names
    )
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert any(name.endswith("/licenses/NOTICE") for name in names)


def test_the_installed_package_is_the_wheel(installed: Path, tmp_path: Path) -> None:
    code = "import orthogramic; print(orthogramic.__file__); print(orthogramic.__version__)"
    where, version = run(installed / "python", "-c", code, cwd=tmp_path).stdout.split()
    assert Path(where).is_relative_to(installed.parent)
    assert version in run(installed / "orthogramic", "--version", cwd=tmp_path).stdout


def test_the_main_job_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    command = (installed / "orthogramic", "--store", tmp_path / "store")
    run(*command, "load", "--reference", cwd=tmp_path)
    answer = run(
        *command, "dependencies", "Michael Chen", "--to", "Capability", "--json", cwd=tmp_path
    )
    document = json.loads(answer.stdout)
    assert document["total"] >= 12
    assert [hit["score"] for hit in document["hits"]] == sorted(
        (hit["score"] for hit in document["hits"]), reverse=True
    )
