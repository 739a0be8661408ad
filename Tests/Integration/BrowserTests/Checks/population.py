"""A system that has something of everything: orders in each state, executions that wait, fail, retry and branch."""

import json
import time

import harness

FLOWS = {
    # Two branches and a loop over what it is given.
    "Fanout": """version: v1
type: flow
steps:
  - type: parallel
    name: both
    branches:
      - steps:
          - {type: wait, name: short, duration: 1}
          - {type: pass, name: left, outputMappings: [{target: side, source: left}]}
      - steps:
          - {type: wait, name: long, duration: 2}
          - {type: pass, name: right}
  - type: foreach
    name: each
    iterationMapping: {collection: $.items, item: item}
    inputMappings: [{target: items, source: $input.items}]
    steps:
      - {type: pass, name: one, outputMappings: [{target: done, source: $input.item}]}
  - {type: succeed, name: end}
""",
    # Asks a function that nobody serves: it is tried again, and then it fails.
    "Stubborn": """version: v1
type: flow
steps:
  - type: task
    name: call
    resourceArn: acs:mns:::/queues/nobody-listens/messages
    pattern: waitForCallback
    timeoutSeconds: 1
    retry:
      - {errors: [FnF.ALL], intervalSeconds: 1, maxAttempts: 2, multiplier: 1}
    inputMappings: [{target: token, source: $context.task.token}]
    serviceParams: {MessageBody: $}
""",
    "Refund": """version: v1
type: flow
steps:
  - {type: pass, name: look}
  - {type: fail, name: refuse, error: RefundRefused, cause: the order was delivered three weeks ago}
""",
    "Approval": """version: v1
type: flow
steps:
  - type: task
    name: ask
    resourceArn: acs:mns:::/queues/approvals/messages
    pattern: waitForCallback
    timeoutSeconds: 86400
    inputMappings:
      - {target: token, source: $context.task.token}
      - {target: amount, source: $input.amount}
    outputMappings: [{target: approved, source: $local.approved}]
    serviceParams: {MessageBody: $}
  - {type: pass, name: book}
""",
}


def until(fact, seconds=30):
    end = time.time() + seconds
    while not fact():
        assert time.time() < end, "it did not come about"
        time.sleep(0.05)


def order(supplier, items, status, method=None):
    number = harness.name("o-demo")
    arguments = ["order", "submit", "--order", number, "--supplier", supplier, "--address", "West Lake Road 18, Hangzhou"]
    for item in items:
        arguments += ["--item", item]
    harness.fnfctl(*arguments)
    show = lambda: harness.shown_order(number)
    until(lambda: show()["status"] == "awaitingPayment")
    if method:
        until(lambda: harness.fnfctl("order", "pay", number, "--method", method, "--price", show()["total"],
                                     ok=False).returncode == 0)
    until(lambda: show()["status"] == status)
    return number


def populate():
    harness.demo_flow()
    products = harness.fnfctl_json("product", "list", "--supplier", "haidilao")
    first = [p["product"] for p in find(products, "product")][:3]
    orders = {
        "waiting": order("haidilao", [first[0] + "=2", first[1] + "=1"], "awaitingPayment"),
        "completed": order("haidilao", [first[0] + "=1", first[2] + "=2"], "completed", "zhifubao"),
    }
    harness.demo_flow(payment_seconds=1)
    orders["canceled"] = order("haidilao", [first[1] + "=1"], "canceled")
    harness.demo_flow()
    for flow, text in FLOWS.items():
        harness.fnfctl("flow", "apply", "-f", "-", "--name", flow, text=text)
    harness.fnfctl("flow", "publish", harness.FLOW)
    harness.fnfctl("flow", "alias", "create", harness.FLOW, "live", "--route", "1")
    harness.fnfctl("schedule", "create", "Refund", "nightly", "0 0 3 * * *")
    start = lambda flow, name, value: harness.fnfctl(
        "execution", "start", flow, "--name", name, "--input", json.dumps(value))
    start("Fanout", "fan-1", {"items": ["tea", "noodles", "lotus root"]})
    start("Stubborn", "retry-1", {})
    start("Refund", "refund-1", {"order": orders["completed"]})
    start("Approval", "approval-1", {"amount": 420})
    until(lambda: harness.fnfctl_json("execution", "describe", "Fanout", "fan-1")["Status"] == "Succeeded")
    until(lambda: harness.fnfctl_json("execution", "describe", "Stubborn", "retry-1")["Status"] != "Running")
    return {
        "orders": orders,
        "executions": {
            "paid": (harness.FLOW, orders["completed"]), "open": (harness.FLOW, orders["waiting"]),
            "timeout": (harness.FLOW, orders["canceled"]), "fanout": ("Fanout", "fan-1"),
            "retries": ("Stubborn", "retry-1"), "failed": ("Refund", "refund-1"),
        },
    }


def find(value, key):
    """Every object in the document that has the member."""
    if isinstance(value, dict):
        if key in value and not isinstance(value[key], (dict, list)):
            yield value
        for inner in value.values():
            yield from find(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from find(inner, key)
