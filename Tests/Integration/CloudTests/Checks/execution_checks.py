"""The actions about executions and the tasks in them, with both libraries."""

import base64
import concurrent.futures
import json
import threading
import time
import unittest
import uuid

import harness as h
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkfnf.request.v20190315 import (
    CreateFlowRequest, DeleteFlowRequest, DescribeExecutionRequest, GetExecutionHistoryRequest,
    ListExecutionsRequest, ReportTaskFailedRequest, ReportTaskSucceededRequest, StartExecutionRequest,
    StartSyncExecutionRequest, StopExecutionRequest)
from alibabacloud_fnf20190315 import models as m

EXECUTION = {
    "FlowName", "Name", "Status", "Input", "Output", "StartedTime", "StoppedTime", "FlowDefinition", "RequestId",
}
Start = StartExecutionRequest.StartExecutionRequest
Describe = DescribeExecutionRequest.DescribeExecutionRequest
FAIL = "version: v1\ntype: flow\nsteps:\n  - type: fail\n    name: broken\n    error: OutOfStock\n    cause: sold out\n"
ECHO = """version: v1
type: flow
steps:
  - type: pass
    name: echo
    outputMappings:
      - target: said
        source: $input.word
"""


class Base(unittest.TestCase):
    def setUp(self):
        self.client = h.core()

    def flow(self, definition=h.PASS, prefix="Run", **more):
        flow = h.name(prefix)
        h.do(self.client, CreateFlowRequest.CreateFlowRequest(), Name=flow, Definition=definition,
             Description="", Type="FDL", **more)
        return flow

    def start(self, flow, execution=None, **more):
        if execution is not None:
            more["ExecutionName"] = execution
        return h.do(self.client, Start(), FlowName=flow, **more)

    def describe(self, flow, execution, wait=None, client=None):
        more = {} if wait is None else {"WaitTimeSeconds": wait}
        return h.do(client or self.client, Describe(), FlowName=flow, ExecutionName=execution, **more)

    def refused(self, status, code, message, request, **values):
        with self.assertRaises(ServerException) as caught:
            h.do(self.client, request, **values)
        self.assertEqual(code, caught.exception.error_code, caught.exception)
        self.assertEqual(status, caught.exception.http_status)
        if message is not None:
            self.assertEqual(message, caught.exception.message)
        return caught.exception.message


