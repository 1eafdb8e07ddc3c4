"""Worked examples of content-validity.md; tools/methods_pages.py runs them."""
# ruff: noqa: T201 - examples print what the page shows

from analysis.content_validity import (
    cvr,
    cvr_critical,
    item_cvi,
    item_cvis,
    modified_kappa,
    scale_cvi_average,
    scale_cvi_universal,
)

# %% Is it essential? Lawshe's ratio against its critical value
# Eight judges, seven say essential: .75, which just reaches the critical ratio. Those of 5 to 40 judges, by
# the exact binomial distribution (Ayre and Scally 2014), follow; they don't fall steadily.
print(f"ratio {cvr(7, 8)}, critical {cvr_critical(8)}, reached: {cvr(7, 8) >= cvr_critical(8)}")
sizes = (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 25, 30, 40)
print(", ".join(f"{n}: {cvr_critical(n):.3f}" for n in sizes))

# %% How relevant is it? Four items, three judges
# The third judge left the last item out.
NA = float("nan")
ratings = [[4, 3, 4, 2], [4, 4, 2, 3], [3, 4, 4, NA]]
print(f"first item {item_cvi([4, 4, 3])}")
print("items", *(f"{one:.2f}" for one in item_cvis(ratings)))
print(f"mean {scale_cvi_average(ratings):.2f}, agreed by all {scale_cvi_universal(ratings):.2f}")

# %% Less what chance gives
# Two of three agree easily by chance; seven of eight do not.
for agree, n in ((3, 3), (2, 3), (3, 4), (4, 5), (5, 6), (7, 8)):
    print(f"{agree} of {n}: index {agree / n:.2f}, kappa {modified_kappa(agree, n):.2f}")
