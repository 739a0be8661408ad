#!/usr/bin/env bash
# The unit tests, in three runs. Called by `make check` and `make test`, after the build.
#
# Tests that start processes or whole services wait for them, and a test's time limit runs from its start; beside laws of
# ten thousand cases, which keep both processors for a minute, they would wait for the test runner instead. So
# the laws run by themselves, and so do those that wait, and only some tests at a time.
set -euo pipefail
cd "$(dirname "$0")/.."

waiting='^(FlowPagesTests|OperationPagesTests|ExecutionPagesTests|StorefrontTests|HTTPTransportTests|RPCTransportTests|ServiceKitTests|ServiceSupervisorTests|SystemdKitTests|TestHostTests)\.'
laws='^(FlowOracleTests|FlowLanguageTests|LinearizabilityTests|MessageXMLTests)\.'
processes='^(SystemSimulationTests|IntegrationTests|CloudTests|BrowserTests|CrashPointTests|CrashTests|MachineTests)\.'
few="--experimental-maximum-parallelization-width 8"

swift test --skip-build $few --filter "$waiting"
swift test --skip-build $few --filter "$laws"
swift test --skip-build $few --skip "$waiting" --skip "$laws" --skip "$processes"
