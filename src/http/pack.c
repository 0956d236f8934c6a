// SPDX-License-Identifier: Apache-2.0
/* pack -- pages go out compressed (gzip) to those who take it.
 *
 * Only text, and only what is more than one packet: below that nothing is gained. A page that holds a secret beside what a
 * stranger may choose would give the secret away by its length; the one secret of a page, the token of its forms, is masked
 * anew each time. A compressor takes a quarter of a megabyte, so each is used again.
 */
#include <stdlib.h>
#include <zlib.h>

#include "http/server_parts.h"

enum { PACK_LEAST = 1400, PACK_LEVEL = 4, GZIP_WINDOW = 15 + 16, PACK_MEMORY = 8 };

struct packer {
    struct packer *next;
    z_stream stream;
};

static bool is_text(struct str type) {
    static const char *const exact[] = {"application/json", "application/javascript", "application/manifest+json",
                                        "image/svg+xml"};
    struct str name, rest;
    str_cut(type, ';', &name, &rest);
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++)
        if (str_equal(name, str_from(exact[i])))
            return true;
    return str_starts(name, S("text/"));
}

static bool worth_it(const struct http_reply *reply) {
    if (reply->fixed.n > 0 || reply->body.n < PACK_LEAST || !is_text(reply->type))
        return false;
    for (size_t i = 0; i < reply->headers; i++)
        if (str_equal(reply->header[i].name, S("Content-Encoding")))
            return false;
    return true;
}

static struct packer *packer_take(struct http_server *server) {
    pthread_mutex_lock(&server->lock);
    struct packer *packer = server->packer;
    if (packer != NULL)
        server->packer = packer->next;
    pthread_mutex_unlock(&server->lock);
    if (packer != NULL)
        return packer;
    packer = calloc(1, sizeof *packer);
    if (packer == NULL ||
        deflateInit2(&packer->stream, PACK_LEVEL, Z_DEFLATED, GZIP_WINDOW, PACK_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(packer);
        return NULL;
    }
    return packer;
}

static void packer_give(struct http_server *server, struct packer *packer) {
    (void)deflateReset(&packer->stream);
    pthread_mutex_lock(&server->lock);
    packer->next = server->packer;
    server->packer = packer;
    pthread_mutex_unlock(&server->lock);
}

void pack_clear(struct http_server *server) {
    while (server->packer != NULL) {
        struct packer *packer = server->packer;
        server->packer = packer->next;
        (void)deflateEnd(&packer->stream);
        free(packer);
    }
}

/* The body compressed, in memory of its own: it is not on the account of a page. Without memory it goes out as it is. */
void pack(struct exchange *x) {
    struct http_reply *reply = &x->reply;
    if (!worth_it(reply))
        return;
    http_reply_header(reply, S("Vary"), S("Accept-Encoding"));
    if (!http_accepts(http_header(&x->request, "Accept-Encoding"), S("gzip")))
        return;
    struct packer *packer = packer_take(x->server);
    if (packer == NULL)
        return;
    z_stream *stream = &packer->stream;
    size_t room = deflateBound(stream, reply->body.n);
    unsigned char *to = malloc(room);
    stream->next_in = (unsigned char *)reply->body.p;
    stream->avail_in = (unsigned)reply->body.n;
    stream->next_out = to;
    stream->avail_out = (unsigned)room;
    if (to != NULL && deflate(stream, Z_FINISH) == Z_STREAM_END) {
        x->packed = (char *)to;
        x->packed_n = room - stream->avail_out;
        http_reply_header(reply, S("Content-Encoding"), S("gzip"));
    } else {
        free(to);
    }
    packer_give(x->server, packer);
}
