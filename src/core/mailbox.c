// SPDX-License-Identifier: Apache-2.0
/* mailbox -- see the header. Of what RFC 5322 allows before the @ only the form without quotes is taken: nobody has the others, and
 * each is a way around somebody's check. */
#include "core/mailbox.h"

#include <string.h>

enum { LOCAL_MOST = 64, HOST_MOST = 253, LABEL_MOST = 63 };

static bool alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Words of these letters with single dots between them. */
static bool dotted(struct str s, const char *marks) {
    bool dot = true;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '.' ? dot : (c == '\0' || (!alphanumeric(c) && strchr(marks, c) == NULL)))
            return false;
        dot = c == '.';
    }
    return s.n > 0 && !dot;
}

static bool labels(struct str host) {
    struct str label;
    while (host.n > 0) {
        (void)str_cut(host, '.', &label, &host);
        if (label.n > LABEL_MOST || label.p[0] == '-' || label.p[label.n - 1] == '-')
            return false;
    }
    return true;
}

static bool name_is(struct str host) {
    return host.n <= HOST_MOST && dotted(host, "-") && labels(host);
}

static bool number_six_is(struct str host) {
    size_t colons = 0;
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool hexadecimal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (!hexadecimal && c != ':' && c != '.')
            return false;
        colons += c == ':';
    }
    return colons >= 2 && host.n <= 45;
}

bool mailbox_host_is(struct str text) {
    return name_is(text) || number_six_is(text);
}

bool mailbox_is(struct str text) {
    struct str local, domain, top, rest;
    if (text.n > MAILBOX_MOST || !str_cut(text, '@', &local, &domain) || local.n > LOCAL_MOST)
        return false;
    if (!dotted(local, "!#$%&'*+-/=?^_`{|}~") || !name_is(domain) || !str_cut(domain, '.', &top, &rest))
        return false;
    while (str_cut(rest, '.', &top, &rest))
        continue;
    /* The last word of a number has digits alone; no domain has. */
    for (size_t i = 0; i < top.n; i++)
        if (top.p[i] < '0' || top.p[i] > '9')
            return true;
    return false;
}

struct str mailbox_domain(struct str text) {
    struct str local, domain;
    return str_cut(text, '@', &local, &domain) ? domain : (struct str){0};
}
