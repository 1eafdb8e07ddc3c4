"""The measures of the sheet, in points from its top left corner."""

INCH = 72.0
WIDTH = 16 / 2.54 * INCH  # 16 cm, what an A4 page holds
MARGIN = 6.0
RIGHT = WIDTH - MARGIN

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
