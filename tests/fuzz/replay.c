/* SPDX-License-Identifier: MIT */
/*
 * A main for fuzz targets that any compiler builds: runs every file of the folders given, and its prefixes: all of them
 * while files are few and small, else some at even distances, so that the time stays the same.
 */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

#ifndef PREFIXES_MOST
#define PREFIXES_MOST 512u /* of one file */
#endif
#define PREFIXES_ALL 4096u /* of all files together */

static unsigned long ran;
static size_t files;

static void run_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	long size;
	uint8_t *data;
	size_t step, most;

	TRUTH(f != NULL && fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0);
	rewind(f);
	data = malloc((size_t)size + 1);
	TRUTH(data != NULL && fread(data, 1, (size_t)size, f) == (size_t)size);
	fclose(f);
	most = PREFIXES_ALL / files < PREFIXES_MOST ? PREFIXES_ALL / files + 1 : PREFIXES_MOST;
	step = (size_t)size / most + 1;
	for (size_t n = 0; n < (size_t)size; n += step, ran++)
		LLVMFuzzerTestOneInput(data, n);
	LLVMFuzzerTestOneInput(data, (size_t)size);
	ran++;
	free(data);
}

static void count_file(const char *path)
{
	(void)path;
	files++;
}

static void each_file(const char *folder, void (*use)(const char *path))
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	char path[4096];

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		struct stat st;

		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
			use(path);
	}
	if (dir != NULL)
		closedir(dir);
}

int main(int argc, char **argv)
{
	LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
	ran++;
	for (int i = 1; i < argc; i++)
		each_file(argv[i], count_file);
	for (int i = 1; i < argc; i++)
		each_file(argv[i], run_file);
	printf("%lu inputs\n", ran);
	return 0;
}
