"""Who may call the message service, and what it makes of requests that are none."""

import base64
import hashlib
import http.client
import json
import unittest

from mns.queue import Message, QueueMeta

import harness
from messages import document, error, refused, signed


class Keys(unittest.TestCase):
    def test_wrong_keys(self):
        refused(self, "InvalidAccessKeyId", harness.account("nobody", "x").list_queue)
        refused(self, "SignatureDoesNotMatch", harness.account(harness.KEY_ID, "x").list_queue)
        queue = harness.account(harness.KEY_ID, "x").get_queue("q")
        refused(self, "SignatureDoesNotMatch", queue.create, QueueMeta())
        refused(self, "SignatureDoesNotMatch", queue.send_message, Message("x"))

    def test_skewed_clocks(self):
        for skew in (-1000, 1000, -86400):
            error(self, signed("GET", "/queues", skew=skew), 408, "TimeExpired")
        for skew in (-600, 600):
            self.assertEqual(signed("GET", "/queues", skew=skew).status, 200)

    def test_headers(self):
        def change(name, value):
            def edit(headers):
                headers.pop(name, None)
                if value is not None:
                    headers[name] = value
            return signed("GET", "/queues", change=edit)
        error(self, change("Authorization", None), 400, "MissingAuthorizationHeader")
        for value in ("MNS", "MNS testid", "MNS :a", "Basic dGVzdA=="):
            error(self, change("Authorization", value), 400, "InvalidAuthorizationHeader")
        error(self, change("Authorization", "MNS testid:####"), 403, "SignatureDoesNotMatch")
        error(self, change("Date", None), 400, "MissingDateHeader")
        error(self, change("Date", "2026-11-23T09:30:00Z"), 400, "InvalidDateHeader")
        error(self, change("x-mns-prefix", "a"), 403, "SignatureDoesNotMatch")

    def test_a_user_request_id_is_signed(self):
        answer = signed("GET", "/queues", headers={"x-mns-user-request-id": "mine"})
        self.assertEqual(answer.status, 200)

    def test_roles(self):
        name = harness.name("queue")
        harness.account().get_queue(name).create(QueueMeta())
        made = {}
        for role in ("read", "operate"):
            made[role] = json.loads(harness.fnfctl("key", "create", "--role", role, "-o", "json"))
        keys = {
            role: harness.account(key["AccessKeyId"], key["Secret"]).get_queue(name)
            for role, key in made.items()
        }
        keys["read"].get_attributes()
        refused(self, "AccessDenied", keys["read"].send_message, Message("x"))
        refused(self, "AccessDenied", keys["read"].receive_message)
        keys["operate"].send_message(Message("x"))
        self.assertEqual(keys["read"].peek_message().message_body, "x")
        keys["operate"].delete_message(keys["operate"].receive_message().receipt_handle)
        for queue in keys.values():
            refused(self, "AccessDenied", queue.delete)
            refused(self, "AccessDenied", queue.create, QueueMeta())
            refused(self, "AccessDenied", queue.set_attributes, QueueMeta())

    def test_a_disabled_key_is_out_at_once(self):
        made = json.loads(harness.fnfctl("key", "create", "--role", "read", "-o", "json"))
        account = harness.account(made["AccessKeyId"], made["Secret"])
        account.list_queue()
        harness.fnfctl("key", "disable", made["AccessKeyId"])
        refused(self, "InvalidAccessKeyId", account.list_queue)
        harness.fnfctl("key", "enable", made["AccessKeyId"])
        account.list_queue()
        harness.fnfctl("key", "delete", made["AccessKeyId"])
        refused(self, "InvalidAccessKeyId", account.list_queue)


