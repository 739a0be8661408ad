"""What an access key's programs meet beyond its rate."""

import json
import time
import unittest

from alibabacloud_fnf20190315 import models
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkfnf.request.v20190315 import ListFlowsRequest
from darabonba.exceptions import DaraException
from mns.mns_exception import MNSServerException

import harness

BURST = 10


def configure(folder):
    with open(folder + "/flow-web.yaml", "w") as f:
        f.write("access: {requestsPerSecondMax: 1, requestsBurstMax: %d}\n" % BURST)


class Rates(unittest.TestCase):
    def setUp(self):
        key = json.loads(harness.fnfctl("key", "create", "--role", "read", "-o", "json"))
        self.key = (key["AccessKeyId"], key["Secret"])

    def spend(self):
        client = harness.core(*self.key)
        for _ in range(BURST):
            harness.do(client, ListFlowsRequest.ListFlowsRequest())
        return client

    def test_each_library_reads_the_refusal(self):
        client = self.spend()
        with self.assertRaises(ServerException) as caught:
            harness.do(client, ListFlowsRequest.ListFlowsRequest())
        self.assertEqual(
            (caught.exception.get_http_status(), caught.exception.get_error_code()), (429, "ResourceThrottled"))
        with self.assertRaises(DaraException) as caught:
            harness.tea(*self.key).list_flows(models.ListFlowsRequest())
        self.assertEqual(caught.exception.code, "ResourceThrottled")
        with self.assertRaises(MNSServerException) as caught:
            harness.account(*self.key).list_queue()
        self.assertEqual(caught.exception.type, "QpsLimitExceeded")

    def test_others_go_on_and_time_brings_it_back(self):
        client = self.spend()
        parameters = harness.common("ListFlows", AccessKeyId=self.key[0])
        parameters["Signature"] = harness.sign1("GET", parameters, self.key[1])
        refused = harness.call1("ListFlows", method="GET", **parameters)
        self.assertEqual(refused.status, 429)
        wait = int(refused.headers["x-acs-retry-after"])
        self.assertTrue(0 < wait <= 1000)
        harness.do(harness.core(), ListFlowsRequest.ListFlowsRequest())
        # What was refused for its rate may be sent again as it is.
        end = time.monotonic() + 20
        while harness.call1("ListFlows", method="GET", **parameters).status == 429:
            self.assertLess(time.monotonic(), end)
        del client

    def test_who_has_no_secret_spends_nothing(self):
        client = harness.core(*self.key)
        forger = harness.core(self.key[0], "guessed")
        for _ in range(3 * BURST):
            with self.assertRaises(ServerException):
                harness.do(forger, ListFlowsRequest.ListFlowsRequest())
        for _ in range(BURST):
            harness.do(client, ListFlowsRequest.ListFlowsRequest())

    def test_a_wrong_signature_of_a_large_body_is_answered_shortly(self):
        large = {"Name": "x", "Definition": "{" * 900_000, "Type": "FDL"}
        answer = harness.call1("CreateFlow", large, secret="guessed", AccessKeyId=self.key[0])
        self.assertEqual((answer.status, answer.code), (400, "SignatureDoesNotMatch"))
        self.assertLess(len(answer.bytes), 100_000)


if __name__ == "__main__":
    unittest.main()
