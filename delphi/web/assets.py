"""Where a page finds its style sheets, scripts and pictures; `hatch_build.py` makes them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from flask import Flask
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parent.parent / "static"
PREFIX = "/static/"
NAMED_BY_CONTENT = r"^.+\.[0-9a-f]{12}\.[a-z]+$"


@dataclass(frozen=True, kw_only=True)
class Assets:
    """The published files, by the plain names that templates use."""

    folder: Path
    files: Mapping[str, str]

    def url(self, name: str) -> str:
        """The address of an asset such as `chorus.css`; raises LookupError for a name that was not built."""
        if name not in self.files:
            raise LookupError(f"there is no asset {name!r}; there are: {', '.join(self.files)}")
        return PREFIX + self.files[name]


def load_assets(folder: Path = FOLDER) -> Assets:
    """Read what was built; raises FileNotFoundError that says what to do if nothing was."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise FileNotFoundError(f"{manifest} is missing: run `make env`, or install the package again")
    files = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return Assets(folder=folder, files=MappingProxyType(files))


def serve_assets(app: Flask) -> None:
    """Give templates `asset`, and answer for the files before the app does.

    The names hold a digest, so browsers keep the files for good; the compressed forms lie beside them.
    """
    assets = load_assets()
    app.add_template_global(assets.url, "asset")
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the way that Flask documents
        app.wsgi_app,
        root=str(assets.folder),
        prefix=PREFIX,
        immutable_file_test=NAMED_BY_CONTENT,
        allow_all_origins=False,
    )
