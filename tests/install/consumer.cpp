// SPDX-License-Identifier: MIT
// Somebody else's program in C++: the same as consumer.c, with what C++11 has.
#include <kstate/kstate.h>

#include <iostream>
#include <memory>

template <typename T> static T sized()
{
	T value{};

	value.size = sizeof value;
	return value;
}

int main(int argc, char **argv)
{
	auto err = sized<kst_error>();
	auto process = sized<kst_process>();
	kst_dump *opened = nullptr;
	kst_target *made = nullptr;
	kst_cursor cursor;

	if (argc != 2)
		return 2;
	std::cout << "version " << (kst_version() >> 16) << '.' << (kst_version() >> 8 & 255) << '.'
		  << (kst_version() & 255) << '\n';
	kst_status st = kst_dump_open(argv[1], &opened, &err);
	std::unique_ptr<kst_dump, void (*)(kst_dump *)> dump(opened, kst_dump_close);

	if (st == KST_OK)
		st = kst_target_open(dump.get(), nullptr, &made, &err);
	std::unique_ptr<kst_target, void (*)(kst_target *)> target(made, kst_target_destroy);

	if (st == KST_OK)
		st = kst_processes_begin(&cursor, target.get(), &err);
	while (st == KST_OK && (st = kst_processes_next(&cursor, &process, &err)) == KST_OK)
		std::cout << process.pid << ' ' << process.name << '\n';
	if (st < 0)
		std::cerr << kst_status_name(st) << ": " << err.message << '\n';
	return st < 0;
}
