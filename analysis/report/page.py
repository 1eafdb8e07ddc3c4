"""The report as one HTML page, for a screen and for paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from analysis.report.parts import Section
from analysis.study.study import Study
from analysis.tables import Kind, Table


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A figure for the page: the name of its files without suffix, its SVG, the formats beside it."""

    name: str
    svg: str
    formats: tuple[str, ...]

    @property
    def markup(self) -> Markup:
        """The SVG as it stands: our own drawing, whose texts were escaped when it was written."""
        return Markup(self.svg)  # noqa: S704 - see above


_ENVIRONMENT = Environment(
    loader=PackageLoader("analysis.report", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page_of(
    study: Study,
    sections: Sequence[Section],
    figures: Mapping[str, Sequence[PageFigure]],
    *,
    version: str,
    replicates: int,
) -> str:
    """Return the page: every part with its sentences, figures and tables, one after the other."""
    return _ENVIRONMENT.get_template("report.html").render(
        study=study,
        sections=sections,
        figures=figures,
        version=version,
        replicates=replicates,
        shown_tables=_shown_tables,
        is_text=_is_text,
        columns_shown=_columns_shown,
    )


def _shown_tables(section: Section) -> list[Table]:
    return [table for table in section.tables if not table.only_in_file]


def _columns_shown(table: Table) -> list[int]:
    """Return the places of the columns for a reader: codes are for files, where there are names."""
    names = [column.name for column in table.columns]
    return [at for at, name in enumerate(names) if name != "outcome" or "label" not in names]


def _is_text(table: Table, column: int) -> bool:
    return table.columns[column].kind is Kind.TEXT
