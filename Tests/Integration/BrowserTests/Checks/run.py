"""Runs files of checks against a system of their own: see Tests/Support/Checks/fnf_system.py.

    .build/browser-sdk/bin/python Tests/Integration/BrowserTests/Checks/run.py [NAME...]

NAME stands for the file NAME_checks.py.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "Support", "Checks"))
import fnf_system  # noqa: E402
import harness  # noqa: E402

if __name__ == "__main__":
    fnf_system.main(HERE, harness)
