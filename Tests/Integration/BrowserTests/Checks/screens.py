"""Writes a picture of every page to .build/screens, at desktop and phone width and in the dark: `make screens`.

    .build/browser-sdk/bin/python Tests/Integration/BrowserTests/Checks/screens.py [WORD...]

With words only pages whose names hold one of them.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "Support", "Checks"))
import fnf_system  # noqa: E402
import harness  # noqa: E402
import population  # noqa: E402
from harness import Browser  # noqa: E402

FOLDER = fnf_system.ROOT + "/.build/screens"
KINDS = [
    ("desktop", {}), ("phone", {"size": harness.PHONE}), ("dark", {"dark": True}),
    ("chinese", {"language": "zh-CN"}),
]


def pages():
    """Name → path; those of the console are for who is signed in."""
    made = population.populate()
    shown = {"shop": "/shop", "shop-tea": "/shop?supplier=chunfeng", "signin": "/signin", "missing": "/shop/nothing"}
    for state, number in made["orders"].items():
        shown["order-" + state] = "/shop/orders/" + number
    shown.update({
        "merchant": "/shop/merchant", "merchant-order": "/shop/merchant/orders/" + made["orders"]["completed"],
        "merchant-rules": "/shop/merchant/rules", "merchant-rule": "/shop/merchant/rules/laocheng",
        "merchant-products": "/shop/merchant/products/haidilao",
        "console": "/console", "executions": "/console/executions",
        "executions-failed": "/console/executions?status=Failed", "waiting": "/console/waiting",
        "flows": "/console/flows", "flow": "/console/flows/" + harness.FLOW,
        "flow-edit": "/console/flows/%s/edit" % harness.FLOW,
        "flow-simulate": "/console/flows/%s/simulate" % harness.FLOW,
        "schedules": "/console/schedules", "suppliers": "/console/suppliers", "payments": "/console/payments",
        "queues": "/console/queues",
    })
    for word, (flow, name) in made["executions"].items():
        shown["execution-" + word] = "/console/executions/%s/%s" % (flow, name)
    return shown


def main():
    os.makedirs(FOLDER, exist_ok=True)
    system = fnf_system.System(population, harness)
    good = False
    try:
        shown = pages()
        words = sys.argv[1:]
        for kind, options in KINDS:
            browser = Browser(**options)
            browser.sign_in()
            for name, path in shown.items():
                if words and not any(word in name for word in words):
                    continue
                if kind == "chinese" and "/console" in path:
                    continue
                browser.go(path)
                browser.wait(lambda: browser.script("return document.readyState") == "complete")
                browser.shot("%s/%s-%s.png" % (FOLDER, name, kind))
                sys.stderr.write("%s %s\n" % (kind, name))
            browser.close()
        good = True
    finally:
        harness.close_browsers()
        system.end(failed=not good)
    print(FOLDER)


if __name__ == "__main__":
    main()
