"""Two members of the team save a text in the same language at the same moment, on SQLite and PostgreSQL."""

import threading

from flask import Flask

from delphi.models import Role
from tests.data.small_study import small_study
from tests.studies_on_app import load_study
from tests.translating.translators import HOME, field, held, member, outcomes_url, with_arabic
from tests.web_client import PageClient, filled_in


def test_of_several_saves_at_once_one_is_kept_and_the_others_are_asked(each_app: Flask) -> None:
    study = load_study(each_app, small_study(), open_round="2")
    others = [member(each_app, study, role) for role in (Role.OWNER, Role.FACILITATOR)]
    clients = [with_arabic(each_app, study), *others]
    start, answers = threading.Barrier(len(clients)), [0] * len(clients)

    def save(place: int, client: PageClient) -> None:
        form = filled_in(client.get(outcomes_url()).form(), {field(HOME): f"{place}"})
        start.wait(timeout=20)
        answers[place] = client.http.post(outcomes_url(), data=form).status_code

    threads = [threading.Thread(target=save, args=each) for each in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answers) == [303, 422, 422]
    assert held(each_app, study) == {HOME: (str(answers.index(303)), "draft")}
