# SPDX-License-Identifier: MIT
"""The segment heap in triage dumps: the key that its chunks vote for, and every chunk that is in the pieces."""

import unittest

import support

WHOLE = 0xffffffffffffffff
PARTLY = 0xffff0000ffffffff


class Keys(unittest.TestCase):
    def check(self, dump, key, known, votes):
        records = support.kstate("poolkey", support.dump(dump))
        self.assertEqual([r["type"] for r in records], ["heap_key"])
        self.assertEqual(support.address(records[0]["key"]), key)
        self.assertEqual(support.address(records[0]["bits_known"]), known)
        self.assertEqual(records[0]["votes"], votes)
        self.assertEqual(records[0]["source"], "recovered" if known else None)

    def test_whole(self):
        self.check("win10-19041.804-7e.dmp", 0x620e994736767ee6, WHOLE, 19)
        self.check("win10-19041-7e.dmp", 0x7a9036e21d9a9b5d, WHOLE, 30)
        # four pairs of neighbours agree on bits 32 to 47
        self.check("win10-19041.3448-1a.dmp", 0x4705cef83dd2b3c6, WHOLE, 9)

    def test_partly(self):
        self.check("win10-19041-1e.dmp", 0x2ec00000356b63ab, PARTLY, 4)

    def test_nothing(self):
        self.check("win10-17763-7e.dmp", 0, 0, 0)  # no segment heap yet
        self.check("win11-26100-13a.dmp", 0, 0, 0)


if __name__ == "__main__":
    support.main()
