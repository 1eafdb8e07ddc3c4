"""Remakes the lock files: hashes for every platform, and no addresses.

Whoever installs chooses the registry; the hashes say what is right. Versions stay as they are as long as
they fit, unless `--upgrade` is given.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
UV = Path(sys.executable).parent / "uv"
SETTINGS = ("--no-config", "--quiet", "--universal", "--python-version=3.11", "--generate-hashes")
OUTPUT = ("--no-emit-index-url", "--no-annotate", "--no-header")


def compile_lock(name: str, *sources: str, more: tuple[str, ...] = (), stdin: list[str]) -> None:
    """Write requirements/<name>.txt from the sources; `stdin` holds requirements that no file lists."""
    output = f"--output-file=requirements/{name}.txt"
    command = [str(UV), "pip", "compile", *SETTINGS, *OUTPUT, output, *more, *sources, "-"]
    subprocess.run(command, cwd=ROOT, input="\n".join(stdin), text=True, check=True)


def lock_python(upgrade: tuple[str, ...]) -> None:
    """Lock what runs the app, what tests it, and Node.js for machines that have none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["build-system"]["requires"]
    node = project["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["node"]
    as_dev = "--constraints=requirements/dev.txt"
    compile_lock("dev", "pyproject.toml", more=("--extra=dev", *upgrade), stdin=build)
    compile_lock("runtime", "pyproject.toml", more=(as_dev, *upgrade), stdin=build)
    compile_lock("node", more=upgrade, stdin=[node])


def lock_npm() -> None:
    """Lock what makes the web assets; package.json has exact versions, so there is nothing to upgrade."""
    subprocess.run(["npm", "install", "--package-lock-only"], cwd=ROOT, check=True)
    path = ROOT / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    REQUIREMENTS.mkdir(exist_ok=True)
    lock_python(tuple(sys.argv[1:]))
    lock_npm()


if __name__ == "__main__":
    main()
