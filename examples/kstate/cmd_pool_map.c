/* SPDX-License-Identifier: MIT */
/* pool --map: pages as a map of blocks, one line per page; as SVG with --svg FILE. */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

#define CELLS      64 /* per page */
#define MOST_PAGES 0x10000
#define ROW        14 /* SVG: height of a page */
#define SCALE      4  /* SVG: bytes per unit of width */

enum { CELL_MISSING, CELL_NONE, CELL_FREE, CELL_ALLOCATED, CELL_LARGE, CELL_SPECIAL };

static const struct {
	char character;
	const char *ansi;
	const char *colour;
	const char *text;
} styles[] = {
	{ ' ', "\033[0m", "#ffffff", "not present" }, { '-', "\033[90m", "#bbbbbb", "no blocks" },
	{ '.', "\033[32m", "#b7e1a1", "free" },       { '#', "\033[31m", "#e8866a", "allocated" },
	{ 'L', "\033[34m", "#7aa6e0", "large" },      { 'S', "\033[35m", "#c79be0", "special" },
};

static struct kst_pool_header blocks[MOST_BLOCKS];

/* The heap's key, looked up once: without symbols it costs a search through memory. */
static struct kst_heap_key heap_key;
static bool have_key;

static int style_of(const struct kst_pool_header *block)
{
	return block->state == KST_POOL_STATE_ALLOCATED ? CELL_ALLOCATED
	       : block->state == KST_POOL_STATE_UNKNOWN ? CELL_NONE
							: CELL_FREE;
}

/* What covers the page where it has no blocks of its own. */
static int style_of_page(const struct kst_pool_verdict *verdict)
{
	if (verdict->kind == KST_POOL_KIND_LARGE)
		return CELL_LARGE;
	if (verdict->kind == KST_POOL_KIND_SPECIAL)
		return CELL_SPECIAL;
	if ((verdict->evidence & KST_POOL_EVIDENCE_FREE_PAGE) != 0)
		return CELL_FREE;
	return (verdict->evidence & KST_POOL_EVIDENCE_UNREADABLE) != 0 ? CELL_MISSING : CELL_NONE;
}

static void escaped(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '<' || *text == '>' || *text == '&' || *text == '"')
			fprintf(out, "&#%d;", *text);
		else
			fputc(*text, out);
	}
}

static void svg_block(FILE *out, size_t row, uint32_t offset, uint32_t size, int style, const char *tag,
		      uint64_t address)
{
	fprintf(out,
		"<rect x=\"%u\" y=\"%zu\" width=\"%u\" height=\"%d\" fill=\"%s\" stroke=\"#555\" "
		"stroke-width=\"0.4\"><title>%" PRIx64 " %x %s ",
		130 + offset / SCALE, row * ROW, size / SCALE, ROW - 2, styles[style].colour, address, size,
		styles[style].text);
	escaped(out, tag);
	fputs("</title></rect>\n", out);
	if (size / SCALE >= 36) {
		fprintf(out, "<text x=\"%u\" y=\"%zu\">", 132 + offset / SCALE, row * ROW + 9);
		escaped(out, tag);
		fputs("</text>\n", out);
	}
}

static void text_row(const struct session *session, uint64_t page, const unsigned char cells[CELLS], const char *note)
{
	bool colour = getenv("NO_COLOR") == NULL;
	int last = -1;

	printf("%s |", address_text(session, page));
	for (size_t i = 0; i < CELLS; i++) {
		if (colour && cells[i] != last)
			fputs(styles[cells[i]].ansi, stdout);
		last = cells[i];
		putchar(styles[cells[i]].character);
	}
	printf("%s| %s\n", colour ? "\033[0m" : "", note);
}

static int style_of_heap_block(const struct kst_pool_verdict *block)
{
	if (block->kind == KST_POOL_KIND_HEAP_LARGE)
		return CELL_LARGE;
	return block->state == KST_POOL_STATE_ALLOCATED ? CELL_ALLOCATED
	       : block->state == KST_POOL_STATE_FREE    ? CELL_FREE
							: CELL_NONE;
}

