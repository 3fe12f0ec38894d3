/* SPDX-License-Identifier: MIT */
/* Stands where LibVMI would be: the same calls over a file of raw memory. */
#ifndef KST_EXAMPLES_LIBVMI_STANDIN_H
#define KST_EXAMPLES_LIBVMI_STANDIN_H

#include "libvmi_reader.h"

/* `fault`: "START-END" in hexadecimal is not there; "broken": says that it read more than it was asked for; or "". */
vmi_instance_t standin_open(const char *path, const char *fault);
void standin_close(vmi_instance_t vmi);

#endif
