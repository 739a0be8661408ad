"""What the checks of the message service share: its library made quiet, requests signed by hand, its errors."""

import base64
import hashlib
import hmac
import time
from xml.etree import ElementTree

import mns.mns_client
from mns.mns_exception import MNSClientNetworkException, MNSServerException

import harness

NAMESPACE = "{http://mns.aliyuncs.com/doc/v1/}"

# The library prints the secret and every signature.
mns.mns_client.print = lambda *_: None


def refused(test, code, call, *arguments):
    """The exception of the library, which must have this code."""
    with test.assertRaises(MNSServerException) as caught:
        call(*arguments)
    test.assertEqual(caught.exception.type, code)
    test.assertTrue(caught.exception.message)
    return caught.exception


def md5(text):
    return hashlib.md5(text.encode() if isinstance(text, str) else text).hexdigest().upper()


def document(root, content=""):
    return ('<?xml version="1.0" encoding="utf-8"?><%s xmlns="http://mns.aliyuncs.com/doc/v1/">%s</%s>'
            % (root, content, root))


def signed(method, target, body=None, key_id=None, secret=None, skew=0, headers=None, change=None,
           timeout=30):
    """One request signed by hand. change: edits the headers after they are signed."""
    headers = dict(headers or {})
    headers.setdefault("x-mns-version", "2015-06-06")
    headers.setdefault("Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + skew)))
    if body is not None:
        body = body.encode() if isinstance(body, str) else body
        headers.setdefault("Content-Type", "text/xml;charset=UTF-8")
    lower = {key.lower(): value for key, value in headers.items()}
    text = "\n".join([method, lower.get("content-md5", ""), lower.get("content-type", ""), lower["date"]]) + "\n"
    text += "".join("%s:%s\n" % (key, lower[key]) for key in sorted(lower) if key.startswith("x-mns-"))
    code = hmac.new((secret or harness.KEY_SECRET).encode(), (text + target).encode(), hashlib.sha1).digest()
    headers["Authorization"] = "MNS %s:%s" % (key_id or harness.KEY_ID, base64.b64encode(code).decode())
    if change:
        change(headers)
    return harness.send(method, target, body, headers, timeout=timeout)


def error(test, answer, status, code):
    """An error document with all that the library wants of it."""
    test.assertEqual(answer.status, status, answer)
    test.assertEqual(answer.headers["content-type"], "text/xml;charset=utf-8")
    root = ElementTree.fromstring(answer.bytes)
    test.assertEqual(root.tag, NAMESPACE + "Error")
    parts = {child.tag[len(NAMESPACE):]: child.text for child in root}
    test.assertEqual(sorted(parts), ["Code", "HostId", "Message", "RequestId"])
    test.assertEqual(parts["Code"], code)
    test.assertEqual(parts["RequestId"], answer.headers["x-mns-request-id"])
    test.assertEqual(parts["HostId"], harness.ENDPOINT)
    return parts


__all__ = ["MNSClientNetworkException", "MNSServerException", "document", "error", "md5", "refused", "signed"]
