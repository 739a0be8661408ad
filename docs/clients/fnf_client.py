"""Talks to any fnf service: length-prefixed JSON-RPC 2.0 over a Unix socket. Usage: fnf_client.py SOCKET METHOD [JSON]"""
import json, socket, struct, sys


class Client:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.last_id = 0

    def send(self, message):
        payload = json.dumps(message).encode()
        self.socket.sendall(struct.pack(">I", len(payload)) + payload)

    def receive(self):
        (length,) = struct.unpack(">I", self.read(4))
        return json.loads(self.read(length))

    def read(self, count):
        data = self.socket.recv(count, socket.MSG_WAITALL)
        if len(data) < count:
            raise ConnectionError("the service closed the connection")
        return data

    def call(self, method, params=None, on_item=print):
        self.last_id += 1
        self.send({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params or {}})
        while "method" in (message := self.receive()):
            on_item(message["params"]["item"])
        if "error" in message:
            raise RuntimeError(f'{message["error"]["data"]["name"]}: {message["error"]["message"]}')
        return message["result"]


if __name__ == "__main__":
    print(json.dumps(Client(sys.argv[1]).call(sys.argv[2], json.loads("".join(sys.argv[3:4]) or "{}")), indent=2))
