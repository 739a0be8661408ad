# -*- coding: utf-8 -*-
"""The literals that the article's handlers were filled in with, and the one line that sends the workflow SDK here."""
import os

from aliyunsdkcore.profile import region_provider

region = os.environ.get("FNF_REGION", "cn-hangzhou")
ak_id = os.environ.get("FNF_ACCESS_KEY_ID", "demo")
ak_secret = os.environ.get("FNF_ACCESS_KEY_SECRET", "demo-secret")
# Where `fnfctl up --http 8080` or fnf-flow-web listens: the workflow service and the message service in one.
endpoint = os.environ.get("FNF_ENDPOINT", "http://127.0.0.1:8080")
# The article's Java service; here the legacy listener, or whatever takes GET /setPaymentCombination/….
order_service = os.environ.get("ORDER_SERVICE", "http://127.0.0.1:8081")
queue_name = os.environ.get("PAYMENT_QUEUE", "payment-queue-fnf-demo")

region_provider.add_endpoint("fnf", region, endpoint)
