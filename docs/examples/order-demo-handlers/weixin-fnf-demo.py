# -*- coding: utf-8 -*-
"""Pays by weixin, at the full price."""
import json
import urllib.request

from settings import order_service


def handler(event, context):
    bodyJson = json.loads(event)
    price = bodyJson["price"]
    orderNum = bodyJson["orderNum"]
    paymentMethod = bodyJson["paymentMethod"]
    newPrice = int(price)
    url = order_service + "/setPaymentCombination/" + orderNum + "/" + paymentMethod + "/" + str(newPrice)
    urllib.request.urlopen(url, timeout=10).read()
    return json.dumps({"Status": "ok"})
