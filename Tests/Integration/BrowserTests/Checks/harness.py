"""What the files of checks share: browsers of every kind, what is wrong with a page, orders and keys."""

import base64
import http.client
import itertools
import json
import os
import re
import subprocess
import urllib.parse

import axe_core_python
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

KEY_ID = "operator"
KEY_SECRET = "operator-secret"

# Set by run.py.
ENDPOINT = HOST = FNFCTL = FOLDER = None
UP_PID = FUNCTION_PORT = 0
LEGACY = None

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))))

DESKTOP = (1360, 900)
PHONE = (390, 844)

_numbers = itertools.count(1)
_open = []


def use(endpoint):
    """Points everything at the system, e.g. http://127.0.0.1:41234."""
    global ENDPOINT, HOST
    ENDPOINT = endpoint.rstrip("/")
    HOST = ENDPOINT.split("//")[1]


def name(prefix="check"):
    """A name that no other check uses."""
    return "%s-%d" % (prefix, next(_numbers))


def fnfctl(*arguments, ok=True, text=None):
    """Runs fnfctl against the system under test; its standard output."""
    environment = dict(os.environ, FNF_RUNTIME_DIR=FOLDER + "/run")
    done = subprocess.run(
        [FNFCTL] + list(arguments), env=environment, capture_output=True, text=True, timeout=60, input=text)
    if ok and done.returncode != 0:
        raise AssertionError("fnfctl %s: %s" % (" ".join(arguments), done.stderr))
    return done.stdout if ok else done


def fnfctl_json(*arguments):
    return json.loads(fnfctl(*arguments, "-o", "json"))


# ---- browsers

class Browser:
    """A Chromium without a window. Everything that its console says against a page is kept."""

    def __init__(self, size=DESKTOP, javascript=True, dark=False, language="en", motion=True):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
            "--lang=" + language, "--window-size=%d,%d" % size,
        ]:
            options.add_argument(argument)
        preferences = {"intl.accept_languages": language}
        if not javascript:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=service)
        self.javascript = javascript
        if size == PHONE:
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": size[0], "height": size[1], "deviceScaleFactor": 2, "mobile": True})
        if dark:
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
                "features": [{"name": "prefers-color-scheme", "value": "dark"}]})
        _open.append(self)

    def close(self):
        if self in _open:
            _open.remove(self)
            self.driver.quit()

    # -- going and looking

    def go(self, path):
        self.driver.get(path if path.startswith("http") else ENDPOINT + path)
        return self

    @property
    def path(self):
        parts = urllib.parse.urlsplit(self.driver.current_url)
        return parts.path + ("?" + parts.query if parts.query else "")

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def source(self):
        return self.driver.page_source

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def has(self, selector):
        return bool(self.all(selector))

    def wait(self, fact, seconds=20):
        """Until the fact holds; it may look at a page that is just being replaced."""
        return WebDriverWait(self.driver, seconds, 0.05, [WebDriverException]).until(lambda _: fact())

    def wait_text(self, words, seconds=20):
        return self.wait(lambda: words in self.text, seconds)

    # -- doing

    def fill(self, selector, text):
        field = self.one(selector)
        field.clear()
        field.send_keys(text)
        return field

    def click(self, selector):
        """What is there when the click comes: a part of the page may just have been made new."""
        def clicked():
            element = self.one(selector)
            if self.javascript:
                self.script("arguments[0].scrollIntoView({block: 'center'})", element)
            element.click()
            return True
        self.wait(clicked)

    def press(self, *keys):
        webdriver.ActionChains(self.driver).send_keys(*keys).perform()

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def shot(self, path):
        """The whole page as a picture."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "format": "png", "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}})
        with open(path, "wb") as f:
            f.write(base64.b64decode(picture["data"]))

    # -- what is wrong

    def complaints(self):
        """What the console has said since the last time: violations of the policy, errors, warnings.

        That a page has another status than 200 is no complaint; of a file it is one.
        """
        said = [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]
        return [m for m in said if "/assets/" in m or "responded with a status of 4" not in m]

    def barriers(self):
        """What axe finds against WCAG A and AA: rule, impact, and where."""
        with open(os.path.join(os.path.dirname(axe_core_python.__file__), "axe.min.js")) as f:
            self.script(f.read())
        found = self.driver.execute_async_script("""
            const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] })
              .then(r => done(r.violations.map(v => [v.id, v.impact, v.help,
                v.nodes.slice(0, 4).map(n => n.target.join(" ") + ": " + n.failureSummary)])),
                e => done([["axe", "broken", String(e), []]]))""")
        return found

    def overflow(self):
        """By how many pixels the page is wider than the window."""
        return self.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    # -- signing in

    def sign_in(self, key=KEY_ID, secret=KEY_SECRET, to="/console"):
        self.go("/signin?to=" + urllib.parse.quote(to, safe=""))
        self.fill("input[name=key]", key)
        self.fill("input[name=secret]", secret)
        self.click("main form button[type=submit]")
        return self


def close_browsers():
    for browser in list(_open):
        browser.close()


# ---- without a browser

def ask(method, path, form=None, cookie=None, origin=None):
    """One request without a browser: status, headers, text."""
    connection = http.client.HTTPConnection(HOST, timeout=20)
    headers = {"Accept": "text/html"}
    body = None
    if cookie:
        headers["Cookie"] = cookie
    if origin:
        headers["Origin"] = origin
    if form is not None:
        body = urllib.parse.urlencode(form)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer.status, answer.headers, text


def cookies(headers):
    return {
        part.split("=", 1)[0]: part.split(";", 1)[0].split("=", 1)[1]
        for part in headers.get_all("Set-Cookie") or []
    }


def token(page):
    """What stands in each form of the page."""
    return re.search(r'name="csrf" value="([^"]+)"', page).group(1)


def session(key=KEY_ID, secret=KEY_SECRET):
    """Signs in without a browser: the cookie."""
    _, headers, page = ask("GET", "/signin")
    status, headers, _ = ask(
        "POST", "/signin", cookie="fnf_visitor=" + cookies(headers)["fnf_visitor"],
        form={"csrf": token(page), "key": key, "secret": secret})
    assert status == 303, status
    return "fnf_session=" + cookies(headers)["fnf_session"]


# ---- orders

FLOW = "OrderDemo-Jiyuan"


def demo_flow(payment_seconds=None):
    """Puts the order's flow in force, with another time to pay if one is given."""
    with open(os.path.join(ROOT, "docs/examples/order-demo.yaml")) as f:
        text = f.read()
    if payment_seconds is not None:
        before, after = text.split("    name: payment\n", 1)
        after = after.replace("timeoutSeconds: 300", "timeoutSeconds: %d" % payment_seconds, 1)
        text = before + "    name: payment\n" + after
    fnfctl("flow", "apply", "-f", "-", "--name", FLOW, text=text)


def place(browser, supplier="haidilao", dishes=2, address="West Lake 1"):
    """Places an order as a buyer does; its number."""
    browser.go("/shop?supplier=" + supplier)
    for field in browser.all(".dish input[type=number]")[:dishes]:
        field.send_keys("2")
    browser.fill("#address", address)
    browser.click("#place-order")
    browser.wait(lambda: browser.path.startswith("/shop/orders/"))
    return browser.path.split("/")[-1]


def shown_order(number):
    """The order as order-store has it."""
    document = fnfctl_json("order", "show", number)
    return document.get("order", document)


def stage(browser, *names, seconds=20):
    """Waits until the order on the page is there."""
    return browser.wait(
        lambda: browser.one("#order-state").get_attribute("data-stage") in names, seconds)
