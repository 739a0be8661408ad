"""The same endpoint over TLS, with certificate files: the libraries as they come, which look at the certificate."""

import datetime
import ipaddress
import json
import os
import shutil
import ssl
import tempfile
import unittest
import urllib.error
import urllib.request

import harness as h
import messages  # noqa: F401 - makes the library quiet
from aliyunsdkcore.client import AcsClient
from aliyunsdkfnf.request.v20190315 import CreateFlowRequest, StartSyncExecutionRequest
from alibabacloud_fnf20190315 import models as m
from alibabacloud_fnf20190315.client import Client as TeaClient
from alibabacloud_tea_openapi.models import Config
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from mns.account import Account
from mns.queue import QueueMeta

FLAGS = ["--https", "0"]
# Outlives the configuration's folder, since the libraries read it at each connection.
FILES = tempfile.mkdtemp(prefix="fnf-tls-", dir="/tmp")
CERTIFICATE, KEY = FILES + "/fullchain.pem", FILES + "/privkey.pem"


def configure(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "fnf checks")])
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - day).not_valid_after(now + day)
        .add_extension(addresses, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256()))
    with open(CERTIFICATE, "wb") as f:
        f.write(made.public_bytes(serialization.Encoding.PEM))
    with open(KEY, "wb") as f:
        f.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                  serialization.NoEncryption()))
    with open(folder + "/flow-web.yaml", "a") as f:
        f.write("certificateFile: %s\nprivateKeyFile: %s\n" % (CERTIFICATE, KEY))


class Secure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["SSL_CERT_FILE"] = os.environ["REQUESTS_CA_BUNDLE"] = CERTIFICATE
        cls.host = h.SECURE.split("//")[1]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(FILES, ignore_errors=True)

    def core(self, **more):
        client = AcsClient(h.KEY_ID, h.KEY_SECRET, h.REGION, **more)
        # Without a scheme, as in the cloud: the library takes https for StartSyncExecution by itself.
        client.add_endpoint(h.REGION, "fnf", self.host)
        return client

    def test_an_express_flow_by_the_older_library(self):
        flow = h.name("Secure")
        h.do(h.core(), CreateFlowRequest.CreateFlowRequest(), Name=flow, Definition=h.PASS, Description="d",
             Type="FDL", ExecutionMode="Express")
        request = StartSyncExecutionRequest.StartSyncExecutionRequest()
        self.assertEqual("Succeeded", h.do(self.core(verify=CERTIFICATE), request, FlowName=flow)["Status"])

    def test_the_newer_library(self):
        client = TeaClient(Config(
            access_key_id=h.KEY_ID, access_key_secret=h.KEY_SECRET, region_id=h.REGION, endpoint=self.host,
            protocol="HTTPS", ca=CERTIFICATE))
        self.assertIsNotNone(client.list_flows(m.ListFlowsRequest(limit=1)).body.request_id)

    def test_queues_say_https_in_their_addresses(self):
        account = Account(h.SECURE, h.KEY_ID, h.KEY_SECRET)
        queue = account.get_queue(h.name("secure"))
        self.assertEqual("%s/queues/%s" % (h.SECURE, queue.queue_name), queue.create(QueueMeta()))

    def test_old_protocols_and_plain_requests_are_refused(self):
        context = ssl.create_default_context(cafile=CERTIFICATE)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        with self.assertRaises(OSError):
            urllib.request.urlopen(h.SECURE, context=context, timeout=10)
        with self.assertRaises(OSError):
            urllib.request.urlopen("http://" + self.host, timeout=10)

    def test_errors_have_their_shape(self):
        context = ssl.create_default_context(cafile=CERTIFICATE)
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(h.SECURE, context=context, timeout=10)
        self.assertEqual(400, caught.exception.code)
        self.assertEqual(self.host, json.load(caught.exception)["HostId"])
