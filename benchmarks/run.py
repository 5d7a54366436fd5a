#!/usr/bin/env python3
"""Compares the speed of the server with the speed of its database; README.md explains the table.

Starts its own PostgreSQL and the server, both on loopback, and stops all its processes at the end.
Progress goes to standard error, the table (Markdown) to standard output.
"""

import argparse
import base64
import contextlib
import datetime
import hashlib
import itertools
import http.server
import json
import os
import pathlib
import platform
import random
import re
import secrets
import shlex
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import typing
import urllib.error
import urllib.request
import uuid

HERE = pathlib.Path(__file__).resolve().parent
LOAD = HERE / "load"
TARGET = HERE.parent / "bootstrap" / "target"
CONNECTIONS_PATH = "/synchronization/imodels/storageconnections"
DEBIAN_PACKAGES = "wrk postgresql nginx-light curl chromium"
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PREFIX = "STORAGE_CONNECTIONS_"


def main():
    options = arguments()
    tools = Tools(options)
    # On a signal the script exits normally, so that the context managers below stop their processes.
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, frame: sys.exit(128 + number))
    tables = []
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        folder.chmod(0o711)  # PostgreSQL may run as another user; the files inside have their own modes.
        bench = Bench(options, tools, folder)
        if {"load", "pages", "runs", "before"} & set(options.only):
            postgres = stack.enter_context(Postgres.started(options, tools, folder))
            tables.append(bench.circumstances(postgres))
            if "load" in options.only:
                tables.append(bench.load(postgres))
            if "pages" in options.only:
                tables.append(bench.pages(postgres))
            if "before" in options.only:
                tables.append(bench.before(postgres))
            if "runs" in options.only:
                tables.append(bench.starts_of_runs(postgres))
                tables.append(bench.delays_of_runs(postgres))
                tables.append(bench.executions_of_runs(postgres))
        if "start" in options.only:
            tables.append(bench.start())
        if "storage" in options.only:
            tables.append(bench.storage())
        if "platform" in options.only:
            tables.append(bench.platform())
        if "console" in options.only:
            tables.append(bench.console())
    print("\n\n".join(tables))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=10, help="length of each run (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="number of measured runs of each kind (%(default)s)")
    parser.add_argument("--warm-up", type=int, default=30, metavar="SECONDS", help="length of the warm-up for each kind of request (%(default)s)")
    parser.add_argument("--connections", type=int, default=32, help="number of connections of wrk, and of clients of pgbench (%(default)s)")
    parser.add_argument("--only", type=lambda text: text.split(","), default="load,pages,runs,start,storage,platform,console", metavar="PARTS", help="parts of the benchmark to run (%(default)s)")
    parser.add_argument("--java", help="the java command (default: the one of JAVA_HOME, of PATH, or the newest in /usr/lib/jvm)")
    parser.add_argument("--java-options", default="-Xmx128m", metavar="TEXT", help="options of the JVM (%(default)s)")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server, such as DATABASE_POOL_SIZE=16; may be repeated")
    parser.add_argument("--jar", type=pathlib.Path, default=TARGET / "storage-connections.jar", metavar="FILE", help="the jar of the server")
    parser.add_argument("--jar-before", type=pathlib.Path, metavar="FILE", help="an older jar, for the part before, which compares it with the other one")
    parser.add_argument("--aot-cache", type=pathlib.Path, default=TARGET / "storage-connections.aot", metavar="FILE", help="the start with this cache is measured, too, if the file exists")
    parser.add_argument("--pgbench-over", choices=["tcp", "socket"], default="tcp", help="how pgbench reaches PostgreSQL; the server uses tcp (%(default)s)")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


# ---- tools and processes -----------------------------------------------------------------------


class Tools:
    """The programs that the benchmark needs. Exits with an instruction if one is missing."""

    def __init__(self, options):
        if not options.jar.exists():
            sys.exit(f"{options.jar} does not exist. Run mvn -q -DskipTests package")
        self.java = options.java or newest_java()
        if "before" in options.only and not options.jar_before:
            sys.exit("The part before needs --jar-before")
        if {"load", "pages", "runs", "before"} & set(options.only):
            folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: int(bin.parent.name))
            path = os.pathsep.join([*map(str, reversed(folders)), os.environ["PATH"]])
            self.find(path, "wrk", "initdb", "postgres", "psql", "pgbench")
        if "platform" in options.only:
            self.find(os.environ["PATH"], "wrk")
        if "storage" in options.only:
            self.find(os.environ["PATH"] + os.pathsep + "/usr/sbin", "nginx", "curl")
        if "console" in options.only:
            self.find(os.environ["PATH"], "chromium")

    def find(self, path, *names):
        for name in names:
            found = shutil.which(name, path=path)
            if found is None:
                sys.exit(f"{name} is not installed. Run apt-get install -y --no-install-recommends {DEBIAN_PACKAGES}")
            setattr(self, name, found)


def newest_java():
    candidates = [os.path.join(os.environ.get("JAVA_HOME", "/nowhere"), "bin", "java"), shutil.which("java")]
    installed = [str(java) for java in pathlib.Path("/usr/lib/jvm").glob("*/bin/java")]
    candidates += sorted(installed, key=java_version, reverse=True)
    for java in candidates:
        if java and java_version(java) >= 21:
            return java
    sys.exit("Java 21 or newer was not found. Set JAVA_HOME, or use --java")


def java_version(java):
    if not os.access(java, os.X_OK):
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    return int(re.search(r'version "(\d+)', said).group(1))


@contextlib.contextmanager
def running(command, *, stop=signal.SIGTERM, **how):
    """Runs a background process in its own session, so that Ctrl-C does not reach it; stops it at the end."""
    process = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL, **how)
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def run(command, **how):
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, **how)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def wait_until(condition, process, log):
    while not (result := condition()):
        if process.poll() is not None:
            sys.exit(f"{process.args[0]} ended:\n{log.read_text()}")
        time.sleep(0.002)
    return result


