"""The console as operators use it: every page looked at in each way, and what can be done there done."""

import json
import unittest

import harness
import population
from harness import Browser, ask

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & 你好"
MADE = {}


def setUpModule():
    MADE.update(population.populate())


def tearDownModule():
    harness.close_browsers()


def pages():
    flow = harness.FLOW
    shown = [
        "/console", "/console/executions", "/console/executions?status=Failed", "/console/waiting", "/console/queues",
        "/console/schedules", "/console/suppliers", "/console/payments", "/console/flows", "/console/flows/" + flow,
        "/console/flows/%s/edit" % flow, "/console/flows/%s/simulate" % flow, "/console/flows/new",
    ]
    return shown + ["/console/executions/%s/%s" % place for place in MADE["executions"].values()]


class Looking(unittest.TestCase):
    def look(self, **kind):
        b = Browser(**kind)
        b.sign_in()
        b.wait(lambda: b.path == "/console")
        for path in pages():
            with self.subTest(path=path, **kind):
                b.go(path)
                self.assertEqual(b.barriers(), [])
                self.assertLessEqual(b.overflow(), 0)
                self.assertEqual(b.complaints(), [])
                self.assertLess(len(b.source.encode()), 150_000)
        b.close()

    def test_on_a_desk(self):
        self.look()

    def test_on_a_phone(self):
        self.look(size=harness.PHONE)

    def test_in_the_dark(self):
        self.look(dark=True)

    def test_nobody_looks_without_signing_in(self):
        for path in pages():
            status, headers, _ = ask("GET", path)
            self.assertEqual(status, 303, path)
            self.assertTrue(headers["Location"].startswith("/signin?to="), path)

    def test_without_javascript_every_page_can_be_read(self):
        cookie = harness.session()
        for path in pages():
            status, headers, text = ask("GET", path, cookie=cookie)
            self.assertEqual(status, 200, path)
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertNotIn(" style=", text, path)
            self.assertNotIn("<style", text, path)


class Using(unittest.TestCase):
    def setUp(self):
        self.b = Browser()

    def tearDown(self):
        self.assertEqual(self.b.complaints(), [])
        self.b.close()

    def test_a_link_by_keys(self):
        b = self.b
        b.sign_in()
        b.wait(lambda: b.path == "/console")
        b.press("g", "e")
        b.wait(lambda: b.path == "/console/executions")
        b.press("/")
        self.assertTrue(b.script("return document.activeElement.matches('[data-search]')"))

    def test_an_order_is_found_by_its_number(self):
        b = self.b
        number = MADE["orders"]["completed"]
        b.sign_in(to="/console/executions")
        b.wait(lambda: b.path == "/console/executions")
        b.fill("[data-search]", number)
        b.one("[data-search]").submit()
        b.wait(lambda: "/console/executions/%s/%s" % (harness.FLOW, number) in b.source)

    def test_a_page_of_a_running_execution_goes_on_by_itself(self):
        b = self.b
        name = harness.name("live")
        harness.fnfctl("execution", "start", "Approval", "--name", name, "--input", json.dumps({"amount": 7}))
        b.sign_in(to="/console/executions/Approval/" + name)
        b.wait_text("Running")
        b.wait(lambda: b.one("main").get_attribute("data-live") == "on")
        found = json.loads(harness.fnfctl("call", "flow-engine", "ListOpenTasks", json.dumps(
            {"FlowName": "Approval", "ExecutionName": name})))
        harness.fnfctl("task", "succeed", found["Tasks"][0]["TaskToken"], "--output", json.dumps({"approved": True}))
        b.wait_text("Succeeded")

    def test_what_somebody_writes_is_shown_as_text(self):
        b = self.b
        name = harness.name("hostile")
        harness.fnfctl("execution", "start", "Approval", "--name", name, "--input",
                       json.dumps({"amount": HOSTILE, HOSTILE: 1}), "--label", "note=" + HOSTILE)
        b.sign_in(to="/console/executions/Approval/" + name)
        b.wait_text("Running")
        self.assertIn("onerror=alert(2)", b.text)
        self.assertEqual(b.all("main img, main script"), [])
        for path in ["/console/executions?q=" + harness.urllib.parse.quote(HOSTILE), "/console/waiting"]:
            b.go(path)
            self.assertEqual(b.all("main img, main script"), [])

    def test_a_reader_changes_nothing(self):
        harness.fnfctl("key", "create", "--id", "reader", "--secret-file", "-", "--role", "read", "--replace",
                       text="reader-secret\n")
        cookie = harness.session("reader", "reader-secret")
        flow, name = MADE["executions"]["open"]
        page = ask("GET", "/console/executions/%s/%s" % (flow, name), cookie=cookie)[2]
        form = {"csrf": harness.token(page), "reason": "none"}
        for path in [
            "/console/executions/%s/%s/stop" % (flow, name), "/console/flows/%s/delete" % flow,
            "/console/flows/%s/publish" % flow,
        ]:
            self.assertIn(ask("POST", path, form=form, cookie=cookie)[0], (403, 404), path)
        self.assertEqual(harness.fnfctl_json("execution", "describe", flow, name)["Status"], "Running")
        # A task's token opens the task: who may only read does not see it.
        token = json.loads(harness.fnfctl("call", "flow-engine", "ListOpenTasks", json.dumps(
            {"FlowName": flow, "ExecutionName": name})))["Tasks"][0]["TaskToken"]
        self.assertNotIn(token, page)
        self.assertNotIn(token, ask("GET", "/console/waiting", cookie=cookie)[2])
