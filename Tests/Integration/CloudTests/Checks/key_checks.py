"""Access keys as the workflow libraries meet them: rights, disabling, nonces over a kill, rates."""

import collections
import concurrent.futures
import http.client
import json
import os
import signal
import subprocess
import unittest
import uuid

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkfnf.request.v20190315 import CreateFlowRequest, DescribeFlowRequest, ListFlowsRequest

import harness


def make(*arguments):
    """A new key: its id and its secret."""
    key = json.loads(harness.fnfctl("key", "create", "-o", "json", *arguments))
    return key["AccessKeyId"], key["Secret"]


def listed(key_id):
    keys = json.loads(harness.fnfctl("key", "list", "--all", "-o", "json"))["AccessKeys"]
    return [key for key in keys if key["AccessKeyId"] == key_id][0]


def flow_web():
    """The process that serves the endpoint; after a kill its successor."""
    harness.send()
    children = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(harness.UP_PID)], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in children.splitlines() if "flow-web" in line.split()[1]][0]


class Keys(unittest.TestCase):
    def refused(self, code, client, request, **values):
        with self.assertRaises(ServerException) as caught:
            harness.do(client, request, **values)
        self.assertEqual(caught.exception.get_error_code(), code)

    def create(self, client, name):
        return harness.do(
            client, CreateFlowRequest.CreateFlowRequest(), Name=name, Type="FDL", Description="",
            Definition=harness.PASS)

    def test_a_made_up_key_works_and_is_seen_used(self):
        key_id, secret = make("--role", "read", "--description", "a check")
        self.assertTrue(key_id.startswith("LTAI") and len(key_id) == 24 and len(secret) == 30)
        self.assertNotIn("LastUsedTime", listed(key_id))
        harness.do(harness.core(key_id, secret), ListFlowsRequest.ListFlowsRequest())
        self.assertIn("LastUsedTime", listed(key_id))
        self.assertEqual(listed(key_id)["Description"], "a check")
        self.assertNotIn(secret, harness.fnfctl("key", "list", "-o", "json"))

    def test_flows_that_a_key_may_touch(self):
        mine, other = harness.name("mine"), harness.name("other")
        admin = harness.core()
        for name in (mine, other):
            self.create(admin, name)
        client = harness.core(*make("--role", "admin", "--flow", "mine*"))
        harness.do(client, DescribeFlowRequest.DescribeFlowRequest(), Name=mine)
        with self.assertRaises(ServerException) as caught:
            harness.do(client, DescribeFlowRequest.DescribeFlowRequest(), Name=other)
        self.assertEqual((caught.exception.get_http_status(), caught.exception.get_error_code()),
                         (403, "AccessDenied"))
        names = [flow["Name"] for flow in harness.do(client, ListFlowsRequest.ListFlowsRequest())["Flows"]]
        self.assertIn(mine, names)
        self.assertNotIn(other, names)

    def test_disabled_and_deleted_keys_act_at_once(self):
        key_id, secret = make()
        client = harness.core(key_id, secret)
        harness.do(client, ListFlowsRequest.ListFlowsRequest())
        harness.fnfctl("key", "disable", key_id)
        with self.assertRaises(ServerException):
            harness.do(client, ListFlowsRequest.ListFlowsRequest())
        harness.fnfctl("key", "enable", key_id)
        harness.do(client, ListFlowsRequest.ListFlowsRequest())
        harness.fnfctl("key", "delete", key_id)
        self.refused("InvalidAccessKeyId.NotFound", client, ListFlowsRequest.ListFlowsRequest())

    def test_a_replaced_secret_is_dead(self):
        key_id, secret = make()
        with open(harness.FOLDER + "/secret", "w") as f:
            f.write("another-secret\n")
        harness.fnfctl("key", "create", "--id", key_id, "--secret-file", f.name, "--replace")
        harness.do(harness.core(key_id, "another-secret"), ListFlowsRequest.ListFlowsRequest())
        self.refused("InvalidAccessKeySecret", harness.core(key_id, secret), ListFlowsRequest.ListFlowsRequest())

    def test_nonces_and_keys_outlive_a_kill(self):
        key_id, secret = make()
        parameters = harness.common("ListFlows", AccessKeyId=key_id)
        parameters["Signature"] = harness.sign1("GET", parameters, secret)

        def call():
            return harness.call1("ListFlows", method="GET", **parameters)
        self.assertEqual(call().status, 200)
        answer = call()
        self.assertEqual((answer.status, answer.code), (400, "SignatureNonceUsed"))
        before = flow_web()
        os.kill(before, signal.SIGKILL)
        # The next connection waits in the listener's queue for the next process.
        answer = call()
        self.assertEqual((answer.status, answer.code), (400, "SignatureNonceUsed"))
        self.assertNotEqual(flow_web(), before)
        harness.do(harness.core(key_id, secret), ListFlowsRequest.ListFlowsRequest())

    def test_no_nonce_is_let_in_twice_while_the_service_is_killed(self):
        key_id, secret = make()
        signed = []
        for _ in range(400):
            parameters = harness.common("ListFlows", AccessKeyId=key_id)
            parameters["Signature"] = harness.sign1("GET", parameters, secret)
            signed.append(parameters)
        let_in = collections.Counter()

        def call(parameters):
            try:
                if harness.call1("ListFlows", method="GET", **parameters).status == 200:
                    let_in[parameters["SignatureNonce"]] += 1
            except (OSError, http.client.HTTPException):
                pass  # the process ended; whether it let the request in is not known

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            # Each twice, close together.
            calls = [pool.submit(call, parameters) for parameters in signed for _ in range(2)]
            for share in (5, 4, 3, 2):
                calls[len(calls) // share].result()
                os.kill(flow_web(), signal.SIGKILL)
            for one in calls:
                one.result()
        self.assertGreater(len(let_in), 100)
        for parameters in signed:
            call(parameters)
        self.assertEqual(set(let_in.values()), {1})

    def test_the_same_nonce_with_another_time(self):
        nonce = uuid.uuid4().hex
        first = harness.call1("ListFlows", method="GET", SignatureNonce=nonce)
        second = harness.call1("ListFlows", method="GET", SignatureNonce=nonce, Timestamp=harness.now(-60))
        self.assertEqual((first.status, second.code), (200, "SignatureNonceUsed"))

    def test_secrets_are_in_no_file(self):
        key_id, secret = make()
        folder = harness.FOLDER + "/state/flow-web"
        content = b"".join(open(os.path.join(folder, name), "rb").read() for name in os.listdir(folder))
        self.assertIn(key_id.encode(), content)
        self.assertNotIn(secret.encode(), content)
        self.assertNotIn(harness.KEY_SECRET.encode(), content)
        with open(harness.FOLDER + "/log/fnf.jsonl", "rb") as log:
            self.assertNotIn(secret.encode(), log.read())


if __name__ == "__main__":
    unittest.main()
