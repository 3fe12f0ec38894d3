/* SPDX-License-Identifier: MIT */
/**
 * @file kstate.h
 * @brief Everything, by topic, in an order to read it in.
 */
#ifndef KSTATE_KSTATE_H
#define KSTATE_KSTATE_H

/* clang-format off */

/* Reading a machine */
#include <kstate/api.h>
#include <kstate/reader.h>
#include <kstate/target.h>
#include <kstate/dump.h>
#include <kstate/system.h>

/* Types */
#include <kstate/layout.h>
#include <kstate/types.h>
#include <kstate/image.h>

/* The crash, processors and DPCs */
#include <kstate/bugcheck.h>
#include <kstate/dpc.h>

/* Processes */
#include <kstate/process.h>
#include <kstate/thread.h>
#include <kstate/peb.h>
#include <kstate/user_module.h>
#include <kstate/vad.h>

/* Objects and handles */
#include <kstate/object.h>

/* Pool */
#include <kstate/pool.h>
#include <kstate/segment_heap.h>

/* Memory manager */
#include <kstate/paging.h>
#include <kstate/pte.h>
#include <kstate/pfn.h>
#include <kstate/section.h>
#include <kstate/vm.h>

/* Modules, registrations and logs */
#include <kstate/module.h>
#include <kstate/callback.h>
#include <kstate/verifier.h>

/* clang-format on */

#endif
