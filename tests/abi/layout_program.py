"""Write a C program that prints size and offset of each public struct member, and the value of each constant."""
import sys

import headers


def program(folder=headers.INCLUDE, prefix="kstate"):
    lines = ["#include <stddef.h>", "#include <stdio.h>", f"#include <{prefix}/kstate.h>", "int main(void)", "{"]
    for name, members in sorted(headers.all_of(headers.structs, folder)):
        lines.append(f'\tprintf("struct {name} %u\\n", (unsigned)sizeof(struct {name}));')
        for member in members:
            lines.append(f'\tprintf("struct {name}.{member} %u %u\\n", (unsigned)offsetof(struct {name}, {member}), '
                         f"(unsigned)sizeof(((struct {name} *)0)->{member}));")
    for name in sorted(set(headers.all_of(headers.constants, folder))):
        lines.append(f'\tprintf("{name} %lld\\n", (long long){name});')
    return "\n".join(lines + ["\treturn 0;", "}"]) + "\n"


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        out.write(program())
