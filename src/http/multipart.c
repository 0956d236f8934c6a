// SPDX-License-Identifier: Apache-2.0
/* multipart -- a form that brings files: each goes to a file of its own as it comes, never into memory.
 *
 * Only where the owner gave room for it (http_room), which was asked before the first byte of the body. Fields of the form
 * that are no files become request->form as in any other form. Invariant: of what stands in the spool folder under the name
 * it got here nothing is left when the exchange is over; who wants to keep a file gives it another name.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "http/server_parts.h"

enum { PIECE_BYTES = 64 << 10, NAME_MOST = 255, PATIENCE_BYTES = 64 << 10 };

struct multipart {
    struct exchange *x;
    struct MHD_PostProcessor *processor;
    struct http_file file[HTTP_FILES_MOST];
    struct http_field field[HTTP_FIELDS_MOST];
    struct buf value; /* of the field being read */
    size_t files, fields, field_bytes, unwatched;
    int fd;      /* of the file being read; -1: none */
    bool in_use; /* a field is being read */
    int fault;
};

bool multipart_is(const struct exchange *x) {
    struct str type = http_header(&x->request, MHD_HTTP_HEADER_CONTENT_TYPE);
    const struct str multipart = S("multipart/form-data");
    return x->request.method == HTTP_POST && type.n >= multipart.n &&
           strncasecmp(type.p, multipart.p, multipart.n) == 0;
}

static bool refuse(struct multipart *up, int fault) {
    up->fault = up->fault != 0 ? up->fault : fault;
    return false;
}

/* A browser sends the name alone, an old one the whole path; what is no text in UTF-8 is taken for Windows-1252. */
static struct str name_clean(struct arena *arena, const char *sent) {
    struct str name = str_from(sent);
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
            name = (struct str){name.p + i, name.n - i};
            break;
        }
    if (!str_valid_utf8(name))
        name = str_from_cp1252(arena, name);
    size_t n = name.n < NAME_MOST ? name.n : NAME_MOST;
    while (n < name.n && n > 0 && ((unsigned char)name.p[n] & 0xc0) == 0x80) /* no character cut in two */
        n--;
    return str_copy(arena, (struct str){name.p, n});
}

static bool file_end(struct multipart *up) {
    int fd = up->fd;
    up->fd = -1;
    return fd < 0 || close(fd) == 0 || refuse(up, 507);
}

static void field_end(struct multipart *up) {
    if (up->in_use)
        up->field[up->fields - 1].value = buf_str(&up->value);
    up->in_use = false;
}

static bool file_begin(struct multipart *up, const char *field, const char *name) {
    struct arena *arena = up->x->request.arena;
    struct str spool = up->x->server->config.spool;
    if (*name == '\0') /* nothing was chosen there */
        return true;
    if (up->files == HTTP_FILES_MOST)
        return refuse(up, 413);
    char *path = arena_new(arena, char, spool.n + sizeof "/" HTTP_INCOMING "XXXXXX");
    snprintf(path, spool.n + sizeof "/" HTTP_INCOMING "XXXXXX", "%.*s/" HTTP_INCOMING "XXXXXX", STR_ARG(spool));
    up->fd = mkostemp(path, O_CLOEXEC);
    if (up->fd < 0)
        return refuse(up, 507);
    up->file[up->files++] =
        (struct http_file){.field = str_copy(arena, str_from(field)), .name = name_clean(arena, name), .path = path};
    return true;
}

static bool field_begin(struct multipart *up, const char *name) {
    struct arena *arena = up->x->request.arena;
    if (up->fields == HTTP_FIELDS_MOST)
        return refuse(up, 413);
    buf_init(&up->value, arena, HTTP_BODY_MOST);
    up->field[up->fields++] = (struct http_field){.name = str_copy(arena, str_from(name))};
    up->in_use = true;
    return true;
}

static bool file_write(struct multipart *up, const char *data, size_t n) {
    while (up->fd >= 0 && n > 0) {
        ssize_t wrote = write(up->fd, data, n);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return refuse(up, 507);
        data += wrote;
        n -= (size_t)wrote;
        up->file[up->files - 1].bytes += wrote;
    }
    return true;
}

static bool field_write(struct multipart *up, const char *data, size_t n) {
    up->field_bytes += n;
    if (up->field_bytes > HTTP_BODY_MOST)
        return refuse(up, 413);
    buf_put(&up->value, (struct str){data, n});
    return true;
}

/* A piece of a part; off 0: a new part begins. */
static enum MHD_Result part_take(void *owner, enum MHD_ValueKind kind, const char *key, const char *file,
                                 const char *type, const char *coding, const char *data, uint64_t off, size_t n) {
    struct multipart *up = owner;
    (void)kind;
    (void)type;
    (void)coding;
    if (up->fault != 0 || key == NULL)
        return MHD_NO;
    if (off == 0) {
        field_end(up);
        if (!file_end(up) || !(file != NULL ? file_begin(up, key, file) : field_begin(up, key)))
            return MHD_NO;
    }
    return (file != NULL ? file_write(up, data, n) : field_write(up, data, n)) ? MHD_YES : MHD_NO;
}

void multipart_begin(struct exchange *x) {
    struct multipart *up = calloc(1, sizeof *up);
    if (up == NULL) {
        x->request.fault = 507;
        return;
    }
    up->x = x;
    up->fd = -1;
    up->processor = MHD_create_post_processor(x->connection, PIECE_BYTES, part_take, up);
    if (up->processor == NULL)
        up->fault = 400; /* no boundary */
    x->multipart = up;
}

/* What was refused is still read to its end: an answer in the middle of a body is one that browsers do not show. */
void multipart_take(struct exchange *x, const char *data, size_t *n) {
    struct multipart *up = x->multipart;
    if (up->fault == 0 && MHD_post_process(up->processor, data, *n) != MHD_YES)
        (void)refuse(up, 400);
    up->unwatched += *n;
    if (up->unwatched >= PATIENCE_BYTES) { /* it goes on */
        up->unwatched = 0;
        watch_move(&x->server->watch, x->watched, WATCH_UPLOADING);
    }
    *n = 0;
}

static bool texts_good(const struct multipart *up) {
    for (size_t i = 0; i < up->fields; i++) {
        const struct http_field *f = &up->field[i];
        if (!str_valid_utf8(f->name) || !str_valid_utf8(f->value) ||
            (f->value.n > 0 && memchr(f->value.p, '\0', f->value.n) != NULL))
            return false;
    }
    return true;
}

void multipart_end(struct exchange *x) {
    struct multipart *up = x->multipart;
    field_end(up);
    (void)file_end(up);
    bool ended = up->processor != NULL && MHD_destroy_post_processor(up->processor) == MHD_YES;
    up->processor = NULL;
    if (!ended || !texts_good(up))
        (void)refuse(up, 400);
    x->request.fault = up->fault;
    x->request.form = (struct http_fields){up->field, up->fields};
    x->request.file = up->file;
    x->request.files = up->files;
}

void multipart_clear(struct exchange *x) {
    struct multipart *up = x->multipart;
    if (up == NULL)
        return;
    if (up->processor != NULL)
        (void)MHD_destroy_post_processor(up->processor);
    (void)file_end(up);
    for (size_t i = 0; i < up->files; i++)
        (void)unlink(up->file[i].path);
    free(up);
    x->multipart = NULL;
}
