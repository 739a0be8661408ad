"""The actions about flows, with both libraries; every answer and every error of theirs."""

import unittest

import harness as h
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkfnf.request.v20190315 import (
    CreateFlowRequest, DeleteFlowRequest, DescribeFlowRequest, ListFlowsRequest, UpdateFlowRequest)
from alibabacloud_fnf20190315 import models as m

FLOW = {
    "Id", "Name", "Description", "Type", "Definition", "RoleArn", "ExecutionMode", "ExternalStorageLocation",
    "CreatedTime", "LastModifiedTime", "RequestId",
}
TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"


class Core(unittest.TestCase):
    def setUp(self):
        self.client = h.core()

    def create(self, flow, **more):
        values = dict(Name=flow, Definition=h.PASS, Description="d", Type="FDL")
        values.update(more)
        return h.do(self.client, CreateFlowRequest.CreateFlowRequest(),
                    **{key: value for key, value in values.items() if value is not None})

    def refused(self, status, code, message, request, **values):
        with self.assertRaises(ServerException) as caught:
            h.do(self.client, request, **values)
        self.assertEqual(code, caught.exception.error_code, caught.exception)
        self.assertEqual(status, caught.exception.http_status)
        self.assertTrue(caught.exception.request_id)
        if message is not None:
            self.assertEqual(message, caught.exception.message)
        return caught.exception.message

    def test_create(self):
        flow = h.name("Flow")
        made = self.create(flow, Description="你好 a+b ~*'", RoleArn="acs:ram::1:role/r")
        self.assertEqual(FLOW, set(made))
        self.assertEqual((flow, "你好 a+b ~*'", "FDL", h.PASS, "acs:ram::1:role/r"), (
            made["Name"], made["Description"], made["Type"], made["Definition"], made["RoleArn"]))
        self.assertRegex(made["CreatedTime"], TIME)
        self.assertRegex(made["LastModifiedTime"], TIME)
        self.assertRegex(made["Id"], "^[0-9a-f-]{36}$")

    def test_create_in_chinese_byte_for_byte(self):
        definition = "# 订单流程 \t“引号”\nversion: v1\ntype: flow\nsteps:\n  - type: pass\n    name: a  \n\n"
        flow = h.name("Flow")
        self.create(flow, Definition=definition)
        shown = h.do(self.client, DescribeFlowRequest.DescribeFlowRequest(), Name=flow)
        self.assertEqual(definition, shown["Definition"])

    def test_create_json_definition(self):
        made = self.create(
            h.name("Flow"),
            Definition='{"version": "v1", "type": "flow", "steps": [{"type": "pass", "name": "a"}]}')
        self.assertTrue(made["Definition"].startswith('{"version"'))

    def test_create_express(self):
        self.assertEqual("Express", self.create(h.name("Flow"), ExecutionMode="Express")["ExecutionMode"])

    def test_create_without_or_with_empty_description(self):
        self.assertEqual("", self.create(h.name("Flow"), Description=None)["Description"])
        self.assertEqual("", self.create(h.name("Flow"), Description="")["Description"])

    def test_create_with_storage_location(self):
        made = self.create(h.name("Flow"), ExternalStorageLocation="/oss/b/p")
        self.assertEqual("/oss/b/p", made["ExternalStorageLocation"])

    def test_create_twice(self):
        flow = h.name("Flow")
        self.create(flow)
        message = "Flow %s already exists." % flow
        for definition in (h.PASS, h.WAIT % 1):
            self.refused(409, "FlowAlreadyExists", message, CreateFlowRequest.CreateFlowRequest(), Name=flow,
                         Definition=definition, Description="d", Type="FDL")

    def test_create_wrong_names(self):
        for flow in ("1abc", "-a", "a b", "a.b", "名", "x" * 129):
            with self.subTest(flow):
                message = self.refused(
                    400, "InvalidArgument", None, CreateFlowRequest.CreateFlowRequest(), Name=flow,
                    Definition=h.PASS, Description="d", Type="FDL")
                self.assertTrue(message.startswith("Parameter error."), message)

    def test_create_longest_name(self):
        self.create("_" + "x" * 127)

    def test_create_wrong_definitions(self):
        for definition in ("", "x", "version: v1\ntype: flow\n", "steps: [", "version: v1\ntype: flow\nsteps:\n"
                           "  - type: nonsense\n    name: a\n"):
            with self.subTest(definition):
                self.refused(400, "InvalidArgument", None, CreateFlowRequest.CreateFlowRequest(),
                             Name=h.name("Flow"), Definition=definition, Description="d", Type="FDL")

    def test_create_wrong_type_and_mode(self):
        self.refused(400, "InvalidArgument", None, CreateFlowRequest.CreateFlowRequest(), Name=h.name("Flow"),
                     Definition=h.PASS, Description="d", Type="XML")
        self.refused(400, "InvalidArgument", None, CreateFlowRequest.CreateFlowRequest(), Name=h.name("Flow"),
                     Definition=h.PASS, Description="d", Type="FDL", ExecutionMode="Fast")

    def test_create_missing_parameters(self):
        for missing in ("Name", "Definition", "Type"):
            values = dict(Name=h.name("Flow"), Definition=h.PASS, Type="FDL", Description="d")
            del values[missing]
            self.refused(400, "MissingRequiredParams", "The HTTP query '%s' must be specified." % missing,
                         CreateFlowRequest.CreateFlowRequest(), **values)

    def test_create_too_large(self):
        self.refused(400, "EntityTooLarge",
                     "The payload size exceeds maximum allowed size (1048576 bytes).",
                     CreateFlowRequest.CreateFlowRequest(), Name=h.name("Flow"),
                     Definition=h.PASS + "#" * (1 << 20), Description="d", Type="FDL")

    def test_create_large(self):
        flow = h.name("Flow")
        definition = h.PASS + "#" * ((1 << 20) - len(h.PASS) - 1) + "\n"
        self.assertEqual(definition, self.create(flow, Definition=definition)["Definition"])
        h.do(self.client, DeleteFlowRequest.DeleteFlowRequest(), Name=flow)

    def test_body_beyond_the_limit(self):
        answer = h.send("POST", "/?" + "Action=CreateFlow", "Definition=" + "x" * (5 << 20), {
            "Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual((400, "EntityTooLarge"), (answer.status, answer.code))

    def test_describe(self):
        flow = h.name("Flow")
        made = self.create(flow)
        shown = h.do(self.client, DescribeFlowRequest.DescribeFlowRequest(), Name=flow)
        for key in FLOW - {"RequestId"}:
            self.assertEqual(made[key], shown[key], key)
        self.assertNotEqual(made["RequestId"], shown["RequestId"])

    def test_describe_missing(self):
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.",
                     DescribeFlowRequest.DescribeFlowRequest(), Name="nope")
        self.refused(400, "MissingRequiredParams", "The HTTP query 'Name' must be specified.",
                     DescribeFlowRequest.DescribeFlowRequest())

    def test_update_leaves_the_rest_alone(self):
        flow = h.name("Flow")
        made = self.create(flow, Description="first", RoleArn="r1")
        changed = h.do(self.client, UpdateFlowRequest.UpdateFlowRequest(), Name=flow, Description="second")
        self.assertEqual(("second", h.PASS, "r1", made["Id"], made["CreatedTime"]), (
            changed["Description"], changed["Definition"], changed["RoleArn"], changed["Id"],
            changed["CreatedTime"]))
        changed = h.do(self.client, UpdateFlowRequest.UpdateFlowRequest(), Name=flow, Definition=h.WAIT % 1,
                       Type="FDL")
        self.assertEqual(("second", h.WAIT % 1), (changed["Description"], changed["Definition"]))
        self.assertIn("ExternalStorageLocation", changed)
        shown = h.do(self.client, DescribeFlowRequest.DescribeFlowRequest(), Name=flow)
        self.assertEqual(h.WAIT % 1, shown["Definition"])
        self.assertGreaterEqual(shown["LastModifiedTime"], shown["CreatedTime"])

    def test_update_refused(self):
        self.refused(404, "FlowNotExists", "Flow  nope does not exist.",
                     UpdateFlowRequest.UpdateFlowRequest(), Name="nope", Description="x")
        flow = h.name("Flow")
        self.create(flow)
        self.refused(400, "InvalidArgument", None, UpdateFlowRequest.UpdateFlowRequest(), Name=flow,
                     Definition="nonsense")
        shown = h.do(self.client, DescribeFlowRequest.DescribeFlowRequest(), Name=flow)
        self.assertEqual(h.PASS, shown["Definition"])

    def test_delete(self):
        flow = h.name("Flow")
        first = self.create(flow)
        self.assertEqual({"RequestId"}, set(h.do(self.client, DeleteFlowRequest.DeleteFlowRequest(), Name=flow)))
        self.refused(404, "FlowNotExists", "Flow  %s does not exist." % flow,
                     DeleteFlowRequest.DeleteFlowRequest(), Name=flow)
        self.assertNotEqual(first["Id"], self.create(flow)["Id"])

    def test_list_pages(self):
        flows = [self.create(h.name("Page"))["Name"] for _ in range(25)]
        seen, token, pages = [], None, 0
        while True:
            values = {"Limit": 10}
            if token:
                values["NextToken"] = token
            page = h.do(self.client, ListFlowsRequest.ListFlowsRequest(), **values)
            self.assertLessEqual(len(page["Flows"]), 10)
            seen += [flow["Name"] for flow in page["Flows"]]
            pages += 1
            token = page.get("NextToken")
            if not token:
                break
            self.assertEqual(10, len(page["Flows"]))
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual(set(flows), set(seen))
        self.assertGreaterEqual(pages, 3)
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(FLOW - {"RequestId"}, set(page["Flows"][0]))

    def test_list_token_is_the_first_of_the_next_page(self):
        for _ in range(3):
            self.create(h.name("Token"))
        page = h.do(self.client, ListFlowsRequest.ListFlowsRequest(), Limit=1)
        following = h.do(self.client, ListFlowsRequest.ListFlowsRequest(), Limit=1, NextToken=page["NextToken"])
        self.assertEqual(page["NextToken"], following["Flows"][0]["Name"])

    def test_list_limits(self):
        for limit in (0, -1, 1001, "ten"):
            self.refused(400, "InvalidArgument", None, ListFlowsRequest.ListFlowsRequest(), Limit=limit)
        for limit in (1, 1000):
            h.do(self.client, ListFlowsRequest.ListFlowsRequest(), Limit=limit)

    def test_by_either_method_and_place(self):
        flow = h.name("Flow")
        made = h.call1("CreateFlow", {"Name": flow, "Definition": h.PASS, "Type": "FDL"}, method="GET")
        self.assertEqual(200, made.status, made)
        for method, in_body in (("GET", False), ("POST", False), ("POST", True)):
            self.assertEqual(flow, h.call1("DescribeFlow", {"Name": flow}, method, in_body).json["Name"])


class Tea(unittest.TestCase):
    acs3 = False

    def setUp(self):
        self.client = h.tea(acs3=self.acs3)

    def test_life_of_a_flow(self):
        flow = h.name("Tea")
        made = self.client.create_flow(m.CreateFlowRequest(
            name=flow, definition=h.PASS, type="FDL", description="你好",
            environment=m.CreateFlowRequestEnvironment(variables=[
                m.CreateFlowRequestEnvironmentVariables(name="k", value="v", description="d")]))).body
        self.assertEqual((flow, "FDL", h.PASS), (made.name, made.type, made.definition))
        self.assertEqual("k", made.environment.variables[0].name)
        shown = self.client.describe_flow(m.DescribeFlowRequest(name=flow)).body
        self.assertEqual((made.id, "你好"), (shown.id, shown.description))
        changed = self.client.update_flow(m.UpdateFlowRequest(
            name=flow, description="x", environment=m.UpdateFlowRequestEnvironment(variables=[]))).body
        self.assertEqual("x", changed.description)
        listed = self.client.list_flows(m.ListFlowsRequest(limit=1000)).body
        self.assertIn(flow, [one.name for one in listed.flows])
        self.assertIsNotNone(self.client.delete_flow(m.DeleteFlowRequest(name=flow)).body.request_id)

    def test_errors(self):
        with self.assertRaises(Exception) as caught:
            self.client.describe_flow(m.DescribeFlowRequest(name="nope"))
        error = caught.exception
        self.assertEqual(("FlowNotExists", 404), (error.code, error.status_code))
        self.assertIn("Flow  nope does not exist.", error.message)
        self.assertTrue(error.request_id)

    def test_resource_groups(self):
        flow, group = h.name("Tea"), h.name("group")
        self.client.create_flow(m.CreateFlowRequest(
            name=flow, definition=h.PASS, type="FDL", description="", resource_group_id=group))
        listed = self.client.list_flows(m.ListFlowsRequest(resource_group_id=group)).body.flows
        self.assertEqual([flow], [one.name for one in listed])

    def test_versions_and_aliases(self):
        flow = h.name("Tea")
        c = self.client
        c.create_flow(m.CreateFlowRequest(name=flow, definition=h.PASS, type="FDL", description=""))
        first = c.publish_flow_version(m.PublishFlowVersionRequest(flow_name=flow, description="one")).body
        self.assertEqual(("1", "one"), (first.version, first.description))
        c.update_flow(m.UpdateFlowRequest(name=flow, definition=h.WAIT % 1))
        self.assertEqual("2", c.publish_flow_version(m.PublishFlowVersionRequest(flow_name=flow)).body.version)
        listed = c.list_flow_versions(m.ListFlowVersionsRequest(flow_name=flow)).body.flow_versions
        self.assertEqual(["2", "1"], [one.version for one in listed])
        old = c.describe_flow(m.DescribeFlowRequest(name=flow, flow_version="1")).body
        self.assertEqual(h.PASS, old.definition)
        routes = [m.CreateFlowAliasRequestRoutingConfigurations(version="1", weight=90),
                  m.CreateFlowAliasRequestRoutingConfigurations(version="2", weight=10)]
        alias = c.create_flow_alias(m.CreateFlowAliasRequest(
            flow_name=flow, name="prod", routing_configurations=routes)).body
        self.assertEqual([90, 10], [one.weight for one in alias.routing_configurations])
        changed = c.update_flow_alias(m.UpdateFlowAliasRequest(flow_name=flow, name="prod", routing_configurations=[
            m.UpdateFlowAliasRequestRoutingConfigurations(version="1", weight=100)])).body
        self.assertEqual("prod", changed.alias.name)
        shown = c.describe_flow_alias(m.DescribeFlowAliasRequest(flow_name=flow, name="prod")).body
        self.assertEqual(["1"], [one.version for one in shown.alias.routing_configurations])
        run = c.start_execution(m.StartExecutionRequest(flow_name=flow, execution_name="1", qualifier="prod")).body
        self.assertEqual(h.PASS, run.flow_definition)
        self.assertEqual(1, len(c.list_flow_aliases(m.ListFlowAliasesRequest(flow_name=flow)).body.aliases))
        with self.assertRaises(Exception) as caught:
            c.delete_flow_version(m.DeleteFlowVersionRequest(flow_name=flow, flow_version="1"))
        self.assertEqual("FlowVersionInUse", caught.exception.code)
        c.delete_flow_alias(m.DeleteFlowAliasRequest(flow_name=flow, name="prod"))
        c.delete_flow_version(m.DeleteFlowVersionRequest(flow_name=flow, flow_version="1"))


class TeaWithTheNewSignature(Tea):
    acs3 = True


if __name__ == "__main__":
    unittest.main()
