"""The command line, put together: the commands, and the app that they work on."""

from delphi.app import create_app
from delphi.cli import commands


def main() -> None:
    """Run `delphi` with the arguments it was called with."""
    commands(obj=create_app, prog_name="delphi")


if __name__ == "__main__":
    main()
