"""Signing in: by a key, by a link from `fnfctl ui`, and what does not let anybody in."""

import unittest
import urllib.parse

from selenium.webdriver.common.keys import Keys

import harness
from harness import Browser, ask, cookies, token


def tearDownModule():
    harness.close_browsers()


class SigningIn(unittest.TestCase):
    def setUp(self):
        self.browser = Browser()

    def tearDown(self):
        self.assertEqual(self.browser.complaints(), [])
        self.browser.close()

    def test_with_a_key(self):
        b = self.browser
        b.go("/console/executions?flow=a")
        self.assertIn("/signin?to=", b.path)
        self.assertEqual(b.barriers(), [])
        b.fill("input[name=key]", harness.KEY_ID)
        b.fill("input[name=secret]", harness.KEY_SECRET + Keys.ENTER)
        b.wait(lambda: b.path == "/console/executions?flow=a")
        self.assertIn(harness.KEY_ID, b.one(".account").text)
        names = {c["name"]: c for c in b.driver.get_cookies()}
        self.assertTrue(names["fnf_session"]["httpOnly"])
        self.assertEqual(names["fnf_session"]["sameSite"], "Lax")
        b.click(".account button")
        b.wait(lambda: b.path.startswith("/signin"))
        b.go("/console")
        self.assertIn("/signin", b.path)

    def test_a_wrong_secret_is_said_at_the_form(self):
        b = self.browser
        b.sign_in(secret="wrong")
        b.wait(lambda: b.has("[aria-invalid=true]"))
        self.assertEqual(b.one("input[name=key]").get_attribute("value"), harness.KEY_ID)
        self.assertEqual(b.one("input[name=secret]").get_attribute("value"), "")
        self.assertEqual(b.barriers(), [])

    def test_with_a_link_that_works_once(self):
        b = self.browser
        link = harness.fnfctl("ui").split()[-1]
        self.assertTrue(link.startswith(harness.ENDPOINT + "/signin/"), link)
        b.go(link)
        self.assertEqual(b.barriers(), [])
        b.click("main form button[type=submit]")
        b.wait(lambda: b.path == "/console")
        other = Browser()
        other.go(link)
        self.assertFalse(other.has("main form button[type=submit]"))
        other.complaints()
        other.close()

    def test_by_keyboard_alone(self):
        b = self.browser
        b.go("/shop")
        b.press(Keys.TAB)
        self.assertEqual(b.script("return document.activeElement.className"), "skip")
        b.go("/signin?to=%2Fconsole%2Fflows")
        for _ in range(12):
            if b.script("return document.activeElement.name") == "key":
                break
            b.press(Keys.TAB)
        b.press(harness.KEY_ID, Keys.TAB, harness.KEY_SECRET, Keys.ENTER)
        b.wait(lambda: b.path == "/console/flows")

    def test_in_chinese_on_a_phone_in_the_dark(self):
        b = Browser(size=harness.PHONE, dark=True, language="zh-CN")
        b.go("/signin")
        self.assertEqual(b.one("html").get_attribute("lang"), "zh-CN")
        self.assertLessEqual(b.overflow(), 0)
        self.assertEqual(b.barriers(), [])
        self.assertEqual(b.complaints(), [])
        b.close()


class NobodyGetsIn(unittest.TestCase):
    def signed_in(self):
        _, headers, page = ask("GET", "/signin")
        visitor = cookies(headers)["fnf_visitor"]
        status, headers, _ = ask(
            "POST", "/signin", cookie="fnf_visitor=" + visitor,
            form={"csrf": token(page), "key": harness.KEY_ID, "secret": harness.KEY_SECRET})
        self.assertEqual(status, 303)
        return cookies(headers)["fnf_session"]

    def test_with_a_forged_cookie(self):
        session = self.signed_in()
        self.assertEqual(ask("GET", "/console/flows", cookie="fnf_session=" + session)[0], 200)
        last = "A" if session[-1] != "A" else "B"
        middle = len(session) // 2
        for forged in [
            session[:-1] + last, session[:-4], "", "x", session + session, session.upper(),
            session[:middle] + ("0" if session[middle] != "0" else "1") + session[middle + 1:],
            "%00" + session, session.split(".")[0] if "." in session else "y",
        ]:
            status, headers, _ = ask("GET", "/console/flows", cookie="fnf_session=" + forged)
            self.assertEqual(status, 303, forged)
            self.assertIn("/signin", headers["Location"])

    def test_by_a_form_of_another_site(self):
        session = self.signed_in()
        status, _, _ = ask("POST", "/signout", form={}, cookie="fnf_session=" + session)
        self.assertEqual(status, 403)
        _, _, page = ask("GET", "/console/flows", cookie="fnf_session=" + session)
        for origin, expected in [("http://evil.example", 403), ("null", 403), (harness.ENDPOINT, 303)]:
            status, _, _ = ask(
                "POST", "/signout", form={"csrf": token(page)}, cookie="fnf_session=" + session,
                origin=origin)
            self.assertEqual(status, expected, origin)
        # It is over, though the cookie is as it was.
        self.assertEqual(ask("GET", "/console/flows", cookie="fnf_session=" + session)[0], 303)

    def test_with_the_token_of_another_visitor(self):
        _, _, page = ask("GET", "/signin")
        _, headers, _ = ask("GET", "/signin")
        status, _, _ = ask(
            "POST", "/signin", cookie="fnf_visitor=" + cookies(headers)["fnf_visitor"],
            form={"csrf": token(page), "key": harness.KEY_ID, "secret": harness.KEY_SECRET})
        self.assertEqual(status, 403)

    def test_nor_is_led_elsewhere(self):
        for place in ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]:
            _, headers, page = ask("GET", "/signin?to=" + urllib.parse.quote(place, safe=""))
            status, headers, _ = ask(
                "POST", "/signin", cookie="fnf_visitor=" + cookies(headers)["fnf_visitor"],
                form={"csrf": token(page), "key": harness.KEY_ID, "secret": harness.KEY_SECRET,
                      "to": place})
            self.assertEqual((status, headers["Location"]), (303, "/console"), place)

    def test_with_a_key_that_was_disabled(self):
        harness.fnfctl(
            "key", "create", "--id", "leaver", "--secret-file", "-", "--role", "operate", text="leaver-secret\n")
        _, headers, page = ask("GET", "/signin")
        _, headers, _ = ask(
            "POST", "/signin", cookie="fnf_visitor=" + cookies(headers)["fnf_visitor"],
            form={"csrf": token(page), "key": "leaver", "secret": "leaver-secret"})
        session = cookies(headers)["fnf_session"]
        self.assertEqual(ask("GET", "/console/flows", cookie="fnf_session=" + session)[0], 200)
        harness.fnfctl("key", "disable", "leaver")
        self.assertEqual(ask("GET", "/console/flows", cookie="fnf_session=" + session)[0], 303)
