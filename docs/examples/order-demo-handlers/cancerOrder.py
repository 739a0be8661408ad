# -*- coding: utf-8 -*-
"""The end of an order that was not paid (the function's name is the article's). The article leaves it to the reader."""
import json


def handler(event, context):
    return {"orderNum": json.loads(event)["orderNum"], "orderStatus": "canceled"}
