"""What source files must not do, found by reading them: nothing is run."""

import ast
import math
import re
from collections import Counter

MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "sympy.parsing"}
NETWORK = {
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc",
}  # fmt: skip
CALLS = {
    "eval", "exec", "compile", "runpy.run_path", "runpy.run_module",
    "os.system", "os.popen", "os.execv", "tempfile.mktemp", "subprocess.getoutput",
    "yaml.load", "yaml.load_all", "yaml.full_load", "yaml.unsafe_load",
    "sympy.S", "sympy.lambdify", "sympy.parse_expr", "sympy.nsimplify", "numpy.fromfile",
}  # fmt: skip
IMPORTS = {"__import__", "importlib.import_module"}
"""Imports, when the module is written there."""
NUMBERS = {"sympy.Rational", "sympy.Integer", "sympy.Float", "sympy.Number"}
"""What reads a text as a number; harmless on a literal."""

SECRETS = {
    "private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "code host": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,}|glpat-[\w-]{20})",
    "package index": r"\bpypi-[\w-]{50,}|\bnpm_[A-Za-z0-9]{36}",
    "cloud": r"\bA(?:KIA|SIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}|\bya29\.[\w-]{20,}",
    "service": r"\bsk-[\w-]{20,}|\bhf_[A-Za-z0-9]{30,}|\bxox[abprs]-[\w-]{10,}|\bSG\.[\w-]{16,}\.",
    "signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.",
    "address with password": r"\b[a-z]+://[^\s/:@\"'{}]+:[^\s/:@\"'{}]+@",
    "assigned": r"(?i)\b(?:password|passwd|secret|api_?key|access_?token)\b[\"']?\s*[:=]\s*[\"'][^\"'\s]{6,}[\"']",
}
MACHINE = re.compile(
    r"(?<![\w/.:}])/(?!usr/bin/env\b)(?:home|root|tmp|work|usr|opt|Users|mnt|var|private)/[\w.]+"
    r"|\b[A-Z]:(?:\\{1,2}|/)(?:Users|Windows|Program)\w*|file:///\w{2,}"
)
"""Places of one machine."""
HEX = re.compile(r"\b[0-9a-f]{32,}\b")
LONG = re.compile(r"[A-Za-z0-9+/_=-]{32,}")


class Reader(ast.NodeVisitor):
    """Collect, with the function they stand in, the calls and imports that must not be; ``network`` bars that, too."""

    def __init__(self, *, network):
        self.banned = MODULES | (NETWORK if network else set())
        self.names, self.inside, self.found = {}, [], []

    def note(self, what):
        self.found.append((".".join(self.inside), what))

    def visit_Import(self, node):
        for alias in node.names:
            self.names[alias.asname or alias.name.partition(".")[0]] = (
                alias.name if alias.asname else alias.name.partition(".")[0]
            )
            self.bar(alias.name)

    def visit_ImportFrom(self, node):
        for alias in node.names:
            self.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            self.bar(f"{node.module}.{alias.name}")

    def bar(self, module):
        parts = module.split(".")
        if hit := self.banned & {".".join(parts[:length]) for length in range(1, len(parts) + 1)}:
            self.note(f"import {min(hit)}")

    def visit_FunctionDef(self, node):
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Call(self, node):
        name = self.dotted(node.func)
        given = {word.arg: ast.unparse(word.value) for word in node.keywords}
        if name in IMPORTS and node.args and isinstance(node.args[0], ast.Constant):
            self.bar(node.args[0].value)
        elif name in CALLS | IMPORTS or name.endswith(".eval") or name.partition(".")[0] in MODULES:
            self.note(name)
        if name == "sympy.sympify" and given.get("strict") != "True":
            self.note("sympy.sympify without strict=True")
        if name in NUMBERS and len(node.args) == 1 and not is_number(node.args[0]):
            self.note(f"{name} of {ast.unparse(node.args[0])}")
        if name in {"numpy.load", "numpy.save", "numpy.savez"} and given.get("allow_pickle", "False") != "False":
            self.note(f"{name} with pickles")
        if given.get("shell", "False") != "False":
            self.note("a shell")
        self.generic_visit(node)

    def visit_Attribute(self, node):
        if self.dotted(node) == "sympy.lambdify":
            self.note("sympy.lambdify")
        self.generic_visit(node)

    def dotted(self, node):
        if isinstance(node, ast.Attribute):
            return f"{self.dotted(node.value)}.{node.attr}"
        return self.names.get(node.id, node.id) if isinstance(node, ast.Name) else ""


def is_number(node):
    """Say whether an expression is a number, or a sum, product or sign of numbers."""
    if isinstance(node, ast.BinOp):
        return is_number(node.left) and is_number(node.right)
    if isinstance(node, ast.UnaryOp):
        return is_number(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def unsafe(source, *, network=True):
    """Return what a module must not do, each as the function it stands in and a few words."""
    reader = Reader(network=network)
    reader.visit(ast.parse(source))
    return set(reader.found)


def secrets(text):
    """Return the kinds of secrets that a text seems to hold."""
    return [kind for kind, pattern in SECRETS.items() if re.search(pattern, text)]


def random_looking(text):
    """Return the long words of a text that look drawn at random: in hexadecimal, or mixed and of high entropy."""
    mixed = [word for word in LONG.findall(text) if all(re.search(kind, word) for kind in (r"\d", "[a-z]", "[A-Z]"))]
    return HEX.findall(text) + [word for word in mixed if entropy(word) > 4.2]


def entropy(word):
    """Bits for each character of a word."""
    return -sum(n / len(word) * math.log2(n / len(word)) for n in Counter(word).values())
