#!/usr/bin/env bash
# The unit tests, in two runs. Called by `make check` and `make test`, after the build.
#
# Tests that start processes or whole services wait for them; beside laws of ten thousand cases, which take both
# processors for half a minute, they would wait for the test runner instead. So those that wait run by themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

waiting='^(FlowPagesTests|OperationPagesTests|ExecutionPagesTests|StorefrontTests|HTTPTransportTests|RPCTransportTests|ServiceKitTests|ServiceSupervisorTests|SystemdKitTests|TestHostTests)\.'
processes='^(IntegrationTests|CloudTests|BrowserTests|CrashPointTests|CrashTests|MachineTests)\.'

swift test --skip-build --filter "$waiting"
swift test --skip-build --skip "$waiting" --skip "$processes"
