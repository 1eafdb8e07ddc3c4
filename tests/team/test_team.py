"""Owners invite people to a team, change roles and remove people; a study keeps an owner."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from delphi.access.staff import add_user
from delphi.extensions import db
from delphi.models import AuditRow, Membership, Role, TeamInvitation
from delphi.team.actions import LastOwner, change_role, remove_member
from delphi.web import clock
from tests.studies_on_app import StudyOnApp
from tests.web_client import PageClient, sign_in_panellist, sign_in_user

TEAM, NEW = "/studies/small/team", "new@example.org"
CHOSEN = {"name": "Nadia", "password": "three odd words"}
PAST = clock.now().replace(year=2020)


@pytest.fixture
def owner(client: PageClient, study: StudyOnApp) -> PageClient:
    sign_in_user(client, study.team[Role.OWNER])
    return client


def invited(owner: PageClient, email: str = NEW, role: Role = Role.ANALYST) -> str:
    """Invite somebody; the path of their link."""
    owner.get(f"{TEAM}/invite")
    page = owner.submit({"email": email, "role": role.value})
    found = re.search(r"/invitation/\S+(?=</textarea>)", page.html)
    assert found is not None
    return found[0]


def roles(app: Flask, study: StudyOnApp) -> dict[int, Role]:
    with app.app_context():
        query = select(Membership.user_id, Membership.role).where(Membership.study_id == study.study_id)
        return dict(db.session.execute(query).all())


def actions_noted(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def test_an_invited_colleague_chooses_name_and_password_and_is_in_the_team(
    app: Flask, owner: PageClient
) -> None:
    colleague, link = PageClient(app), invited(owner)
    assert "analyst" in colleague.get(link).text
    assert colleague.submit(CHOSEN).url == "/studies/small"
    assert ["Nadia (you)", "Analyst"] in [row[:2] for row in colleague.get(TEAM).table_rows()]
    with app.app_context():
        assert actions_noted(app)[-3:] == ["colleague invited", "user added", "invitation taken up"]


def test_the_link_works_once(app: Flask, owner: PageClient) -> None:
    link = invited(owner)
    PageClient(app).get(link)
    first, second = PageClient(app), PageClient(app)
    for each in (first, second):
        each.get(link)
    first.submit(CHOSEN)
    assert second.submit(CHOSEN, status=410).h1 == "This invitation does not work"


def test_only_a_hash_of_the_link_is_kept(app: Flask, owner: PageClient) -> None:
    token = invited(owner).rsplit("/", 1)[1]
    with app.app_context():
        assert token not in str(db.session.execute(select(TeamInvitation.__table__)).all())
        assert token not in str(db.session.execute(select(AuditRow.__table__)).all())
    assert token not in owner.get(TEAM).html


def test_an_invitation_that_has_expired_or_was_ended_or_is_unknown_is_refused(
    app: Flask, owner: PageClient
) -> None:
    link = invited(owner)
    owner.get(TEAM)
    owner.submit(button=f"End this invitation of {NEW}")
    assert PageClient(app).get(link, status=410).h1 == "This invitation does not work"
    link = invited(owner)
    with app.app_context():
        db.session.execute(update(TeamInvitation).values(expires_at=PAST))
        db.session.commit()
    PageClient(app).get(link, status=410)
    PageClient(app).get("/invitation/unknown", status=404)


def test_a_second_invitation_ends_the_first(app: Flask, owner: PageClient) -> None:
    first, second = invited(owner), invited(owner)
    PageClient(app).get(first, status=410)
    PageClient(app).get(second)


def test_who_has_an_account_signs_in_and_joins_with_it(app: Flask, owner: PageClient) -> None:
    with app.app_context():
        user_id = add_user(NEW, name="Nadia", password=None, by="command line", now=clock.now())
    colleague, link = PageClient(app), invited(owner, role=Role.ADVISER)
    assert "Sign in with it first" in colleague.get(link).text
    sign_in_user(colleague, user_id)
    colleague.get(link)
    page = colleague.submit(button="Join as Nadia")
    assert (page.url, "You are in the team" in page.text) == ("/studies/small", True)


def test_an_invitation_does_not_change_the_role_of_a_member(
    app: Flask, owner: PageClient, study: StudyOnApp
) -> None:
    owner.get(invited(owner, role=Role.ANALYST))
    owner.submit(button="Join as Owner")
    assert roles(app, study)[study.team[Role.OWNER]] is Role.OWNER


def test_an_invitation_makes_no_account_of_an_address_that_has_one(app: Flask, owner: PageClient) -> None:
    colleague, link = PageClient(app), invited(owner)
    colleague.get(link)
    with app.app_context():
        add_user(NEW, name="Nadia", password=None, by="command line", now=clock.now())
    page = colleague.submit(CHOSEN)
    assert "Sign in with it first" in page.text


def test_faults_in_an_invitation_are_named(owner: PageClient, study: StudyOnApp) -> None:
    owner.get(f"{TEAM}/invite")
    page = owner.submit({"email": "nobody"}, status=422)
    assert page.text.count("Enter an e-mail address, such as name@example.org.") == 2
    page = owner.submit({"email": "Owner@small.example", "role": "owner"}, status=422)
    assert "This person is in the team already." in page.text


def test_a_weak_password_is_refused_and_the_invitation_stays_good(app: Flask, owner: PageClient) -> None:
    colleague = PageClient(app)
    colleague.get(invited(owner))
    page = colleague.submit({"name": "Nadia", "password": "short"}, status=422)
    assert page.text.count("A password needs at least 12 characters.") == 2
    assert colleague.submit(CHOSEN).url == "/studies/small"


def test_a_panellist_who_opens_an_invitation_is_nobody_there(
    app: Flask, owner: PageClient, study: StudyOnApp
) -> None:
    colleague = PageClient(app)
    sign_in_panellist(colleague, study.panellists["s1"])
    colleague.get(invited(owner))
    assert colleague.submit(CHOSEN).url == "/studies/small"


def test_a_new_role_holds_from_the_next_page_on(app: Flask, owner: PageClient, study: StudyOnApp) -> None:
    member, user_id = PageClient(app), study.team[Role.ANALYST]
    sign_in_user(member, user_id)
    member.get("/studies/small/panel", status=403)
    owner.get(f"{TEAM}/{user_id}/role")
    owner.submit({"role": "facilitator"})
    assert member.get("/studies/small/panel").h1 == "Panel"
    assert actions_noted(app)[-1] == "role changed"


def test_who_is_removed_is_out_at_once(app: Flask, owner: PageClient, study: StudyOnApp) -> None:
    member, user_id = PageClient(app), study.team[Role.ADVISER]
    sign_in_user(member, user_id)
    owner.get(f"{TEAM}/{user_id}/remove")
    assert "Adviser is not in the team any more." in owner.submit(button="Remove from the team").text
    member.get("/studies/small", status=404)
    assert actions_noted(app)[-1] == "member removed"


def test_the_last_owner_is_neither_removed_nor_demoted(
    app: Flask, owner: PageClient, study: StudyOnApp
) -> None:
    user_id = study.team[Role.OWNER]
    owner.get(f"{TEAM}/{user_id}/remove")
    assert "A study needs an owner." in owner.submit(button="Remove from the team").text
    owner.get(f"{TEAM}/{user_id}/role")
    assert "A study needs an owner." in owner.submit({"role": "analyst"}).text
    assert roles(app, study)[user_id] is Role.OWNER


def test_of_two_owners_one_can_go(app: Flask, study: StudyOnApp) -> None:
    first, second = study.team[Role.OWNER], study.team[Role.ADVISER]
    about = {"study_id": study.study_id, "by": f"user:{first}", "now": clock.now()}
    with app.app_context():
        change_role(second, role=Role.OWNER, **about)  # type: ignore[arg-type]  # as named above
        remove_member(first, **about)  # type: ignore[arg-type]
        with pytest.raises(LastOwner):
            remove_member(second, **about)  # type: ignore[arg-type]
        owners = select(func.count()).select_from(Membership).where(Membership.role == Role.OWNER)
        assert db.session.scalar(owners) == 1


def test_others_than_owners_see_names_and_roles_and_no_address(
    app: Flask, study: StudyOnApp, client: PageClient
) -> None:
    sign_in_user(client, study.team[Role.ADVISER])
    page = client.get(TEAM)
    assert ["Owner", "Owner"] in page.table_rows()
    assert "@" not in page.text


def test_a_member_of_another_study_cannot_be_changed_from_here(
    owner: PageClient, other_study: StudyOnApp
) -> None:
    owner.get(f"{TEAM}/{other_study.team[Role.ADVISER]}/role", status=404)
    owner.get(f"{TEAM}/{other_study.team[Role.ADVISER]}/remove", status=404)