class Postgres:
    """A PostgreSQL cluster with Debian's defaults, except for the addresses."""

    def __init__(self, options, tools, folder, port, password):
        self.tools = tools
        self.over = options.pgbench_over
        self.port = port
        self.folder = folder
        self.password = password
        self.environment = {**os.environ, "PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "postgres", "PGPASSWORD": password}

    @classmethod
    @contextlib.contextmanager
    def started(cls, options, tools, folder):
        data = folder / "postgres"
        data.mkdir()
        # PostgreSQL refuses to run as root.
        unprivileged = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if unprivileged:
            shutil.chown(data, "postgres", "postgres")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        postgres = cls(options, tools, folder, port, secrets.token_hex())
        password = data / "password"
        password.write_text(postgres.password)
        data.chmod(0o700)
        initialize = [tools.initdb, "-D", data / "data", "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale", "C.UTF-8"]
        run(initialize, cwd=data, **unprivileged)
        serve = [tools.postgres, "-D", data / "data", "-p", str(port), "-k", data, "-c", "listen_addresses=127.0.0.1"]
        log = folder / "postgres.log"
        with log.open("w") as out, running(serve, stop=signal.SIGINT, cwd=data, stdout=out, stderr=out, **unprivileged) as process:
            wait_until(lambda: "ready to accept connections" in log.read_text(), process, log)
            yield postgres

    def ask(self, sql, database="postgres"):
        return run([self.tools.psql, "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql], env=self.environment).strip()

    @contextlib.contextmanager
    def logging_statements(self):
        """Logs all statements meanwhile; yields a function that returns how many clients have executed."""
        log = self.folder / "postgres.log"
        before = log.stat().st_size
        self.ask("alter system set log_statement = 'all'", "postgres")
        self.ask("select pg_reload_conf()")
        time.sleep(1)
        try:
            yield lambda: len(re.findall(r"LOG:  execute ", log.read_bytes()[before:].decode()))
        finally:
            self.ask("alter system reset log_statement")
            self.ask("select pg_reload_conf()")

    def fill(self, database, script, **variables):
        settings = [f"--set={name}={value}" for name, value in {"ON_ERROR_STOP": 1, **variables}.items()]
        run([self.tools.psql, "-Xq", *settings, "-d", database, "-f", LOAD / script], env=self.environment)

    def pgbench(self, database, script, clients, length, sample=0.1):
        """Runs pgbench once, for the length that its options say. It logs the latency of a part of its transactions."""
        log = self.folder / "pgbench"
        command = [self.tools.pgbench, "-n", "-M", "prepared", "-c", str(clients), "-j", "2", *length, "-f", LOAD / script, "-l", f"--sampling-rate={sample}", f"--log-prefix={log}", database]
        host = "127.0.0.1" if self.over == "tcp" else str(self.folder / "postgres")
        said = run(command, env={**self.environment, "PGHOST": host})
        failed = int(re.search(r"number of failed transactions: (\d+)", said).group(1))
        if failed:
            sys.exit(f"INVALID: {failed} transactions of pgbench failed")
        took = []
        for file in self.folder.glob("pgbench.*"):
            took += (int(line.split()[2]) / 1000 for line in file.read_text().splitlines())
            file.unlink()
        percentiles = statistics.quantiles(took, n=100)
        return Limit(rate=float(re.search(r"tps = ([\d.]+)", said).group(1)), p50=percentiles[49], p99=percentiles[98])


class Server:
    """The server's jar, in its own process."""

    def __init__(self, process, url):
        self.process = process
        self.url = url
        self.fixed_token = None

    @classmethod
    @contextlib.contextmanager
    def started(cls, options, tools, data, settings, java_options=(), arguments=()):
        settings = {
            "HTTP_HOST": "127.0.0.1",
            "HTTP_PORT": "0",
            "DATA_FOLDER": str(data),
            "RATE_LIMIT_REQUESTS_PER_MINUTE": "0",
            **settings,
            **dict(setting.split("=", 1) for setting in options.setting),
        }
        others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        environment = {**others, **{PREFIX + name: value for name, value in settings.items()}}
        command = [tools.java, *shlex.split(options.java_options), *java_options, "-jar", options.jar, "serve", *arguments]
        log = data / "server.log"
        with log.open("w") as out, running(command, env=environment, stdout=out, stderr=out) as process:
            url = wait_until(lambda: re.search(r"listening at (http://\S+)", log.read_text()), process, log).group(1)
            yield cls(process, url)

    @classmethod
    def on(cls, options, tools, folder, postgres, database, **settings):
        """Starts a server on a database, which it creates if it does not exist."""
        if postgres.ask(f"select count(*) from pg_database where datname = '{database}'") == "0":
            postgres.ask(f"create database {database}")
        data = pathlib.Path(tempfile.mkdtemp(prefix=database, dir=folder))
        return cls.started(options, tools, data, {
            "DATABASE_URL": f"jdbc:postgresql://127.0.0.1:{postgres.port}/{database}",
            "DATABASE_USER": "postgres",
            "DATABASE_PASSWORD": postgres.password,
            "BLOB_FOLDER": str(folder / f"{database}-blobs"),  # The nodes of a database share it.
            **settings,
        })

    def token(self):
        if self.fixed_token:
            return self.fixed_token
        form = b"grant_type=client_credentials&scope=itwin-platform"
        client = {"Authorization": "Basic " + base64.b64encode(b"benchmark:any").decode()}
        with urllib.request.urlopen(urllib.request.Request(self.url + "/connect/token", form, client)) as answer:
            return json.load(answer)["access_token"]

    def cpu_seconds(self):
        """Returns the user and system time of all threads of the server, from /proc."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND

    def memory(self, name="VmRSS"):
        """Returns the memory of the server in MiB, from /proc."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{name}:\s+(\d+) kB", status).group(1)) / 1024


class Nginx:
    """An nginx that stores the body of a PUT as a file, and serves it to a GET."""

    CONFIGURATION = """
        {user} daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;
        events {{ worker_connections 64; }}
        http {{
          access_log off; sendfile on; client_max_body_size 0;
          client_body_temp_path {folder}/temporary; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
          uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
          server {{ listen 127.0.0.1:{port}; root {folder}/files; dav_methods PUT; dav_access user:rw; }}
        }}
        """

    @classmethod
    @contextlib.contextmanager
    def started(cls, tools, folder):
        for name in ("temporary", "files"):
            (folder / name).mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        configuration = folder / "nginx.conf"
        configuration.write_text(cls.CONFIGURATION.format(folder=folder, port=port, user="user root;" if os.geteuid() == 0 else ""))
        log = folder / "nginx.log"
        with log.open("w") as out, running([tools.nginx, "-c", configuration], stdout=out, stderr=out) as process:
            wait_until(lambda: listens(port), process, log)
            yield f"http://127.0.0.1:{port}"


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class LocalServer(http.server.BaseHTTPRequestHandler):
    """An HTTP server in this process."""

    protocol_version = "HTTP/1.1"

    def answer(self, content_type, body):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass

    @classmethod
    @contextlib.contextmanager
    def started(cls):
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), cls) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()


