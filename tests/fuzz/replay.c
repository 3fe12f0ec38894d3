/* SPDX-License-Identifier: MIT */
/* A main for fuzz targets that any compiler builds: runs every file of the folders given, and each of their prefixes. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

#define PREFIXES_MOST 512 /* for larger files, prefixes at even distances */

static unsigned long ran;

static void run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	long size;
	uint8_t *data;
	size_t step;

	TRUTH(f != NULL && fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0);
	rewind(f);
	data = malloc((size_t)size + 1);
	TRUTH(data != NULL && fread(data, 1, (size_t)size, f) == (size_t)size);
	fclose(f);
	step = (size_t)size / PREFIXES_MOST + 1;
	for (size_t n = 0; n < (size_t)size; n += step, ran++)
		LLVMFuzzerTestOneInput(data, n);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	ran++;
	free(data);
}

int main(int argc, char **argv)
{
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	ran++;
	for (int i = 1; i < argc; i++) {
		DIR *dir = opendir(argv[i]);
		struct dirent *e;
		char path[4096];

		while (dir != NULL && (e = readdir(dir)) != NULL) {
			struct stat st;

			snprintf(path, sizeof path, "%s/%s", argv[i], e->d_name);
			if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
				run_file(path);
		}
		if (dir != NULL)
			closedir(dir);
	}
	printf("%lu inputs\n", ran);
	return 0;
}
