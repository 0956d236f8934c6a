// SPDX-License-Identifier: Apache-2.0
/* request -- what was asked and what is answered, as plain data.
 */
#ifndef REATIVA_HTTP_REQUEST_H
#define REATIVA_HTTP_REQUEST_H

#include "base/buf.h"
#include "base/str.h"

enum {
    HTTP_BODY_MOST = 1 << 20,   /* bytes of a form */
    HTTP_HEAD_MOST = 32 << 10,  /* of request line and headers */
    HTTP_TARGET_MOST = 8 << 10, /* of the address; a filter of every column fits */
    HTTP_FIELDS_MOST = 600,     /* of one form: a page of rows picked one by one, and more */
    HTTP_FILES_MOST = 64,       /* of one form */
    HTTP_REPLY_MOST = 64 << 20,
    HTTP_HEADERS_MOST = 24
};

enum http_method { HTTP_OTHER = 0, HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE };

struct http_field {
    struct str name, value;
};
struct http_fields {
    const struct http_field *field;
    size_t n;
};

/* A file that a form brought, in the spool folder: gone when the answer is out, unless it was renamed. */
struct http_file {
    struct str field, name; /* name: as the sender calls it, without folders; not to be trusted as a path */
    const char *path;
    int64_t bytes;
};
#define HTTP_INCOMING "incoming-" /* how their names in the spool folder begin */

struct http_request {
    struct arena *arena; /* lives until the reply is out */
    enum http_method method;
    struct str method_name; /* as sent */
    struct str target;      /* path and query as sent */
    struct str path;        /* decoded; UTF-8 without NUL, begins with '/' */
    struct str path_sent;   /* the same as sent: there a part may hold a slash of its own, as %2F */
    struct http_fields query, form;
    struct str body;              /* as it came; only below http_config.plain, where nothing is read as a form */
    const struct http_file *file; /* file[files] */
    size_t files;
    struct str address; /* of the client */
    struct str host;
    struct str id; /* in the log, the reply's X-Request-Id and on error pages */
    bool secure;   /* over TLS, here or at a trusted proxy */
    bool local;    /* from this machine itself, and as far as can be told not handed on by a proxy */
    int64_t at_us; /* when it was whole; microseconds UTC */
    int fault; /* a status (400, 401, 403, 413, 414, 415, 507): it could not be read; nothing else but id is to be used then */
    struct MHD_Connection *connection; /* the server's own */
};

/* http_header -- empty when absent. Names in any case. */
struct str http_header(const struct http_request *request, const char *name);
struct str http_cookie(const struct http_request *request, struct str name);
/* http_accepts -- does a list as of Accept-Encoding allow this coding, and not with a weight of 0? */
bool http_accepts(struct str list, struct str coding);
/* http_field_find -- the first of that name; false: none. http_field -- its value, empty when absent. */
bool http_field_find(const struct http_fields *fields, struct str name, struct str *out);
struct str http_field(const struct http_fields *fields, struct str name);

/* http_decode -- %XX (and in forms '+') made bytes; false: malformed, NUL inside or not UTF-8. */
bool http_decode(struct arena *arena, struct str s, bool form, struct str *out);
/* http_encode -- all but letters, digits and -._~ as %XX; keep_slash: '/' too stays. */
void http_encode(struct buf *to, struct str s, bool keep_slash);
/* http_fields_read -- a=1&b=2; false: malformed or more than HTTP_FIELDS_MOST. */
bool http_fields_read(struct arena *arena, struct str text, struct http_fields *out);

struct http_reply {
    int status;       /* 200 unless set */
    struct str type;  /* "text/html; charset=utf-8" unless set */
    struct buf body;  /* in the request's arena */
    struct str fixed; /* instead of body: memory that stays as long as the program */
    int file;         /* instead of body: an open file, sent from its first byte and closed when it is out; -1: none */
    int64_t file_bytes;
    struct http_field header[HTTP_HEADERS_MOST];
    size_t headers;
    struct str who;            /* for the log */
    int64_t statements;        /* for the log: what the database was asked */
    void (*over)(void *owner); /* called once the last byte is out or who asked is gone; NULL: nobody */
    void *over_owner;
};
/* http_reply_header -- one more; the texts live as long as the request's arena. */
void http_reply_header(struct http_reply *reply, struct str name, struct str value);
/* http_reply_file -- this file from now on, in the place of one that was there; -1: none. */
void http_reply_file(struct http_reply *reply, int file, int64_t bytes);

#endif
