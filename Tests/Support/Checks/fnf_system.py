"""A whole system for files of checks in Python, started as a user starts it: `fnfctl up --http 0 ...`.

A file NAME_checks.py is one of unittest. Beside its tests it may have
    resources(port)  text for resources.d, for functions that the file itself serves on that port
    configure(folder) edits the configuration before the start
    FLAGS            more arguments of `fnfctl up`
FNF_BUILD is the folder of the built programs (default: .build/debug).
"""

import glob
import importlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class System:
    """`fnfctl up` in a folder that goes away with it."""

    def __init__(self, module, harness):
        self.folder = tempfile.mkdtemp(prefix="fnf-checks-", dir="/tmp")
        build = os.environ.get("FNF_BUILD", ROOT + "/.build/debug")
        config = self.folder + "/etc"
        shutil.copytree(ROOT + "/etc", config)
        harness.FUNCTION_PORT = free_port()
        if hasattr(module, "resources"):
            with open(config + "/resources.d/checks.yaml", "w") as f:
                f.write(module.resources(harness.FUNCTION_PORT))
        if hasattr(module, "configure"):
            module.configure(config)
        self.log = open(self.folder + "/up.log", "w+")
        command = [
            build + "/fnfctl", "up", "--dir", self.folder + "/up", "--config", config, "--http", "0",
            "--access-key", harness.KEY_ID + ":" + harness.KEY_SECRET,
        ] + list(getattr(module, "FLAGS", []))
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        harness.FNFCTL = build + "/fnfctl"
        harness.FOLDER = self.folder + "/up"
        watchdog = threading.Timer(60, self.process.kill)
        watchdog.start()
        ready = False
        for line in self.process.stdout:
            words = line.split()
            if words[:1] == ["http"]:
                harness.use(words[1])
            if words[:1] == ["https"]:
                harness.SECURE = words[1]
            if words[:1] == ["legacy"]:
                harness.LEGACY = words[1]
            if words == ["ready"]:
                ready = True
                break
        watchdog.cancel()
        if not ready:
            self.end(failed=True)
            raise SystemExit("fnfctl up did not become ready")
        harness.UP_PID = self.process.pid

    def end(self, failed):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.flush()
        if failed:
            self.log.seek(0)
            sys.stderr.write("--- the system's last words\n" + "".join(self.log.readlines()[-60:]))
        if "FNF_TEST_KEEP" not in os.environ:
            shutil.rmtree(self.folder, ignore_errors=True)


def run(name, harness):
    module = importlib.import_module(name + "_checks")
    system = System(module, harness)
    good = False
    try:
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        result = unittest.TextTestRunner(verbosity=2, stream=sys.stderr).run(suite)
        good = result.wasSuccessful() and result.testsRun > 0 and not result.skipped
        print("%s: %d checks, %d wrong" % (
            name, result.testsRun, len(result.failures) + len(result.errors)))
    finally:
        system.end(failed=not good)
    return good


def main(folder, harness):
    """Runs the named files of checks in the folder, all of them when none is named."""
    names = sys.argv[1:] or sorted(
        os.path.basename(path)[: -len("_checks.py")] for path in glob.glob(folder + "/*_checks.py"))
    sys.exit(0 if all([run(name, harness) for name in names]) else 1)
