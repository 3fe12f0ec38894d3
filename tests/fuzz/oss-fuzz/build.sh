#!/bin/bash
# SPDX-License-Identifier: MIT
# Every fuzz target into $OUT, beside it its seeds as TARGET_seed_corpus.zip. $CC $CXX $CFLAGS $CXXFLAGS
# $LIB_FUZZING_ENGINE $SRC $WORK $OUT come from outside (doc/fuzzing.md).
set -eu
kstate=$SRC/kstate
build=$WORK/kstate

[ -e "$build/build.ninja" ] || meson setup "$build" "$kstate" --buildtype=plain -Db_lundef=false -Dtool=disabled -Dpython=disabled
ninja -C "$build" lib/libkstate-static.a tests/libtest-support.a

# the machine that runs the targets has no packages: their libraries go with them
mkdir -p "$OUT/lib"
libraries=()
for name in jansson lzma cmocka; do
	file=$($CC -print-file-name=lib$name.so)
	cp "$file".* "$OUT/lib/"
	libraries+=("$file")
done

for source in "$kstate"/tests/fuzz/fuzz_*.c; do
	target=$(basename "$source" .c)
	$CC $CFLAGS -fno-strict-aliasing -I"$kstate/include" -I"$kstate/lib" -I"$kstate/tests" -c "$source" -o "$WORK/$target.o"
	$CXX $CXXFLAGS "$WORK/$target.o" -o "$OUT/$target" $LIB_FUZZING_ENGINE \
		"$build/tests/libtest-support.a" "$build/lib/libkstate-static.a" \
		"${libraries[@]}" -Wl,-rpath,'$ORIGIN/lib'
	topic=${target#fuzz_}
	seeds=()
	for folder in corpus regress; do
		for file in "$kstate/tests/fuzz/$folder/$topic"/*; do
			[ ! -f "$file" ] || seeds+=("$file")
		done
	done
	[ ${#seeds[@]} = 0 ] || python3 -m zipfile -c "$OUT/${target}_seed_corpus.zip" "${seeds[@]}"
done
