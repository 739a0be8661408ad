"""Five thousand idle long polls: nobody else notices, the memory stays flat, and all of them end when told."""

import json
import os
import resource
import select
import signal
import socket
import threading
import time
import unittest
import urllib.parse

import harness as h
from aliyunsdkfnf.request.v20190315 import (
    CreateFlowRequest, DescribeExecutionRequest, StartExecutionRequest, StopExecutionRequest)

POLLS = 5000


def pids(name):
    """The processes of a service that the system under test has started."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/stat" % pid) as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
            if parent == h.UP_PID and os.readlink("/proc/%s/exe" % pid).endswith("/" + name):
                found.append(int(pid))
        except OSError:
            continue
    return found


def kibibytes(name):
    total = 0
    for pid in pids(name):
        with open("/proc/%d/status" % pid) as file:
            total += sum(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return total


def until_waiting(count):
    """Returns once so many requests wait at the engine."""
    waits = None
    for _ in range(300):
        for line in h.fnfctl("metrics", "flow-web").splitlines():
            if line.startswith("fnf_web_engine_waits "):
                waits = int(line.split()[1])
        if waits == count:
            return
        time.sleep(0.1)
    raise AssertionError("%s requests wait, not %d" % (waits, count))


class Polls(unittest.TestCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < POLLS + 200:
            resource.setrlimit(resource.RLIMIT_NOFILE, (POLLS + 200, max(hard, POLLS + 200)))
        self.client = h.core(timeout=70)
        self.flow = h.name("Polled")
        h.do(self.client, CreateFlowRequest.CreateFlowRequest(), Name=self.flow, Definition=h.WAIT % 1000,
             Description="", Type="FDL")
        h.do(self.client, StartExecutionRequest.StartExecutionRequest(), FlowName=self.flow, ExecutionName="e")

    def poll(self):
        mine = {"FlowName": self.flow, "ExecutionName": "e", "WaitTimeSeconds": "60"}
        shared = h.common("DescribeExecution", **mine)
        shared["Signature"] = h.sign1("GET", shared)
        host, port = h.HOST.split(":")
        connection = socket.create_connection((host, int(port)), timeout=30)
        connection.sendall(("GET /?%s HTTP/1.1\r\nHost: %s\r\n\r\n" % (
            urllib.parse.urlencode(shared), h.HOST)).encode())
        return connection

    def test_five_thousand(self):
        before = kibibytes("flow-web")
        connections, longest = [], 0
        begun = time.time()
        for number in range(POLLS):
            connecting = time.time()
            connections.append(self.poll())
            longest = max(longest, time.time() - connecting)
            if number % 500 == 499:
                h.do(self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=self.flow,
                     ExecutionName="e")
        self.assertLess(time.time() - begun, 55, "the first polls may be over")
        # One that finds the listener's queue full tries again after a second.
        self.assertLess(longest, 0.9)
        until_waiting(POLLS)
        # Nobody has an answer, and others are served.
        poller = select.poll()
        for connection in connections:
            poller.register(connection, select.POLLIN)
        self.assertEqual([], poller.poll(0))
        grown = kibibytes("flow-web") - before
        print("%d polls in %.1f s: flow-web grew by %d KiB" % (POLLS, time.time() - begun, grown))
        self.assertLess(grown, POLLS * 64)
        begun = time.time()
        h.do(self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=self.flow,
             ExecutionName="e")
        self.assertLess(time.time() - begun, 2)
        h.do(self.client, StopExecutionRequest.StopExecutionRequest(), FlowName=self.flow, ExecutionName="e")
        for connection in connections:
            text = b""
            while b"\r\n\r\n" not in text or not text.rstrip().endswith(b"}"):
                part = connection.recv(65536)
                self.assertTrue(part, text[:200])
                text += part
            self.assertEqual("Stopped", json.loads(text.split(b"\r\n\r\n", 1)[1])["Status"])
            connection.close()

    def test_those_that_hang_up_are_forgotten(self):
        for _ in range(20):
            for connection in [self.poll() for _ in range(100)]:
                connection.close()
        until_waiting(0)
        self.assertEqual("Running", h.do(
            self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=self.flow,
            ExecutionName="e")["Status"])

    def test_an_engine_that_is_killed_under_load_is_not_noticed(self):
        begun, answers, errors = time.time(), [], []

        def work(number):
            client = h.core(timeout=30)
            count = 0
            while time.time() - begun < 6:
                execution = "%d-%d" % (number, count)
                count += 1
                try:
                    answers.append(h.do(
                        client, StartExecutionRequest.StartExecutionRequest(), FlowName=self.flow,
                        ExecutionName=execution)["Name"])
                    h.do(client, StopExecutionRequest.StopExecutionRequest(), FlowName=self.flow,
                         ExecutionName=execution)
                except Exception as error:
                    errors.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        killed = 0
        while time.time() - begun < 5:
            time.sleep(1)
            for pid in pids("flow-engine"):
                os.kill(pid, signal.SIGKILL if killed % 2 else signal.SIGTERM)
                killed += 1
        for thread in threads:
            thread.join(60)
        self.assertEqual([], errors)
        self.assertGreater(killed, 2)
        self.assertEqual(len(answers), len(set(answers)))
        print("%d executions while the engine ended %d times" % (len(answers), killed))

    def test_an_engine_that_is_killed_loses_no_poll(self):
        connections = [self.poll() for _ in range(50)]
        until_waiting(50)
        for pid in pids("flow-engine"):
            os.kill(pid, 9)
        self.assertEqual("Running", h.do(
            self.client, DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=self.flow,
            ExecutionName="e")["Status"])
        h.do(self.client, StopExecutionRequest.StopExecutionRequest(), FlowName=self.flow, ExecutionName="e")
        for connection in connections:
            text = connection.recv(65536)
            self.assertIn(b'"Status":"Stopped"', text)
            connection.close()


if __name__ == "__main__":
    unittest.main()
