"""What stands before the program: the lock files, .venv and the system's packages, on machines that lack this or that."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIP = "import sys; open('asked', 'w').write(' '.join(sys.argv[1:]))"


def script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), "utf-8")
    path.chmod(0o755)


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with tools/ and an empty lock file, and bin/ in front of the PATH for programs that behave as a test wants."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "requirements.txt").write_text("", "utf-8")
    (tmp_path / "bin").mkdir()
    script(tmp_path / "bin" / "uv", "exit 1")
    return tmp_path


def run(machine: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{machine / 'bin'}:/usr/bin:/bin", "HOME": str(machine), **variables}
    return subprocess.run(command, cwd=machine, env=environment, capture_output=True, text=True, check=False)


def python_without_venv(machine: Path, repaired: str) -> None:
    """A Python whose venv module works only when the file `repaired` is there, as on a Debian without python3-venv. Its pip tells what
    was asked of it in the file `asked`; `make check` has the real one."""
    script(
        machine / "bin" / "python3",
        f'if [ "$1" = -m ] && [ "$2" = venv ] && [ ! -e {repaired} ]; then',
        '  mkdir "$3"; echo "The virtual environment was not created successfully because ensurepip is not available." ; exit 1',
        'elif [ "$1" = -m ] && [ "$2" = venv ]; then',
        f'  "{sys.executable}" -m venv --without-pip "$3"',
        f'  for packages in "$3"/lib/python3.*/site-packages; do echo "{PIP}" > "$packages"/pip.py; done; exit',
        "fi",
        f'exec "{sys.executable}" "$@"',
    )


def test_a_missing_venv_module_is_installed_where_that_needs_no_password(machine: Path) -> None:
    python_without_venv(machine, "repaired")
    script(machine / "bin" / "id", "echo 0")
    script(machine / "bin" / "apt-get", 'case "$*" in *install*) echo "$*" > repaired;; esac')
    done = run(machine, "tools/venv.sh", "requirements.txt", PYTHON=str(machine / "bin" / "python3"))
    assert done.returncode == 0, done.stderr
    assert (machine / "repaired").read_text("utf-8") == f"install -qq -y python{sys.version_info.major}.{sys.version_info.minor}-venv\n"
    assert (machine / ".venv" / "bin" / "python").exists()
    assert (machine / "asked").read_text("utf-8").endswith("--require-hashes -r requirements.txt")


def test_a_missing_venv_module_is_an_error_with_a_remedy_elsewhere(machine: Path) -> None:
    python_without_venv(machine, "never")
    script(machine / "bin" / "id", "echo 1000")
    script(machine / "bin" / "sudo", "exit 1")
    done = run(machine, "tools/venv.sh", "requirements.txt", PYTHON=str(machine / "bin" / "python3"))
    assert done.returncode == 2
    assert "ensurepip is not available" in done.stderr
    assert done.stderr.endswith("cannot make a virtual environment\n    fix: sudo apt install python3-venv, then the same command again\n")
    assert not (machine / ".venv").exists()


def test_without_a_python_that_is_new_enough_the_remedy_is_named(machine: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14", "python"):
        script(machine / "bin" / name, "exit 1")
    done = run(machine, "tools/venv.sh", "requirements.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("no Python 3.11 or newer found\n    fix: ")


def test_missing_programs_are_named_where_they_cannot_be_installed(machine: Path) -> None:
    script(machine / "bin" / "id", "echo 1000")
    script(machine / "bin" / "sudo", "exit 1")
    done = run(machine, "tools/system-packages.sh", "no-such-browser|no-such-fox=fox-esr|fox", "sh=dash")
    assert done.returncode == 2
    assert "fix: sudo apt install fox-esr (" in done.stderr
    assert "dash" not in done.stderr


def test_missing_programs_are_installed_under_the_name_that_the_system_has(machine: Path) -> None:
    script(machine / "bin" / "id", "echo 0")
    script(machine / "bin" / "apt-get", 'echo "$*" >> calls', 'case "$*" in *fox-esr*) exit 100;; esac')
    done = run(machine, "tools/system-packages.sh", "no-such-fox=fox-esr|fox", "sh=dash")
    assert done.returncode == 0, done.stderr
    installed = [call.split()[-1] for call in (machine / "calls").read_text("utf-8").splitlines() if "install" in call]
    assert installed == ["fox-esr", "fox"]


def test_a_missing_library_is_installed_and_one_that_is_there_is_not(machine: Path) -> None:
    script(machine / "bin" / "id", "echo 0")
    script(machine / "bin" / "ldconfig", 'printf "\\tlibc.so.6 (libc6,x86-64) => /lib/libc.so.6\\n"')
    script(machine / "bin" / "apt-get", 'echo "$*" >> calls')
    done = run(machine, "tools/system-packages.sh", "libc.so.6=libc6", "libatomic.so.1=libatomic1")
    assert done.returncode == 0, done.stderr
    assert [call.split()[-1] for call in (machine / "calls").read_text("utf-8").splitlines() if "install" in call] == ["libatomic1"]


def test_nothing_is_asked_of_the_system_when_all_is_there(machine: Path) -> None:
    script(machine / "bin" / "apt-get", "touch called")
    assert run(machine, "tools/system-packages.sh", "sh=dash", "no-such-browser|sh=x").returncode == 0
    assert not (machine / "called").exists()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_pins_by_hash_and_names_no_place(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert "://" not in lock
    assert not re.search(r"^\s*-", lock.replace("    --hash=sha256:", ""), flags=re.MULTILINE)
    pins = re.findall(r"^([a-z0-9-]+)==\S+ .*\\\n    --hash=sha256:[0-9a-f]{64}", lock, flags=re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", lock, flags=re.MULTILINE))


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_locked(stem: str) -> None:
    asked = re.findall(r"^([a-z0-9][a-z0-9-]*)", (ROOT / f"{stem}.in").read_text("utf-8"), flags=re.MULTILINE)
    lock = (ROOT / f"{stem}.txt").read_text("utf-8")
    assert [name for name in asked if f"\n{name}==" not in f"\n{lock}"] == []


def test_the_tests_run_with_the_versions_that_readers_install() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), flags=re.MULTILINE))

    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_ci_prints_what_the_tests_say_last() -> None:
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == "exec make test </dev/null"
