// SPDX-License-Identifier: Apache-2.0
/* zip_write -- see the header.
 *
 * A part is a heading (name, sum, lengths) and its bytes, deflated; at the end of the file stands a directory that repeats the
 * headings and says where each part begins. The sum and the lengths are known last, so the heading is written with zeros
 * and again at the part's end. Invariant: `at` is where the next byte goes, those that wait in `out` counted.
 */
#include "format/zip_write.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

enum {
    OUT = 64 << 10,
    LEVEL = 3, /* half the time of the usual 6 for a tenth more bytes of such a sheet */
    MEMORY = 8,
    VERSION = 20,
    DEFLATED = 8,
    NO_DATE = 0x21, /* 1980-01-01: files that hold the same are the same */
    HEADING = 30,
    HEADING_SUM = 14, /* where in it sum and lengths begin */
    ENTRY = 46,
    ENDING = 22
};
static const uint64_t SIZE_MOST = UINT32_MAX - 1;

struct part {
    const char *name;
    uint64_t begins, packed, raw;
    uint32_t sum;
};

struct zip_writer {
    int file;
    z_stream z;
    bool within; /* a part */
    struct part part[ZIP_PARTS_MOST];
    size_t parts;
    uint64_t at;
    size_t n; /* bytes that wait in out */
    unsigned char out[OUT];
};

static bool failed(struct cx *cx) {
    int fault = errno;
    bool full = fault == ENOSPC || fault == EDQUOT || fault == EFBIG;
    cx_fail(cx, ERR_IO, full ? S("zip.full") : S("zip.not_written"));
    return cx_detail(cx, "%s", strerror(fault));
}

