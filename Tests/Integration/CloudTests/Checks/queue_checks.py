"""Every queue operation of aliyun-mns."""

import base64
import os
import signal
import subprocess
import threading
import time
import unittest

from mns.queue import Message, QueueMeta

import harness
from messages import error, md5, refused, signed


def meta(**attributes):
    """What the service's own defaults would be, and what a check wants."""
    wanted = dict(vis_timeout=30, max_msg_size=65536, msg_ttl=345600, delay_sec=0, polling_wait_sec=0)
    wanted.update(attributes)
    return QueueMeta(**wanted)


class QueueCase(unittest.TestCase):
    def setUp(self):
        self.account = harness.account()

    def queue(self, **attributes):
        self.name = harness.name("queue")
        queue = self.account.get_queue(self.name)
        queue.create(meta(**attributes))
        return queue

    def until_one_waits(self):
        end = time.time() + 20
        while "\nfnf_engine_receives_waiting 1\n" not in harness.fnfctl("metrics", "flow-engine"):
            self.assertLess(time.time(), end, "nobody waits")

    def empty(self, call, *arguments):
        return refused(self, "MessageNotExist", call, *arguments)


class Administration(QueueCase):
    def test_create_and_again(self):
        name = harness.name("queue")
        queue = self.account.get_queue(name)
        url = queue.create(QueueMeta())
        self.assertEqual(url, "%s/queues/%s" % (harness.ENDPOINT, name))
        self.assertEqual(queue.create(QueueMeta()), url)
        error = refused(self, "QueueAlreadyExist", queue.create, QueueMeta(vis_timeout=31))
        self.assertEqual(len(error.request_id), 32)
        self.assertEqual(error.host_id, harness.ENDPOINT)

    def test_attributes(self):
        before = int(time.time())
        queue = self.queue(vis_timeout=60, max_msg_size=2048, msg_ttl=3600, delay_sec=5, polling_wait_sec=3,
                           logging_enabled=True)
        found = queue.get_attributes()
        self.assertEqual(
            (found.visibility_timeout, found.maximum_message_size, found.message_retention_period,
             found.delay_seconds, found.polling_wait_seconds, found.logging_enabled),
            (60, 2048, 3600, 5, 3, True))
        self.assertEqual((found.active_messages, found.inactive_messages, found.delay_messages), (0, 0, 0))
        self.assertEqual(found.queue_name, self.name)
        self.assertTrue(before - 1 <= found.create_time <= time.time() + 1)
        self.assertEqual(found.create_time, found.last_modify_time)

    def test_set_attributes(self):
        queue = self.queue()
        changed = QueueMeta(vis_timeout=90, logging_enabled=True)
        changed.set_maximum_message_size(-1)
        changed.set_message_retention_period(-1)
        changed.set_delay_seconds(-1)
        changed.set_polling_wait_seconds(7)
        queue.set_attributes(changed)
        found = queue.get_attributes()
        self.assertEqual((found.visibility_timeout, found.polling_wait_seconds), (90, 7))
        self.assertEqual((found.maximum_message_size, found.message_retention_period), (65536, 345600))
        self.assertTrue(found.logging_enabled)
        queue.set_attributes(meta(logging_enabled=False))
        self.assertFalse(queue.get_attributes().logging_enabled)

    def test_counts(self):
        queue = self.queue()
        for delay in (0, 0, 0, 600):
            queue.send_message(Message("x", delay_seconds=delay))
        queue.receive_message()
        found = queue.get_attributes()
        self.assertEqual((found.active_messages, found.inactive_messages, found.delay_messages), (2, 1, 1))

    def test_delete(self):
        queue = self.queue()
        queue.delete()
        queue.delete()
        for call in (queue.get_attributes, queue.receive_message, queue.peek_message):
            refused(self, "QueueNotExist", call)
        refused(self, "QueueNotExist", queue.send_message, Message("x"))
        refused(self, "QueueNotExist", queue.set_attributes, meta())
        refused(self, "QueueNotExist", queue.batch_send_message, [Message("x")])
        refused(self, "QueueNotExist", queue.batch_delete_message, ["x"])
        refused(self, "QueueNotExist", queue.delete_message, "x")
        refused(self, "QueueNotExist", queue.change_message_visibility, "x", 5)
        queue.create(meta())
        self.empty(queue.receive_message, 0)

    def test_out_of_range(self):
        for attributes in (
                dict(vis_timeout=43201), dict(max_msg_size=1023), dict(max_msg_size=65537), dict(msg_ttl=59),
                dict(msg_ttl=604801), dict(delay_sec=604801), dict(polling_wait_sec=31)):
            queue = self.account.get_queue(harness.name("queue"))
            refused(self, "InvalidArgument", queue.create, meta(**attributes))
            refused(self, "QueueNotExist", queue.get_attributes)

    def test_names(self):
        for name in ("-a", "a.b", "a_b", "a%20b"):
            refused(self, "InvalidQueueName", self.account.get_queue(name).create, meta())
        refused(self, "QueueNameLengthError", self.account.get_queue("a" * 121).create, meta())
        self.account.get_queue("9" + "a" * 119).create(meta())

    def test_lists_through_ten_pages(self):
        prefix = harness.name("listed") + "-"
        names = ["%s%02d" % (prefix, number) for number in range(30)]
        for name in reversed(names):
            self.account.get_queue(name).create(meta())
        urls, marker, pages = [], "", 0
        while True:
            page, marker = self.account.list_queue(prefix, 3, marker)
            self.assertEqual(len(page), 3)
            urls += page
            pages += 1
            if marker == "":
                break
        self.assertEqual(pages, 10)
        self.assertEqual(urls, ["%s/queues/%s" % (harness.ENDPOINT, name) for name in names])
        self.assertEqual(self.account.list_queue("nobody-has-this"), ([], ""))
        self.assertIn(urls[0], self.account.list_queue()[0])
        refused(self, "InvalidArgument", self.account.list_queue, prefix, 1001)

    def test_account(self):
        # The library can't read an account's attributes on Python 3, in its own code.
        from mns.account import AccountMeta
        self.account.set_attributes(AccountMeta("bucket"))


