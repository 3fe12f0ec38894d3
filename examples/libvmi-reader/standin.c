/* SPDX-License-Identifier: MIT */
#include "standin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 0x1000u

struct vmi_instance {
	uint8_t *memory;
	uint64_t size, hole_start, hole_end;
	int broken;
};

vmi_instance_t standin_open(const char *path, const char *fault)
{
	FILE *file = fopen(path, "rb");
	struct vmi_instance *vmi = calloc(1, sizeof *vmi);
	long size = -1;
	char *rest;

	if (file != NULL && fseek(file, 0, SEEK_END) == 0)
		size = ftell(file);
	if (vmi != NULL && size > 0)
		vmi->memory = malloc((size_t)size);
	if (vmi == NULL || vmi->memory == NULL || fseek(file, 0, SEEK_SET) != 0 ||
	    fread(vmi->memory, 1, (size_t)size, file) != (size_t)size) {
		standin_close(vmi);
		vmi = NULL;
	} else {
		vmi->size = (uint64_t)size;
		vmi->broken = strcmp(fault, "broken") == 0;
		vmi->hole_start = vmi->broken ? 0 : strtoull(fault, &rest, 16);
		vmi->hole_end = vmi->broken || *rest != '-' ? 0 : strtoull(rest + 1, NULL, 16);
	}
	if (file != NULL)
		fclose(file);
	return vmi;
}

void standin_close(vmi_instance_t vmi)
{
	if (vmi != NULL)
		free(vmi->memory);
	free(vmi);
}

/* As LibVMI: page by page, up to the first one that is not there. */
status_t vmi_read_pa(vmi_instance_t vmi, addr_t paddr, size_t count, void *buf, size_t *bytes_read)
{
	size_t done = 0;

	while (done < count) {
		uint64_t at = paddr + done;
		size_t n = (size_t)(PAGE - at % PAGE);

		if (at >= vmi->size || (at >= vmi->hole_start && at < vmi->hole_end))
			break;
		if (n > count - done)
			n = count - done;
		if (n > vmi->size - at)
			n = (size_t)(vmi->size - at);
		memcpy((uint8_t *)buf + done, vmi->memory + at, n);
		done += n;
	}
	if (bytes_read != NULL)
		*bytes_read = vmi->broken ? count + 1 : done;
	return done == count ? VMI_SUCCESS : VMI_FAILURE;
}

addr_t vmi_get_max_physical_address(vmi_instance_t vmi)
{
	return vmi->size;
}
