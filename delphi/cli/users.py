"""`delphi user`: accounts of the team."""

from datetime import timedelta

import click
from sqlalchemy import select

from delphi.access.links import make_link
from delphi.access.second_factor import turn_off
from delphi.access.staff import add_user, give_role, plain_email
from delphi.cli.installation import ACTOR, working_app
from delphi.cli.printing import Refused, as_json, print_json
from delphi.extensions import db
from delphi.models import Role, Study, User
from delphi.web.clock import now

LINK_LASTS = timedelta(days=7)
address_option = click.option(
    "--address", default="http://127.0.0.1:8000", show_default=True, help="Where the app is, for the link."
)


@click.group()
def user() -> None:
    """Accounts of the team."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="Name to show; the e-mail address if left out.")
@click.option("--study", "study_code", help="Code of a study to give a role in.")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.OWNER.value)
@click.option("--link", "by_link", is_flag=True, help="Ask for no password; print a sign-in link, good once.")
@address_option
@as_json
def add(
    email: str, name: str, study_code: str | None, role: str, by_link: bool, address: str, as_json: bool
) -> None:
    """Make an account for EMAIL, asking for a password, or with --link printing a sign-in link."""
    with working_app():
        study_id = _study(study_code)
        password = None if by_link else click.prompt("Password", hide_input=True, confirmation_prompt=True)
        try:
            user_id = add_user(email, name=name or email, password=password, by=ACTOR, now=now())
        except ValueError as error:
            raise Refused(str(error)) from None
        if study_id is not None:
            give_role(user_id, study_id=study_id, role=Role(role), by=ACTOR, now=now())
        link = new_link(user_id, address=address) if by_link else None
    if as_json:
        print_json({"user": user_id, "email": plain_email(email), "study": study_code, "link": link})
        return
    click.echo(f"{plain_email(email)} has an account" + (f", {role} of {study_code}." if study_code else "."))
    if link:
        click.echo(f"Sign-in link, good once within {LINK_LASTS.days} days:\n{link}")


@user.command()
@click.argument("email")
@address_option
@as_json
def link(email: str, address: str, as_json: bool) -> None:
    """Print a sign-in link for the account of EMAIL, good once."""
    with working_app():
        made = new_link(known_user(email), address=address)
    if as_json:
        print_json({"email": plain_email(email), "link": made})
    else:
        click.echo(f"Sign-in link, good once within {LINK_LASTS.days} days:\n{made}")


@user.command("forget-second-factor")
@click.argument("email")
@as_json
def forget_second_factor(email: str, as_json: bool) -> None:
    """Turn the second factor of EMAIL off, for who has lost the app and the recovery codes.

    Be sure that it is they who ask: after this their password alone signs them in.
    """
    with working_app():
        turn_off(known_user(email), by=ACTOR, now=now())
    if as_json:
        print_json({"email": plain_email(email)})
    else:
        click.echo(f"{plain_email(email)} signs in without a second factor now.")


def known_user(email: str) -> int:
    """Return the id of the account; refuses where there is none."""
    user_id = db.session.scalar(select(User.id).where(User.email == plain_email(email)))
    if user_id is None:
        raise Refused(f"{plain_email(email)} has no account.", f"Run: delphi user add {plain_email(email)}")
    return user_id


def new_link(user_id: int, *, address: str) -> str:
    """Make a sign-in link for a user and return it in full."""
    token = make_link(user_id=user_id, by=ACTOR, now=now(), valid_for=LINK_LASTS)
    return f"{address.rstrip('/')}/enter/{token}"


def _study(code: str | None) -> int | None:
    if code is None:
        return None
    study_id = db.session.scalar(select(Study.id).where(Study.code == code))
    if study_id is None:
        raise Refused(f'There is no study "{code}". See: delphi study list')
    return study_id
