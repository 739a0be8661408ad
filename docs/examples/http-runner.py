#!/usr/bin/env python3
"""Runs Python handlers as Function Compute does. Usage: http-runner.py FOLDER [PORT]

FOLDER/NAME.py with a `handler(event, context)` is the function NAME, in any service. Each call runs in a process of
its own, which ends after FUNCTION_TIMEOUT seconds (600)."""
import http.server, importlib, json, os, pathlib, signal, socketserver, sys, traceback, types


class Invocation(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        signal.alarm(int(os.environ.get("FUNCTION_TIMEOUT", "600")))
        event = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.partition("?")[0].rpartition("/functions/")[2].removesuffix("/invocations")
        if name not in functions:
            return self.reply(404, {"ErrorCode": "FunctionNotFound", "ErrorMessage": f"function '{name}' does not exist"})
        try:
            result = functions[name](event, types.SimpleNamespace(request_id=self.headers.get("X-Fnf-Idempotency-Key")))
        except BaseException as error:
            stack = traceback.format_tb(error.__traceback__)
            report = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": stack}
            return self.reply(200, report, {"X-Fc-Error-Type": "UnhandledInvocationError"})
        self.reply(200, result)

    def reply(self, status, result, headers={}):
        body = result if isinstance(result, bytes) else (result if isinstance(result, str) else json.dumps(result)).encode()
        self.send_response(status)
        for name, value in {"Content-Length": len(body), "Content-Type": "application/json", **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)


class Runner(socketserver.ForkingMixIn, http.server.HTTPServer):
    request_queue_size = max_children = 256


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    modules = [importlib.import_module(file.stem) for file in sorted(pathlib.Path(sys.argv[1]).glob("*.py"))]
    functions = {module.__name__: module.handler for module in modules if hasattr(module, "handler")}
    runner = Runner(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 9000), Invocation)
    print(f"http://127.0.0.1:{runner.server_port} runs {', '.join(functions)}", flush=True)
    runner.serve_forever()
