"""What the files of checks share: browsers of every kind, what is wrong with a page, orders and keys."""

import itertools
import json
import os
import subprocess
import urllib.parse

import axe_core_python
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

KEY_ID = "operator"
KEY_SECRET = "operator-secret"

# Set by run.py.
ENDPOINT = FNFCTL = FOLDER = None
UP_PID = FUNCTION_PORT = 0
LEGACY = None

DESKTOP = (1360, 900)
PHONE = (390, 844)

_numbers = itertools.count(1)
_open = []


def use(endpoint):
    """Points everything at the system, e.g. http://127.0.0.1:41234."""
    global ENDPOINT
    ENDPOINT = endpoint.rstrip("/")


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
        from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
        waiting = WebDriverWait(
            self.driver, seconds, 0.05, [NoSuchElementException, StaleElementReferenceException])
        return waiting.until(lambda _: fact())

    def wait_text(self, words, seconds=20):
        return self.wait(lambda: words in self.text, seconds)

    # -- doing

    def fill(self, selector, text):
        field = self.one(selector)
        field.clear()
        field.send_keys(text)
        return field

    def click(self, selector):
        element = self.one(selector)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element) \
            if self.javascript else None
        element.click()

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
        import base64
        with open(path, "wb") as f:
            f.write(base64.b64decode(picture["data"]))

    # -- what is wrong

    def complaints(self):
        """What the console has said since the last time: violations of the policy, errors, warnings."""
        return [
            entry["message"] for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING") and "favicon" not in entry["message"]
        ]

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


# ---- orders

def apply_flow(path, flow="OrderDemo-Jiyuan"):
    fnfctl("flow", "apply", "-f", path, "--name", flow)
