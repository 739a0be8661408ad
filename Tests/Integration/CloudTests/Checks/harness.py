"""What the files of checks share: the clients of each library, requests signed by hand, names nobody used."""

import base64
import hashlib
import hmac
import http.client
import itertools
import json
import os
import subprocess
import time
import urllib.parse
import uuid

from aliyunsdkcore.client import AcsClient
from alibabacloud_fnf20190315.client import Client as TeaClient
from alibabacloud_tea_openapi.models import Config

KEY_ID = "testid"
KEY_SECRET = "testsecret"
REGION = "cn-hangzhou"
VERSION = "2019-03-15"

# Set by run.py.
ENDPOINT = HOST = SECURE = LEGACY = FNFCTL = FOLDER = None
UP_PID = FUNCTION_PORT = 0

_numbers = itertools.count(1)


def use(endpoint):
    """Points every client at the system, e.g. http://127.0.0.1:41234."""
    global ENDPOINT, HOST
    ENDPOINT = endpoint.rstrip("/")
    HOST = ENDPOINT.split("//")[1]


def name(prefix="check"):
    """A name that no other check uses."""
    return "%s-%d" % (prefix, next(_numbers))


def fnfctl(*arguments, ok=True):
    """Runs fnfctl against the system under test; its standard output."""
    environment = dict(os.environ, FNF_RUNTIME_DIR=FOLDER + "/run")
    done = subprocess.run(
        [FNFCTL] + list(arguments), env=environment, capture_output=True, text=True, timeout=60)
    if ok and done.returncode != 0:
        raise AssertionError("fnfctl %s: %s" % (" ".join(arguments), done.stderr))
    return done.stdout if ok else done


# ---- flows

PASS = "version: v1\ntype: flow\nsteps:\n  - type: pass\n    name: hello\n"
WAIT = "version: v1\ntype: flow\nsteps:\n  - type: wait\n    name: rest\n    duration: %d\n"
# Sends its token to a queue of its own name, and waits for the report.
ASK = """version: v1
type: flow
steps:
  - type: task
    name: ask
    resourceArn: acs:mns:::/queues/%s/messages
    pattern: waitForCallback
    inputMappings:
      - target: taskToken
        source: $context.task.token
    outputMappings:
      - target: answer
        source: $local.answer
    serviceParams:
      MessageBody: $
"""


# ---- the workflow libraries

def core(key_id=KEY_ID, secret=KEY_SECRET, region=REGION, scheme=True, **options):
    """aliyun-python-sdk-core, pointed here."""
    client = AcsClient(key_id, secret, region, **options)
    client.add_endpoint(region, "fnf", ENDPOINT if scheme else HOST)
    return client


def do(client, request, **values):
    """Fills in a request of aliyun-python-sdk-fnf, sends it, reads the answer."""
    for key, value in values.items():
        getattr(request, "set_" + key)(value)
    request.set_accept_format("JSON")
    return json.loads(client.do_action_with_exception(request))


def tea(key_id=KEY_ID, secret=KEY_SECRET, acs3=False, **options):
    """alibabacloud_fnf20190315, pointed here; acs3: with the new signature, which its client switches off."""
    client = TeaClient(Config(
        access_key_id=key_id, access_key_secret=secret, region_id=REGION, endpoint=HOST, protocol="HTTP",
        **options))
    if acs3:
        client._signature_algorithm = "ACS3-HMAC-SHA256"
    return client


# ---- by hand

class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = {key.lower(): value for key, value in response.getheaders()}
        self.bytes = response.read()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def code(self):
        return self.json.get("Code")

    def __repr__(self):
        return "%d %r" % (self.status, self.bytes[:500])


def send(method="GET", target="/", body=None, headers=None, connection=None, timeout=30):
    """One request as it is."""
    own = connection or http.client.HTTPConnection(HOST, timeout=timeout)
    own.request(method, target, body=body, headers=headers or {})
    answer = Answer(own.getresponse())
    if connection is None:
        own.close()
    return answer


def quoted(text):
    return urllib.parse.quote(text, safe="-_.~")


def now(skew=0):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + skew))


def common(action, **more):
    """The parameters that each request of the old signature has."""
    parameters = {
        "Action": action, "Version": VERSION, "Format": "JSON", "Timestamp": now(),
        "SignatureMethod": "HMAC-SHA1", "SignatureVersion": "1.0", "SignatureNonce": uuid.uuid4().hex,
        "AccessKeyId": KEY_ID,
    }
    parameters.update(more)
    return {key: value for key, value in parameters.items() if value is not None}


def sign1(method, parameters, secret=KEY_SECRET):
    """The old signature over all parameters, wherever they will stand."""
    canonical = "&".join(
        quoted(key) + "=" + quoted(parameters[key]) for key in sorted(parameters) if key != "Signature")
    text = method + "&%2F&" + quoted(canonical)
    code = hmac.new((secret + "&").encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(code).decode()


def call1(action, parameters=None, method="POST", in_body=True, secret=KEY_SECRET, connection=None, path="/",
          timeout=30, **common_more):
    """Calls an action with the old signature; in_body: where its own parameters go."""
    mine = dict(parameters or {})
    shared = common(action, **common_more)
    if "Signature" not in shared:
        shared["Signature"] = sign1(method, {**shared, **mine}, secret)
    if in_body and method == "POST":
        return send(
            method, path + "?" + urllib.parse.urlencode(shared), urllib.parse.urlencode(mine),
            {"Content-Type": "application/x-www-form-urlencoded"}, connection, timeout)
    return send(method, path + "?" + urllib.parse.urlencode({**mine, **shared}), None, {}, connection, timeout)


def call3(action, query=None, body=b"", content_type=None, method="POST", key_id=KEY_ID, secret=KEY_SECRET,
          change=None, unsigned=(), path="/", timeout=30, **headers_more):
    """Calls an action with the new signature. change: edits the headers after they are signed."""
    query = dict(query or {})
    body = body.encode() if isinstance(body, str) else body
    headers = {
        "host": HOST, "x-acs-action": action, "x-acs-version": VERSION, "x-acs-date": now(),
        "x-acs-signature-nonce": uuid.uuid4().hex, "accept": "application/json",
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
    }
    if content_type:
        headers["content-type"] = content_type
    headers.update({key.replace("_", "-"): value for key, value in headers_more.items()})
    signed = sorted(key for key in headers if key not in unsigned)
    canonical_query = "&".join(quoted(key) + "=" + quoted(query[key]) for key in sorted(query))
    canonical = "\n".join(
        [method, path, canonical_query]
        + ["%s:%s" % (key, headers[key].strip()) for key in signed]
        + ["", ";".join(signed), headers["x-acs-content-sha256"]])
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    code = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    headers["Authorization"] = "ACS3-HMAC-SHA256 Credential=%s,SignedHeaders=%s,Signature=%s" % (
        key_id, ";".join(signed), code)
    if change:
        change(headers)
    target = path + ("?" + urllib.parse.urlencode(query) if query else "")
    return send(method, target, body or None, headers, timeout=timeout)


# ---- the message service's library

def account(key_id=KEY_ID, secret=KEY_SECRET):
    """aliyun-mns, pointed here."""
    from mns.account import Account

    return Account(ENDPOINT + "/", key_id, secret)
