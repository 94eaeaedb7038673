"""Stands between a library and the simulator, and writes down every call with its answer, one a line.

    recorder.py http://127.0.0.1:8420 traffic.jsonl

Prints the address that it answers at.
"""

import base64
import http.client
import http.server
import json
import pathlib
import sys
import threading
import urllib.parse

LOCK = threading.Lock()
# What belongs to one connection, and is not passed on.
OF_THE_CONNECTION = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


class Recorder(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.body()
        to = http.client.HTTPConnection(self.server.simulator, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_THE_CONNECTION}
        try:
            to.request(self.command, self.path, body, headers)
            answered = to.getresponse()
            content = answered.read()
        except (OSError, http.client.HTTPException):
            # An answer that is lost stays lost.
            self.close_connection = True
            return
        finally:
            to.close()
        if not self.path.startswith("/_sim"):
            self.keep(body, answered, content)
        self.send_response(answered.status)
        for name, value in answered.getheaders():
            if name.lower() not in OF_THE_CONNECTION:
                self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_DELETE = do_GET = do_POST = do_PUT = answer

    def body(self):
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def keep(self, body, answered, content):
        url = urllib.parse.urlsplit(self.path)
        call = {
            "method": self.command,
            "path": url.path,
            "query": url.query,
            "kind": self.headers.get("content-type", ""),
            "body": base64.b64encode(body).decode(),
            "status": answered.status,
            "answer": content.decode(),
        }
        with LOCK, self.server.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(call) + "\n")

    def log_message(self, *_):
        pass


def main(simulator, file):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.daemon_threads = True
    server.simulator = urllib.parse.urlsplit(simulator).netloc
    server.file = pathlib.Path(file)
    server.file.write_text("", encoding="utf-8")
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main(*sys.argv[1:])
