# SPDX-License-Identifier: MIT
"""The records of the command line, as dicts: `run(target, "processes")` yields what `kstate processes DUMP --json` prints.

`COMMANDS` tells for each command the function here, the calls of the library that it is made of, and the types of its
records. Where the command exits with status 1 the generator raises after what could be told.
"""
from __future__ import annotations

from typing import Any, Callable, Dict, NamedTuple, Tuple, Union

from .._target import KERNEL, Dump, Target
from . import frames, kernel, memory, objects, pool, processes, processors, source
from ._fields import Fields
from ._session import Absent, Records, Session


class Command(NamedTuple):
    """One row of COMMANDS."""

    function: Callable[..., Records]
    calls: str
    """Methods of Target, and functions of kstate; in C each begins with kst_, walks end with _begin and _next."""
    types: Tuple[str, ...]
    """Types of its records; each walk ends with one of type walk, too."""


def _row(function: Callable[..., Records], calls: str, *types: str) -> Command:
    return Command(function, calls, types)


COMMANDS: Dict[str, Command] = {
    "info": _row(source.info, "identity dump dump_context decode_context dump_exception decode_exception layout_info image_read layout_wanted", "target"),
    "modules": _row(source.modules, "kernel_modules", "module"),
    "unloaded": _row(source.unloaded, "unloaded_modules", "unloaded_module"),
    "read": _row(memory.read, "read", "bytes"),
    "vtop": _row(memory.vtop, "translate", "translation"),
    "pte": _row(memory.pte, "translate pte_context decode_pte", "pte"),
    "ptes": _row(memory.ptes, "page_runs", "pte_run"),
    "processors": _row(processors.processors, "processors", "processor"),
    "timers": _row(processors.timers, "timers decode_dpc", "timer"),
    "dpcs": _row(processors.dpcs, "processors dpc_queue dpcs", "dpc_queue", "dpc"),
    "stack": _row(processors.stack, "processors dump_context decode_context stack stack_thread", "stack_link"),
    "pool": _row(pool.pool, "large_index pool_find pool_page_read", "pool_block", "pool_verdict"),
    "poolval": _row(pool.poolval, "large_index pool_page_read", "pool_page"),
    "bigpool": _row(pool.bigpool, "large_allocations", "large_allocation"),
    "poolkey": _row(pool.poolkey, "heap_key", "heap_key"),
    "poolused": _row(pool.poolused, "pool_usage", "pool_usage"),
    "poolfind": _row(pool.poolfind, "large_allocations pool_ranges pool_scan pool_find", "pool_hit"),
    "object": _row(objects.object, "object_at object_name object_body", "object"),
    "objects": _row(objects.objects, "object_type_find object_type_at objects object_list_check object_body", "object"),
    "types": _row(objects.types, "object_types", "object_type"),
    "handles": _row(objects.handles, "process_find object_type_of handle_table_at handles object_at object_body",
                    "handle_table", "handle"),
    "directory": _row(objects.directory, "directory_find object_type_of directory object_at object_body",
                      "directory_entry", "object"),
    "pfn": _row(frames.pfn, "pfn_read", "pfn"),
    "pfnlist": _row(frames.pfnlist, "pfns", "pfn"),
    "callbacks": _row(kernel.callbacks, "callbacks callback_kinds", "callback", "callback_kind"),
    "processes": _row(processes.processes, "process_idle handles objects processes process_sources process_current",
                      "process"),
    "process": _row(processes.process, "process_find process_sources threads process_peb user_modules vads",
                    "process", "thread", "user_module", "peb"),
    "peb": _row(processes.peb, "process_find process_peb process_parameters_read environment read_text", "peb"),
    "lmu": _row(processes.lmu, "process_find process_peb user_modules vads unloaded_user_modules", "user_module",
                "unloaded_module"),
    "vads": _row(processes.vads, "process_find vads", "vad"),
    "threads": _row(processes.threads, "process_find threads thread_current", "thread"),
    "verifier": _row(kernel.verifier, "verifier_settings verifier", "verifier_settings", "verifier_entry"),
    "ca": _row(frames.ca, "control_area_read control_area_file subsections section_pages pool_scan section_usages",
               "control_area"),
    "memusage": _row(frames.memusage, "pfn_count section_usages control_area_read", "page_counts", "control_area"),
    "vm": _row(frames.vm, "memory_counters_read page_file_read memory_run_read", "memory"),
}


def run(source: Union[Target, Dump], command: str, *arguments: Any, space: int = KERNEL, **options: Any) -> Records:
    """The records of a command. Arguments as on the command line, numbers as such or as its text; a list of texts is a
    batch, as lines on its standard input. Options: `all`, `kernel`, `processor`, `thread`."""
    if command not in COMMANDS:
        raise ValueError(f"no such command: {command}")
    return COMMANDS[command].function(Session(source, space, **options), *arguments)


__all__ = ["Absent", "COMMANDS", "Command", "Fields", "Records", "run"]
