"""`python -m analysis`: the statistics of a bundle on the command line."""

from analysis.cli.main import main

if __name__ == "__main__":
    main(prog_name="python -m analysis")
