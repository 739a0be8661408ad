"""Every topic operation of aliyun-mns: publishing, subscribing, delivery into queues and over HTTP."""

import http.server
import json
import queue as lists
import threading
import time
import unittest
from xml.etree import ElementTree

from mns.mns_common import TopicHelper
from mns.queue import QueueMeta
from mns.subscription import SubscriptionMeta, SubscriptionNotifyContentFormat, SubscriptionNotifyStrategy
from mns.topic import DirectMailInfo, DirectSMSInfo, TopicMessage, TopicMeta

import harness
from messages import document, error, md5, refused, signed

SIMPLIFIED = SubscriptionNotifyContentFormat.SIMPLIFIED
XML = SubscriptionNotifyContentFormat.XML
JSON = SubscriptionNotifyContentFormat.JSON
MEMBERS = ["Message", "MessageId", "MessageMD5", "PublishTime", "SubscriptionName", "Subscriber", "TopicName",
           "TopicOwner"]


class Listener:
    """An endpoint of a subscriber: answers with the statuses in turn, then 204."""

    def __init__(self, *statuses):
        got = self.got = lists.Queue()
        answers = list(statuses)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                got.put((time.time(), self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(answers.pop(0) if answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path=""):
        return "http://127.0.0.1:%d%s" % (self.port, path)

    def next(self, timeout=10):
        return self.got.get(timeout=timeout)

    def end(self):
        self.server.shutdown()
        self.server.server_close()


class TopicCase(unittest.TestCase):
    def setUp(self):
        self.account = harness.account()

    def topic(self, meta=None):
        self.name = harness.name("topic")
        topic = self.account.get_topic(self.name)
        topic.create(meta or TopicMeta())
        return topic

    def queue(self):
        name = harness.name("queue")
        queue = self.account.get_queue(name)
        queue.create(QueueMeta(max_msg_size=65536))
        queue.set_encoding(False)
        return queue, TopicHelper.generate_queue_endpoint("cn-hangzhou", "1234567890", name)

    def listener(self, *statuses):
        listener = Listener(*statuses)
        self.addCleanup(listener.end)
        return listener

    def subscribe(self, endpoint, content=SIMPLIFIED, strategy="", tag="", topic=None):
        name = harness.name("subscription")
        subscription = self.account.get_subscription(topic or self.name, name)
        subscription.subscribe(SubscriptionMeta(endpoint, strategy, content, tag))
        return subscription


class Administration(TopicCase):
    def test_create_and_again(self):
        name = harness.name("topic")
        topic = self.account.get_topic(name)
        url = topic.create(TopicMeta())
        self.assertEqual(url, "%s/topics/%s" % (harness.ENDPOINT, name))
        self.assertEqual(topic.create(TopicMeta()), url)
        refused(self, "TopicAlreadyExist", topic.create, TopicMeta(2048))

    def test_attributes(self):
        before = int(time.time())
        topic = self.topic(TopicMeta(4096, True))
        found = topic.get_attributes()
        self.assertEqual((found.topic_name, found.maximum_message_size, found.logging_enabled), (self.name, 4096, True))
        self.assertEqual((found.message_count, found.message_retention_period), (0, 86400))
        self.assertTrue(before - 1 <= found.create_time <= found.last_modify_time <= time.time() + 1)
        topic.set_attributes(TopicMeta(8192))
        found = topic.get_attributes()
        self.assertEqual((found.maximum_message_size, found.logging_enabled), (8192, True))
        topic.set_attributes(TopicMeta(-1, False))
        self.assertFalse(topic.get_attributes().logging_enabled)
        self.assertEqual(self.topic().get_attributes().maximum_message_size, 65536)

    def test_delete(self):
        topic = self.topic()
        topic.delete()
        topic.delete()
        refused(self, "TopicNotExist", topic.get_attributes)
        refused(self, "TopicNotExist", topic.set_attributes, TopicMeta())
        refused(self, "TopicNotExist", topic.publish_message, TopicMessage("x"))
        refused(self, "TopicNotExist", topic.list_subscription)
        subscription = topic.get_subscription("s")
        refused(self, "TopicNotExist", subscription.subscribe, SubscriptionMeta("http://127.0.0.1:9999/x"))
        refused(self, "TopicNotExist", subscription.get_attributes)

    def test_names_and_ranges(self):
        for name in ("-a", "a.b", "a_b"):
            refused(self, "TopicNameInvalid", self.account.get_topic(name).create, TopicMeta())
        refused(self, "TopicNameLengthError", self.account.get_topic("a" * 257).create, TopicMeta())
        for size in (1023, 65537):
            topic = self.account.get_topic(harness.name("topic"))
            refused(self, "InvalidArgument", topic.create, TopicMeta(size))
            refused(self, "TopicNotExist", topic.get_attributes)

    def test_lists_through_ten_pages(self):
        prefix = harness.name("listed") + "-"
        names = ["%s%02d" % (prefix, number) for number in range(20)]
        for name in names:
            self.account.get_topic(name).create(TopicMeta())
        urls, marker, pages = [], "", 0
        while True:
            page, marker = self.account.list_topic(prefix, 2, marker)
            self.assertEqual(len(page), 2)
            urls += page
            pages += 1
            if marker == "":
                break
        self.assertEqual(pages, 10)
        self.assertEqual(urls, ["%s/topics/%s" % (harness.ENDPOINT, name) for name in names])
        # The library asks for the attributes and drops them.
        found = signed("GET", "/topics", headers={"x-mns-prefix": prefix, "x-mns-with-meta": "true"})
        self.assertEqual(found.bytes.count(b"<TopicName>" + prefix.encode()), 20)


class Subscriptions(TopicCase):
    def test_subscribe_and_again(self):
        topic = self.topic()
        subscription = topic.get_subscription("s-1")
        meta = SubscriptionMeta("http://127.0.0.1:9999/x", SubscriptionNotifyStrategy.BACKOFF, XML, "tag")
        url = subscription.subscribe(meta)
        self.assertEqual(url, "%s/topics/%s/subscriptions/s-1" % (harness.ENDPOINT, self.name))
        self.assertEqual(subscription.subscribe(meta), url)
        meta.set_endpoint("http://127.0.0.1:9999/y")
        refused(self, "SubscriptionAlreadyExist", subscription.subscribe, meta)

    def test_attributes(self):
        before = int(time.time())
        self.topic()
        endpoint = "http://127.0.0.1:9999/x"
        subscription = self.subscribe(endpoint, content="")
        found = subscription.get_attributes()
        self.assertEqual((found.endpoint, found.topic_name), (endpoint, self.name))
        self.assertEqual(found.notify_strategy, SubscriptionNotifyStrategy.BACKOFF)
        self.assertEqual(found.notify_content_format, XML)
        self.assertTrue(found.topic_owner)
        self.assertTrue(before - 1 <= found.create_time <= found.last_modify_time <= time.time() + 1)
        subscription.set_attributes(SubscriptionMeta(notify_strategy=SubscriptionNotifyStrategy.EXPONENTIAL))
        found = subscription.get_attributes()
        self.assertEqual(found.notify_strategy, SubscriptionNotifyStrategy.EXPONENTIAL)
        refused(self, "InvalidArgument", subscription.set_attributes, SubscriptionMeta(notify_strategy="NEVER"))

    def test_the_tag_is_shown(self):
        self.topic()
        subscription = self.subscribe("http://127.0.0.1:9999/x", tag="t1")
        # The library itself does not read it.
        answer = signed("GET", "/topics/%s/subscriptions/%s" % (self.name, subscription.subscription_name))
        self.assertIn(b"<FilterTag>t1</FilterTag>", answer.bytes)

    def test_unsubscribe(self):
        self.topic()
        subscription = self.subscribe("http://127.0.0.1:9999/x")
        subscription.unsubscribe()
        subscription.unsubscribe()
        refused(self, "SubscriptionNotExist", subscription.get_attributes)
        refused(self, "SubscriptionNotExist", subscription.set_attributes,
                SubscriptionMeta(notify_strategy=SubscriptionNotifyStrategy.BACKOFF))

    def test_what_is_no_subscription(self):
        topic = self.topic()
        for endpoint in ("ftp://127.0.0.1/x", "nowhere", "http://", "acs:mns:cn:1:topics/x"):
            subscription = topic.get_subscription("s")
            refused(self, "EndpointInvalid", subscription.subscribe, SubscriptionMeta(endpoint))
        for meta in (SubscriptionMeta("http://127.0.0.1:9999/x", "NEVER"),
                     SubscriptionMeta("http://127.0.0.1:9999/x", "", "YAML")):
            refused(self, "InvalidArgument", topic.get_subscription("s").subscribe, meta)
        refused(self, "SubscriptionNameInvalid", topic.get_subscription("-s").subscribe,
                SubscriptionMeta("http://127.0.0.1:9999/x"))
        refused(self, "SubscriptionNotExist", topic.get_subscription("s").get_attributes)
        path = "/topics/%s/subscriptions/s" % self.name
        long = "<Endpoint>http://127.0.0.1:9999/x</Endpoint><FilterTag>%s</FilterTag>" % ("t" * 17)
        for body in (document("Subscription"), document("Subscription", long)):
            error(self, signed("PUT", path, body), 400, "InvalidArgument")

    def test_lists_through_ten_pages(self):
        topic = self.topic()
        for number in range(20):
            topic.get_subscription("s-%02d" % number).subscribe(SubscriptionMeta("http://127.0.0.1:9999/x"))
        topic.get_subscription("other").subscribe(SubscriptionMeta("http://127.0.0.1:9999/x"))
        urls, marker, pages = [], "", 0
        while True:
            page, marker = topic.list_subscription("s-", 2, marker)
            urls += page
            pages += 1
            if marker == "":
                break
        self.assertEqual(pages, 10)
        self.assertEqual(urls[0], "%s/topics/%s/subscriptions/s-00" % (harness.ENDPOINT, self.name))
        self.assertEqual(len(set(urls)), 20)
        self.assertEqual(len(topic.list_subscription()[0]), 21)


class IntoQueues(TopicCase):
    def test_a_simplified_body_is_the_published_one(self):
        topic = self.topic()
        queue, endpoint = self.queue()
        self.subscribe(endpoint)
        for body in ('{"a":"<b>&"}', "你好", "plain"):
            sent = topic.publish_message(TopicMessage(body))
            self.assertEqual(sent.message_body_md5, md5(body))
            self.assertTrue(sent.message_id)
            got = queue.receive_message(10)
            self.assertEqual((got.message_body, got.message_body_md5), (body, md5(body)))
            queue.delete_message(got.receipt_handle)

    def test_envelopes(self):
        topic = self.topic()
        for content in (XML, JSON):
            queue, endpoint = self.queue()
            subscription = self.subscribe(endpoint, content)
            begun = time.time() * 1000
            sent = topic.publish_message(TopicMessage("<x>&\"", "tag"))
            body = queue.receive_message(10).message_body
            if content == XML:
                root = ElementTree.fromstring(body)
                self.assertTrue(root.tag.endswith("Notification"))
                found = {child.tag.split("}")[-1]: child.text for child in root}
            else:
                found = {key: str(value) for key, value in json.loads(body).items()}
            for member in MEMBERS:
                self.assertIn(member, found)
            self.assertEqual((found["Message"], found["MessageTag"]), ("<x>&\"", "tag"))
            self.assertEqual((found["MessageId"], found["MessageMD5"]), (sent.message_id, md5("<x>&\"")))
            self.assertEqual(found["SubscriptionName"], subscription.subscription_name)
            self.assertTrue(begun - 1000 <= int(found["PublishTime"]) <= time.time() * 1000 + 1000)

    def test_tags_filter(self):
        topic = self.topic()
        tagged, endpoint = self.queue()
        self.subscribe(endpoint, tag="red")
        every, endpoint = self.queue()
        self.subscribe(endpoint)
        for body, tag in (("a", "red"), ("b", "blue"), ("c", "")):
            topic.publish_message(TopicMessage(body, tag))
        self.assertEqual([m.message_body for m in every.batch_receive_message(16, 5)], ["a", "b", "c"])
        self.assertEqual([m.message_body for m in tagged.batch_receive_message(16, 5)], ["a"])
        refused(self, "MessageNotExist", tagged.receive_message, 0)

    def test_what_is_no_message(self):
        topic = self.topic(TopicMeta(1024))
        refused(self, "InvalidArgument", topic.publish_message, TopicMessage("x" * 1025))
        path = "/topics/%s/messages" % self.name
        error(self, signed("POST", path, document("Message")), 400, "InvalidArgument")
        error(self, signed("POST", path, document("Message", "<MessageBody>x</MessageBody><MessageTag>%s</MessageTag>"
                                                  % ("t" * 17))), 400, "InvalidArgument")
        error(self, signed("POST", path, "<Message>"), 400, "MalformedXML")

    def test_mail_and_short_messages_are_taken_and_not_sent(self):
        topic = self.topic()
        queue, endpoint = self.queue()
        self.subscribe(endpoint)
        sms = DirectSMSInfo("sign", "SMS_1", True)
        sms.add_receiver("13800000000")
        topic.publish_message(TopicMessage("x", "", DirectMailInfo("a@b", "subject", 0, 0, 0), sms))
        self.assertEqual(queue.receive_message(10).message_body, "x")

    def test_no_subscription_is_no_fault(self):
        sent = self.topic().publish_message(TopicMessage("x"))
        self.assertEqual(sent.message_body_md5, md5("x"))


class OverHTTP(TopicCase):
    def test_a_simplified_push(self):
        topic = self.topic()
        listener = self.listener()
        self.subscribe(listener.url())
        sent = topic.publish_message(TopicMessage('{"a": "<b>"}', "red"))
        _, path, headers, body = listener.next()
        self.assertEqual((path, body), ("/notifications", b'{"a": "<b>"}'))
        self.assertEqual(headers["x-mns-message-id"], sent.message_id)
        self.assertEqual(headers["x-mns-message-tag"], "red")
        self.assertEqual(headers["x-mns-version"], "2015-06-06")
        self.assertTrue(headers["x-mns-request-id"])

    def test_envelopes(self):
        topic = self.topic()
        listener = self.listener()
        self.subscribe(listener.url("/xml"), XML)
        self.subscribe(listener.url("/json?a=b"), JSON)
        sent = topic.publish_message(TopicMessage("<x>&\"", "tag"))
        got = dict((path, body) for _, path, _, body in (listener.next(), listener.next()))
        root = ElementTree.fromstring(got["/xml"])
        self.assertEqual(root.tag, "{http://mns.aliyuncs.com/doc/v1/}Notification")
        found = {child.tag.split("}")[-1]: child.text for child in root}
        self.assertEqual((found["Message"], found["MessageId"]), ("<x>&\"", sent.message_id))
        found = json.loads(got["/json?a=b"])
        self.assertEqual((found["Message"], found["MessageTag"]), ("<x>&\"", "tag"))
        self.assertEqual(found["TopicName"], self.name)

    def test_a_push_is_tried_again(self):
        topic = self.topic()
        listener = self.listener(500, 503)
        self.subscribe(listener.url("/x"), strategy=SubscriptionNotifyStrategy.EXPONENTIAL)
        topic.publish_message(TopicMessage("again"))
        first, second, third = listener.next(), listener.next(), listener.next()
        self.assertEqual({body for _, _, _, body in (first, second, third)}, {b"again"})
        self.assertTrue(0.5 < second[0] - first[0] < 5 and 1 < third[0] - second[0] < 6)
        with self.assertRaises(lists.Empty):
            listener.next(5)

    def test_the_first_strategy_waits_ten_to_twenty_seconds(self):
        topic = self.topic()
        listener = self.listener(500)
        self.subscribe(listener.url("/x"))
        topic.publish_message(TopicMessage("later"))
        first = listener.next()
        self.assertEqual(self.account.get_topic(self.name).get_attributes().message_count, 1)
        second = listener.next(25)
        self.assertTrue(9.5 < second[0] - first[0] < 22)

    def test_who_is_unsubscribed_gets_nothing_more(self):
        topic = self.topic()
        listener = self.listener(500)
        subscription = self.subscribe(listener.url("/x"), strategy=SubscriptionNotifyStrategy.EXPONENTIAL)
        topic.publish_message(TopicMessage("x"))
        listener.next()
        subscription.unsubscribe()
        with self.assertRaises(lists.Empty):
            listener.next(3)

    def test_pushes_come_to_each_and_into_queues(self):
        topic = self.topic()
        listener = self.listener()
        queue, endpoint = self.queue()
        self.subscribe(endpoint)
        self.subscribe(listener.url("/one"))
        self.subscribe(listener.url("/two"), tag="other")
        topic.publish_message(TopicMessage("x", "mine"))
        self.assertEqual(listener.next()[1], "/one")
        self.assertEqual(queue.receive_message(10).message_body, "x")
        with self.assertRaises(lists.Empty):
            listener.next(1)

    def test_addresses_of_the_machine_itself_are_no_endpoints(self):
        topic = self.topic()
        for endpoint in ("http://169.254.169.254/latest", "http://0.0.0.0:9000/"):
            # Refused at once, or never called: either way the topic works on.
            try:
                topic.get_subscription(harness.name("s")).subscribe(SubscriptionMeta(endpoint))
            except Exception as fault:
                self.assertEqual(fault.type, "EndpointInvalid")
        listener = self.listener()
        self.subscribe(listener.url("/x"))
        topic.publish_message(TopicMessage("x"))
        self.assertEqual(listener.next()[3], b"x")
