"""The order of the demo, end to end: flow, topics and queue made by the libraries, the article's own handlers behind
the small runner, the payment sent as the article's function sends it."""

import json
import os
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
import urllib.request
import uuid

import harness as h
from aliyunsdkfnf.request.v20190315 import (
    CreateFlowRequest, DescribeExecutionRequest, GetExecutionHistoryRequest)
from mns.queue import QueueMeta

FLAGS = ["--legacy-http", "0"]
FLOW = "OrderDemo-Jiyuan"
HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "..", "..", "docs", "examples")

_processes = []


def resources(port):
    with open(EXAMPLES + "/resources.d/order-demo-python.yaml") as file:
        return file.read().replace("127.0.0.1:9000", "127.0.0.1:%d" % port)


def started(*command):
    """A program of the examples, once it says where it serves."""
    environment = dict(
        os.environ, FNF_ENDPOINT=h.ENDPOINT, FNF_ACCESS_KEY_ID=h.KEY_ID, FNF_ACCESS_KEY_SECRET=h.KEY_SECRET,
        ORDER_SERVICE=h.LEGACY, FUNCTION_TIMEOUT="90")
    log = open(h.FOLDER + "/handlers.log", "a")
    process = subprocess.Popen(
        [sys.executable] + list(command), env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    _processes.append(process)
    line = process.stdout.readline()
    if not line.startswith("http://"):
        raise AssertionError("%s said %r" % (command, line))
    # aliyun-mns prints; nobody may wait for a reader.
    threading.Thread(target=process.stdout.read, daemon=True).start()
    return line.split()[0]


def setUpModule():
    global PAY
    started(EXAMPLES + "/http-runner.py", EXAMPLES + "/order-demo-handlers", str(h.FUNCTION_PORT))
    PAY = started(EXAMPLES + "/order-demo-handlers/pay.py", "0")
    h.account().get_queue("payment-queue-fnf-demo").create(QueueMeta())
    with open(EXAMPLES + "/order-demo.yaml") as file:
        h.do(h.core(), CreateFlowRequest.CreateFlowRequest(), Name=FLOW, Definition=file.read(), Description="",
             Type="FDL")


def tearDownModule():
    for process in _processes:
        # A payment that nobody makes is waited for in a process of its own.
        with open("/proc/%d/task/%d/children" % (process.pid, process.pid)) as file:
            calls = file.read().split()
        for pid in [process.pid] + [int(call) for call in calls]:
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                continue
        process.wait(10)


class Order(unittest.TestCase):
    def setUp(self):
        self.client = h.core(timeout=70)

    def history(self, number):
        return h.do(self.client, GetExecutionHistoryRequest.GetExecutionHistoryRequest(), FlowName=FLOW,
                    ExecutionName=number, Limit=1000)["Events"]

    def wait_for(self, number, kind, step):
        for _ in range(300):
            if any((event["Type"], event["StepName"]) == (kind, step) for event in self.history(number)):
                return
            status = h.do(self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=FLOW,
                          ExecutionName=number)["Status"]
            self.assertEqual("Running", status, json.dumps(self.history(number)[-4:]))
            time.sleep(0.1)
        self.fail("no %s of %s: %s" % (kind, step, json.dumps(self.history(number)[-4:])))

    def pay(self, method, price):
        body = urllib.parse.quote(json.dumps({"paymentMethod": method, "price": price})).encode("GBK")
        with urllib.request.urlopen(PAY + "/", body, timeout=20) as answer:
            self.assertEqual(b"Hello world!\n", answer.read())

    def ended(self, number):
        return h.do(self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=FLOW,
                    ExecutionName=number, WaitTimeSeconds=60)

    def steps(self, number, kind="TaskSucceeded"):
        return [event["StepName"] for event in self.history(number) if event["Type"] == kind]

    def order(self, supplier, method, price):
        """From the order page to its end; the number is a UUID as the page makes it."""
        number = str(uuid.uuid1())
        data = {"products": "milk", "supplier": supplier, "orderNum": number, "address": "杭州"}
        path = "/startFNF/%s/%s/%s" % (FLOW, number, urllib.parse.quote(json.dumps(data), safe=""))
        with urllib.request.urlopen(h.LEGACY + path, timeout=20) as answer:
            self.assertEqual("success", json.load(answer)["message"])
        # Its handler answers when somebody has paid; until then it waits at the queue.
        self.wait_for(number, "TaskScheduled", "payment")
        self.pay(method, price)
        return number, self.ended(number)

    def test_paid_by_each_method(self):
        for method in ("zhifubao", "weixin", "unionpay"):
            with self.subTest(method):
                number, ended = self.order("xiaomi", method, "100")
                self.assertEqual("Succeeded", ended["Status"], json.dumps(self.history(number)[-6:]))
                self.assertEqual(["generateInfo", "payment", method, "orderCompleted"], self.steps(number))

    def test_the_supplier_decides_what_may_be_paid_with(self):
        number, ended = self.order("haidilao", "zhifubao", "50")
        self.assertEqual("Succeeded", ended["Status"])
        reported = [json.loads(event["EventDetail"]) for event in self.history(number)
                    if (event["Type"], event["StepName"]) == ("TaskSucceeded", "generateInfo")]
        self.assertIn("zhifubao,weixin", json.dumps(reported))

    def test_another_method_cancels(self):
        number, ended = self.order("xiaomi", "cowries", "1")
        self.assertEqual("Succeeded", ended["Status"])
        self.assertEqual("orderCanceled", self.steps(number)[-1])


if __name__ == "__main__":
    unittest.main()
