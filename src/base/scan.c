// SPDX-License-Identifier: Apache-2.0
/* scan.c -- a block of 64 bytes becomes two masks of 64 bits: marks and odd bytes; the bits become places.
 *
 * The ways differ in how a mask is made and in nothing else. A CR is odd unless an LF follows: its bit is checked against
 * the mask of LF moved by one, and at the block's end against the next byte. Must not judge rows.
 */
#include "base/scan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { BLOCK = 64 };

struct masks {
    uint64_t mark, odd;
};

/* A CR's bit stays where no LF stands behind it. */
static inline uint64_t lone(uint64_t cr, uint64_t lf, char next) {
    return cr & ~(lf >> 1 | (uint64_t)(next == '\n') << (BLOCK - 1));
}

static struct masks masks_portable(const char *p, char delimiter) {
    uint64_t mark = 0, odd = 0, cr = 0, lf = 0;
    for (unsigned i = 0; i < BLOCK; i++) {
        char c = p[i];
        lf |= (uint64_t)(c == '\n') << i;
        mark |= (uint64_t)(c == delimiter) << i;
        cr |= (uint64_t)(c == '\r') << i;
        odd |= (uint64_t)(c == '"' || c == '\0' || (c & 0x80) != 0) << i;
    }
    return (struct masks){mark | lf, odd | lone(cr, lf, p[BLOCK])};
}

static inline uint32_t *places(uint64_t bits, uint32_t base, uint32_t *to) {
    for (; bits != 0; bits &= bits - 1) {
        *to++ = base + (uint32_t)__builtin_ctzll(bits);
    }
    return to;
}

/* How many bits of a block count: the text may end within. */
static inline uint64_t within(size_t left) {
    return left >= BLOCK ? ~(uint64_t)0 : ((uint64_t)1 << left) - 1;
}

#define SCAN_BODY(masks_of)                                                                                            \
    uint32_t *m = mark, *o = odd;                                                                                      \
    for (size_t at = 0; at < n; at += BLOCK) {                                                                         \
        struct masks found = masks_of(p + at, delimiter);                                                              \
        uint64_t counts = within(n - at);                                                                              \
        m = places(found.mark & counts, (uint32_t)at, m);                                                              \
        o = places(found.odd & counts, (uint32_t)at, o);                                                               \
    }                                                                                                                  \
    return (struct scan_found) {                                                                                       \
        (size_t)(m - mark), (size_t)(o - odd)                                                                          \
    }

static struct scan_found scan_portable(const char *p, size_t n, char delimiter, uint32_t *mark, uint32_t *odd) {
    SCAN_BODY(masks_portable);
}

#if defined(__x86_64__)

static inline uint64_t bits_16(__m128i hit, unsigned shift) {
    return (uint64_t)(unsigned)_mm_movemask_epi8(hit) << shift;
}

static inline struct masks masks_sse2(const char *p, char delimiter) {
    uint64_t mark = 0, odd = 0, cr = 0, lf = 0;
    for (unsigned k = 0; k < BLOCK; k += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(p + k));
        lf |= bits_16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), k);
        cr |= bits_16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')), k);
        mark |= bits_16(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter)), k);
        __m128i strange =
            _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
        odd |= bits_16(_mm_or_si128(strange, bytes), k); /* the top bit of a byte is the one that is taken */
    }
    return (struct masks){mark | lf, odd | lone(cr, lf, p[BLOCK])};
}

static struct scan_found scan_sse2(const char *p, size_t n, char delimiter, uint32_t *mark, uint32_t *odd) {
    SCAN_BODY(masks_sse2);
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,lzcnt")))

AVX2 static inline uint64_t bits_32(__m256i hit, unsigned shift) {
    return (uint64_t)(unsigned)_mm256_movemask_epi8(hit) << shift;
}

AVX2 static inline struct masks masks_avx2(const char *p, char delimiter) {
    uint64_t mark = 0, odd = 0, cr = 0, lf = 0;
    for (unsigned k = 0; k < BLOCK; k += 32) {
        __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(p + k));
        lf |= bits_32(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\n')), k);
        cr |= bits_32(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\r')), k);
        mark |= bits_32(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(delimiter)), k);
        __m256i strange = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
                                          _mm256_cmpeq_epi8(bytes, _mm256_setzero_si256()));
        odd |= bits_32(_mm256_or_si256(strange, bytes), k);
    }
    return (struct masks){mark | lf, odd | lone(cr, lf, p[BLOCK])};
}

AVX2 static inline uint32_t *places_avx2(uint64_t bits, uint32_t base, uint32_t *to) {
    for (; bits != 0; bits &= bits - 1) {
        *to++ = base + (uint32_t)__builtin_ctzll(bits);
    }
    return to;
}

AVX2 static struct scan_found scan_avx2(const char *p, size_t n, char delimiter, uint32_t *mark, uint32_t *odd) {
    uint32_t *m = mark, *o = odd;
    for (size_t at = 0; at < n; at += BLOCK) {
        struct masks found = masks_avx2(p + at, delimiter);
        uint64_t counts = within(n - at);
        m = places_avx2(found.mark & counts, (uint32_t)at, m);
        if (found.odd != 0) {
            o = places_avx2(found.odd & counts, (uint32_t)at, o);
        }
    }
    return (struct scan_found){(size_t)(m - mark), (size_t)(o - odd)};
}

enum scan_way scan_best(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") ? SCAN_AVX2 : SCAN_SSE2;
}

struct scan_found scan_marks_by(enum scan_way way, const char *p, size_t n, char delimiter, uint32_t *mark,
                                uint32_t *odd) {
    return way == SCAN_AVX2   ? scan_avx2(p, n, delimiter, mark, odd)
           : way == SCAN_SSE2 ? scan_sse2(p, n, delimiter, mark, odd)
                              : scan_portable(p, n, delimiter, mark, odd);
}

#else

enum scan_way scan_best(void) {
    return SCAN_PORTABLE;
}

struct scan_found scan_marks_by(enum scan_way way, const char *p, size_t n, char delimiter, uint32_t *mark,
                                uint32_t *odd) {
    (void)way;
    return scan_portable(p, n, delimiter, mark, odd);
}

#endif

struct scan_found scan_marks(const char *p, size_t n, char delimiter, uint32_t *mark, uint32_t *odd) {
    return scan_marks_by(scan_best(), p, n, delimiter, mark, odd);
}
