# SPDX-License-Identifier: MIT
"""The rows as one HTML page that needs nothing else: a table, and bars drawn as SVG."""
import collections
import html

STYLE = """body { font: 14px sans-serif; margin: 2em } table { border-collapse: collapse }
td, th { border: 1px solid #ccc; padding: 3px 8px; text-align: left; vertical-align: top } tr.bad { background: #fdd }
svg text { font: 12px sans-serif }"""
COLUMNS = ("dump", "kernel", "bug check", "stopped in", "interrupted", "in a DPC", "queued DPCs", "pool", "modules", "remarks")


def bars(title, counts, unit=""):
    """A chart of the largest values of a dict."""
    shown = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:12]
    if not shown:
        return ""
    most = max(value for _, value in shown) or 1
    lines = [f'<h2>{html.escape(title)}</h2><svg width="760" height="{20 * len(shown) + 4}" role="img">']
    for i, (name, value) in enumerate(shown):
        width = max(int(380 * value / most), 1)
        lines.append(f'<text x="250" y="{20 * i + 15}" text-anchor="end">{html.escape(str(name)[:38])}</text>'
                     f'<rect x="256" y="{20 * i + 3}" width="{width}" height="15" fill="#48a"/>'
                     f'<text x="{262 + width}" y="{20 * i + 15}">{value:g}{html.escape(unit)}</text>')
    return "\n".join(lines) + "</svg>"


def check_name(row):
    return row.get("bugcheck_name") or row.get("bugcheck") or ("(not opened)" if "error" in row else "(none)")


def first(row, **wanted):
    """Where the first stack of some kind was."""
    for link in row.get("stacks", ()):
        if all(link.get(k) == v for k, v in wanted.items()):
            return link.get("at") or link.get("ip") or ""
    return ""


def cells(row):
    """What stands in the columns."""
    stacks = row.get("stacks", ())
    queued = collections.Counter(d["routine"] for d in row.get("dpcs", ()))
    pool = [f"{n} {kind}" for kind, n in sorted(row.get("pool_pages", {}).items())]
    pool += [f"{b['page']}: {b['rule']}" for b in row.get("pool_broken", ())[:5]]
    remarks = [row["error"]] if "error" in row else []
    remarks += row.get("anomalies", ())
    remarks += [f"no {part}: {why}" for part, why in row.get("missing", {}).items()]
    return (row["file"].rpartition("/")[2], " ".join(str(row[k]) for k in ("arch", "build", "revision") if k in row),
            " ".join([check_name(row), *row.get("parameters", ())]), first(row, found="context"),
            stacks[-1].get("at", "") if len(stacks) > 1 else "", ", ".join(map(str, row.get("dpc_processors", ()))),
            ", ".join(f"{name} ×{n}" for name, n in queued.most_common(4)), "; ".join(pool),
            str(len(row.get("modules", ())) or ""), "; ".join(remarks))


def page(rows):
    """The whole page."""
    checks = collections.Counter(check_name(row) for row in rows)
    drivers = collections.Counter(first(row, found="context").partition("+")[0] for row in rows)
    drivers.pop("", None)
    seconds = {row["file"].rpartition("/")[2]: row["seconds"] for row in rows if "seconds" in row}
    out = ["<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Dumps</title>", f"<style>{STYLE}</style>",
           f"</head><body><h1>{len(rows)} dumps, {sum('error' in row for row in rows)} with an error</h1>",
           bars("Bug checks", checks), bars("Stopped in", drivers), bars("Time per dump", seconds, " s"),
           "<h2>Dumps</h2><table><tr>", *(f"<th>{name}</th>" for name in COLUMNS), "</tr>"]
    for row in rows:
        out.append(f'<tr{" class=bad" if "error" in row else ""}>')
        out += [f"<td>{html.escape(cell)}</td>" for cell in cells(row)]
        out.append("</tr>")
    return "\n".join([*out, "</table></body></html>", ""])
