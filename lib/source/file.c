/* SPDX-License-Identifier: MIT */
/*
 * Files with 64-bit offsets. A file is mapped whole; where that is not possible (a 32-bit process and a large file, a
 * device that cannot be mapped), each read is a call with its own offset, which several threads may do at once.
 */
#define _FILE_OFFSET_BITS 64
#define _DEFAULT_SOURCE   /* madvise */
#include "source.h"

#include <errno.h>
#include <stdlib.h>

#define LARGE  0x200u
#define PLACES 256u

static kst_status io_failed(struct kst_error *err, int code, const char *what)
{
	kst__fail(err, KST_E_IO, 0, what);
	if (err != NULL && kst__out_ok(err->size, sizeof *err))
		err->host_code = code;
	return KST_E_IO;
}

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

static int errno_of(DWORD code)
{
	return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND     ? ENOENT
	       : code == ERROR_ACCESS_DENIED || code == ERROR_SHARING_VIOLATION ? EACCES
										: EIO;
}

static HANDLE open_utf8(const char *path)
{
	int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
	wchar_t *wide = n <= 0 ? NULL : malloc((size_t)n * sizeof *wide);
	HANDLE handle = INVALID_HANDLE_VALUE;

	if (wide != NULL && MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, n) == n)
		handle = CreateFileW(wide, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
	else
		SetLastError(ERROR_FILE_NOT_FOUND);
	free(wide);
	return handle;
}

kst_status kst__file_open(struct kst__file *file, const char *path, struct kst_error *err)
{
	HANDLE handle = open_utf8(path);
	HANDLE mapping;
	LARGE_INTEGER size;

	if (handle == INVALID_HANDLE_VALUE)
		return io_failed(err, errno_of(GetLastError()), "the file cannot be opened");
	if (!GetFileSizeEx(handle, &size)) {
		CloseHandle(handle);
		return io_failed(err, EIO, "the size of the file cannot be read");
	}
	file->handle = (intptr_t)handle;
	file->size = (uint64_t)size.QuadPart;
	if (file->size == 0 || file->size > SIZE_MAX / 2)
		return KST_OK;
	mapping = CreateFileMappingW(handle, NULL, PAGE_READONLY, 0, 0, NULL);
	if (mapping == NULL)
		return KST_OK;
	file->bytes = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, (SIZE_T)file->size);
	file->mapped = file->bytes != NULL;
	if (file->mapped)
		file->mapping = (intptr_t)mapping;
	else
		CloseHandle(mapping);
	return KST_OK;
}

void kst__file_close(struct kst__file *file)
{
	if (file->mapped) {
		UnmapViewOfFile(file->bytes);
		CloseHandle((HANDLE)file->mapping);
	}
	if (file->handle != -1)
		CloseHandle((HANDLE)file->handle);
}

/* Windows trims the working set of a process by itself. */
static void forget(const struct kst__file *file)
{
	(void)file;
}

/* Returns bytes read, 0 at the end, -1 on failure. */
static int64_t read_at(const struct kst__file *file, uint64_t offset, void *buf, size_t len)
{
	OVERLAPPED at;
	DWORD got = 0;

	memset(&at, 0, sizeof at);
	at.Offset = (DWORD)offset;
	at.OffsetHigh = (DWORD)(offset >> 32);
	if (!ReadFile((HANDLE)file->handle, buf, len < 0x10000000 ? (DWORD)len : 0x10000000, &got, &at))
		return GetLastError() == ERROR_HANDLE_EOF ? 0 : -1;
	return got;
}
#else
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

kst_status kst__file_open(struct kst__file *file, const char *path, struct kst_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	off_t end;
	void *bytes;

	if (fd < 0)
		return io_failed(err, errno, "the file cannot be opened");
	end = lseek(fd, 0, SEEK_END); /* a block device has no st_size */
	if (end < 0 || fstat(fd, &st) != 0 || S_ISDIR(st.st_mode)) {
		int code = end < 0 ? errno : EISDIR;

		close(fd);
		return io_failed(err, code, "not a file with a size");
	}
	file->handle = fd;
	file->size = (uint64_t)end;
	if (file->size == 0 || file->size > SIZE_MAX / 2)
		return KST_OK;
	bytes = mmap(NULL, (size_t)file->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes != MAP_FAILED) {
		file->bytes = bytes;
		file->mapped = true;
	}
	return KST_OK;
}

