"""The article's own URLs: /startFNF and /setPaymentCombination, with the services behind them."""

import json
import unittest
import urllib.error
import urllib.parse
import urllib.request

from aliyunsdkfnf.request.v20190315 import CreateFlowRequest, DescribeExecutionRequest

import harness

FLAGS = ["--legacy-http", "0"]


def get(*parts, encode=True):
    """Status and JSON of a GET, each part of the path encoded as a browser's page does."""
    path = "/".join(urllib.parse.quote(part, safe="") if encode else part for part in parts)
    try:
        with urllib.request.urlopen(harness.LEGACY + "/" + path, timeout=30) as answer:
            return answer.status, json.loads(answer.read()), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read()), error.headers


def order(number):
    return json.loads(harness.fnfctl("call", "order-store", "DescribeOrder", json.dumps({"orderNum": number})))


class Legacy(unittest.TestCase):
    def setUp(self):
        self.flow = harness.name("Order")
        harness.do(
            harness.core(), CreateFlowRequest.CreateFlowRequest(), Name=self.flow, Type="FDL", Description="",
            Definition=harness.WAIT % 60)
        # As the page makes them: a version 1 UUID, which may begin with a digit.
        self.number = "1" + harness.name("e4b-order")
        self.input = json.dumps({
            "supplier": "haidilao", "products": "beef,lotus root", "orderNum": self.number,
            "address": "西湖/1?"}, ensure_ascii=False)

    def test_an_order_from_the_page_to_the_payment(self):
        status, answer, headers = get("startFNF", self.flow, self.number, self.input)
        self.assertEqual((status, answer["message"]), (200, "success"))
        self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
        execution = harness.do(
            harness.core(), DescribeExecutionRequest.DescribeExecutionRequest(), FlowName=self.flow,
            ExecutionName=self.number)
        self.assertEqual(execution["Input"], self.input)
        self.assertEqual(order(self.number)["address"], "西湖/1?")
        # As generateInfo does, and then zhifubao.
        status, answer, _ = get("setPaymentCombination", self.number, "zhifubao,weixin", "0", encode=False)
        self.assertEqual((status, answer["message"]), (200, "success"))
        self.assertEqual(order(self.number)["paymentMethods"], ["zhifubao", "weixin"])
        status, answer, _ = get("setPaymentCombination", self.number, "zhifubao", str(int("103") * 0.8))
        self.assertEqual((status, answer["message"], answer["status"]), (200, "success", "paid"))
        paid = order(self.number)
        self.assertEqual((paid["paymentMethod"], paid["price"], paid["status"]), ("zhifubao", "82.4", "paid"))

    def test_again_is_the_same(self):
        for _ in range(2):
            self.assertEqual(get("startFNF", self.flow, self.number, self.input)[1]["message"], "success")
        other = json.dumps({"supplier": "other"})
        status, answer, _ = get("startFNF", self.flow, self.number, other)
        self.assertEqual((status, answer["message"], answer["code"]), (409, "fail", "ExecutionAlreadyExists"))

    def test_what_is_not_there(self):
        status, answer, _ = get("startFNF", "NoSuchFlow", self.number, self.input)
        self.assertEqual((status, answer["message"], answer["code"]), (404, "fail", "FlowNotExists"))
        status, answer, _ = get("setPaymentCombination", "nobody", "zhifubao", "0")
        self.assertEqual((status, answer["message"], answer["code"]), (404, "fail", "OrderNotExists"))
        self.assertEqual(get("startFNF", self.flow, self.number, "no JSON")[0], 400)
        self.assertEqual(get("favicon.ico")[0], 404)

    def test_the_listeners_know_only_their_own(self):
        self.assertEqual(harness.send("GET", "/startFNF/a/b/%7B%7D").status, 404)
        status, answer, _ = get("?Action=ListFlows", encode=False)
        self.assertEqual((status, answer["message"]), (404, "fail"))


if __name__ == "__main__":
    unittest.main()
