/* SPDX-License-Identifier: MIT */
/* A reader over a LibVMI instance: guest-physical memory, which the library translates. */
#ifndef KST_EXAMPLES_LIBVMI_READER_H
#define KST_EXAMPLES_LIBVMI_READER_H

#ifdef HAVE_LIBVMI
#include <libvmi/libvmi.h>
#else
#include "libvmi_shape.h"
#endif
#include <kstate/kstate.h>

/* What comes back as kst_error.host_code when LibVMI says that it read more than it was asked for. */
#define LIBVMI_READER_BROKEN (-2001)

/* The callbacks; their `user` is the vmi_instance_t. LibVMI keeps caches: one thread at a time. */
const struct kst_reader_ops *libvmi_reader(void);

#endif