/* A page of the segment heap, by the heap's own metadata; false when no segment is at hand. */
static bool map_heap_page(struct session *session, uint64_t page, FILE *svg, size_t row, unsigned char cells[CELLS])
{
	struct kst_pool_verdict block = { .size = sizeof block };
	struct kst_cursor cursor;

	if (!have_key || kst_heap_blocks_begin_segment(&cursor, session->target, page, &heap_key, NULL) != KST_OK)
		return false;
	memset(cells, CELL_NONE, CELLS);
	while (kst_heap_blocks_next(&cursor, &block, NULL) == KST_OK &&
	       (block.base < page || block.base - page < PAGE)) {
		uint64_t end = block.base + block.bytes;
		uint32_t from, to;
		int style = style_of_heap_block(&block);

		if (end <= page)
			continue;
		from = block.base < page ? 0 : (uint32_t)(block.base - page);
		to = end - page < PAGE ? (uint32_t)(end - page) : PAGE;
		for (uint32_t at = from; at < to; at += PAGE / CELLS)
			cells[at / (PAGE / CELLS)] = (unsigned char)style;
		if (svg != NULL)
			svg_block(svg, row, from, to - from, style, block.tag_text, block.base);
	}
	return true;
}

static kst_status map_page(struct session *session, uint64_t page_address, FILE *svg, size_t row,
			   struct kst_error *error)
{
	struct kst_pool_verdict verdict;
	unsigned char cells[CELLS];
	struct kst_pool_page page;
	kst_status st = pool_verdict(session, page_address, &verdict, error);
	int whole = st == KST_OK ? style_of_page(&verdict) : CELL_NONE;
	size_t count = 0;

	if (st == KST_E_HOST)
		return st;
	if (svg != NULL)
		fprintf(svg, "<text x=\"2\" y=\"%zu\">%016" PRIx64 "</text>\n", row * ROW + 9, page_address);
	if (whole != CELL_MISSING && map_heap_page(session, page_address, svg, row, cells)) {
		if (svg == NULL)
			text_row(session, page_address, cells, "segment heap");
		return KST_OK;
	}
	memset(cells, whole, sizeof cells);
	if (whole == CELL_NONE)
		count = pool_blocks(session, page_address, 0, blocks, &page, &st, error);
	if (st == KST_E_HOST)
		return st;
	if (svg != NULL && count == 0 && whole != CELL_MISSING)
		svg_block(svg, row, 0, PAGE, whole, verdict.tag_text, page_address);
	for (size_t i = 0; i < count; i++) {
		uint32_t offset = (uint32_t)(blocks[i].address - page_address);

		for (uint32_t at = offset; at < offset + blocks[i].block_size && at < PAGE; at += PAGE / CELLS)
			cells[at / (PAGE / CELLS)] = (unsigned char)style_of(&blocks[i]);
		if (svg != NULL)
			svg_block(svg, row, offset, blocks[i].block_size, style_of(&blocks[i]), blocks[i].tag_text,
				  blocks[i].address);
	}
	if (svg == NULL)
		text_row(session, page_address, cells,
			 count > 0 && !page.consistent ? kst_pool_rule_name(page.rule)
			 : whole != CELL_NONE          ? styles[whole].text
						       : "");
	return KST_OK;
}

int pool_map(struct session *session, uint64_t address, uint64_t length)
{
	uint64_t first = address & ~(uint64_t)(PAGE - 1);
	uint64_t pages = length > UINT64_MAX - PAGE - (address - first) ? MOST_PAGES + 1
									: (address - first + length + PAGE - 1) / PAGE;
	struct kst_error error = { .size = sizeof error };
	kst_status st = KST_OK;
	FILE *svg = NULL;

	if (pages > MOST_PAGES || pages > (UINT64_MAX - first) / PAGE) {
		fprintf(stderr, "kstate: at most %x pages in one map\n", MOST_PAGES);
		return USAGE;
	}
	if (session->option_svg != NULL) {
		svg = fopen(session->option_svg, "w");
		if (svg == NULL) {
			perror(session->option_svg);
			return CANNOT;
		}
		fprintf(svg,
			"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%" PRIu64
			"\" font-family=\"monospace\" font-size=\"9\">\n",
			140 + PAGE / SCALE, pages * ROW);
	}
	heap_key.size = sizeof heap_key;
	have_key = kst_heap_key(session->target, &heap_key, NULL) == KST_OK;
	for (uint64_t i = 0; i < pages && st == KST_OK; i++)
		st = map_page(session, first + i * PAGE, svg, (size_t)i, &error);
	if (svg != NULL) {
		fputs("</svg>\n", svg);
		if (fclose(svg) != 0) {
			perror(session->option_svg);
			return CANNOT;
		}
	}
	return st == KST_OK ? DONE : complain("pool", st, &error);
}
