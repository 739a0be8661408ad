#!/usr/bin/env bash
# The unit tests, in two runs. Called by `make check` and `make test`, after the build.
#
# Tests that start processes or whole services wait for them; beside laws of ten thousand cases, which take both
# processors for half a minute, they would wait for the test runner instead. So those that wait run by themselves.
set -euo pipefail
cd "$(dirname "$0")/.."

waiting='^(FlowPagesTests|OperationPagesTests|ExecutionPagesTests|StorefrontTests|HTTPTransportTests|RPCTransportTests|ServiceKitTests|ServiceSupervisorTests|SystemdKitTests|TestHostTests)\.'
processes='^(SystemSimulationTests|IntegrationTests|CloudTests|BrowserTests|CrashPointTests|CrashTests|MachineTests)\.'

# A test's time limit runs from its start. Begun all at once, a thousand tests would each be as slow as all of
# them together, so only some are let run at a time.
few="--experimental-maximum-parallelization-width 8"

swift test --skip-build $few --filter "$waiting"
swift test --skip-build $few --skip "$waiting" --skip "$processes"
