"""Every variant of the signatures, and each way in which a request is not let in."""

import hashlib
import http.client
import json
import os
import unittest
import urllib.parse
import uuid

import harness as h
from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.request import CommonRequest
from aliyunsdkfnf.request.v20190315 import (
    DescribeFlowRequest, ListFlowsRequest, StartExecutionRequest)
from alibabacloud_fnf20190315 import models as m


class Accepted(unittest.TestCase):
    def accepted(self, answer):
        self.assertEqual(200, answer.status, answer)
        self.assertEqual("application/json;charset=utf-8", answer.headers["content-type"])
        self.assertRegex(answer.json["RequestId"], "^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$")
        self.assertEqual(answer.json["RequestId"], answer.headers["x-acs-request-id"])
        return answer.json

    def test_core(self):
        self.assertIn("Flows", h.do(h.core(), ListFlowsRequest.ListFlowsRequest()))

    def test_core_without_scheme(self):
        self.assertIn("Flows", h.do(h.core(scheme=False), ListFlowsRequest.ListFlowsRequest()))

    def test_core_with_port_apart(self):
        host, port = h.HOST.split(":")
        client = h.AcsClient(h.KEY_ID, h.KEY_SECRET, "xxx", port=int(port))
        client.add_endpoint("xxx", "fnf", host)
        self.assertIn("Flows", h.do(client, ListFlowsRequest.ListFlowsRequest()))

    def test_core_endpoint_on_the_request(self):
        request = ListFlowsRequest.ListFlowsRequest()
        request.set_endpoint(h.HOST)
        self.assertIn("Flows", h.do(h.AcsClient(h.KEY_ID, h.KEY_SECRET, "anywhere"), request))

    def test_core_whole_process(self):
        from aliyunsdkcore.profile import region_provider

        region_provider.add_endpoint("fnf", "whole-process", h.ENDPOINT)
        client = h.AcsClient(h.KEY_ID, h.KEY_SECRET, "whole-process")
        self.assertIn("Flows", h.do(client, ListFlowsRequest.ListFlowsRequest()))

    def test_core_common_request(self):
        request = CommonRequest(domain=h.HOST, version=h.VERSION, action_name="ListFlows")
        request.add_query_param("Limit", 1)
        self.assertIn("Flows", json.loads(h.core().do_action_with_exception(request)))

    def test_core_common_request_by_post(self):
        request = CommonRequest(domain=h.HOST, version=h.VERSION, action_name="ListFlows")
        request.set_method("POST")
        request.add_body_params("Limit", 1)
        self.assertIn("Flows", json.loads(h.core().do_action_with_exception(request)))

    def test_core_through_http_proxy(self):
        before = os.environ.get("http_proxy")
        os.environ["http_proxy"] = h.ENDPOINT
        try:
            client = h.AcsClient(h.KEY_ID, h.KEY_SECRET, "cn-hangzhou")
            self.assertIn("Flows", h.do(client, ListFlowsRequest.ListFlowsRequest()))
        finally:
            del os.environ["http_proxy"]
            if before is not None:
                os.environ["http_proxy"] = before

    def test_tea(self):
        self.assertIsNotNone(h.tea().list_flows(m.ListFlowsRequest()).body.request_id)

    def test_tea_with_scheme_in_its_endpoint(self):
        client = h.TeaClient(h.Config(
            access_key_id=h.KEY_ID, access_key_secret=h.KEY_SECRET, region_id="r", endpoint=h.ENDPOINT))
        self.assertEqual(200, client.list_flows(m.ListFlowsRequest()).status_code)

    def test_tea_with_the_new_signature(self):
        client = h.tea(acs3=True)
        self.assertEqual(200, client.list_flows(m.ListFlowsRequest(limit=1)).status_code)
        flow = h.name("v3")
        client.create_flow(m.CreateFlowRequest(
            name=flow, definition=h.PASS, type="FDL", description="你好 a+b ~*'"))
        self.assertEqual("你好 a+b ~*'", client.describe_flow(m.DescribeFlowRequest(name=flow)).body.description)

    def test_by_hand_in_the_query(self):
        self.accepted(h.call1("ListFlows", {"Limit": "1"}, method="GET"))

    def test_by_hand_post_in_the_query(self):
        self.accepted(h.call1("ListFlows", {"Limit": "1"}, method="POST", in_body=False))

    def test_by_hand_in_the_body(self):
        self.accepted(h.call1("ListFlows", {"Limit": "1"}, method="POST"))

    def test_all_parameters_in_the_body(self):
        parameters = h.common("ListFlows", Limit="1")
        parameters["Signature"] = h.sign1("POST", parameters)
        self.accepted(h.send("POST", "/", urllib.parse.urlencode(parameters),
                             {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}))

    def test_two_slashes(self):
        self.accepted(h.call1("ListFlows", method="GET", path="//"))

    def test_percent_and_plus_are_the_same_space(self):
        flow = h.name("space")
        parameters = h.common("CreateFlow", Name=flow, Definition=h.PASS, Type="FDL", Description="a b~c")
        parameters["Signature"] = h.sign1("GET", parameters)
        query = "&".join(k + "=" + h.quoted(v) for k, v in parameters.items()).replace("~", "%7E")
        self.assertEqual("a b~c", self.accepted(h.send("GET", "/?" + query))["Description"])

    def test_empty_parameters_are_signed_too(self):
        self.accepted(h.call1("ListFlows", {"NextToken": "", "Whatever": ""}, SignatureType=""))

    def test_header_names_in_any_case_and_unknown_ones(self):
        parameters = h.common("ListFlows")
        parameters["Signature"] = h.sign1("POST", parameters)
        self.accepted(h.send("POST", "/?" + urllib.parse.urlencode(parameters), "Limit=1" * 0, {
            "CONTENT-type": "application/x-www-form-urlencoded", "X-Acs-Whatever": "1",
            "x-sdk-client": "java/2.0.0", "Accept-Encoding": "identity"}))

    def test_format_xml_is_answered_in_json(self):
        self.accepted(h.call1("ListFlows", method="GET", Format="XML"))

    def test_new_signature_by_hand_get(self):
        self.accepted(h.call3("ListFlows", {"Limit": "1"}, method="GET"))

    def test_new_signature_with_a_form(self):
        self.accepted(h.call3("ListFlows", body="Limit=1&NextToken=a+b",
                              content_type="application/x-www-form-urlencoded"))

    def test_new_signature_with_json(self):
        self.accepted(h.call3("ListFlows", body='{"Limit": 1}', content_type="application/json; charset=utf-8"))

    def test_new_signature_over_few_headers(self):
        self.accepted(h.call3("ListFlows", method="GET", unsigned=("accept",)))

    def test_the_request_id_may_be_chosen(self):
        answer = h.call1("ListFlows", {"RequestId": "11111111-AAAA"}, method="GET")
        self.assertEqual("11111111-AAAA", answer.json["RequestId"])
        self.assertEqual("11111111-AAAA", answer.headers["x-acs-request-id"])

    def test_temporary_credentials_parameter_is_signed_and_ignored(self):
        self.accepted(h.call1("ListFlows", {"SecurityToken": "sts+/="}, method="GET"))


