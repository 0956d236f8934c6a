// SPDX-License-Identifier: Apache-2.0
/* metrics -- what was answered, how fast, as Prometheus reads it (text format 0.0.4). Counters only grow, without a lock.
 */
#include "http/server_parts.h"

static const int64_t bound_us[METRICS_BUCKETS] = {500,   1000,   2500,   5000,   10000,   25000,
                                                  50000, 100000, 250000, 500000, 1000000, 10000000};

void metrics_count(struct metrics *metrics, int status, int64_t took_us, size_t bytes) {
    size_t b = 0;
    while (b < METRICS_BUCKETS && took_us > bound_us[b])
        b++;
    atomic_fetch_add(&metrics->by_class[status >= 100 && status < 600 ? status / 100 : 0], 1);
    atomic_fetch_add(&metrics->bucket[b], 1);
    atomic_fetch_add(&metrics->took_us, (uint64_t)(took_us > 0 ? took_us : 0));
    atomic_fetch_add(&metrics->bytes, bytes);
}

static unsigned long long value(const atomic_uint_fast64_t *counter) {
    return (unsigned long long)atomic_load(counter);
}

static void head(struct buf *to, const char *name, const char *help, const char *type) {
    buf_printf(to, "# HELP reativa_%s %s\n# TYPE reativa_%s %s\n", name, help, name, type);
}

void http_metrics(const struct http_server *server, struct buf *to) {
    const struct metrics *m = &server->metrics;
    unsigned long long all = 0;
    head(to, "http_requests_total", "Requests answered, by class of status; 0: broken off.", "counter");
    for (int c = 0; c < 6; c++)
        buf_printf(to, "reativa_http_requests_total{class=\"%d\"} %llu\n", c, value(&m->by_class[c]));
    head(to, "http_request_seconds", "From the first byte of a request to the last of its answer.", "histogram");
    for (size_t b = 0; b < METRICS_BUCKETS; b++) {
        all += value(&m->bucket[b]);
        buf_printf(to, "reativa_http_request_seconds_bucket{le=\"%g\"} %llu\n", (double)bound_us[b] / 1e6, all);
    }
    all += value(&m->bucket[METRICS_BUCKETS]);
    buf_printf(to, "reativa_http_request_seconds_bucket{le=\"+Inf\"} %llu\n", all);
    buf_printf(to, "reativa_http_request_seconds_sum %.6f\nreativa_http_request_seconds_count %llu\n",
               (double)value(&m->took_us) / 1e6, all);
    head(to, "http_response_bytes_total", "Bytes of bodies sent.", "counter");
    buf_printf(to, "reativa_http_response_bytes_total %llu\n", value(&m->bytes));
    head(to, "http_refused_total", "Requests refused before a page saw them.", "counter");
    buf_printf(to, "reativa_http_refused_total %llu\n", value(&m->refused));
    head(to, "http_late_total", "Connections shut because a request or its answer took too long.", "counter");
    buf_printf(to, "reativa_http_late_total %zu\n", atomic_load(&server->watch.late));
    head(to, "http_in_flight", "Requests being answered.", "gauge");
    buf_printf(to, "reativa_http_in_flight %llu\n", value(&m->in_flight));
    head(to, "http_connections", "Open connections.", "gauge");
    buf_printf(to, "reativa_http_connections %zu\n", atomic_load(&server->watch.connections));
}