class Requests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.name = harness.name("queue")
        harness.account().get_queue(cls.name).create(QueueMeta())
        cls.path = "/queues/%s" % cls.name

    def test_answers_have_their_headers(self):
        for method, target, status in (
                ("GET", self.path, 200), ("GET", self.path + "/messages", 404), ("DELETE", "/queues/none", 204)):
            answer = signed(method, target)
            self.assertEqual(answer.status, status)
            self.assertRegex(answer.headers["x-mns-request-id"], "^[0-9A-F]{32}$")
            self.assertEqual(answer.headers["x-mns-version"], "2015-06-06")

    def test_bodies_that_are_none(self):
        bombs = [
            b"", b"not xml", b"<Message>", b"<Message/><Message/>", b"\xff\xfe<Message/>",
            b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><Message>&b;</Message>',
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Message><MessageBody>&e;</MessageBody></Message>',
            b"<a>" * 100000, b"<Message>" + b"<a/>" * 10000 + b"</Message>",
            document("Message", "<MessageBody>&#1;</MessageBody>").encode(),
            document("Message", "<MessageBody>\x01</MessageBody>").encode(),
            b'<Message a="' + b"x" * 100000 + b'"/>',
        ]
        for body in bombs:
            answer = signed("POST", self.path + "/messages", body)
            parts = error(self, answer, 400, "MalformedXML")
            self.assertNotIn("root:", parts["Message"])
        error(self, signed("POST", self.path + "/messages", document("Queue")), 400, "InvalidArgument")
        self.assertEqual(signed("GET", self.path + "/messages").status, 404)

    def test_large_bodies(self):
        large = document("Message", "<MessageBody>%s</MessageBody>" % ("x" * 70000))
        error(self, signed("POST", self.path + "/messages", large), 400, "InvalidArgument")

        def announce(target, length):
            connection = http.client.HTTPConnection(harness.HOST, timeout=20)
            connection.putrequest("POST", target)
            connection.putheader("Content-Length", str(length))
            connection.putheader("Authorization", "MNS testid:x")
            connection.endheaders()
            return harness.Answer(connection.getresponse())
        error(self, announce(self.path + "/messages", 3 << 20), 413, "EntityTooLarge")
        error(self, announce(self.path + "/messages", 1 << 40), 413, "EntityTooLarge")

    def test_digests(self):
        body = document("Message", "<MessageBody>eA==</MessageBody>").encode()
        digest = hashlib.md5(body)
        for form in (digest.digest(), digest.hexdigest().encode()):
            headers = {"Content-MD5": base64.b64encode(form).decode()}
            self.assertEqual(signed("POST", self.path + "/messages", body, headers=headers).status, 201)
        wrong = {"Content-MD5": base64.b64encode(hashlib.md5(b"").digest()).decode()}
        error(self, signed("POST", self.path + "/messages", body, headers=wrong), 400, "InvalidDegist")

    def test_paths_and_methods(self):
        for path in ("/queues/a/b", "/queues/a/messages/b", "/topics/a/b/c/d/e", "/queue"):
            error(self, signed("GET", path), 400, "InvalidRequestURL")
        for method, path in (("PATCH", self.path), ("POST", "/queues"), ("OPTIONS", self.path + "/messages")):
            error(self, signed(method, path), 405, "InvalidRequestURL")
        for path in ("/queues/..%2f..%2fetc", "/queues/%00", "/queues/a%2Fb", "/queues/.."):
            error(self, signed("GET", path), 400, "InvalidQueueName")
        error(self, signed("GET", self.path + "/messages?waitseconds=%zz"), 400, "InvalidQueryString")

    def test_query_names_in_any_case(self):
        self.assertEqual(
            signed("POST", self.path + "/messages", document("Message", "<MessageBody>x</MessageBody>")).status, 201)
        self.assertEqual(signed("GET", self.path + "/messages?PeekOnly=TRUE").status, 200)
        answer = signed("GET", self.path + "/messages?WAITSECONDS=0&NUMOFMESSAGES=1")
        self.assertIn(b"<Messages", answer.bytes)
        error(self, signed("DELETE", self.path + "/messages"), 400, "MissingReceiptHandle")
        error(self, signed("PUT", self.path + "/messages?receiptHandle=a"), 400, "MissingVisibilityTimeout")

    def test_the_account(self):
        answer = signed("GET", "/?accountmeta=true")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"<LoggingBucket>", answer.bytes)

    def test_one_connection_takes_many_requests(self):
        connection = http.client.HTTPConnection(harness.HOST, timeout=20)
        for _ in range(3):
            self.assertEqual(harness.send("GET", "/queues", connection=connection).status, 400)
        connection.close()
