"""The report of a study, part by part."""

from collections.abc import Iterator

from analysis.attrition import flow
from analysis.path import Stage, path_of
from analysis.report.ballots_section import ballots_section
from analysis.report.parts import Draw, Reporting, Section, rating_data
from analysis.report.rating_data import RatingData
from analysis.report.rating_section import rating_section
from analysis.report.study_figures import attrition_figure, path_figure
from analysis.report.study_tables import attrition_table, final_table, path_table, published_table
from analysis.reproduce import Status, compare
from analysis.study.rounds import Round, RoundKind
from analysis.study.study import Study


def sections_of(study: Study, *, replicates: int, seed: int) -> Iterator[Section]:
    """Return the parts of the report: the whole study, each round that was held, what is published."""
    reporting = Reporting(study, path_of(study), replicates, seed)
    yield _whole_study(reporting)
    earlier: dict[str, RatingData] = {}
    for stage in reporting.path.stages:
        round_ = study.protocol.round(stage.code)
        if round_.kind is RoundKind.RATING:
            for criterion in round_.criteria:
                data = rating_data(reporting, stage, criterion.code)
                yield rating_section(reporting, data, earlier.get(criterion.code))
                earlier[criterion.code] = data
        elif round_.kind is RoundKind.COMMENT:
            yield _comments_section(study, stage, round_)
        else:
            yield ballots_section(reporting, stage, round_)
    if study.published.figures:
        yield _published_section(study)


def _whole_study(reporting: Reporting) -> Section:
    study, path = reporting.study, reporting.path
    steps = flow(study)
    figures: list[tuple[str, Draw]] = []
    if path.stages:
        figures.append(("path", lambda: path_figure(study, path)))
    if steps:
        figures.append(("attrition", lambda: attrition_figure(study, steps)))
    return Section(
        "study",
        "The whole study",
        done=(f"The list went {' → '.join(map(str, path.path))}.",),
        not_done=(
            *(f"{row.sentence} {row.reason}" for row in path.disagreements),
            *([] if path.stages else ["No round has been held yet."]),
        ),
        tables=(path_table(path), final_table(study, path), attrition_table(study.protocol, steps)),
        figures=tuple(figures),
    )


def _comments_section(study: Study, stage: Stage, round_: Round) -> Section:
    comments = sum(comment.round == round_.code for comment in study.comments)
    done = f"{stage.respondents} people took part and wrote {comments} comments."
    return Section(
        f"round_{round_.code}",
        round_.label,
        done=(done,),
        not_done=("Comments are read by people, not counted here.",),
    )


def _published_section(study: Study) -> Section:
    found = compare(study)
    failed = [one.figure.code for one in found if one.fails]
    out = sum(one.status is Status.REPRODUCED for one in found)
    done = f"{out} of {len(found)} published figures come out."
    return Section(
        "published",
        "What is published",
        done=(done,),
        not_done=tuple(f"{code} should come out, and does not." for code in failed),
        tables=(published_table(found),),
    )
