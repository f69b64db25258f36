"""An HTTP receiver: every request is appended to a file; answers come from another, a status or 'slow' each line."""
import http.server
import json
import sys
import time

requests, answers, port = sys.argv[1:4]


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with open(requests, "a") as file:
            file.write(json.dumps({"id": self.headers["webhook-id"], "signature": self.headers["webhook-signature"],
                                   "body": body}) + "\n")
        with open(answers) as file:
            left = file.read().split()
        with open(answers, "w") as file:
            file.write("\n".join(left[1:]))
        answer = left[0] if left else "200"
        if answer == "slow":
            time.sleep(3600)
        self.send_response(int(answer))
        if answer == "429":
            self.send_header("Retry-After", "2")
        self.end_headers()

    def log_message(self, *args):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), Receiver).serve_forever()
