# -*- coding: utf-8 -*-
"""Behind the topic generateInfo-fnf-demo-jiyuan: which payment methods the supplier of an order takes."""
import json
import logging
import urllib.request

from aliyunsdkcore.client import AcsClient
from aliyunsdkfnf.request.v20190315 import ReportTaskSucceededRequest

from settings import ak_id, ak_secret, order_service, region


def handler(event, context):
    # 1. The client of the workflow service
    fnf_client = AcsClient(ak_id, ak_secret, region)
    logger = logging.getLogger()
    # 2. The event is the message of the topic
    bodyJson = json.loads(event)
    supplier = bodyJson["supplier"]
    taskToken = bodyJson["taskToken"]
    orderNum = bodyJson["orderNum"]
    logger.info("supplier: " + supplier + ", orderNum: " + orderNum)
    # 3. Which supplier takes which combination
    if supplier == "haidilao":
        paymentcombination = "zhifubao,weixin"
    else:
        paymentcombination = "zhifubao,weixin,unionpay"
    # 4. The order service hears of it; the price is not known yet
    url = order_service + "/setPaymentCombination/" + orderNum + "/" + paymentcombination + "/0"
    urllib.request.urlopen(url, timeout=10).read()
    # 5. The step generateInfo goes on
    output = "{\"orderNum\": \"%s\", \"paymentcombination\":\"%s\" " \
             "}" % (orderNum, paymentcombination)
    request = ReportTaskSucceededRequest.ReportTaskSucceededRequest()
    request.set_Output(output)
    request.set_TaskToken(taskToken)
    fnf_client.do_action_with_exception(request)
    return "hello world"
