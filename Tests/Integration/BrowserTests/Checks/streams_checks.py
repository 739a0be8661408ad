"""Ten thousand pages that wait for something to happen, and who else is served meanwhile."""

import json
import os
import re
import resource
import select
import socket
import unittest

import harness
import population
from harness import ask

STREAMS = 10_000
ORDERS = 40


def process(program):
    """The program's process among those of the system under test."""
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry) as f:
                parent = int(f.read().rsplit(")", 1)[1].split()[1])
            if parent == harness.UP_PID and os.path.basename(os.readlink("/proc/%s/exe" % entry)) == program:
                return int(entry)
        except (OSError, IndexError):
            pass
    raise AssertionError("%s does not run" % program)


def kibibytes(program):
    with open("/proc/%d/status" % process(program)) as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))


def connections(service):
    return json.loads(harness.fnfctl("call", service, "service.status", "{}"))["connections"]


class Streams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (STREAMS + 500, max(hard, STREAMS + 500)))
        harness.demo_flow()
        products = harness.fnfctl_json("product", "list", "--supplier", "haidilao")
        product = next(population.find(products, "product"))["product"]
        cls.orders = []
        for _ in range(ORDERS):
            number = harness.name("stream")
            harness.fnfctl("order", "submit", "--order", number, "--supplier", "haidilao", "--item", product + "=1",
                           "--address", "West Lake 1")
            cls.orders.append(number)
        for number in cls.orders:
            population.until(lambda: harness.shown_order(number)["status"] == "awaitingPayment")

    def open(self, number):
        host, port = harness.HOST.split(":")
        connection = socket.create_connection((host, int(port)), timeout=60)
        connection.sendall(("GET /shop/orders/%s/events HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n" % (
            number, harness.HOST)).encode())
        return connection

    def read(self, connection, words):
        text = b""
        while words not in text:
            part = connection.recv(65536)
            self.assertTrue(part, text)
            text += part
        return text

    def open_all(self):
        opened = [(self.orders[i % ORDERS], self.open(self.orders[i % ORDERS])) for i in range(STREAMS)]
        for _, connection in opened:
            head = self.read(connection, b"event: change")
            self.assertIn(b"text/event-stream", head)
        return opened

    def test_ten_thousand(self):
        store = connections("order-store")
        before = kibibytes("flow-web")
        opened = self.open_all()
        grown = kibibytes("flow-web") - before
        # However many pages wait, order-store is asked by one stream.
        self.assertLessEqual(connections("order-store"), store + 2)
        for path in ["/shop", "/shop/orders/" + self.orders[0], "/signin"]:
            self.assertEqual(ask("GET", path)[0], 200)
        harness.fnfctl("status")

        # Those of one order hear of it, each of them, and of its end.
        paid = self.orders[0]
        total = harness.shown_order(paid)["total"]
        population.until(lambda: harness.fnfctl(
            "order", "pay", paid, "--method", "weixin", "--price", total, ok=False).returncode == 0)
        for number, connection in opened:
            if number == paid:
                self.read(connection, b"event: end")
        quiet = select.poll()
        for number, connection in opened[1:ORDERS]:
            quiet.register(connection, select.POLLIN)
        heard = [fd for fd, _ in quiet.poll(0)]
        loud = [c.recv(65536) for _, c in opened[1:ORDERS] if c.fileno() in heard]
        # A sign of life may come to others, an event may not.
        self.assertTrue(all(b"event: end" not in text for text in loud), loud)

        for _, connection in opened:
            connection.close()
        type(self).orders = [n for n in self.orders if n != paid] + [self.orders[1]]
        population.until(lambda: json.loads(
            harness.fnfctl("call", "flow-web", "service.status", "{}"))["connections"] < 50)
        # The next ten thousand take the room of these.
        again = self.open_all()
        grown_again = kibibytes("flow-web") - before
        for _, connection in again:
            connection.close()
        print("KiB of flow-web for each of %d idle streams, twice: %.1f, %.1f" % (
            STREAMS, grown / STREAMS, grown_again / STREAMS))
        self.assertLess(grown_again, grown * 1.25 + 20_000)

    def test_there_is_no_stream_of_nobodys_order(self):
        self.assertIn(ask("GET", "/shop/orders/%00/events")[0], (400, 404))
