"""The actions about schedules, with both libraries."""

import json
import time
import unittest

import harness as h
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkfnf.request.v20190315 import (
    CreateFlowRequest, CreateScheduleRequest, DeleteScheduleRequest, DescribeScheduleRequest,
    ListExecutionsRequest, ListSchedulesRequest, UpdateScheduleRequest)
from alibabacloud_fnf20190315 import models as m

SCHEDULE = {
    "ScheduleId", "ScheduleName", "Description", "CronExpression", "Payload", "Enable", "CreatedTime",
    "LastModifiedTime", "RequestId",
}
Create = CreateScheduleRequest.CreateScheduleRequest
Update = UpdateScheduleRequest.UpdateScheduleRequest
Describe = DescribeScheduleRequest.DescribeScheduleRequest
Delete = DeleteScheduleRequest.DeleteScheduleRequest
List = ListSchedulesRequest.ListSchedulesRequest


class Schedules(unittest.TestCase):
    def setUp(self):
        self.client = h.core()
        self.flow = h.name("Timed")
        h.do(self.client, CreateFlowRequest.CreateFlowRequest(), Name=self.flow, Definition=h.PASS, Description="",
             Type="FDL")

    def create(self, schedule="s", cron="@every 60m", **more):
        return h.do(self.client, Create(), FlowName=self.flow, ScheduleName=schedule, CronExpression=cron, **more)

    def refused(self, status, code, message, request, **values):
        with self.assertRaises(ServerException) as caught:
            h.do(self.client, request, **values)
        self.assertEqual((status, code), (caught.exception.http_status, caught.exception.error_code))
        if message is not None:
            self.assertEqual(message, caught.exception.message)

    def test_create(self):
        made = self.create(Description="你好", Payload='{"a": 1}', Enable=True)
        self.assertEqual(SCHEDULE, set(made))
        self.assertEqual(("s", "@every 60m", "你好", '{"a": 1}'), (
            made["ScheduleName"], made["CronExpression"], made["Description"], made["Payload"]))
        self.assertIs(True, made["Enable"])

    def test_create_in_every_form(self):
        for number, cron in enumerate(("0 * * * * *", "0 0 12 * * *", "0 30 8 * * MON-FRI", "@every 1m", "CRON_TZ=Asia/Shanghai 0 30 8 * * *")):
            self.assertEqual(cron, self.create("s%d" % number, cron)["CronExpression"])

    def test_enable_as_each_language_writes_it(self):
        for number, (text, expected) in enumerate((
                ("True", True), ("False", False), ("true", True), ("false", False), (False, False))):
            self.assertIs(expected, self.create("e%d" % number, Enable=text)["Enable"])
        self.assertIs(True, self.create("default")["Enable"])
        self.refused(400, "InvalidArgument", None, Create(), FlowName=self.flow, ScheduleName="x",
                     CronExpression="@every 60m", Enable="yes")

    def test_create_refused(self):
        self.create()
        self.refused(409, "ScheduleAlreadyExists", "The schedule s already exists in flow %s." % self.flow, Create(),
                     FlowName=self.flow, ScheduleName="s", CronExpression="@every 60m")
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.", Create(), FlowName="nope",
                     ScheduleName="s", CronExpression="@every 60m")
        for cron in ("", "soon", "* * * * *", "99 * * * * *", "@every", "@every -1m"):
            self.refused(400, "InvalidArgument", None, Create(), FlowName=self.flow, ScheduleName="x",
                         CronExpression=cron)
        for schedule in ("1x", "a b", "x" * 129):
            self.refused(400, "InvalidArgument", None, Create(), FlowName=self.flow, ScheduleName=schedule,
                         CronExpression="@every 60m")
        for missing in ("FlowName", "ScheduleName", "CronExpression"):
            values = {"FlowName": self.flow, "ScheduleName": "x", "CronExpression": "@every 60m"}
            del values[missing]
            self.refused(400, "MissingRequiredParams", "The HTTP query '%s' must be specified." % missing, Create(),
                         **values)

    def test_describe_update_delete(self):
        made = self.create(Description="d", Payload="{}")
        shown = h.do(self.client, Describe(), FlowName=self.flow, ScheduleName="s")
        for key in SCHEDULE - {"RequestId"}:
            self.assertEqual(made[key], shown[key])
        changed = h.do(self.client, Update(), FlowName=self.flow, ScheduleName="s", Enable=False)
        self.assertEqual((False, "@every 60m", "d", made["ScheduleId"]), (
            changed["Enable"], changed["CronExpression"], changed["Description"], changed["ScheduleId"]))
        changed = h.do(self.client, Update(), FlowName=self.flow, ScheduleName="s", CronExpression="0 * * * * *",
                       Description="e", Payload='{"b": 2}')
        self.assertEqual(("0 * * * * *", "e", '{"b": 2}', False), (
            changed["CronExpression"], changed["Description"], changed["Payload"], changed["Enable"]))
        self.assertEqual({"RequestId"}, set(h.do(self.client, Delete(), FlowName=self.flow, ScheduleName="s")))
        message = "The schedule s for flow %s does not exist." % self.flow
        for request in (Describe(), Delete(), Update()):
            self.refused(404, "ScheduleNotExists", message, request, FlowName=self.flow, ScheduleName="s")
        for request in (Describe(), Delete(), Update()):
            self.refused(404, "FlowNotExists", None, request, FlowName="nope", ScheduleName="s")

    def test_pages(self):
        names = ["s%02d" % number for number in range(25)]
        for schedule in names:
            self.create(schedule)
        seen, token = [], None
        while True:
            more = {"NextToken": token} if token else {}
            page = h.do(self.client, List(), FlowName=self.flow, Limit=10, **more)
            seen += page["Schedules"]
            token = page.get("NextToken")
            if not token:
                break
            self.assertEqual(10, len(page["Schedules"]))
        self.assertEqual(names, [one["ScheduleName"] for one in seen])
        self.assertEqual(SCHEDULE - {"RequestId"}, set(seen[0]))
        self.refused(404, "FlowNotExists", None, List(), FlowName="nope")
        self.refused(400, "InvalidArgument", None, List(), FlowName=self.flow, Limit=1001)

    def test_it_fires(self):
        soon = time.gmtime(time.time() + 3)
        self.create(cron=time.strftime("%S %M %H * * *", soon), Payload='{"a": 1}')
        deadline = time.time() + 20
        while time.time() < deadline:
            runs = h.do(self.client, ListExecutionsRequest.ListExecutionsRequest(), FlowName=self.flow)["Executions"]
            if runs:
                break
            time.sleep(0.2)
        h.do(self.client, Delete(), FlowName=self.flow, ScheduleName="s")
        self.assertIn("payload", json.loads(runs[0]["Input"]))

    def test_in_tea(self):
        for acs3 in (False, True):
            client, schedule = h.tea(acs3=acs3), "t%d" % acs3
            made = client.create_schedule(m.CreateScheduleRequest(
                flow_name=self.flow, schedule_name=schedule, cron_expression="@every 60m", enable=False)).body
            self.assertIs(False, made.enable)
            changed = client.update_schedule(m.UpdateScheduleRequest(
                flow_name=self.flow, schedule_name=schedule, enable=True)).body
            self.assertIs(True, changed.enable)
            shown = client.describe_schedule(m.DescribeScheduleRequest(
                flow_name=self.flow, schedule_name=schedule)).body
            self.assertEqual(made.schedule_id, shown.schedule_id)
            listed = client.list_schedules(m.ListSchedulesRequest(flow_name=self.flow)).body
            self.assertIn(schedule, [one.schedule_name for one in listed.schedules])
            client.delete_schedule(m.DeleteScheduleRequest(flow_name=self.flow, schedule_name=schedule))
            with self.assertRaises(Exception) as caught:
                client.describe_schedule(m.DescribeScheduleRequest(
                    flow_name=self.flow, schedule_name=schedule))
            self.assertEqual("ScheduleNotExists", caught.exception.code)


if __name__ == "__main__":
    unittest.main()