class Sending(QueueCase):
    def test_bodies(self):
        queue = self.queue()
        for body in ("{\"a\": \"<b>&'\"}", "你好 𝄞", " \r\n\t ", "x" * 40000, "]]>", "%41+%2B"):
            sent = queue.send_message(Message(body))
            encoded = base64.b64encode(body.encode()).decode()
            self.assertEqual(sent.message_body_md5, md5(encoded))
            got = queue.receive_message()
            self.assertEqual(got.message_body, body)
            self.assertEqual((got.message_id, got.message_body_md5), (sent.message_id, sent.message_body_md5))
            queue.delete_message(got.receipt_handle)

    def test_bodies_are_never_decoded(self):
        queue = self.queue()
        queue.send_message(Message("plain"))
        queue.set_encoding(False)
        self.assertEqual(queue.receive_message().message_body, base64.b64encode(b"plain").decode())

    def test_out_of_range(self):
        queue = self.queue(max_msg_size=1024)
        for message in (Message("x", priority=0), Message("x", priority=17), Message("x", 604801), Message("x" * 1024)):
            refused(self, "InvalidArgument", queue.send_message, message)
        queue.send_message(Message("x" * 768))

    def test_priority(self):
        queue = self.queue()
        for body, priority in (("a8", None), ("z16", 16), ("b8", 8), ("a1", 1), ("b1", 1)):
            queue.send_message(Message(body, priority=priority))
        got = queue.batch_receive_message(16)
        self.assertEqual([m.message_body for m in got], [b"a1", b"b1", b"a8", b"b8", b"z16"])
        self.assertEqual([m.priority for m in got], [1, 1, 8, 8, 16])

    def test_delay(self):
        queue = self.queue(delay_sec=600)
        queue.send_message(Message("late"))
        queue.send_message(Message("now", delay_seconds=0))
        self.assertEqual(queue.receive_message().message_body, "now")
        begun = time.time()
        queue.send_message(Message("soon", delay_seconds=1))
        self.assertEqual(queue.receive_message(10).message_body, "soon")
        self.assertTrue(0.9 < time.time() - begun < 5)

    def test_batch(self):
        queue = self.queue()
        sent = queue.batch_send_message([Message("m%d" % number) for number in range(16)])
        self.assertEqual(len({message.message_id for message in sent}), 16)
        self.assertEqual(sent[3].message_body_md5, md5(base64.b64encode(b"m3")))
        got = queue.batch_receive_message(16)
        self.assertEqual([m.message_body for m in got], [b"m%d" % number for number in range(16)])
        self.assertEqual([m.message_id for m in got], [m.message_id for m in sent])

    def test_batch_that_fails_in_part(self):
        queue = self.queue(max_msg_size=1024)
        error = refused(
            self, "InvalidArgument", queue.batch_send_message,
            [Message("good"), Message("x", priority=17), Message("x" * 2000), Message("fine", delay_seconds=0)])
        self.assertEqual(len(error.sub_errors), 4)
        self.assertEqual(sorted(error.sub_errors[0]), ["MessageBodyMD5", "MessageId"])
        self.assertEqual(sorted(error.sub_errors[1]), ["ErrorCode", "ErrorMessage"])
        self.assertEqual(error.sub_errors[2]["ErrorCode"], "InvalidArgument")
        self.assertEqual([m.message_body for m in queue.batch_receive_message(16)], [b"good", b"fine"])

    def test_batch_sizes(self):
        queue = self.queue()
        refused(self, "InvalidArgument", queue.batch_send_message, [Message("x")] * 17)
        refused(self, "InvalidArgument", queue.batch_send_message, [])
        for count in (0, 17):
            refused(self, "InvalidArgument", queue.batch_receive_message, count)
            refused(self, "InvalidArgument", queue.batch_peek_message, count)


