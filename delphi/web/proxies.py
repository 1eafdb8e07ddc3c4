"""Reverse proxies in front of the app."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def believe_proxies(app: Flask, *, number: int) -> None:
    """Take address, scheme and host from that many reverse proxies; from none when there are none."""
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]  # the way that Flask documents