static bool write_at(struct cx *cx, const struct zip_writer *zip, const unsigned char *p, size_t n, uint64_t at) {
    while (n > 0) {
        ssize_t done = pwrite(zip->file, p, n, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return failed(cx);
        p += done;
        n -= (size_t)done;
        at += (uint64_t)done;
    }
    return true;
}

static bool flush(struct cx *cx, struct zip_writer *zip) {
    bool done = write_at(cx, zip, zip->out, zip->n, zip->at - zip->n);
    zip->n = 0;
    return done;
}

static bool put(struct cx *cx, struct zip_writer *zip, const void *p, size_t n) {
    if (zip->n + n > OUT && !flush(cx, zip))
        return false;
    memcpy(zip->out + zip->n, p, n);
    zip->n += n;
    zip->at += n;
    return zip->at <= SIZE_MOST || cx_fail(cx, ERR_LIMIT, S("zip.large"));
}

/* Numbers as the form has them: the lowest byte first. */
static unsigned char *number(unsigned char *to, uint64_t v, int bytes) {
    for (int i = 0; i < bytes; i++)
        *to++ = (unsigned char)(v >> 8 * i);
    return to;
}

static unsigned char *sum_and_lengths(unsigned char *to, const struct part *part) {
    to = number(to, part->sum, 4);
    to = number(to, part->packed, 4);
    return number(to, part->raw, 4);
}

/* What heading and entry of the directory have in common: from the version to the length of what else there is. */
static unsigned char *facts(unsigned char *to, const struct part *part) {
    to = number(to, VERSION, 2);
    to = number(to, 0, 2);
    to = number(to, DEFLATED, 2);
    to = number(to, 0, 2);
    to = number(to, NO_DATE, 2);
    to = sum_and_lengths(to, part);
    to = number(to, strlen(part->name), 2);
    return number(to, 0, 2);
}

/* From the arena, so that nothing is left behind whoever ends. */
static void *room(void *arena, unsigned n, unsigned size) {
    return arena_alloc(arena, n, size);
}

static void room_stays(void *arena, void *p) {
    (void)arena;
    (void)p;
}

bool zip_writer_open(struct cx *cx, int file, struct zip_writer **out) {
    struct zip_writer *zip = arena_new(cx->arena, struct zip_writer, 1);
    zip->file = file;
    zip->z.zalloc = room;
    zip->z.zfree = room_stays;
    zip->z.opaque = cx->arena;
    *out = zip;
    if (deflateInit2(&zip->z, LEVEL, Z_DEFLATED, -MAX_WBITS, MEMORY, Z_DEFAULT_STRATEGY) == Z_OK)
        return true;
    cx_fail(cx, ERR_LIMIT, S("zip.not_written"));
    return cx_detail(cx, "no memory");
}

/* Bytes through the compressor, and out of it as they come. */
static bool press(struct cx *cx, struct zip_writer *zip, struct str bytes, int how) {
    z_stream *z = &zip->z;
    struct part *part = &zip->part[zip->parts - 1];
    z->next_in = (unsigned char *)(uintptr_t)bytes.p;
    z->avail_in = (uInt)bytes.n;
    for (;;) {
        if (zip->n == OUT && !flush(cx, zip))
            return false;
        z->next_out = zip->out + zip->n;
        z->avail_out = (uInt)(OUT - zip->n);
        int said = deflate(z, how);
        size_t made = OUT - zip->n - z->avail_out;
        zip->n += made;
        zip->at += made;
        part->packed += made;
        if (zip->at > SIZE_MOST)
            return cx_fail(cx, ERR_LIMIT, S("zip.large"));
        if (how == Z_FINISH ? said == Z_STREAM_END : z->avail_in == 0 && z->avail_out > 0)
            return true;
    }
}

static bool part_end(struct cx *cx, struct zip_writer *zip) {
    unsigned char known[12];
    if (!zip->within)
        return true;
    const struct part *part = &zip->part[zip->parts - 1];
    zip->within = false;
    if (!press(cx, zip, (struct str){0}, Z_FINISH) || !flush(cx, zip))
        return false;
    (void)deflateReset(&zip->z);
    sum_and_lengths(known, part);
    return write_at(cx, zip, known, sizeof known, part->begins + HEADING_SUM);
}

bool zip_writer_part(struct cx *cx, struct zip_writer *zip, const char *name) {
    unsigned char heading[HEADING];
    if (!part_end(cx, zip))
        return false;
    struct part *part = &zip->part[zip->parts++];
    *part = (struct part){.name = name, .begins = zip->at, .sum = (uint32_t)crc32(0, NULL, 0)};
    zip->within = true;
    facts(number(heading, 0x04034b50, 4), part);
    return put(cx, zip, heading, sizeof heading) && put(cx, zip, name, strlen(name));
}

bool zip_writer_put(struct cx *cx, struct zip_writer *zip, struct str bytes) {
    struct part *part = &zip->part[zip->parts - 1];
    part->raw += bytes.n;
    if (part->raw > SIZE_MOST)
        return cx_fail(cx, ERR_LIMIT, S("zip.large"));
    part->sum = (uint32_t)crc32(part->sum, (const unsigned char *)bytes.p, (uInt)bytes.n);
    return press(cx, zip, bytes, Z_NO_FLUSH);
}

static bool directory(struct cx *cx, struct zip_writer *zip) {
    unsigned char entry[ENTRY], ending[ENDING];
    uint64_t begins = zip->at;
    for (size_t i = 0; i < zip->parts; i++) {
        const struct part *part = &zip->part[i];
        unsigned char *to = facts(number(number(entry, 0x02014b50, 4), VERSION, 2), part);
        to = number(to, 0, 2 + 2 + 2); /* of a comment, on which disk, what kind inside */
        number(number(to, 0, 4), part->begins, 4);
        if (!put(cx, zip, entry, sizeof entry) || !put(cx, zip, part->name, strlen(part->name)))
            return false;
    }
    uint64_t ends = zip->at;
    unsigned char *to = number(number(ending, 0x06054b50, 4), 0, 4);
    to = number(number(to, zip->parts, 2), zip->parts, 2);
    number(number(number(to, ends - begins, 4), begins, 4), 0, 2);
    return put(cx, zip, ending, sizeof ending) && flush(cx, zip);
}

bool zip_writer_close(struct cx *cx, struct zip_writer *zip) {
    return part_end(cx, zip) && directory(cx, zip);
}