class FakePlatform(LocalServer):
    """An iTwin Platform in which every iModel exists."""

    ITWIN = "16c396b7-78e3-46a9-bda2-3570d44e451a"  # That of the files in create.lua.

    def do_GET(self):
        id = self.path.rsplit("/", 1)[-1]
        self.answer("application/json", json.dumps({"iModel": {"id": id, "iTwinId": self.ITWIN}}).encode())


class StaticPage(LocalServer):
    """A page with a heading, without styles and scripts."""

    protocol_version = "HTTP/1.0"  # Closes the connection after the answer, before the browser resets it.

    def do_GET(self):
        self.answer("text/html; charset=utf-8", b"<!doctype html><html lang=en><title>Page</title><main><h1>Heading</h1></main></html>")


class Chromium:
    """A Chromium without a window. The script controls it by the DevTools protocol."""

    FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
    TIMEOUT_SECONDS = 60

    def __init__(self, connection, log):
        self.connection = connection
        self.log = log
        self.received = b""
        self.ids = itertools.count(1)
        self.events = []
        self.version = self.send("Browser.getVersion")["product"]

    @classmethod
    @contextlib.contextmanager
    def started(cls, tools, folder):
        ours, theirs = socket.socketpair()
        ours.settimeout(cls.TIMEOUT_SECONDS)
        # Chromium reads messages from descriptor 3 and writes them to descriptor 4: here both are one socket, its standard output.
        command = ["sh", "-c", 'exec "$0" "$@" 3<&1 4>&1 >&2', tools.chromium, *cls.FLAGS.split(), "--remote-debugging-pipe", f"--user-data-dir={folder / 'profile'}"]
        log = folder / "chromium.log"
        with ours, theirs, log.open("w") as out, running(command, stdout=theirs, stderr=out):
            theirs.close()
            yield cls(ours, log)

    def send(self, method, session=None, **parameters):
        """Sends a command and returns its result; keeps the events that arrive before it."""
        id = next(self.ids)
        command = {"id": id, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        self.connection.sendall(json.dumps(command).encode() + b"\0")
        while (message := self.receive()).get("id") != id:
            self.events.append(message)
        if "error" in message:
            sys.exit(f"INVALID: {method}: {message['error']}")
        return message["result"]

    def receive(self):
        while b"\0" not in self.received:
            try:
                part = self.connection.recv(1 << 16)
            except socket.timeout:
                sys.exit(f"INVALID: Chromium has not answered for {self.TIMEOUT_SECONDS} s")
            if not part:
                sys.exit(f"Chromium ended:\n{self.log.read_text()}")
            self.received += part
        message, _, self.received = self.received.partition(b"\0")
        return json.loads(message)

    @contextlib.contextmanager
    def page(self):
        """Opens an empty page in a new profile, whose cache is empty, too."""
        profile = self.send("Target.createBrowserContext")["browserContextId"]
        target = self.send("Target.createTarget", url="about:blank", browserContextId=profile)["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Network.enable", session)
        self.events.clear()
        yield Page(self, session)
        self.send("Target.disposeBrowserContext", browserContextId=profile)

    def first_view(self, url):
        """Opens a page and returns the time until its first view was painted, and what the page has loaded."""
        with self.page() as page:
            page.open(url)
            milliseconds = page.evaluate(f"({PAINTED})('main h1')")
            return View(milliseconds, *page.loaded())


class Page:
    """A page of Chromium."""

    def __init__(self, chromium, session):
        self.chromium = chromium
        self.session = session

    def open(self, url):
        result = self.chromium.send("Page.navigate", self.session, url=url)
        if "errorText" in result:
            sys.exit(f"INVALID: {url}: {result['errorText']}")

    def evaluate(self, expression):
        """Returns the value of the promise that an expression in JavaScript returns."""
        result = self.chromium.send("Runtime.evaluate", self.session, expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"INVALID: {result['exceptionDetails']}")
        return result["result"]["value"]

    def loaded(self):
        """Waits for the end of all requests; returns their number, and the bytes of their answers, compressed and with headers."""
        while self.events("requestWillBeSent").keys() - self.events("loadingFinished"):
            if failed := self.events("loadingFailed"):
                sys.exit(f"INVALID: {failed}")
            self.chromium.events.append(self.chromium.receive())
        answers = self.events("responseReceived").values()
        if refused := [answer["response"]["url"] for answer in answers if answer["response"]["status"] != 200]:
            sys.exit(f"INVALID: not answered with 200: {refused}")
        return len(answers), sum(end["encodedDataLength"] for end in self.events("loadingFinished").values())

    def events(self, name):
        """Returns the parameters of the events of the network with this name, by the ids of their requests."""
        found = (event["params"] for event in self.chromium.events if event.get("sessionId") == self.session and event.get("method") == f"Network.{name}")
        return {parameters["requestId"]: parameters for parameters in found}


# Waits until a frame with an element has been painted; returns the milliseconds since the beginning of the navigation.
PAINTED = """
    async selector => {
      const frame = () => new Promise(requestAnimationFrame);
      while (!document.querySelector(selector)) {
        await frame();
      }
      await frame();
      return performance.now();
    }
    """

# Signs in at the development issuer; returns the milliseconds from the click until rows have been painted.
SIGN_IN = f"""
    (async () => {{
      const begun = performance.now();
      [...document.querySelectorAll('button')].find(button => button.textContent === 'Sign in as me').click();
      return await ({PAINTED})('.virtual-body .virtual-row') - begun;
    }})()
    """


class Storage:
    """The Storage of a server with a local platform."""

    def __init__(self, server):
        self.server = server
        self.token = server.token()
        itwin = self.send("POST", "/itwins/", {"class": "Endeavor", "subClass": "Project", "displayName": "Benchmark"})["iTwin"]["id"]
        self.root = self.send("GET", f"/storage/?iTwinId={itwin}")["_links"]["folder"]["href"].rpartition("/")[2]
        self.files = 0

    def send(self, method, path, body=None):
        request = urllib.request.Request(
            path if path.startswith("http") else self.server.url + path,
            None if body is None else json.dumps(body).encode(),
            {"Authorization": "Bearer " + self.token},
            method=method,
        )
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return json.loads(text) if text else None

    def new_file(self):
        """Returns the URL for the upload, and a function that completes the upload and returns the URL for the download."""
        self.files += 1
        links = self.send("POST", f"/storage/folders/{self.root}/files", {"displayName": f"{self.files}.dgn"})["_links"]

        def download():
            if not downloads:
                self.send("POST", links["completeUrl"]["href"], {})
                id = links["completeUrl"]["href"].split("/")[5]
                request = urllib.request.Request(f"{self.server.url}/storage/files/{id}/download", None, {"Authorization": "Bearer " + self.token})
                try:
                    urllib.request.build_opener(NoRedirection).open(request)
                except urllib.error.HTTPError as redirection:
                    downloads.append(redirection.headers["Location"])
            return downloads[0]

        downloads = []
        return links["uploadUrl"]["href"], download


class NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


# ---- measurements ------------------------------------------------------------------------------


class Limit(typing.NamedTuple):
    """The results of one run of pgbench."""

    rate: float
    p50: float
    p99: float


class Run(typing.NamedTuple):
    """The results of one run of wrk, or the medians of several runs."""

    requests: float
    rate: float
    p50: float
    p99: float
    cpu: float
    rss: float


class View(typing.NamedTuple):
    """The first view of a page in a browser."""

    milliseconds: float
    requests: int
    bytes: int


def medians(runs):
    return Run(*map(statistics.median, zip(*runs)))


class Bench:
    def __init__(self, options, tools, folder):
        self.options = options
        self.tools = tools
        self.folder = folder

    def circumstances(self, postgres):
        settings = ", ".join(f"{name} {postgres.ask('show ' + name)}" for name in ("fsync", "synchronous_commit", "shared_buffers", "max_wal_size"))
        java = subprocess.run([self.tools.java, "-version"], capture_output=True, text=True).stderr.splitlines()
        wrk = subprocess.run([self.tools.wrk, "--version"], capture_output=True, text=True).stdout.split()[1]
        processor = re.search(r"model name\s*:\s*(.+)", pathlib.Path("/proc/cpuinfo").read_text())
        filesystem = run(["df", "--output=fstype", self.folder]).split()[-1]
        options = self.options
        return "\n".join([
            f"- {datetime.date.today()}; {processor.group(1) if processor else platform.machine()}, {os.cpu_count()} cores, shared by all of it",
            f"- {java[0]}; {options.java_options}; settings: {' '.join(options.setting) or 'defaults'}, no rate limit",
            f"- PostgreSQL {postgres.ask('show server_version')}: {settings}; on {filesystem}",
            f"- wrk {wrk} with {options.connections} connections, pgbench with {options.connections} clients over {options.pgbench_over}; {options.rounds} rounds of {options.seconds} s, {options.warm_up} s of warm-up",
        ])

    def load(self, postgres):
        """Compares creates with a single insert statement, and reads by id with a read of one row."""
        options, database = self.options, "connections"
        imodels = self.write("imodels", (md5(number) for number in range(1, 1001)))
        reads = self.write("reads", (f"{CONNECTIONS_PATH}/{connection_id(n)}" for n in range(1, 10_001)))
        with Server.on(options, self.tools, self.folder, postgres, database) as server:
            postgres.fill(database, "fill.sql")

            def creates(seconds):
                before = int(postgres.ask("select count(*) from storage_connection", database))
                result = self.wrk(server, "create.lua", seconds, IMODELS=imodels)
                stored = int(postgres.ask("select count(*) from storage_connection", database)) - before
                if not result.requests <= stored <= result.requests + options.connections:
                    sys.exit(f"INVALID: {result.requests} creates were answered, and {stored} are stored")
                return result

            kinds = {
                "create a connection with two files": (
                    creates,
                    lambda seconds: postgres.pgbench(database, "insert.sql", options.connections, ["-T", str(seconds)]),
                ),
                "read a connection by id": (
                    lambda seconds: self.wrk(server, "get.lua", seconds, PATHS=reads),
                    lambda seconds: postgres.pgbench(database, "select.sql", options.connections, ["-T", str(seconds)]),
                ),
            }
            for name, (measured, limit) in kinds.items():
                say(f"warm-up: {name}")
                measured(options.warm_up)
                limit(2)
            pairs = {name: [] for name in kinds}
            for number in range(options.rounds):
                for name, (measured, limit) in kinds.items():
                    # The server and pgbench take turns in going first.
                    results = {}
                    for which in (measured, limit) if number % 2 == 0 else (limit, measured):
                        postgres.ask("checkpoint")
                        results[which] = which(options.seconds)
                    pairs[name].append((results[measured], results[limit]))
                    say(f"round {number + 1}: {name}: {described(results[measured])}; limit {results[limit].rate:,.0f}/s, p50 {results[limit].p50:.2f} ms, p99 {results[limit].p99:.2f} ms")
            peak = server.memory("VmHWM")

        lines = table("what", "a second", "pgbench a second", "ratio", "p50 ms", "p99 ms", "p99/p50", "pgbench p99/p50", "CPU µs in Java", "RSS MiB")
        for name, results in pairs.items():
            runs = [measured for measured, limit in results]
            typical = medians(runs)
            lines.append(row(
                name,
                f"{typical.rate:,.0f}",
                f"{statistics.median(limit.rate for measured, limit in results):,.0f}",
                f"{statistics.median(measured.rate / limit.rate for measured, limit in results):.2f}",
                f"{typical.p50:.2f}",
                f"{typical.p99:.2f}",
                f"{statistics.median(run.p99 / run.p50 for run in runs):.1f}",
                f"{statistics.median(limit.p99 / limit.p50 for measured, limit in results):.1f}",
                f"{typical.cpu:.0f}",
                f"{typical.rss:.0f}",
            ))
        return "\n".join(lines) + f"\n\nPeak memory (RSS): {peak:.0f} MiB."

    def pages(self, postgres):
        """Measures first pages in a small and in a large database, each with its own server."""
        options = self.options
        small_imodel, large_imodel = md5("small"), md5("large")

        def page(imodel):
            return self.write(imodel, [f"{CONNECTIONS_PATH}?imodelId={imodel}&$top=100"])

        with (
            Server.on(options, self.tools, self.folder, postgres, "small") as small,
            Server.on(options, self.tools, self.folder, postgres, "large") as large,
        ):
            say("filling")
            for database, imodel, connections in (("small", "small", 1_000), ("large", "small", 1_000), ("large", "large", 1_000_000)):
                postgres.fill(database, "fill-pages.sql", imodel=imodel, connections=connections)
            kinds = {
                "of 1,000, alone": lambda seconds: self.wrk(small, "get.lua", seconds, PATHS=page(small_imodel)),
                "of 1,000, beside another iModel's 1,000,000": lambda seconds: self.wrk(large, "get.lua", seconds, PATHS=page(small_imodel)),
                "of 1,000,000": lambda seconds: self.wrk(large, "get.lua", seconds, PATHS=page(large_imodel)),
            }
            for name, measured in kinds.items():
                say(f"warm-up: first page {name}")
                measured(options.warm_up)
            runs = {name: [] for name in kinds}
            for number in range(options.rounds):
                for name, measured in kinds.items():
                    postgres.ask("checkpoint")
                    runs[name].append(measured(options.seconds))
                    say(f"round {number + 1}: first page {name}: {described(runs[name][-1])}")

        lines = table("first page of 100", "a second", "to the first row", "p50 ms", "p99 ms", "CPU µs in Java")
        first = next(iter(runs.values()))
        for name, results in runs.items():
            typical = medians(results)
            ratio = statistics.median(mine.rate / other.rate for mine, other in zip(results, first))
            lines.append(row(name, f"{typical.rate:,.0f}", f"{ratio:.2f}", f"{typical.p50:.2f}", f"{typical.p99:.2f}", f"{typical.cpu:.0f}"))
        return "\n".join(lines)

    def start(self):
        """Measures the time from the start of the JVM to the first answers, with H2 in a file."""
        caches = {"no AOT cache": []}
        if self.options.aot_cache.exists():
            # With AOTMode=on the JVM fails if it cannot use the cache; otherwise it would start without the cache silently.
            caches["AOT cache"] = ["-XX:AOTMode=on", f"-XX:AOTCache={self.options.aot_cache}"]
        else:
            say(f"{self.options.aot_cache} does not exist: the start is measured without an AOT cache only")
        lines = table("start on H2", "ready, ms", "first connection created, ms")
        for cache, java_options in caches.items():
            kept = self.new_folder()
            self.first_answers(kept, java_options)
            for name, folder in {"a folder with data": lambda: kept, "an empty folder": self.new_folder}.items():
                times = [self.first_answers(folder(), java_options) for _ in range(5)]
                lines.append(row(f"{cache}, {name}", *(f"{statistics.median(column) * 1000:,.0f}" for column in zip(*times))))
                say(lines[-1])
        return "\n".join(lines)

    def storage(self):
        """Compares uploads to signed URLs, and downloads from them, with PUT and GET of nginx."""
        options = self.options
        lines = table("content", "MiB a second", "nginx MiB a second", "ratio", "nginx with fsync, MiB a second", "ratio", "RSS MiB")
        folder = self.new_folder()
        data = self.new_folder()
        content = folder / "content"
        with Nginx.started(self.tools, folder) as nginx, Server.started(options, self.tools, data, {}) as server:
            storage = Storage(server)
            content.write_bytes(os.urandom(1 << 20))
            say("warm-up: storage")
            deadline = time.monotonic() + options.warm_up
            while time.monotonic() < deadline:
                upload, download = storage.new_file()
                self.curl("-T", content, upload)
                self.curl(download())
            for mebibytes in (1, 16, 256):
                content.write_bytes(os.urandom(1 << 20) * mebibytes)
                pairs = {"upload": [], "download": []}
                for number in range(options.rounds + 1):
                    upload, download = storage.new_file()
                    url = f"{nginx}/{mebibytes}-{number}"
                    stored = folder / "files" / f"{mebibytes}-{number}"
                    turns = [
                        lambda: (self.curl("-T", content, "-H", "x-ms-blob-type: BlockBlob", upload), 0),
                        lambda: (self.curl("-T", content, url), self.fsync(stored)),
                    ]
                    pairs["upload"].append(self.in_turns(turns, number))
                    turns = [lambda: (self.curl(download()), 0), lambda: (self.curl(url), 0)]
                    pairs["download"].append(self.in_turns(turns, number))
                    stored.unlink()
                for name, results in pairs.items():
                    measured = results[1:]  # The first round has the warm-up of its size.
                    rate = lambda seconds: mebibytes / statistics.median(seconds)
                    synced = name == "upload"
                    lines.append(row(
                        f"{name} of {mebibytes} MiB",
                        f"{rate([ours for (ours, _), _ in measured]):,.0f}",
                        f"{rate([theirs for _, (theirs, _) in measured]):,.0f}",
                        f"{statistics.median(theirs / ours for (ours, _), (theirs, _) in measured):.2f}",
                        f"{rate([theirs + sync for _, (theirs, sync) in measured]):,.0f}" if synced else "",
                        f"{statistics.median((theirs + sync) / ours for (ours, _), (theirs, sync) in measured):.2f}" if synced else "",
                        f"{server.memory():.0f}",
                    ))
                    say(lines[-1])
            peak = server.memory("VmHWM")
        return "\n".join(lines) + f"\n\nPeak memory (RSS) of the server: {peak:.0f} MiB, with {options.java_options}."

    @staticmethod
    def in_turns(turns, number):
        """Runs two measurements; each goes first in every other round."""
        results = {}
        for index in (0, 1) if number % 2 == 0 else (1, 0):
            os.sync()
            results[index] = turns[index]()
        return results[0], results[1]

    @staticmethod
    def fsync(file):
        """Returns the time that it takes to force a file to the disk, which nginx does not do."""
        with file.open("rb+") as opened:
            begun = time.monotonic()
            os.fsync(opened.fileno())
            return time.monotonic() - begun

    def curl(self, *arguments):
        """Returns the seconds that one transfer takes."""
        said = run([self.tools.curl, "-sS", "-f", "-o", "/dev/null", "-w", "%{time_total}", *arguments])
        return float(said)

    def platform(self):
        """Compares creates whose iModels an iTwin Platform knows, and the cache too, with the directory open."""
        options = self.options
        imodels = self.write("imodels-of-platform", (md5(number) for number in range(1, 101)))
        with FakePlatform.started() as url:
            directories = {
                "open": {"IMODELS_DIRECTORY": "open"},
                "platform, warm cache, without file check": {"IMODELS_DIRECTORY": "platform", "PLATFORM_URL": url, "PLATFORM_FILE_CHECK": "false", "PLATFORM_CACHE": "1h"},
            }
            with contextlib.ExitStack() as stack:
                servers = {name: stack.enter_context(Server.started(options, self.tools, self.new_folder(), settings)) for name, settings in directories.items()}
                runs = {name: [] for name in servers}
                for name, server in servers.items():
                    say(f"warm-up: {name}")
                    server.fixed_token = server.token()  # The cache knows the answers of one token.
                    self.wrk(server, "create.lua", options.warm_up, IMODELS=imodels)
                for number in range(options.rounds):
                    for name in sorted(servers, reverse=number % 2 == 1):
                        runs[name].append(self.wrk(servers[name], "create.lua", options.seconds, IMODELS=imodels))
                        say(f"round {number + 1}: {name}: {described(runs[name][-1])}")
        lines = table("create, directory", "a second", "to open", "p50 ms", "p99 ms", "CPU µs in Java")
        for name, results in runs.items():
            typical = medians(results)
            ratio = statistics.median(mine.rate / other.rate for mine, other in zip(results, runs["open"]))
            lines.append(row(name, f"{typical.rate:,.0f}", f"{ratio:.2f}", f"{typical.p50:.2f}", f"{typical.p99:.2f}", f"{typical.cpu:.0f}"))
        return "\n".join(lines)

    def console(self):
        """Compares the first view of the console with that of a page without scripts, which costs only the browser itself."""
        imodel, connections = md5("console"), 100
        data = self.new_folder()
        seed = data / "seed.json"
        seed.write_text(json.dumps({"iTwins": [{
            "displayName": "Benchmark",
            "iModels": [{"id": imodel, "name": "Benchmark", "connections": [
                {"displayName": f"Connection {n}", "sourceFiles": [{"file": f"{n}.dgn", "connectorType": "MSTN"}]} for n in range(connections)
            ]}],
            "files": [{"displayName": f"{n}.dgn", "text": ""} for n in range(connections)],
        }]}))
        with (
            Server.started(self.options, self.tools, data, {}, arguments=["--seed", seed]) as server,
            StaticPage.started() as static,
            Chromium.started(self.tools, self.new_folder()) as chromium,
        ):
            console = lambda: chromium.first_view(server.url + "/console")
            baseline = lambda: chromium.first_view(static)

            def mapping():
                with chromium.page() as page:
                    page.open(f"{server.url}/console#/imodels/{imodel}")
                    page.evaluate(f"({PAINTED})('main h1')")
                    return page.evaluate(SIGN_IN)

            baseline()
            first = console()
            say("warm-up: console")
            deadline = time.monotonic() + self.options.warm_up
            while time.monotonic() < deadline:
                baseline(), console(), mapping()
            pairs, rows = [], []
            for number in range(self.options.rounds):
                pairs.append(self.in_turns([console, baseline], number))
                rows.append(mapping())
                ours, theirs = pairs[-1]
                say(f"round {number + 1}: console {ours.milliseconds:.0f} ms, page without scripts {theirs.milliseconds:.0f} ms, mapping {rows[-1]:.0f} ms")
            version = chromium.version
        views = [ours for ours, _ in pairs]
        milliseconds = [view.milliseconds for view in views]
        lines = table("console, empty cache", "ms", "slowest, ms", "page without scripts, ms", "ratio", "KiB loaded", "requests")
        lines.append(row(
            "first view",
            f"{statistics.median(milliseconds):,.0f}",
            f"{max(milliseconds):,.0f}",
            f"{statistics.median(theirs.milliseconds for _, theirs in pairs):,.0f}",
            f"{statistics.median(ours.milliseconds / theirs.milliseconds for ours, theirs in pairs):.1f}",
            f"{statistics.median(view.bytes for view in views) / 1024:.1f}",
            f"{statistics.median(view.requests for view in views):.0f}",
        ))
        lines.append(row(f"sign-in until {connections} connections are listed", f"{statistics.median(rows):,.0f}", f"{max(rows):,.0f}", "", "", "", ""))
        return "\n".join(lines) + f"\n\n{version}. The first visit after the start of the server took {first.milliseconds:,.0f} ms."

    def new_folder(self):
        return pathlib.Path(tempfile.mkdtemp(dir=self.folder))

    def first_answers(self, folder, java_options):
        begun = time.monotonic()
        with Server.started(self.options, self.tools, folder, {}, java_options) as server:
            with urllib.request.urlopen(server.url + "/health/ready"):
                ready = time.monotonic() - begun
            file = compound_id(uuid.uuid4(), uuid.uuid4())
            body = {"iModelId": str(uuid.uuid4()), "sourceFiles": [{"storageFileId": file, "connectorType": "MSTN"}]}
            request = urllib.request.Request(server.url + CONNECTIONS_PATH, json.dumps(body).encode(), {"Authorization": "Bearer " + server.token()})
            with urllib.request.urlopen(request):
                return ready, time.monotonic() - begun

    def before(self, postgres):
        """Compares the operations of connections with those of an older jar."""
        options = self.options
        imodels = self.write("imodels-before", (md5(number) for number in range(1, 1001)))
        reads = self.write("reads-before", (f"{CONNECTIONS_PATH}/{connection_id(n)}" for n in range(1, 10_001)))
        page = self.write("page-before", [f"{CONNECTIONS_PATH}?imodelId={md5(1)}&$top=100"])
        kinds = {
            "create a connection with two files": ("create.lua", {"IMODELS": imodels}),
            "read a connection by id": ("get.lua", {"PATHS": reads}),
            "first page of 100": ("get.lua", {"PATHS": page}),
        }
        jars = {"before": options.jar_before, "now": options.jar}
        pairs = {name: [] for name in kinds}
        with contextlib.ExitStack() as stack:
            servers = {}
            for when, jar in jars.items():
                servers[when] = stack.enter_context(Server.on(argparse.Namespace(**{**vars(options), "jar": jar}), self.tools, self.folder, postgres, when))
                postgres.fill(when, "fill.sql")
            for name, (script, variables) in kinds.items():
                for server in servers.values():
                    say(f"warm-up: {name}")
                    self.wrk(server, script, options.warm_up, **variables)
            for number in range(options.rounds):
                for name, (script, variables) in kinds.items():
                    results = {}
                    for when in sorted(servers, reverse=number % 2 == 1):
                        postgres.ask("checkpoint")
                        results[when] = self.wrk(servers[when], script, options.seconds, **variables)
                    pairs[name].append((results["now"], results["before"]))
                    say(f"round {number + 1}: {name}: now {described(results['now'])}; before {described(results['before'])}")
        lines = table("what", "a second", "with the older jar", "ratio", "CPU µs in Java", "with the older jar")
        for name, results in pairs.items():
            now, older = (medians(runs) for runs in zip(*results))
            ratio = statistics.median(mine.rate / other.rate for mine, other in results)
            lines.append(row(name, f"{now.rate:,.0f}", f"{older.rate:,.0f}", f"{ratio:.2f}", f"{now.cpu:.0f}", f"{older.cpu:.0f}"))
        return "\n".join(lines)

    # ---- runs ----

    def starts_of_runs(self, postgres):
        """Compares the start of a run with the creation of a connection, on a node that executes no runs."""
        options, database = self.options, "starts"
        imodels = self.write("imodels-of-runs", (md5(number) for number in range(1, 1001)))
        chunk = 6_000  # More starts than a server answers within a second.
        clients = {f"{options.connections} clients": options.connections, "one client": 1}
        needed = chunk * (options.warm_up + len(clients) * options.rounds * options.seconds)
        paths = self.write("runnable", (f"{CONNECTIONS_PATH}/{runnable_id(n)}" for n in range(1, needed + 1)))
        first = 0

        def starts(seconds, connections):
            nonlocal first
            before = int(postgres.ask("select count(*) from storage_connection_run", database))
            result = self.wrk(server, "start.lua", seconds, connections, PATHS=paths, FIRST=str(first), CHUNK=str(chunk * seconds // min(2, connections)))
            first += chunk * seconds
            stored = int(postgres.ask("select count(*) from storage_connection_run", database)) - before
            if not result.requests <= stored <= result.requests + connections:
                sys.exit(f"INVALID: {result.requests} starts were answered, and {stored} are stored")
            return result

        def creates(seconds, connections):
            return self.wrk(server, "create.lua", seconds, connections, IMODELS=imodels)

        lines = table("start a run of two files", "a second", "creates a second", "p50 ms", "p50 ms of a create", "time to that of a create", "CPU µs in Java")
        with Server.on(options, self.tools, self.folder, postgres, database, RUNS_WORKERS="0") as server:
            postgres.fill(database, "fill-runnable.sql", connections=needed, files=2)
            say("warm-up: starts of runs")
            for measured in (starts, creates):
                measured(options.warm_up, options.connections)
            for name, connections in clients.items():
                pairs = []
                for number in range(options.rounds):
                    results = {}
                    for which in (starts, creates) if number % 2 == 0 else (creates, starts):
                        postgres.ask("checkpoint")
                        results[which] = which(options.seconds, connections)
                    pairs.append((results[starts], results[creates]))
                    say(f"round {number + 1}: {name}: start {described(results[starts])}; create {described(results[creates])}")
                started, created = (medians(runs) for runs in zip(*pairs))
                # With always the same number of waiting clients, the rate gives the mean time.
                ratio = statistics.median(create.rate / start.rate for start, create in pairs)
                lines.append(row(name, f"{started.rate:,.0f}", f"{created.rate:,.0f}", f"{started.p50:.2f}", f"{created.p50:.2f}", f"{ratio:.2f}", f"{started.cpu:.0f}"))
        return "\n".join(lines)

    def delays_of_runs(self, postgres):
        """Measures the time from the start of a run to that of its first task, by the server's timestamps, and an idle engine."""
        database, counts = "delays", {"on the same node": 200, "on another node, polling every second": 60}
        lines = table("start of a run until its task starts", "p50 ms", "p99 ms")
        with Server.on(self.options, self.tools, self.folder, postgres, database) as executing:
            postgres.fill(database, "fill-runnable.sql", connections=100 + sum(counts.values()), files=1)
            numbers = itertools.count(1)
            for _ in range(100):
                self.delay_of_run(executing, next(numbers))
            with Server.on(self.options, self.tools, self.folder, postgres, database, RUNS_WORKERS="0") as serving:
                for (name, count), server in zip(counts.items(), (executing, serving)):
                    delays = [self.delay_of_run(server, next(numbers)) for _ in range(count)]
                    percentiles = statistics.quantiles(delays, n=100)
                    lines.append(row(name, f"{percentiles[49]:,.0f}", f"{percentiles[98]:,.0f}"))
                    say(lines[-1])
            time.sleep(5)
            seconds, cpu = 60, executing.cpu_seconds()
            with postgres.logging_statements() as statements:
                time.sleep(seconds)
                calls, cpu = statements(), executing.cpu_seconds() - cpu
        idle = f"A node without runs executes {calls / seconds:.2f} statements a second and uses {cpu / seconds:.2%} of a core."
        say(idle)
        return "\n".join(lines) + "\n\n" + idle

    def delay_of_run(self, server, number):
        """Starts a run, waits until it is completed, and returns the milliseconds until its task started."""
        headers = {"Authorization": "Bearer " + server.token()}
        post = urllib.request.Request(f"{server.url}{CONNECTIONS_PATH}/{runnable_id(number)}/run", b"", headers)
        with urllib.request.urlopen(post) as answer:
            location = answer.headers["Location"]
        get = urllib.request.Request(location, headers={**headers, "Prefer": "wait=60"})
        with urllib.request.urlopen(get) as answer:
            run = json.load(answer)["run"]
        if run["result"] != "Success":
            sys.exit(f"INVALID: {run}")
        task = run["jobs"][0]["tasks"][0]
        return (instant(task["startDateTime"]) - instant(run["startDateTime"])).total_seconds() * 1000

    def executions_of_runs(self, postgres):
        """Compares the execution of queued runs by one node with pgbench, which executes the same statements."""
        options, workers, clients = self.options, 16, 16
        queued, measured = 10_000, 2_000
        runs = queued + measured
        rounds = []
        with (
            Server.on(options, self.tools, self.folder, postgres, "executions", RUNS_WORKERS=str(workers)) as server,
            # Has only the tables of another server, in which pgbench executes runs.
            Server.on(options, self.tools, self.folder, postgres, "limits", RUNS_WORKERS="0"),
        ):
            for database in ("executions", "limits"):
                postgres.fill(database, "fill-runnable.sql", connections=runs, files=1)
            live = lambda: int(postgres.ask("select count(*) from storage_connection_live_run", "executions"))
            for number in range(-1, options.rounds):
                for database in ("executions", "limits"):
                    postgres.fill(database, "queue-runs.sql")
                postgres.ask("checkpoint")
                # The first runs of a round warm the caches; then 2,000 from a long queue and 2,000 from a short one.
                long = self.rate_between(live, runs - 200, runs - 200 - measured)
                short = self.rate_between(live, measured + 100, 100)
                self.rate_between(live, 1, 0)
                postgres.ask("checkpoint")
                limit = postgres.pgbench("limits", "execute-run.sql", clients, ["-t", str(measured // clients)], sample=1)
                if number >= 0:
                    rounds.append((long, short, limit.rate))
                say(f"round {number + 1}: {long:,.0f}/s with {queued:,} queued, {short:,.0f}/s with 100; limit {limit.rate:,.0f}/s")
                if number == -1:
                    postgres.ask("vacuum analyze", "executions")
        long, short, limit = (statistics.median(column) for column in zip(*rounds))
        lines = table("runs of one file, executed", "a second", "pgbench a second", "ratio", f"a second with {queued:,} queued", "ratio to 100 queued")
        lines.append(row(
            f"one node with {workers} workers",
            f"{short:,.0f}",
            f"{limit:,.0f}",
            f"{statistics.median(short / limit for _, short, limit in rounds):.2f}",
            f"{long:,.0f}",
            f"{statistics.median(long / short for long, short, _ in rounds):.2f}",
        ))
        return "\n".join(lines)

    @staticmethod
    def rate_between(live, most, least):
        """Waits until at most the first number of runs are live, then the second; returns the runs completed a second meanwhile."""
        while (before := live()) > most:
            time.sleep(0.02)
        begun = time.monotonic()
        while (after := live()) > least:
            time.sleep(0.02)
        return (before - after) / (time.monotonic() - begun)

    def wrk(self, server, script, seconds, connections=None, **variables):
        """Runs wrk once. Exits if any answer was not 2xx or any connection broke."""
        connections = connections or self.options.connections
        environment = {**os.environ, "REPORT": str(LOAD / "report.lua"), "TOKEN": server.token(), "SEED": str(random.randrange(2**24)), **variables}
        before = server.cpu_seconds()
        command = [self.tools.wrk, "-t", str(min(2, connections)), "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s", "-s", LOAD / script, server.url]
        said = run(command, env=environment)
        cpu = server.cpu_seconds() - before
        report = json.loads(said.splitlines()[-1])
        if report["refused"] or report["broken"] or not report["requests"]:
            sys.exit(f"INVALID: {said}")
        return Run(
            requests=report["requests"],
            rate=report["requests"] / report["duration"] * 1e6,
            p50=report["p50"] / 1000,
            p99=report["p99"] / 1000,
            cpu=cpu / report["requests"] * 1e6,
            rss=server.memory(),
        )

    def write(self, name, lines):
        file = self.folder / f"{name}.txt"
        file.write_text("\n".join(lines) + "\n")
        return str(file)


def md5(text):
    """Returns the GUID that PostgreSQL computes as md5('text')::uuid."""
    return str(uuid.UUID(hashlib.md5(str(text).encode()).hexdigest()))


def connection_id(number):
    """Returns the id of the connection with this number in fill.sql."""
    return compound_id(uuid.UUID(md5(number % 1000 + 1)), uuid.UUID(md5(f"connection {number}")))


def runnable_id(number):
    """Returns the id of the connection with this number in fill-runnable.sql."""
    return compound_id(uuid.UUID(md5(f"runnable {number}")), uuid.UUID(md5(f"connection {number}")))


def instant(text):
    """Parses a timestamp with seven fraction digits, of which Python reads six."""
    return datetime.datetime.fromisoformat(text[:26] + "+00:00")


def compound_id(*guids):
    """Returns the text form of a compound id: base64url of two GUIDs in .NET byte order."""
    return base64.urlsafe_b64encode(b"".join(guid.bytes_le for guid in guids)).decode().rstrip("=")


def described(run):
    return f"{run.rate:,.0f}/s, p50 {run.p50:.2f} ms, p99 {run.p99:.2f} ms, {run.cpu:.0f} µs of CPU, {run.rss:.0f} MiB"


def table(*titles):
    return [row(*titles), row("---", *["---:"] * (len(titles) - 1))]


def row(*cells):
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
