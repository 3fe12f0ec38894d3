"""Stack of the pure layers: the worst chain of calls below each public function, from gcc's call graph with stack use.

usage: check_stack.py GCC LIMIT

Function pointers are resolved by name. A pointer to a host's callback leads out of the library: its stack is the host's
own and counts as nothing, as that of memcpy, memset and memcmp. The library's own few pointers and all they can hold are
listed below; a call through any other name, or a function whose address is taken and that is not listed, fails the check.
So does recursion, and a frame whose size the compiler cannot bound.
"""
import collections
import os
import pathlib
import re
import sys
import tempfile

import headers
import pure

os.environ["CCACHE_DISABLE"] = "1"  # a compiler cache keeps the object, not the call graph beside it
HOST = {"read", "read_batch", "next_range", "window", "module", "unloaded_module", "read_page_file", "type_size", "member", "symbol", "progress"}
OWN = {
    "fetch": {"lib/walk/memory.c:fetch_target", "lib/walk/pool_page.c:fetch_window"},
    "visit": {"lib/walk/big_pool_index.c:visit_build", "lib/walk/big_pool.c:visit_lookup"},
    "fn": {"lib/walk/pool_ranges.c:match_region", "lib/walk/pool_ranges.c:put_range"},
    "ways": {f"lib/walk/object_type.c:begin_{way}" for way in ("table", "list", "array", "directory")},
    "get": {"lib/walk/heap_key.c:symbols_or_memory", "lib/walk/heap_key.c:recover"},
}
SHOWN = 12

def plain(name):
    """Without what the compiler adds to a copy of a function: .part.0, .constprop.0, .isra.0, .cold"""
    path, colon, function = name.rpartition(":")
    return path + colon + function.partition(".")[0]


def call_graph(folder):
    frames, calls, wrong = {}, collections.defaultdict(set), []
    for path in sorted(pathlib.Path(folder).glob("*.ci")):
        for line in path.read_text().splitlines():
            node = re.match(r'node: \{ title: "([^"]+)" label: "[^"]*\\n(\d+) bytes \(([^)]*)\)', line)
            edge = re.match(r'edge: \{ sourcename: "([^"]+)" targetname: "([^"]+)"(?: label: "([^"]*)")?', line)
            if node:
                frames[node[1]] = int(node[2])
                if node[3] == "dynamic":
                    wrong.append(f"the frame of {node[1]} has no bound")
            elif edge:
                calls[edge[1]].add((edge[2], edge[3] or ""))
    return frames, calls, wrong


def pointer_name(place):
    """The name that a call through a pointer at file:line:column is made by."""
    path, line, column = place.rsplit(":", 2)
    text = (headers.ROOT / path).read_text().splitlines()[int(line) - 1]
    call = re.match(r"[^(]*?(\w+)(\[\w+\])?\(", text[int(column) - 1:])
    return call[1] if call else text.strip()


def resolve(frames, calls):
    graph, wrong = {}, []
    by_plain = collections.defaultdict(set)
    for name in frames:
        by_plain[plain(name)].add(name)
    for name in frames:
        graph[name] = set()
        for target, place in calls[name]:
            if target in frames:
                graph[name].add(target)
            elif target == "__indirect_call":
                pointer = pointer_name(place)
                held = {copy for own in OWN.get(pointer, ()) for copy in by_plain[own]}
                graph[name] |= held
                if not held and pointer not in HOST:
                    wrong.append(f"{place}: a call through {pointer}, which is not known")
            elif target not in pure.ALLOWED:
                wrong.append(f"{name} calls {target}, which is not here")
    return graph, wrong


def addresses_taken(frames):
    """Functions that the sources name without calling them."""
    taken = set()
    texts = {str(path): re.sub(r'"(\\.|[^"\\])*"', '""', headers.strip_comments((headers.ROOT / path).read_text()))
             for path in pure.sources()}
    for name in {plain(name) for name in frames}:
        path, _, function = name.rpartition(":")
        for where in [path] if path else texts:
            if re.search(rf"(?<![\w.>])(?<!struct ){function}\b(?!\s*\()", texts[where]):
                taken.add(name)
    return taken


def worst_chains(frames, graph):
    chains, wrong = {}, []

    def visit(name, above):
        if name in above:
            wrong.append("recursion: " + " > ".join(above[above.index(name):] + (name,)))
            return (0, ())
        if name not in chains:
            deepest = max((visit(target, above + (name,)) for target in sorted(graph[name])), default=(0, ()))
            chains[name] = (frames[name] + deepest[0], (name,) + deepest[1])
        return chains[name]

    for name in sorted(frames):
        visit(name, ())
    return chains, wrong


def main(gcc, limit):
    with tempfile.TemporaryDirectory() as folder:
        pure.compile_all(gcc, [], folder, ["-fcallgraph-info=su"])
        frames, calls, wrong = call_graph(folder)
    graph, unknown = resolve(frames, calls)
    chains, recursions = worst_chains(frames, graph)
    wrong += unknown + recursions
    listed, taken = set().union(*OWN.values()), addresses_taken(frames)
    wrong += [f"the address of {name} is taken, and no pointer is listed that holds it" for name in sorted(taken - listed)]
    public = [(chains[name], name) for name in headers.all_of(headers.functions) if name in chains]
    wrong += [f"{name} may use {chain[0]} bytes of stack" for chain, name in public if chain[0] > int(limit)]
    for (total, chain), name in sorted(public, reverse=True)[:len(public) if wrong else SHOWN]:
        print(f"{total:6} {name}: " + " > ".join(f"{step.rpartition(':')[2]} {frames[step]}" for step in chain[:16]))
    print("\n".join(wrong))
    print(f"{len(public)} public functions of {len(frames)}, at most {max(public)[0][0]} bytes of {limit}, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
