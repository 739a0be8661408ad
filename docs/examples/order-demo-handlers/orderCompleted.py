# -*- coding: utf-8 -*-
"""The end of an order that was paid. The article leaves it to the reader."""
import json


def handler(event, context):
    return {"orderNum": json.loads(event)["orderNum"], "orderStatus": "completed"}