class Executions(Base):
    def test_start(self):
        flow = self.flow(h.WAIT % 100)
        run = self.start(flow, "e1", Input='{"k": "v +"}')
        self.assertEqual(EXECUTION, set(run))
        self.assertEqual((flow, "e1", "Running", '{"k": "v +"}', "", "", h.WAIT % 100), (
            run["FlowName"], run["Name"], run["Status"], run["Input"], run["Output"], run["StoppedTime"],
            run["FlowDefinition"]))
        self.assertRegex(run["StartedTime"], r"Z$")

    def test_start_to_the_end(self):
        flow = self.flow(ECHO)
        self.start(flow, "e1", Input='{"word": "你好"}')
        ended = self.describe(flow, "e1", 10)
        self.assertEqual("Succeeded", ended["Status"])
        self.assertEqual({"said": "你好"}, json.loads(ended["Output"]))
        self.assertNotEqual("", ended["StoppedTime"])
        self.assertEqual(EXECUTION, set(ended))

    def test_start_without_name_and_input(self):
        flow = self.flow()
        run = self.start(flow)
        self.assertTrue(run["Name"])
        self.assertEqual("{}", run["Input"])
        self.assertNotEqual(run["Name"], self.start(flow)["Name"])

    def test_start_with_empty_input(self):
        self.assertEqual("{}", self.start(self.flow(), "e", Input="")["Input"])

    def test_start_names_with_a_digit_first(self):
        flow = self.flow()
        for execution in (str(uuid.uuid1()), "0", "9-9", "_x", "A" * 128):
            self.assertEqual(execution, self.start(flow, execution)["Name"])

    def test_start_wrong_names(self):
        flow = self.flow()
        for execution in ("a b", "a/b", "名", "x" * 129, "a:b"):
            self.refused(400, "InvalidArgument", None, Start(), FlowName=flow, ExecutionName=execution)

    def test_start_wrong_inputs(self):
        flow = self.flow()
        for text in ("x", "[1]", "1", '"a"', "{", "null", '{"a":1,"a":2}'):
            with self.subTest(text):
                self.refused(400, "InvalidArgument", None, Start(), FlowName=flow, Input=text)

    def test_start_too_large_input(self):
        self.refused(400, "EntityTooLarge", "The payload size exceeds maximum allowed size (1048576 bytes).",
                     Start(), FlowName=self.flow(), Input='{"a": "%s"}' % ("x" * (1 << 20)))

    def test_start_missing_flow(self):
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", Start(), FlowName="nope")
        self.refused(400, "MissingRequiredParams", "The HTTP query 'FlowName' must be specified.", Start())

    def test_start_a_running_namesake(self):
        flow = self.flow(h.WAIT % 100)
        first = self.start(flow, "same", Input='{"n": 1}')
        again = self.start(flow, "same", Input='{"n": 2}')
        self.assertEqual((first["StartedTime"], '{"n": 1}', "Running"), (
            again["StartedTime"], again["Input"], again["Status"]))

    def test_start_an_ended_namesake(self):
        flow = self.flow()
        self.start(flow, "same")
        self.describe(flow, "same", 10)
        self.refused(400, "ExecutionAlreadyExists", "Execution same for flow %s already exists." % flow, Start(),
                     FlowName=flow, ExecutionName="same")

    def test_start_the_same_at_once(self):
        flow = self.flow(h.WAIT % 100)
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            runs = list(pool.map(lambda _: h.do(h.core(), Start(), FlowName=flow, ExecutionName="e"), range(32)))
        self.assertEqual(1, len({run["StartedTime"] for run in runs}))
        listed = h.do(self.client, ListExecutionsRequest.ListExecutionsRequest(), FlowName=flow)
        self.assertEqual(1, len(listed["Executions"]))

    def test_start_an_express_flow(self):
        self.refused(400, "InvalidArgument", None, Start(), FlowName=self.flow(ExecutionMode="Express"))

    def test_places_of_the_parameters(self):
        flow = self.flow()
        # As the oldest library writes it: names in the query, the input in the body.
        names = {"FlowName": flow, "ExecutionName": "old"}
        shared = h.common("StartExecution", **names)
        shared["Signature"] = h.sign1("POST", {**shared, "Input": '{"a": "+ %"}'})
        answer = h.send("POST", "/?" + h.urllib.parse.urlencode(shared),
                        h.urllib.parse.urlencode({"Input": '{"a": "+ %"}'}),
                        {"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual('{"a": "+ %"}', answer.json["Input"])
        self.assertEqual("old", h.call1("DescribeExecution", names, "POST").json["Name"])

    def test_stop(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")
        Stop = StopExecutionRequest.StopExecutionRequest
        stopped = h.do(self.client, Stop(), FlowName=flow, ExecutionName="e", Error="Bored", Cause="by 你")
        self.assertEqual(EXECUTION | {"RoleArn"}, set(stopped))
        self.assertEqual("Stopped", self.describe(flow, "e", 5)["Status"])
        self.refused(400, "ExecutionAlreadyCompleted",
                     "Execution 'e' for flow '%s' has already completed." % flow, Stop(), FlowName=flow,
                     ExecutionName="e")
        self.refused(404, "ExecutionNotExists", "Execution no for flow %s does not exist." % flow, Stop(),
                     FlowName=flow, ExecutionName="no")
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", Stop(), FlowName="nope",
                     ExecutionName="no")

    def test_describe_missing(self):
        flow = self.flow()
        self.refused(404, "ExecutionNotExists", "Execution no for flow %s does not exist." % flow, Describe(),
                     FlowName=flow, ExecutionName="no")
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", Describe(), FlowName="nope",
                     ExecutionName="no")
        for missing, given in (("ExecutionName", "FlowName"), ("FlowName", "ExecutionName")):
            self.refused(400, "MissingRequiredParams", "The HTTP query '%s' must be specified." % missing,
                         Describe(), **{given: flow})

    def test_a_failure(self):
        flow = self.flow(FAIL)
        self.start(flow, "e")
        self.assertEqual("Failed", self.describe(flow, "e", 10)["Status"])
        history = h.do(self.client, GetExecutionHistoryRequest.GetExecutionHistoryRequest(), FlowName=flow,
                       ExecutionName="e")
        detail = json.loads(history["Events"][-1]["EventDetail"])
        self.assertEqual(("ExecutionFailed", "OutOfStock", "sold out"), (
            history["Events"][-1]["Type"], detail["error"], detail["cause"]))

    def test_delete_a_flow_that_runs(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")
        h.do(self.client, DeleteFlowRequest.DeleteFlowRequest(), Name=flow)
        self.refused(404, "FlowNotExists", None, Start(), FlowName=flow)
        History = GetExecutionHistoryRequest.GetExecutionHistoryRequest
        for request in (Describe(), History()):
            self.refused(404, "FlowNotExists", None, request, FlowName=flow, ExecutionName="e")
        h.do(self.client, CreateFlowRequest.CreateFlowRequest(), Name=flow, Definition=h.PASS, Description="d",
             Type="FDL")
        for request in (Describe(), History()):
            self.refused(404, "ExecutionNotExists", None, request, FlowName=flow, ExecutionName="e")
        self.assertEqual(h.PASS, self.start(flow, "e")["FlowDefinition"])
        self.assertEqual("Succeeded", self.describe(flow, "e", 10)["Status"])


class LongPolls(Base):
    def test_ends_with_the_execution(self):
        flow = self.flow(h.WAIT % 1)
        self.start(flow, "e")
        begun = time.time()
        self.assertEqual("Succeeded", self.describe(flow, "e", 9)["Status"])
        self.assertLess(time.time() - begun, 5)

    def test_times_out_with_the_state(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")
        begun = time.time()
        self.assertEqual("Running", self.describe(flow, "e", 2)["Status"])
        self.assertTrue(1.9 < time.time() - begun < 5)

    def test_of_zero_answers_at_once(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")
        begun = time.time()
        self.assertEqual("Running", self.describe(flow, "e", 0)["Status"])
        self.assertLess(time.time() - begun, 1)

    def test_longer_than_the_library_reads(self):
        flow = self.flow(h.WAIT % 12)
        self.start(flow, "e")
        begun = time.time()
        client = h.core(timeout=30)
        self.assertEqual("Succeeded", self.describe(flow, "e", 20, client)["Status"])
        self.assertGreater(time.time() - begun, 11)

    def test_wrong_times(self):
        flow = self.flow()
        self.start(flow, "e")
        for seconds in (61, -1, "x", "1.5"):
            self.refused(400, "InvalidArgument", None, Describe(), FlowName=flow, ExecutionName="e",
                         WaitTimeSeconds=seconds)
        self.describe(flow, "e", 60)

    def test_hundreds_at_once_hold_nobody_up(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")
        results = []

        def poll():
            results.append(self.describe(flow, "e", 30, h.core(timeout=60))["Status"])

        threads = [threading.Thread(target=poll) for _ in range(300)]
        for thread in threads:
            thread.start()
        begun = time.time()
        for _ in range(20):
            self.describe(flow, "e")
        self.assertLess(time.time() - begun, 10)
        h.do(self.client, StopExecutionRequest.StopExecutionRequest(), FlowName=flow, ExecutionName="e")
        for thread in threads:
            thread.join(40)
        self.assertEqual(["Stopped"] * 300, results)

    def test_a_client_that_hangs_up_is_forgotten(self):
        flow = self.flow(h.WAIT % 100)
        self.start(flow, "e")

        with self.assertRaises(Exception):
            h.call1("DescribeExecution", {"FlowName": flow, "ExecutionName": "e", "WaitTimeSeconds": "60"}, "GET",
                    timeout=1)
        self.assertEqual("Running", self.describe(flow, "e")["Status"])


class Lists(Base):
    def test_pages_of_executions(self):
        flow = self.flow()
        names = ["%02d-e" % number for number in range(25)]
        for execution in names:
            self.start(flow, execution, Input='{"n": "%s"}' % execution)
        self.describe(flow, names[-1], 10)
        seen, token = [], None
        while True:
            more = {"NextToken": token} if token else {}
            page = h.do(self.client, ListExecutionsRequest.ListExecutionsRequest(), FlowName=flow, Limit=10, **more)
            seen += page["Executions"]
            token = page.get("NextToken")
            if not token:
                break
            self.assertEqual(10, len(page["Executions"]))
        self.assertEqual(sorted(names), sorted(run["Name"] for run in seen))
        self.assertEqual(names[::-1], [run["Name"] for run in seen])
        self.assertEqual(EXECUTION - {"RequestId"}, set(seen[0]))
        self.assertEqual('{"n": "24-e"}', seen[0]["Input"])
        self.assertEqual(h.PASS, seen[0]["FlowDefinition"])

    def test_filters_of_executions(self):
        flow = self.flow(h.WAIT % 100)
        for execution in ("a-1", "a-2", "b-1"):
            self.start(flow, execution)
        h.do(self.client, StopExecutionRequest.StopExecutionRequest(), FlowName=flow, ExecutionName="a-2")
        List = ListExecutionsRequest.ListExecutionsRequest

        def names(**filters):
            return sorted(run["Name"] for run in h.do(self.client, List(), FlowName=flow, **filters)["Executions"])

        self.assertEqual(["a-1", "a-2"], names(ExecutionNamePrefix="a-"))
        self.assertEqual(["a-1", "b-1"], names(Status="Running"))
        self.assertEqual(["a-2"], names(Status="Stopped"))
        self.assertEqual([], names(Status="Succeeded"))
        self.assertEqual([], names(StartedTimeBegin="2099-01-01T00:00:00.000Z"))
        self.assertEqual([], names(StartedTimeEnd="2001-01-01T00:00:00Z"))
        self.assertEqual(3, len(names(StartedTimeBegin="2001-01-01T00:00:00Z", StartedTimeEnd="")))
        for wrong in ({"Status": "Bored"}, {"StartedTimeBegin": "soon"}, {"Limit": 0}, {"Limit": 101},
                      {"NextToken": "zzz"}):
            self.refused(400, "InvalidArgument", None, List(), FlowName=flow, **wrong)
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", List(), FlowName="nope")

    def test_metadata_only(self):
        flow = self.flow()
        self.start(flow, "e", Input='{"a": 1}')
        listed = h.tea().list_executions(m.ListExecutionsRequest(flow_name=flow, metadata_only=True)).body
        self.assertEqual("", listed.executions[0].input)

    def test_history(self):
        flow = self.flow(ECHO)
        self.start(flow, "e", Input='{"word": "你好"}')
        self.describe(flow, "e", 10)
        events, token = [], None
        while True:
            more = {"NextToken": token} if token else {}
            page = h.do(self.client, GetExecutionHistoryRequest.GetExecutionHistoryRequest(), FlowName=flow,
                        ExecutionName="e", Limit=2, **more)
            self.assertLessEqual(len(page["Events"]), 2)
            events += page["Events"]
            token = page.get("NextToken")
            if not token:
                break
            self.assertRegex(token, r"^\d+$")
        self.assertEqual(list(range(1, len(events) + 1)), [event["EventId"] for event in events])
        self.assertEqual(("ExecutionStarted", "ExecutionSucceeded"), (events[0]["Type"], events[-1]["Type"]))
        self.assertEqual({"EventId", "ScheduleEventId", "StepName", "Type", "Time", "EventDetail"}, set(events[0]))
        self.assertEqual(0, events[0]["ScheduleEventId"])
        kinds = [event["Type"] for event in events]
        self.assertLess(kinds.index("StepEntered"), kinds.index("StepExited"))
        for event in events:
            self.assertIsInstance(json.loads(event["EventDetail"]), dict)
        self.assertEqual({"word": "你好"}, json.loads(events[0]["EventDetail"])["input"])

    def test_history_refused(self):
        flow = self.flow()
        self.start(flow, "e")
        History = GetExecutionHistoryRequest.GetExecutionHistoryRequest
        self.refused(404, "ExecutionNotExists", None, History(), FlowName=flow, ExecutionName="no")
        self.refused(404, "FlowNotExists", None, History(), FlowName="nope", ExecutionName="no")
        for wrong in ({"Limit": 0}, {"Limit": 1001}, {"NextToken": "x"}):
            self.refused(400, "InvalidArgument", None, History(), FlowName=flow, ExecutionName="e", **wrong)


class Express(Base):
    Sync = StartSyncExecutionRequest.StartSyncExecutionRequest

    def test_succeeds(self):
        flow = self.flow(ECHO, ExecutionMode="Express")
        ended = h.do(self.client, self.Sync(), FlowName=flow, ExecutionName="1st", Input='{"word": "hi"}')
        self.assertEqual({"FlowName", "Name", "Status", "ErrorCode", "ErrorMessage", "Output", "StartedTime",
                          "StoppedTime", "RequestId"}, set(ended))
        self.assertRegex(ended["Name"], "^1st:[0-9a-f-]{36}$")
        self.assertEqual(("Succeeded", '{"said":"hi"}', "", ""), (
            ended["Status"], ended["Output"], ended["ErrorCode"], ended["ErrorMessage"]))
        self.assertNotEqual("", ended["StoppedTime"])

    def test_names_need_not_be_unique(self):
        flow = self.flow(ExecutionMode="Express")
        names = {h.do(self.client, self.Sync(), FlowName=flow, ExecutionName="x")["Name"] for _ in range(3)}
        self.assertEqual(3, len(names))
        self.assertRegex(h.do(self.client, self.Sync(), FlowName=flow)["Name"], "^[0-9a-f-]{36}:[0-9a-f-]{36}$")

    def test_fails(self):
        flow = self.flow(FAIL, ExecutionMode="Express")
        ended = h.do(self.client, self.Sync(), FlowName=flow)
        self.assertEqual(("Failed", "OutOfStock", "sold out", ""), (
            ended["Status"], ended["ErrorCode"], ended["ErrorMessage"], ended["Output"]))

    def test_waits_for_the_end(self):
        flow = self.flow(h.WAIT % 2, ExecutionMode="Express")
        begun = time.time()
        self.assertEqual("Succeeded", h.do(self.client, self.Sync(), FlowName=flow)["Status"])
        self.assertGreater(time.time() - begun, 1.9)

    def test_without_scheme_needs_the_protocol(self):
        flow = self.flow(ExecutionMode="Express")
        request = self.Sync()
        request.set_protocol_type("http")
        self.assertEqual("Succeeded", h.do(h.core(scheme=False), request, FlowName=flow)["Status"])

    def test_refused(self):
        self.refused(400, "InvalidArgument", None, self.Sync(), FlowName=self.flow())
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", self.Sync(), FlowName="nope")
        flow = self.flow(ExecutionMode="Express")
        self.refused(400, "InvalidArgument", None, self.Sync(), FlowName=flow, Input="[]")

    def test_in_tea(self):
        flow = self.flow(ECHO, ExecutionMode="Express")
        for acs3 in (False, True):
            ended = h.tea(acs3=acs3).start_sync_execution(m.StartSyncExecutionRequest(
                flow_name=flow, execution_name="t", input='{"word": "你"}')).body
            self.assertEqual(("Succeeded", '{"said":"你"}'), (ended.status, ended.output))


class Tasks(Base):
    Good = ReportTaskSucceededRequest.ReportTaskSucceededRequest
    Bad = ReportTaskFailedRequest.ReportTaskFailedRequest

    def asked(self):
        """A flow that waits for a report: its name and the token, read from the history."""
        flow = h.name("Ask")
        h.fnfctl("queue", "create", flow)
        h.do(self.client, CreateFlowRequest.CreateFlowRequest(), Name=flow, Definition=h.ASK % flow, Description="",
             Type="FDL")
        self.start(flow, "e")
        for _ in range(100):
            history = h.do(self.client, GetExecutionHistoryRequest.GetExecutionHistoryRequest(), FlowName=flow,
                           ExecutionName="e")
            for event in history["Events"]:
                if event["Type"] == "TaskSubmitted":
                    text = json.dumps(history["Events"])
                    token = text[text.index("djEj"):]
                    return flow, token[:len(token) - len(token.lstrip(
                        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))]
            time.sleep(0.05)
        self.fail("the task was not submitted")

    def test_succeeded(self):
        flow, token = self.asked()
        report = h.do(self.client, self.Good(), TaskToken=token, Output='{"answer": "42 + 你"}')
        self.assertEqual({"EventId", "RequestId"}, set(report))
        self.assertIsInstance(report["EventId"], int)
        ended = self.describe(flow, "e", 10)
        self.assertEqual(("Succeeded", {"answer": "42 + 你"}), (ended["Status"], json.loads(ended["Output"])))
        for request, values in ((self.Good(), {"Output": "{}"}), (self.Bad(), {"Error": "E"})):
            message = self.refused(400, "TaskAlreadyCompleted", None, request, TaskToken=token, **values)
            self.assertRegex(message, "^Task .+ has already completed.$")

    def test_failed(self):
        flow, token = self.asked()
        self.assertGreater(h.do(self.client, self.Bad(), TaskToken=token, Error="Broken", Cause="by 你")["EventId"], 0)
        self.assertEqual("Failed", self.describe(flow, "e", 10)["Status"])
        history = h.do(self.client, GetExecutionHistoryRequest.GetExecutionHistoryRequest(), FlowName=flow,
                       ExecutionName="e")
        details = [json.loads(event["EventDetail"]) for event in history["Events"] if event["Type"] == "TaskFailed"]
        self.assertEqual([{"error": "Broken", "cause": "by 你"}], details)

    def test_in_tea(self):
        for acs3 in (False, True):
            client = h.tea(acs3=acs3)
            flow, token = self.asked()
            self.assertGreater(client.report_task_succeeded(m.ReportTaskSucceededRequest(
                task_token=token, output='{"answer": "a+b/c="}')).body.event_id, 0)
            self.assertEqual("Succeeded", self.describe(flow, "e", 10)["Status"])
            flow, token = self.asked()
            self.assertGreater(client.report_task_failed(m.ReportTaskFailedRequest(
                task_token=token, error="Broken", cause="c")).body.event_id, 0)
            self.assertEqual("Failed", self.describe(flow, "e", 10)["Status"])

    def test_token_in_the_body(self):
        flow, token = self.asked()
        answer = h.call1("ReportTaskSucceeded", {"TaskToken": token, "Output": '{"answer": 1}'}, "POST", True)
        self.assertEqual(200, answer.status, answer)

    def test_after_the_execution_was_stopped(self):
        flow, token = self.asked()
        h.do(self.client, StopExecutionRequest.StopExecutionRequest(), FlowName=flow, ExecutionName="e")
        self.refused(400, "TaskAlreadyCompleted", None, self.Good(), TaskToken=token, Output="{}")

    def test_tokens_of_no_task(self):
        good = base64.b64encode(b"v1#a#" + str(uuid.uuid4()).encode() + b"#1#\xfb\xff\xfe").decode()
        self.assertTrue(set("+/=") & set(good))
        for token in ("djEjYQ+/==", "djEjYQ+/== x", good, "unknown", "你好", "a" * 2000):
            for request, values in ((self.Good(), {"Output": "{}"}), (self.Bad(), {"Error": "E"})):
                message = self.refused(400, "InvalidArgument", None, request, TaskToken=token, **values)
                self.assertTrue(message.startswith("Parameter error."), message)
            with self.assertRaises(Exception) as caught:
                h.tea(acs3=True).report_task_succeeded(m.ReportTaskSucceededRequest(task_token=token, output="{}"))
            self.assertEqual("InvalidArgument", caught.exception.code)

    def test_a_forged_token(self):
        flow, token = self.asked()
        forged = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
        self.refused(400, "InvalidArgument", None, self.Good(), TaskToken=forged, Output="{}")
        self.assertEqual("Running", self.describe(flow, "e")["Status"])

    def test_wrong_reports(self):
        flow, token = self.asked()
        for output in ("x", "[1]", "1", "", '"a"'):
            self.refused(400, "InvalidArgument", None, self.Good(), TaskToken=token, Output=output)
        for error in ("", "x" * 129):
            self.refused(400, "InvalidArgument", None, self.Bad(), TaskToken=token, Error=error)
        self.refused(400, "InvalidArgument", None, self.Bad(), TaskToken=token, Error="E", Cause="x" * 4097)
        for missing, request, values in (
                ("TaskToken", self.Good(), {"Output": "{}"}), ("Output", self.Good(), {"TaskToken": token}),
                ("TaskToken", self.Bad(), {"Error": "E"}), ("Error", self.Bad(), {"TaskToken": token})):
            self.refused(400, "MissingRequiredParams", "The HTTP query '%s' must be specified." % missing, request,
                         **values)
        self.assertEqual("Running", self.describe(flow, "e")["Status"])

    def test_a_callback_token(self):
        flow, token = self.asked()
        child = self.flow(ECHO.replace("said", "answer"))
        self.start(child, "child", Input='{"word": "done"}', CallbackFnFTaskToken=token)
        ended = self.describe(flow, "e", 10)
        self.assertEqual(("Succeeded", {"answer": "done"}), (ended["Status"], json.loads(ended["Output"])))
        self.refused(400, "InvalidArgument", None, Start(), FlowName=child, CallbackFnFTaskToken="nonsense")


class InTea(Base):
    def test_all_of_an_execution(self):
        for acs3 in (False, True):
            client = h.tea(acs3=acs3)
            flow = self.flow(h.WAIT % 100)
            run = client.start_execution(m.StartExecutionRequest(
                flow_name=flow, execution_name="1-a", input='{"k": "v +"}')).body
            self.assertEqual(("1-a", "Running", '{"k": "v +"}'), (run.name, run.status, run.input))
            shown = client.describe_execution(m.DescribeExecutionRequest(
                flow_name=flow, execution_name="1-a", wait_time_seconds=1)).body
            self.assertEqual("Running", shown.status)
            listed = client.list_executions(m.ListExecutionsRequest(flow_name=flow, limit=1)).body
            self.assertEqual(["1-a"], [one.name for one in listed.executions])
            self.assertIsNone(listed.next_token)
            history = client.get_execution_history(m.GetExecutionHistoryRequest(
                flow_name=flow, execution_name="1-a", limit=1)).body
            self.assertEqual(1, history.events[0].event_id)
            self.assertTrue(history.next_token)
            client.stop_execution(m.StopExecutionRequest(
                flow_name=flow, execution_name="1-a", error="E", cause="c"))
            with self.assertRaises(Exception) as caught:
                client.stop_execution(m.StopExecutionRequest(flow_name=flow, execution_name="1-a"))
            self.assertEqual(("ExecutionAlreadyCompleted", 400), (
                caught.exception.code, caught.exception.status_code))


if __name__ == "__main__":
    unittest.main()
