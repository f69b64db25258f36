"""A mail server: STARTTLS and a login are insisted on; every mail is appended to a file."""
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

mails, certificate, key, port = sys.argv[1:5]


class Taker:
    async def handle_DATA(self, server, session, envelope):
        with open(mails, "ab") as file:
            file.write(b"To: " + ",".join(envelope.rcpt_tos).encode() + b"\n" + envelope.content + b"\n=====\n")
        return "250 taken"


def login(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"reroute" and data.password == b"s3cret")


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
controller = Controller(Taker(), hostname="127.0.0.1", port=int(port), tls_context=context, require_starttls=True,
                        authenticator=login, auth_required=True)
controller.start()
threading.Event().wait()
