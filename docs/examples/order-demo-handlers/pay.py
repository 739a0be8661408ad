# -*- coding: utf-8 -*-
"""The HTTP function that the order page calls with the buyer's choice: it only puts it into the queue.

Run it by itself: pay.py [PORT]"""
import json
import sys
import urllib.parse
from wsgiref.simple_server import make_server

from mns.account import Account
from mns.queue import Message

from settings import ak_id, ak_secret, endpoint, queue_name


def application(environ, start_response):
    try:
        request_body_size = int(environ.get("CONTENT_LENGTH", 0))
    except ValueError:
        request_body_size = 0
    request_body = environ["wsgi.input"].read(request_body_size)
    body = json.loads(urllib.parse.unquote(request_body.decode("GBK")))
    message = "{\"paymentMethod\": \"%s\", \"price\": \"%s\" " \
              "}" % (body["paymentMethod"], body["price"])
    queue = Account(endpoint, ak_id, ak_secret).get_queue(queue_name)
    queue.send_message(Message(message))
    start_response("200 OK", [("Content-type", "text/plain")])
    return [b"Hello world!\n"]


if __name__ == "__main__":
    server = make_server("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9001, application)
    print("http://127.0.0.1:%d takes payments" % server.server_port, flush=True)
    server.serve_forever()
