"""Pages about the messages of a round, for those who run it."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from delphi.access import current, guard
from delphi.dataset.timing import timings_of
from delphi.domain.inviting import Whom
from delphi.inviting import actions, queries
from delphi.inviting.forms import SendForm, WhomForm
from delphi.inviting.letters import compose
from delphi.inviting.wording import mail_settings
from delphi.mail.letter import Words
from delphi.mail.postbox import FolderPostbox
from delphi.mail.sending import Sending, send_due
from delphi.models import MessageCause, Role
from delphi.web import clock, pages
from delphi.web.language import among

blueprint = Blueprint("inviting", __name__, url_prefix="/studies/<study>/rounds/<round_code>/messages")
RUNNING = (Role.OWNER, Role.FACILITATOR)
CAUSE = "<any(invitation, reminder):cause>"


@blueprint.get("")
@guard.study(*RUNNING)
def messages(study: str, round_code: str) -> Response:
    """The messages of a round and what became of each."""
    view = _view_or_404(round_code)
    lines = queries.message_lines(view, now=clock.now())
    return pages.render(
        "inviting/messages.html",
        ribbon=view.synthetic,
        view=view,
        lines=lines,
        first_language=among(view.protocol.study.languages)[0].code,
        timing=timings_of(view.study_id, now=clock.now())[view.code],
    )


@blueprint.get(f"/{CAUSE}")
@guard.study(*RUNNING)
def trial(study: str, round_code: str, cause: str) -> Response:
    """Who would get a message, and why; nothing is sent by looking."""
    view, whom, now = _view_or_404(round_code), _whom(), clock.now()
    people = queries.recipients_of(view, cause=MessageCause(cause), whom=whom, now=now)
    return pages.render(
        "inviting/trial.html",
        ribbon=view.synthetic,
        view=view,
        page=queries.trial_page(view, people, cause=MessageCause(cause), now=now),
        whom=whom,
        whom_form=WhomForm(formdata=None, whom=whom.value),
        form=SendForm(formdata=None),
        timing=timings_of(view.study_id, now=now)[view.code],
    )


@blueprint.post(f"/{CAUSE}")
@guard.study(*RUNNING)
def send(study: str, round_code: str, cause: str) -> AnyResponse:
    """Put the messages in the outbox; who gets one is found out anew."""
    view, now = _view_or_404(round_code), clock.now()
    if not (view.is_open and view.mail_is_on and SendForm().validate_on_submit()):
        flash("Nothing was sent. Mail must be set up and the round must be open.", "refused")
        return _to_messages(study, round_code)
    people = queries.recipients_of(view, cause=MessageCause(cause), whom=_whom(), now=now)
    try:
        number = actions.put_in(
            people,
            study_id=view.study_id,
            round_id=view.round_id,
            round_code=round_code,
            cause=MessageCause(cause),
            by=current.user().actor,
            now=now,
        )
    except actions.AlreadyPutIn:
        flash("Somebody else has just sent these messages. Nothing was sent twice.", "refused")
    else:
        flash(f"{number} {'message is' if number == 1 else 'messages are'} on the way.")
    return _to_messages(study, round_code)


@blueprint.get(f"/{CAUSE}/preview/<language>")
@guard.study(*RUNNING)
def preview(study: str, round_code: str, cause: str, language: str) -> Response:
    """A message as plain text, with links that lead nowhere."""
    view = _view_or_404(round_code)
    words = _previewed(view, cause, language)
    return pages.render(
        "inviting/preview.html",
        ribbon=view.synthetic,
        view=view,
        cause=cause,
        language=language,
        words=words,
        sender=_sender(),
        named=_is_named(),
    )


@blueprint.get(f"/{CAUSE}/preview/<language>/page")
@guard.study(*RUNNING)
def preview_page(study: str, round_code: str, cause: str, language: str) -> Response:
    """The same message as HTML, a page of its own as a mail program shows it."""
    view = _view_or_404(round_code)
    words = _previewed(view, cause, language)
    return Response(words.html, mimetype="text/html")


@blueprint.post("/<int:message_id>/again")
@guard.study(*RUNNING)
def again(study: str, round_code: str, message_id: int) -> AnyResponse:
    """Send a message again that was refused, or of which nobody knows whether it went out."""
    by, now = current.user().actor, clock.now()
    done = actions.try_again(message_id, study_id=current.study().study_id, by=by, now=now)
    if done:
        flash("The message is on the way again.")
    else:
        flash("The message was not sent again: it has been sent, or it waits already.", "refused")
    return _to_messages(study, round_code)


@blueprint.get("/kept")
@guard.study(*RUNNING)
def kept(study: str, round_code: str) -> Response:
    """In development, without a mail server: the messages that would have gone out."""
    view = _kept_here_or_404(round_code)
    mails = queries.kept_mail(view, folder=_folder())
    later, first_at = queries.kept_later(view, now=clock.now())
    return pages.render(
        "inviting/kept.html",
        ribbon=view.synthetic,
        view=view,
        mails=mails,
        later=later,
        first_at=first_at,
        first_language=among(view.protocol.study.languages)[0].code,
    )


@blueprint.get("/kept/<int:message_id>")
@guard.study(*RUNNING)
def kept_page(study: str, round_code: str, message_id: int) -> Response:
    """A message that was kept, as HTML: a page of its own as a mail program shows it."""
    html = queries.kept_html(_kept_here_or_404(round_code), message_id, folder=_folder())
    if html is None:
        abort(404)
    return Response(html, mimetype="text/html")


@blueprint.post("/kept")
@guard.study(*RUNNING)
def deliver(study: str, round_code: str) -> AnyResponse:
    """The same as `delphi worker --once`, where messages are kept in a folder."""
    _kept_here_or_404(round_code)
    sending = Sending(
        compose=compose,
        postbox=FolderPostbox(_folder()),
        sender=_sender(),
        clock=clock.now,
        stops=lambda: False,
    )
    send_due(sending, each=lambda _: None)
    return redirect(url_for("inviting.kept", study=study, round_code=round_code), code=303)


def _view_or_404(round_code: str) -> queries.RoundInView:
    view = queries.round_in_view(current.study().study_id, round_code)
    if view is None:
        abort(404)
    return view


def _previewed(view: queries.RoundInView, cause: str, language: str) -> Words:
    words = queries.preview(
        view, cause=MessageCause(cause), language=language, now=clock.now(), named=_is_named()
    )
    if words is None:
        abort(404)
    return words


def _is_named() -> bool:
    return bool(request.args.get("named"))


def _kept_here_or_404(round_code: str) -> queries.RoundInView:
    view = _view_or_404(round_code)
    if not view.is_kept_here:
        abort(404)
    return view


def _whom() -> Whom:
    asked = request.args.get("whom", "")
    return Whom(asked) if asked in set(Whom) else Whom.NOT_FINISHED


def _sender() -> str:
    settings = mail_settings()
    return "" if settings is None else settings.sender


def _folder() -> Path:
    return Path(current_app.config["MAIL_FOLDER"])


def _to_messages(study: str, round_code: str) -> AnyResponse:
    return redirect(url_for("inviting.messages", study=study, round_code=round_code), code=303)