void kst__file_close(struct kst__file *file)
{
	if (file->mapped)
		munmap((void *)(uintptr_t)file->bytes, (size_t)file->size);
	if (file->handle != -1)
		close((int)file->handle);
}

/* Give back the pages that are mapped in; nothing is lost, and failing does no harm. */
static void forget(const struct kst__file *file)
{
	(void)madvise((void *)(uintptr_t)file->bytes, (size_t)file->size, MADV_DONTNEED);
}

/* Returns bytes read, 0 at the end, -1 on failure. */
static int64_t read_at(const struct kst__file *file, uint64_t offset, void *buf, size_t len)
{
	ssize_t got;

	do {
		got = pread((int)file->handle, buf, len, (off_t)offset);
	} while (got < 0 && errno == EINTR);
	return got;
}
#endif

/*
 * Small reads (page tables, list links) are many and go by the mapping. Larger ones go by a call: a search over all of
 * memory is several times faster so, as no page has to be mapped.
 */
static bool by_mapping(const struct kst__file *file, size_t len)
{
	return file->bytes != NULL && (len < LARGE || file->handle == -1);
}

/*
 * What was read through the mapping stays resident, 64 KiB around each place or less. After 256 places that were not
 * seen lately all of it is given back, so that the resident set stays small however large the file is. The system keeps
 * the pages cached as it sees fit. Two threads that meet here count a place twice or not at all: no harm.
 */
static void account(const struct kst__file *file, uint64_t offset)
{
	/* the members that reading changes; the file itself is on the heap */
	struct kst__file *writable = (struct kst__file *)(uintptr_t)file;
	uint32_t place = (uint32_t)(offset >> 16) + 1;
	_Atomic uint32_t *seen = &writable->seen[place % KST__COUNT(writable->seen)];

	if (atomic_load_explicit(seen, memory_order_relaxed) == place)
		return;
	atomic_store_explicit(seen, place, memory_order_relaxed);
	if (atomic_fetch_add_explicit(&writable->places, 1, memory_order_relaxed) % PLACES == PLACES - 1)
		forget(file);
}

kst_status kst__file_read(const struct kst__file *file, uint64_t offset, void *buf, size_t len, size_t *done)
{
	uint64_t rest = offset < file->size ? file->size - offset : 0;
	size_t want = len < rest ? len : (size_t)rest;

	*done = 0;
	if (by_mapping(file, len) && want > 0) {
		memcpy(buf, file->bytes + (size_t)offset, want);
		*done = want;
		if (file->mapped)
			account(file, offset);
	}
	while (*done < want) {
		int64_t got = read_at(file, offset + *done, (uint8_t *)buf + *done, want - *done);

		if (got < 0)
			return KST_E_IO;
		if (got == 0)
			break; /* it has shrunk */
		*done += (size_t)got;
	}
	return *done == len ? KST_OK : KST_E_FAULT;
}

const uint8_t *kst__file_window(const struct kst__file *file, uint64_t offset, uint64_t *length_out)
{
	uint64_t rest = offset < file->size ? file->size - offset : 0;

	if (file->bytes == NULL || rest == 0)
		return NULL;
	*length_out = rest;
	if (file->mapped) {
		/* no more than what is accounted for as one place */
		uint64_t place = 0x10000 - (offset & 0xffff);

		*length_out = rest < place ? rest : place;
		account(file, offset);
	}
	return file->bytes + (size_t)offset;
}

size_t kst__file_load(const struct kst__file *file, uint64_t offset, void *buf, size_t len)
{
	size_t done;

	kst__file_read(file, offset, buf, len, &done);
	memset((uint8_t *)buf + done, 0, len - done);
	return done;
}

uint32_t kst__file_u32(const struct kst__file *file, uint64_t offset)
{
	uint8_t raw[4];

	return kst__file_load(file, offset, raw, sizeof raw) == sizeof raw ? kst__le32(raw) : 0;
}

uint64_t kst__file_u64(const struct kst__file *file, uint64_t offset)
{
	uint8_t raw[8];

	return kst__file_load(file, offset, raw, sizeof raw) == sizeof raw ? kst__le64(raw) : 0;
}

bool kst__file_is(const struct kst__file *file, uint64_t offset, const char *magic, size_t len)
{
	uint8_t raw[32];

	return len <= sizeof raw && kst__file_load(file, offset, raw, len) == len && memcmp(raw, magic, len) == 0;
}
