"""Run notebooks as JupyterLab does: each is opened through the server, its cells go to a kernel of the server.

    python lab_client.py http://127.0.0.1:8888/ notebooks/01_one.ipynb notebooks/02_two.ipynb

The token is in JUPYTER_TOKEN. Two notebooks run at a time. A line for each says how long it took or what went wrong;
the exit code is 1 if anything did: a cell that fails, or writes to standard error. Needs tornado, as the server does.
"""

import asyncio
import json
import os
import sys
import time
import uuid
from dataclasses import dataclass, field

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

AT_A_TIME = 2


@dataclass(frozen=True)
class Server:
    """A running Jupyter server."""

    url: str
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_A_TIME))

    def request(self, path, **options):
        """Return the request of a path, with the token."""
        headers = {"Authorization": f"token {os.environ['JUPYTER_TOKEN']}"}
        return HTTPRequest(self.url + path, headers=headers, request_timeout=120, **options)

    async def ask(self, path, **options):
        """Return what the server answers, read as JSON."""
        answer = await AsyncHTTPClient().fetch(self.request(path, **options))
        return json.loads(answer.body or "null")

    async def connect(self, kernel):
        """Return a socket on the channels of a kernel."""
        request = self.request(f"api/kernels/{kernel}/channels")
        request.url = "ws" + request.url.removeprefix("http")
        return await websocket_connect(request, max_message_size=2**28)

    async def run(self, path):
        """Run a notebook in a session of its own and return the faults found."""
        async with self.slots:
            start = time.perf_counter()
            notebook = (await self.ask(f"api/contents/{path}"))["content"]
            wanted = {"path": path, "name": path, "type": "notebook", "kernel": notebook["metadata"]["kernelspec"]}
            session = await self.ask("api/sessions", method="POST", body=json.dumps(wanted))
            socket = await self.connect(session["kernel"]["id"])
            faults = await run_cells(
                socket, [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
            )
            socket.close()
            await self.ask(f"api/sessions/{session['id']}", method="DELETE")
            print(f"{path}: {'; '.join(faults) or 'ran'}, {time.perf_counter() - start:.0f} s", flush=True)
            return faults


async def run_cells(socket, cells):
    """Execute cells in order, to the first that fails, and return the faults."""
    faults = []
    for number, code in enumerate(cells, 1):
        faults = [f"code cell {number}: {fault}" for fault in await execute(socket, code)]
        if faults:
            break
    return faults


async def execute(socket, code):
    """Execute one cell and return its errors and what it wrote to standard error."""
    name = uuid.uuid4().hex
    header = {"msg_id": name, "msg_type": "execute_request", "session": "test", "username": "", "version": "5.4"}
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    await socket.write_message(json.dumps(message))
    faults, ends = [], set()
    while ends != {"execute_reply", "status"}:
        text = await socket.read_message()
        if text is None:
            return [*faults, "the kernel is gone"]
        answer = json.loads(text)
        if answer["parent_header"].get("msg_id") == name:
            faults += fault(answer)
            ends |= {answer["msg_type"]} & {"execute_reply"}
            ends |= {"status"} if answer["content"].get("execution_state") == "idle" else set()
    return faults


def fault(answer):
    """Return what is wrong in one message of a kernel, as a list of at most one."""
    content = answer["content"]
    if answer["msg_type"] == "error":
        return [f"{content['ename']}: {content['evalue']}"]
    if answer["msg_type"] == "stream" and content["name"] == "stderr":
        return [f"standard error: {content['text'].strip()}"]
    return []


async def main(url, paths):
    """Run all notebooks and return the exit code."""
    server = Server(url)
    found = await asyncio.gather(*(server.run(path) for path in paths))
    return int(any(found))


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1], sys.argv[2:])))
