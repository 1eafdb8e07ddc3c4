"""What is said in place of figures that would say too much about too few people."""

from analysis.figures.key import Entry

WITHHELD = "hidden"


def too_few(minimum: int) -> str:
    """Return what stands where fewer than `minimum` people answered."""
    return f"hidden: fewer than {minimum}"


def withheld_entry(minimum: int) -> Entry:
    """Return the key to `WITHHELD`, which leaves open whether a group is small or protects one."""
    return Entry(f"hidden: fewer than {minimum}, or shown it would tell the numbers of so small a group")
