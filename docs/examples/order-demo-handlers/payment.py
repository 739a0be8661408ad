# -*- coding: utf-8 -*-
"""Behind the topic payment-fnf-demo-jiyuan: waits for the buyer's payment in the queue and reports it."""
import json
import logging

from aliyunsdkcore.client import AcsClient
from aliyunsdkfnf.request.v20190315 import ReportTaskSucceededRequest
from mns.account import Account

from settings import ak_id, ak_secret, endpoint, queue_name, region


def handler(event, context):
    logger = logging.getLogger()
    bodyJson = json.loads(event)
    taskToken = bodyJson["taskToken"]
    orderNum = bodyJson["orderNum"]
    # 1. The clients of the workflow service and of the message service
    fnf_client = AcsClient(ak_id, ak_secret, region)
    queue = Account(endpoint, ak_id, ak_secret).get_queue(queue_name)
    # 2. Whoever pays puts a message into the queue; each receive waits for 30 seconds
    while True:
        try:
            message = queue.receive_message(30)
        except Exception:
            logger.info("new loop")
            continue
        payment = json.loads(message.message_body)
        queue.delete_message(message.receipt_handle)
        # 3. The step payment goes on
        output = "{\"orderNum\": \"%s\", \"paymentMethod\":\"%s\", \"price\":\"%s\" " \
                 "}" % (orderNum, payment["paymentMethod"], payment["price"])
        request = ReportTaskSucceededRequest.ReportTaskSucceededRequest()
        request.set_Output(output)
        request.set_TaskToken(taskToken)
        fnf_client.do_action_with_exception(request)
        return "hello world"
