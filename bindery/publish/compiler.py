"""Template → Python: what Jinja makes, with what a page does hundreds of times made cheaper.

What a template says is the same to the letter, whatever it is handed: each short cut is for the types it is meant for, and all
else goes the library's own way. `Straight` takes it for granted that attributes are there, and raises where one is not: render.py
then makes the page with the other one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache, partial
from hashlib import sha256
from keyword import iskeyword
from pathlib import Path
from types import BuiltinMethodType
from typing import Any

import jinja2
import markupsafe
from jinja2 import compiler, nodes, runtime
from jinja2.bccache import Bucket
from jinja2.utils import missing, pass_eval_context
from markupsafe import Markup

from bindery import sealed
from bindery.languages import Interface
from bindery.publish import wording


class Macro(runtime.Macro):
    """Most macros are called with arguments by their place alone, where all is escaped, and then need no looking into."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_simple = bool(self._default_autoescape) and not (self.catch_kwargs or self.catch_varargs or self.explicit_caller)

    @pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        lacking = self._argument_count - len(args)
        is_called_back = self.caller and "caller" in kwargs
        is_simple = self._is_simple and self.caller == is_called_back and len(kwargs) == is_called_back and lacking >= 0
        if not is_simple or (args and type(args[0]) is nodes.EvalContext):
            return super().__call__(*args, **kwargs)
        text = self._func(*args, *[missing] * lacking, *kwargs.values()) if lacking or kwargs else self._func(*args)
        return text if type(text) is Markup else str.__new__(Markup, text)


class DirectMacro(Macro):
    """One whose function gives Markup. Where it takes nothing but arguments, `direct` is that function."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.direct: Callable[..., Any] = self._func if self._is_simple and not self.caller else self
        if self.direct is not self:
            self._func.__defaults__ = (missing,) * self._argument_count


WITHOUT_CONTEXT: set[type] = {Macro, DirectMacro, BuiltinMethodType}
"""Types of what templates call that never ask for the context they are called in."""


def with_context(context: runtime.Context, callee: Any, **scopes: object) -> Callable[..., Any]:
    """Anything else that is called, which may ask for it."""
    return partial(context.call, callee, **scopes)


AT_ONCE = 3
"""Pieces from which to join them costs less than to hand over each."""
as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)
"""Of what is a str and no Markup, and need not become one to be joined to a page."""


_IMPORTED = ("Macro as SimpleMacro", "DirectMacro", "WITHOUT_CONTEXT", "as_markup", "escape_text", "with_context")
"""By every template, from here."""


class CodeGenerator(compiler.CodeGenerator):
    """Where all is escaped, an output that is Markup is used as it is, text is escaped without a copy, and a call goes straight to
    what is called. An attribute is looked up without a function around it."""

    def visit_Template(self, node: nodes.Template, frame: compiler.Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        self.writeline(f"from {__name__} import {', '.join(_IMPORTED)}")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: compiler.Frame, finalize: Any) -> None:
        if _is_escaped(frame):
            self.write("(output if (kind := type(output := ")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: compiler.Frame, finalize: Any) -> None:
        if _is_escaped(frame):
            self.write(")) is Markup else escape_text(output) if kind is str else escape(output))")
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Output(self, node: nodes.Output, frame: compiler.Frame) -> None:  # noqa: N802 - Jinja's name
        """Several pieces leave a block at once: each passes through every template that this one extends."""
        if frame.buffer is not None or frame.require_output_check or len(node.nodes) < AT_ONCE:
            super().visit_Output(node, frame)
            return
        gathered = frame.copy()
        gathered.buffer = self.temporary_identifier()
        self.writeline(f"{gathered.buffer} = []")
        super().visit_Output(node, gathered)
        self.writeline(f"yield concat({gathered.buffer})")

    def visit_Getattr(self, node: nodes.Getattr, frame: compiler.Frame) -> None:  # noqa: N802 - Jinja's name
        self.write("(value if (value := getattr(owner := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: compiler.Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's name
        is_plain = not (node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs))
        if not is_plain or not _is_escaped(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        if forward_caller:
            CodeGenerator._write_callee(self, node, frame)
        else:
            self._write_callee(node, frame)
        self.write(" else with_context(context, callee")
        self.write(", _loop_vars=_loop_vars" if frame.loop_frame else "")
        self.write(", _block_vars=_block_vars" if frame.block_frame else "")
        self.write("))(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _write_callee(self, node: nodes.Call, frame: compiler.Frame) -> None:
        """What is called without a context, and how that is known."""
        self.write("callee if type(callee := ")
        self.visit(node.node, frame)
        self.write(") in WITHOUT_CONTEXT")

    def macro_def(self, macro_ref: compiler.MacroRef, frame: compiler.Frame) -> None:
        self.write("Simple")
        super().macro_def(macro_ref, frame)


class Straight(CodeGenerator):
    """The same for pages that find all they ask for: an attribute is asked for as Python does, a macro is called without a look at its
    arguments, and a block leaves in one piece. What is not there raises something else than Jinja has for it, or what it would allow."""

    def visit_Getattr(self, node: nodes.Getattr, frame: compiler.Frame) -> None:  # noqa: N802 - Jinja's name
        is_name = node.attr.isascii() and node.attr.isidentifier() and not iskeyword(node.attr)
        if not is_name or (isinstance(node.node, nodes.Name) and node.node.name == "self"):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _write_callee(self, node: nodes.Call, frame: compiler.Frame) -> None:
        if node.kwargs:
            super()._write_callee(node, frame)
            return
        self.write("callee.direct if type(callee := ")
        self.visit(node.node, frame)
        self.write(") is DirectMacro else callee if type(callee) in WITHOUT_CONTEXT")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: compiler.Frame) -> None:
        if frame.block is None or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = []")
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def return_buffer_contents(self, frame: compiler.Frame, force_unescaped: bool = False) -> None:
        """Of a macro, or of a call: only these ask for what is not escaped."""
        if force_unescaped and _is_escaped(frame):
            self.writeline(f"return as_markup(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame, force_unescaped)

    def macro_def(self, macro_ref: compiler.MacroRef, frame: compiler.Frame) -> None:
        if _is_escaped(frame):
            self.write("Direct")
            compiler.CodeGenerator.macro_def(self, macro_ref, frame)
        else:
            super().macro_def(macro_ref, frame)


def _is_escaped(frame: compiler.Frame) -> bool:
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


class BytecodeCache(jinja2.BytecodeCache):
    """Templates compiled by what stands here, and by this release of Jinja. One that is damaged is compiled again: Jinja's own cache
    runs whatever bytes it finds, and raises what they cause."""

    def __init__(self, folder: Path, interface: Interface) -> None:
        self._folder = folder
        self._said = f"{interface.language} {interface.digest}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + _generator() + self._said)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            body = sealed.opened((self._folder / bucket.key).read_bytes())
            if body is not None:
                bucket.bytecode_from_string(body)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Members of a team may do so at once."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            half = self._folder / f"{bucket.key}.{os.getpid()}"
            half.write_bytes(sealed.closed(bucket.bytecode_to_string()))
            half.replace(self._folder / bucket.key)


@cache
def _generator() -> str:
    own = (Path(module.__file__ or "").read_bytes() for module in (sys.modules[__name__], wording))
    return jinja2.__version__ + sha256(b"".join(own)).hexdigest()