class Receiving(QueueCase):
    def test_every_attribute(self):
        queue = self.queue()
        begun = time.time() * 1000
        queue.send_message(Message("x"))
        got = queue.receive_message()
        self.assertTrue(begun - 1000 <= got.enqueue_time <= time.time() * 1000 + 1)
        self.assertTrue(got.enqueue_time <= got.first_dequeue_time <= time.time() * 1000 + 1)
        self.assertTrue(29000 < got.next_visible_time - time.time() * 1000 < 31000)
        self.assertEqual((got.dequeue_count, got.priority), (1, 8))
        self.assertRegex(got.receipt_handle, "^[A-Za-z0-9_.-]+$")

    def test_a_wait_ends_with_a_message(self):
        queue = self.queue()
        found = {}

        def wait():
            found["message"] = harness.account().get_queue(self.name).receive_message(30)

        waiter = threading.Thread(target=wait)
        waiter.start()
        self.until_one_waits()
        sent = time.time()
        queue.send_message(Message("awaited"))
        waiter.join(20)
        self.assertEqual(found["message"].message_body, "awaited")
        self.assertLess(time.time() - sent, 2)

    def test_a_wait_ends_without_one(self):
        queue = self.queue(polling_wait_sec=20)
        for call in (lambda: queue.receive_message(2), lambda: queue.batch_receive_message(3, 2)):
            begun = time.time()
            self.empty(call)
            self.assertTrue(1.9 < time.time() - begun < 4)
        begun = time.time()
        self.empty(queue.receive_message, 0)
        self.assertLess(time.time() - begun, 1)

    def test_the_queues_own_wait_is_thirty_seconds(self):
        queue = self.queue(polling_wait_sec=30)
        begun = time.time()
        self.empty(queue.receive_message)
        self.assertTrue(29.5 < time.time() - begun < 33)
        refused(self, "InvalidArgument", queue.receive_message, 31)

    def test_visibility_passes(self):
        queue = self.queue(vis_timeout=1)
        queue.send_message(Message("x"))
        first = queue.receive_message()
        self.empty(queue.receive_message, 0)
        second = queue.receive_message(5)
        self.assertEqual((second.message_id, second.dequeue_count), (first.message_id, 2))
        self.assertEqual(second.first_dequeue_time, first.first_dequeue_time)
        self.assertNotEqual(second.receipt_handle, first.receipt_handle)
        refused(self, "ReceiptHandleError", queue.delete_message, first.receipt_handle)
        refused(self, "ReceiptHandleError", queue.change_message_visibility, first.receipt_handle, 5)
        queue.delete_message(second.receipt_handle)
        self.empty(queue.receive_message, 2)

    def test_change_visibility(self):
        queue = self.queue()
        queue.send_message(Message("x"))
        got = queue.receive_message()
        changed = queue.change_message_visibility(got.receipt_handle, 100)
        self.assertTrue(98000 < int(changed.next_visible_time) - time.time() * 1000 < 101000)
        self.assertNotEqual(changed.receipt_handle, got.receipt_handle)
        refused(self, "ReceiptHandleError", queue.delete_message, got.receipt_handle)
        # The library itself lets no other value through.
        target = "/queues/%s/messages?ReceiptHandle=%s&VisibilityTimeout=" % (self.name, changed.receipt_handle)
        for seconds in ("43201", "-1", "x"):
            error(self, signed("PUT", target + seconds), 400, "InvalidArgument")
        soon = queue.change_message_visibility(changed.receipt_handle, 1)
        again = queue.receive_message(5)
        self.assertEqual(again.dequeue_count, 2)
        refused(self, "ReceiptHandleError", queue.delete_message, soon.receipt_handle)

    def test_delete(self):
        queue = self.queue()
        queue.send_message(Message("x"))
        got = queue.receive_message()
        queue.delete_message(got.receipt_handle)
        refused(self, "MessageNotExist", queue.delete_message, got.receipt_handle)
        refused(self, "ReceiptHandleError", queue.delete_message, "junk")

    def test_batch_delete(self):
        queue = self.queue()
        queue.batch_send_message([Message("m%d" % number) for number in range(3)])
        handles = [m.receipt_handle for m in queue.batch_receive_message(3)]
        queue.batch_delete_message(handles[:1])
        error = refused(
            self, "MessageNotExist", queue.batch_delete_message, [handles[0], handles[1], "junk"])
        self.assertEqual([e["ReceiptHandle"] for e in error.sub_errors], [handles[0], "junk"])
        self.assertEqual(error.sub_errors[1]["ErrorCode"], "ReceiptHandleError")
        found = queue.get_attributes()
        self.assertEqual((found.active_messages, found.inactive_messages), (0, 1))
        refused(self, "InvalidArgument", queue.batch_delete_message, handles * 6)

    def test_peek(self):
        queue = self.queue()
        self.empty(queue.peek_message)
        self.empty(queue.batch_peek_message, 5)
        queue.batch_send_message([Message("a"), Message("b")])
        peeked = queue.peek_message()
        self.assertEqual((peeked.message_body, peeked.dequeue_count, peeked.first_dequeue_time), ("a", 0, 0))
        self.assertEqual([m.message_body for m in queue.batch_peek_message(16)], ["a", "b"])
        self.assertEqual(queue.receive_message().message_body, "a")
        self.assertEqual(queue.peek_message().message_body, "b")

    def test_a_receiver_that_is_gone_takes_no_message(self):
        queue = self.queue()
        target = "/queues/%s/messages?waitseconds=30" % self.name
        for _ in range(5):
            with self.assertRaises(TimeoutError):
                signed("GET", target, timeout=0.3)
        # Whoever waits behind them would be served later than they.
        queue.send_message(Message("x"))
        got = queue.receive_message(5)
        self.assertEqual((got.message_body, got.dequeue_count), ("x", 1))

    def test_one_message_has_one_receiver(self):
        queue = self.queue()
        queue.batch_send_message([Message("m%d" % number) for number in range(16)])
        got, lock = [], threading.Lock()

        def work():
            mine = harness.account().get_queue(self.name)
            while True:
                try:
                    message = mine.receive_message(0)
                except Exception:
                    return
                with lock:
                    got.append(message.message_body)
                mine.delete_message(message.receipt_handle)

        workers = [threading.Thread(target=work) for _ in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(30)
        self.assertEqual(sorted(got), sorted("m%d" % number for number in range(16)))
        self.assertEqual(queue.get_attributes().active_messages, 0)


class WithFlows(QueueCase):
    def test_what_a_flow_sends_a_program_receives(self):
        queue = self.queue()
        queue.set_encoding(False)
        client = harness.core()
        from aliyunsdkfnf.request.v20190315 import CreateFlowRequest, ReportTaskSucceededRequest
        from aliyunsdkfnf.request.v20190315 import DescribeExecutionRequest, StartExecutionRequest
        import json
        flow = harness.name("flow")
        harness.do(
            client, CreateFlowRequest.CreateFlowRequest(), Name=flow, Type="FDL", Description="",
            Definition=harness.ASK % self.name)
        harness.do(client, StartExecutionRequest.StartExecutionRequest(), FlowName=flow, ExecutionName="1run")
        got = queue.receive_message(20)
        token = json.loads(got.message_body)["taskToken"]
        harness.do(
            client, ReportTaskSucceededRequest.ReportTaskSucceededRequest(), TaskToken=token,
            Output='{"answer": 42}')
        queue.delete_message(got.receipt_handle)
        done = harness.do(
            client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=flow, ExecutionName="1run",
            WaitTimeSeconds=8)
        self.assertEqual(done["Status"], "Succeeded")
        self.assertEqual(json.loads(done["Output"])["answer"], 42)

    def test_what_fnfctl_sends_a_program_receives(self):
        queue = self.queue()
        queue.set_encoding(False)
        harness.fnfctl("queue", "send", self.name, "by hand & <more>")
        self.assertEqual(queue.receive_message(5).message_body, "by hand & <more>")


class Kills(QueueCase):
    def kill_engine(self):
        listed = subprocess.run(["ps", "-eo", "pid,ppid,comm"], capture_output=True, text=True, check=True).stdout
        rows = [line.split() for line in listed.splitlines()]
        engines = [row for row in rows if row[1] == str(harness.UP_PID) and row[2] == "flow-engine"]
        os.kill(int(engines[0][0]), signal.SIGKILL)

    def test_messages_survive_and_a_wait_goes_on(self):
        queue = self.queue()
        sent = queue.send_message(Message("kept"))
        taken = queue.receive_message()
        found = {}

        def wait():
            try:
                found["message"] = harness.account().get_queue(self.name).receive_message(20)
            except Exception as fault:
                found["fault"] = fault

        waiter = threading.Thread(target=wait)
        waiter.start()
        self.until_one_waits()
        self.kill_engine()
        queue.send_message(Message("sent after the kill"))
        waiter.join(30)
        self.assertNotIn("fault", found)
        self.assertEqual(found["message"].message_body, "sent after the kill")
        self.assertEqual(taken.message_id, sent.message_id)
        queue.delete_message(taken.receipt_handle)
        queue.delete_message(found["message"].receipt_handle)
        self.assertEqual(queue.get_attributes().inactive_messages, 0)
