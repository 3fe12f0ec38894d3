/* SPDX-License-Identifier: MIT */
/**
 * @file kstate.h
 * @brief Everything, by topic.
 */
#ifndef KSTATE_KSTATE_H
#define KSTATE_KSTATE_H

/* reading a machine */
#include <kstate/api.h>
#include <kstate/dump.h>
#include <kstate/image.h>
#include <kstate/layout.h>
#include <kstate/module.h>
#include <kstate/object.h>
#include <kstate/paging.h>
#include <kstate/peb.h>
#include <kstate/pfn.h>
#include <kstate/pool.h>
#include <kstate/process.h>
#include <kstate/pte.h>
#include <kstate/reader.h>
#include <kstate/system.h>
#include <kstate/target.h>

/* types */
#include <kstate/image.h>
#include <kstate/layout.h>
#include <kstate/types.h>

/* the crash, processors and DPCs */
#include <kstate/bugcheck.h>
#include <kstate/dpc.h>

/* processes */
#include <kstate/peb.h>
#include <kstate/process.h>
#include <kstate/thread.h>
#include <kstate/types.h>
#include <kstate/user_module.h>
#include <kstate/vad.h>
#include <kstate/verifier.h>
#include <kstate/vm.h>

/* objects and handles */
#include <kstate/object.h>

/* pool */
#include <kstate/pool.h>
#include <kstate/segment_heap.h>

/* memory manager */
#include <kstate/paging.h>
#include <kstate/pfn.h>
#include <kstate/pte.h>
#include <kstate/section.h>
#include <kstate/vm.h>

/* modules, registrations and logs */
#include <kstate/callback.h>
#include <kstate/module.h>
#include <kstate/verifier.h>

#endif
