"""Reports of mail servers as they are seen in the wild, about one message of ours."""

from email.message import EmailMessage
from email.policy import SMTP

DSN = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: post@chorus.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry, your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; s4@people.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

From: post@chorus.example
Message-ID: {message_id}

--b--
"""
EXIM = """\
From: Mail Delivery System <Mailer-Daemon@mx.example>
To: post@chorus.example
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: s4@people.example
Auto-Submitted: auto-replied

A message that you sent could not be delivered to one or more of its recipients.

  s4@people.example
    host mx.people.example: 550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------
Message-ID: {message_id}
"""
QMAIL = """\
From: MAILER-DAEMON@mx.example
To: post@chorus.example
Subject: failure notice

Hi. This is the qmail-send program.
<s4@people.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-Id: {message_id}
"""
VACATION = """\
From: s4@people.example
To: post@chorus.example
Subject: Away until 550 BC
Auto-Submitted: auto-replied
In-Reply-To: {message_id}

550 5.1.1 is not what this is.
"""


def dsn(email: EmailMessage, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """A report by RFC 3464 about a message."""
    return DSN.format(action=action, status=status, message_id=email["Message-ID"]).encode()


def about(template: str, email: EmailMessage) -> bytes:
    """Another report about a message."""
    return template.format(message_id=email["Message-ID"]).encode()


def whole(email: EmailMessage) -> bytes:
    """A message as it stands in a report that quotes all of it."""
    return email.as_bytes(policy=SMTP)
