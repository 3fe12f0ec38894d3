/* SPDX-License-Identifier: MIT */
/*
 * The three calls of LibVMI (https://libvmi.com) that the reader needs, and their types, for machines without its
 * headers. Names, order and meaning of the arguments are those of LibVMI 0.14; where <libvmi/libvmi.h> is installed,
 * that is used instead and this file is not.
 */
#ifndef KST_EXAMPLES_LIBVMI_SHAPE_H
#define KST_EXAMPLES_LIBVMI_SHAPE_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t addr_t;
typedef struct vmi_instance *vmi_instance_t;
typedef enum { VMI_SUCCESS, VMI_FAILURE } status_t;

/* Reads physical memory; VMI_FAILURE unless all of it was there, *bytes_read tells how much was. */
status_t vmi_read_pa(vmi_instance_t vmi, addr_t paddr, size_t count, void *buf, size_t *bytes_read);
/* One beyond the highest physical address. */
addr_t vmi_get_max_physical_address(vmi_instance_t vmi);

#endif