class Refused(unittest.TestCase):
    def refused(self, answer, status, code):
        self.assertEqual(status, answer.status, answer)
        self.assertEqual("application/json;charset=utf-8", answer.headers["content-type"])
        self.assertEqual({"RequestId", "HostId", "Code", "Message"}, set(answer.json))
        self.assertEqual(code, answer.code, answer)
        self.assertEqual(answer.json["RequestId"], answer.headers["x-acs-request-id"])
        self.assertEqual(h.HOST, answer.json["HostId"])

    def test_nothing_at_all(self):
        self.refused(h.send("GET", "/"), 400, "MissingAccessKeyId")
        self.refused(h.send("POST", "/", "", {}), 400, "MissingAccessKeyId")

    def test_each_missing_parameter_is_named(self):
        for missing in ("AccessKeyId", "Timestamp", "SignatureNonce", "SignatureMethod", "SignatureVersion"):
            with self.subTest(missing):
                self.refused(h.call1("ListFlows", **{missing: None}), 400, "Missing" + missing)

    def test_missing_signature(self):
        parameters = h.common("ListFlows")
        self.refused(h.send("GET", "/?" + urllib.parse.urlencode(parameters)), 400, "MissingSignature")

    def test_missing_action_and_version(self):
        for missing in ("Action", "Version"):
            answer = h.call1("ListFlows", **{missing: None})
            self.refused(answer, 400, "MissingRequiredParams")
            self.assertEqual("The HTTP query '%s' must be specified." % missing, answer.json["Message"])

    def test_unknown_key(self):
        answer = h.call1("ListFlows", AccessKeyId="nobody")
        self.refused(answer, 404, "InvalidAccessKeyId.NotFound")
        self.assertEqual("Specified access key is not found.", answer.json["Message"])

    def test_unknown_key_in_both_libraries(self):
        with self.assertRaises(ServerException) as caught:
            h.do(h.core("nobody"), ListFlowsRequest.ListFlowsRequest())
        self.assertEqual("InvalidAccessKeyId.NotFound", caught.exception.error_code)
        self.assertEqual(404, caught.exception.http_status)
        with self.assertRaises(Exception) as caught:
            h.tea("nobody").list_flows(m.ListFlowsRequest())
        self.assertEqual("InvalidAccessKeyId.NotFound", caught.exception.code)

    def test_wrong_secret_in_core_is_recognized(self):
        for request in (ListFlowsRequest.ListFlowsRequest(), DescribeFlowRequest.DescribeFlowRequest()):
            if hasattr(request, "set_Name"):
                request.set_Name("你好 +/:")
            with self.assertRaises(ServerException) as caught:
                h.do(h.core(secret="wrong"), request)
            self.assertEqual("InvalidAccessKeySecret", caught.exception.error_code)
            self.assertEqual(400, caught.exception.http_status)

    def test_wrong_secret_in_core_with_a_body(self):
        with self.assertRaises(ServerException) as caught:
            h.do(h.core(secret="wrong"), StartExecutionRequest.StartExecutionRequest(), FlowName="f",
                 Input='{"a": "b:c"}')
        self.assertEqual("InvalidAccessKeySecret", caught.exception.error_code)

    def test_wrong_secret_in_tea(self):
        for acs3 in (False, True):
            with self.assertRaises(Exception) as caught:
                h.tea(secret="wrong", acs3=acs3).list_flows(m.ListFlowsRequest())
            self.assertEqual("SignatureDoesNotMatch", caught.exception.code)
            self.assertEqual(400, caught.exception.status_code)

    def test_the_string_to_sign_stands_behind_the_only_colon(self):
        parameters = h.common("ListFlows", NextToken="a:b")
        parameters["Signature"] = h.sign1("GET", parameters, "wrong")
        answer = h.send("GET", "/?" + urllib.parse.urlencode(parameters))
        self.refused(answer, 400, "SignatureDoesNotMatch")
        parts = answer.json["Message"].split(":")
        self.assertEqual(2, len(parts))
        del parameters["Signature"]
        canonical = "&".join(h.quoted(k) + "=" + h.quoted(parameters[k]) for k in sorted(parameters))
        self.assertEqual("GET&%2F&" + h.quoted(canonical), parts[1])

    def test_forged_signatures(self):
        for signature in ("", "x", "AAAA", "A" * 28, "ÿ", h.sign1("GET", h.common("ListFlows"))):
            answer = h.call1("ListFlows", method="GET", Signature=signature)
            self.refused(answer, 400, "SignatureDoesNotMatch" if signature else "MissingSignature")

    def test_a_changed_parameter(self):
        parameters = h.common("ListFlows", Limit="1")
        parameters["Signature"] = h.sign1("GET", parameters)
        parameters["Limit"] = "2"
        answer = h.send("GET", "/?" + urllib.parse.urlencode(parameters))
        self.refused(answer, 400, "SignatureDoesNotMatch")

    def test_a_changed_method(self):
        parameters = h.common("ListFlows")
        parameters["Signature"] = h.sign1("GET", parameters)
        self.refused(h.send("POST", "/?" + urllib.parse.urlencode(parameters), ""), 400, "SignatureDoesNotMatch")

    def test_clock_skew(self):
        for skew in (-840, 840):
            self.assertEqual(200, h.call1("ListFlows", Timestamp=h.now(skew)).status)
        for skew in (-960, 960, -86400 * 365, 86400):
            self.refused(h.call1("ListFlows", Timestamp=h.now(skew)), 400, "InvalidTimeStamp.Expired")

    def test_clock_skew_with_the_new_signature(self):
        for skew in (-960, 960):
            answer = h.call3("ListFlows", method="GET", x_acs_date=h.now(skew))
            self.refused(answer, 400, "InvalidTimeStamp.Expired")

    def test_no_time(self):
        for time in ("yesterday", "2026-13-01T00:00:00Z", "1", "2026-11-23 15:49:52", "%00"):
            self.refused(h.call1("ListFlows", Timestamp=time), 400, "InvalidTimeStamp.Format")

    def test_replayed_nonce(self):
        nonce = uuid.uuid4().hex
        self.assertEqual(200, h.call1("ListFlows", SignatureNonce=nonce).status)
        self.refused(h.call1("ListFlows", SignatureNonce=nonce), 400, "SignatureNonceUsed")
        self.refused(h.call1("DescribeFlow", {"Name": "x"}, SignatureNonce=nonce), 400, "SignatureNonceUsed")

    def test_replayed_nonce_with_the_new_signature(self):
        nonce = uuid.uuid4().hex
        self.assertEqual(200, h.call3("ListFlows", method="GET", x_acs_signature_nonce=nonce).status)
        self.refused(h.call3("ListFlows", method="GET", x_acs_signature_nonce=nonce), 400, "SignatureNonceUsed")

    def test_a_wrong_signature_uses_up_no_nonce(self):
        nonce = uuid.uuid4().hex
        self.refused(h.call1("ListFlows", SignatureNonce=nonce, secret="wrong"), 400, "SignatureDoesNotMatch")
        self.assertEqual(200, h.call1("ListFlows", SignatureNonce=nonce).status)

    def test_other_algorithms(self):
        self.refused(h.call1("ListFlows", SignatureMethod="HMAC-SHA256"), 400, "IncompleteSignature")
        self.refused(h.call1("ListFlows", SignatureVersion="2.0"), 400, "IncompleteSignature")
        for name in ("ACS3-HMAC-SM3", "ACS3-RSA-SHA256"):
            def change(headers, name=name):
                headers["Authorization"] = headers["Authorization"].replace("ACS3-HMAC-SHA256", name)
            self.refused(h.call3("ListFlows", method="GET", change=change), 400, "IncompleteSignature")

    def test_new_signature_with_a_changed_body(self):
        def change(headers):
            headers["x-acs-content-sha256"] = hashlib.sha256(b"Limit=1").hexdigest()
        answer = h.call3("ListFlows", body="Limit=2", content_type="application/x-www-form-urlencoded",
                         change=change)
        self.refused(answer, 400, "SignatureDoesNotMatch")

    def test_new_signature_with_a_changed_action(self):
        def change(headers):
            headers["x-acs-action"] = "DeleteFlow"
        self.refused(h.call3("ListFlows", method="GET", change=change), 400, "SignatureDoesNotMatch")

    def test_new_signature_must_cover_what_counts(self):
        for name in ("host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce",
                     "x-acs-content-sha256"):
            with self.subTest(name):
                answer = h.call3("ListFlows", method="GET", unsigned=(name,))
                self.refused(answer, 400, "IncompleteSignature")

    def test_new_signature_malformed(self):
        for text in ("ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=a", "ACS3-HMAC-SHA256 a,b,c",
                     "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=,Signature="):
            def change(headers, text=text):
                headers["Authorization"] = text
            self.refused(h.call3("ListFlows", method="GET", change=change), 400, "IncompleteSignature")

    def test_unknown_action_and_version(self):
        answer = h.call1("ExplodeFlow")
        self.refused(answer, 400, "ActionNotSupported")
        self.assertEqual(
            "The requested API operation 'ExplodeFlow' is incorrect. Please check.", answer.json["Message"])
        answer = h.call1("ListFlows", Version="2014-05-15")
        self.refused(answer, 400, "APIVersionNotSupported")
        self.assertEqual("The requested API version '2014-05-15' is not supported yet. Please check.",
                         answer.json["Message"])
        self.refused(h.call3("ExplodeFlow", method="GET"), 400, "ActionNotSupported")

    def test_other_paths_and_methods(self):
        for path in ("/index.html", "/api", "/%2e%2e/etc/passwd", "/../x", "/?x", "/favicon.ico"):
            answer = h.send("GET", path)
            self.assertEqual({"RequestId", "HostId", "Code", "Message"}, set(answer.json), path)
            self.assertEqual(400 if path == "/?x" else 404, answer.status)
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
            self.refused(h.send(method, "/"), 405, "UnsupportedHTTPMethod")

    def test_parameters_that_are_none(self):
        for query in ("a=%", "a=%zz", "a=%ff", "Action=a&Action=b"):
            answer = h.send("GET", "/?" + query)
            self.refused(answer, 400, "InvalidArgument")


class Connections(unittest.TestCase):
    def test_many_requests_over_one_connection(self):
        connection = http.client.HTTPConnection(h.HOST, timeout=10)
        for number in range(50):
            answer = h.call1("ListFlows" if number % 3 else "NoSuchThing", connection=connection)
            self.assertEqual(200 if number % 3 else 400, answer.status)
            sock = connection.sock
            self.assertIsNotNone(sock, "the connection was not kept")
        connection.close()

    def test_a_refusal_of_the_signature_keeps_the_connection(self):
        connection = http.client.HTTPConnection(h.HOST, timeout=10)
        self.assertEqual(404, h.call1("ListFlows", AccessKeyId="nobody", connection=connection).status)
        self.assertEqual(200, h.call1("ListFlows", connection=connection).status)
        connection.close()

    def test_absolute_form(self):
        parameters = h.common("ListFlows")
        parameters["Signature"] = h.sign1("GET", parameters)
        target = "http://cn-hangzhou.fnf.aliyuncs.com/?" + urllib.parse.urlencode(parameters)
        answer = h.send("GET", target, headers={"Host": "cn-hangzhou.fnf.aliyuncs.com"})
        self.assertEqual(200, answer.status, answer)


if __name__ == "__main__":
    unittest.main()
