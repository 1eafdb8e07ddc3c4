"""`delphi study`: bundles in and out, and what is there."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import func, select

from analysis.bundle.faults import BundleError
from analysis.bundle.writer import write
from delphi import dataset
from delphi.access.staff import give_role
from delphi.cli.bundles import read_bundle
from delphi.cli.installation import ACTOR, working_app
from delphi.cli.printing import Refused, as_json, print_json, step
from delphi.cli.users import known_user
from delphi.domain.rounds import closing_of, state_of
from delphi.extensions import db
from delphi.models import Panellist, Role, Round, Study
from delphi.web.clock import now


@dataclass(frozen=True, kw_only=True)
class ListedStudy:
    """One line of `delphi study list`; `rounds`: state by code."""

    code: str
    title: str
    panellists: int
    rounds: dict[str, str]


@click.group()
def study() -> None:
    """Load, save and list studies."""


@study.command("import")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option("--open-round", help="Code of the round to leave open; those before it are closed.")
@click.option("--owner", help="E-mail of the user who will own the study.")
@as_json
def import_(bundle: Path, open_round: str | None, owner: str | None, as_json: bool) -> None:
    """Load the study in BUNDLE (a folder or a zip), whole or not at all."""
    with working_app():
        user_id = known_user(owner) if owner else None
        with step("Reading the bundle"):
            value = read_bundle(bundle)
        with step("Loading the study"):
            study_id = loaded(lambda: dataset.import_study(value, by=ACTOR, now=now(), open_round=open_round))
        if user_id is not None:
            give_role(user_id, study_id=study_id, role=Role.OWNER, by=ACTOR, now=now())
    code = value.protocol.study.code
    if as_json:
        print_json({"code": code, "ratings": len(value.ratings), "panellists": len(value.panel)})
    else:
        click.echo(f"Loaded {code}: {len(value.panel)} panellists, {len(value.ratings)} ratings.")
        if not value.protocol.ethics.team_contact:
            click.echo("Its pages do not say how to reach the team: team_contact in study.toml does.")
        if user_id is None:
            click.echo(f"Nobody can see it yet: delphi user add you@example.org --study {code} --role owner")


@study.command()
@click.argument("code")
@click.argument("target", type=click.Path(path_type=Path))
@as_json
def export(code: str, target: Path, as_json: bool) -> None:
    """Save the study CODE as a bundle at TARGET: a folder, or a zip if the name ends in .zip."""
    with working_app():
        study_id = known_study(code)
        with step("Collecting the study"):
            value = dataset.export_study(study_id)
    with step("Writing the bundle"):
        try:
            write(value, target)
        except (BundleError, OSError) as error:
            raise Refused(str(error)) from None
    if as_json:
        print_json({"code": code, "path": str(target)})
    else:
        click.echo(f"Saved {code} as {target}.")


@study.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List the studies with the state of their rounds."""
    with working_app():
        studies = listed_studies()
    if as_json:
        print_json([asdict(one) for one in studies])
    elif not studies:
        click.echo("No studies yet: delphi study import BUNDLE")
    else:
        table = Table("code", "title", "panellists", "rounds")
        for one in studies:
            states = ", ".join(f"{code} {state.replace('_', ' ')}" for code, state in one.rounds.items())
            table.add_row(one.code, one.title, str(one.panellists), states)
        Console().print(table)


def loaded(import_it: Callable[[], int]) -> int:
    """Return the id of the study that was loaded; a study that cannot be taken is the command's refusal."""
    try:
        return import_it()
    except dataset.StudyRefused as error:
        raise Refused(str(error), "Nothing was loaded.") from None


def known_study(code: str) -> int:
    """Return the study's id; refuses for an unknown code."""
    study_id = db.session.scalar(select(Study.id).where(Study.code == code))
    if study_id is None:
        known = ", ".join(db.session.scalars(select(Study.code).order_by(Study.code))) or "none yet"
        raise Refused(f'There is no study "{code}". Studies: {known}.')
    return study_id


def listed_studies() -> list[ListedStudy]:
    """Return every study, by code."""
    people = dict(
        db.session.execute(select(Panellist.study_id, func.count()).group_by(Panellist.study_id)).all()
    )
    query = select(Round.study_id, Round.code, Round.opened_at, Round.closed_at, Round.closes_at)
    states: dict[int, dict[str, str]] = {}
    for study_id, code, opened_at, *closing in db.session.execute(query.order_by(Round.position)):
        closed_at = closing_of(*closing, now=now())
        states.setdefault(study_id, {})[code] = state_of(opened_at, closed_at).value
    return [
        ListedStudy(code=code, title=title, panellists=people.get(id_, 0), rounds=states.get(id_, {}))
        for id_, code, title in db.session.execute(
            select(Study.id, Study.code, Study.title).order_by(Study.code)
        )
    ]
