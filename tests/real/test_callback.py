# SPDX-License-Identifier: MIT
"""Notify routines and registry callbacks of two whole systems, against a debugger's values."""
import unittest

import support
from support import address, kstate, of_type

ARRAYS = (("process", "PspProcessNotifyRoutine"), ("thread", "PspThreadNotifyRoutine"), ("image", "PspLoadImageNotifyRoutine"))


class Callbacks(unittest.TestCase):
    def check(self, name):
        truth = support.truth(name)
        arguments = [support.image(name), "--layout", support.layout(name)]
        found = of_type(kstate("callbacks", *arguments), "callback")
        modules = of_type(kstate("modules", *arguments), "module")
        for kind, symbol in ARRAYS:
            ours = [(c["slot"], address(c["raw"]), address(c["block"]), address(c["function"]), address(c["context"]))
                    for c in found if c["kind"] == kind]
            theirs = [(c["slot"], address(c["raw"]), address(c["block"]), address(c["Function"]), address(c["Context"]))
                      for c in truth["notify"][symbol]]
            self.assertEqual(ours, theirs, kind)
        ours = [(address(c["block"]), address(c["function"]), address(c["context"]), address(c["cookie"]))
                for c in found if c["kind"] == "registry"]
        theirs = [(address(c["entry"]), address(c["Function"]), address(c["Context"]), c["Cookie"])
                  for c in truth["registry_callbacks"]]
        self.assertEqual(ours, theirs)
        for c in found:  # the owner is the module whose range holds the routine
            owner = [m["name"] for m in modules if 0 <= address(c["function"]) - address(m["base"]) < m["size"]]
            self.assertEqual([c["module"]], owner)

    def test_x86(self):
        self.check("nt52-x86")

    def test_x64(self):
        self.check("nt52-x64")


if __name__ == "__main__":
    support.main()
