#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints pnbd_table.h: what Pareto/NBD says of single customers, by mpmath (python3-mpmath) with 60 digits.

The likelihood is the textbook's, alive until T or left between t_x and T, with the integral done numerically; P(active) is what it
loses when the silence goes on for the horizon. A line holds r, alpha, s, beta, then x, t_x, T, the horizon, the rate of
discounting, and: log-likelihood, P(alive), P(active), E(purchases), E(discounted purchases of all the future), and the
probabilities of 0, 1, 3 and 10 purchases in the horizon.
"""
import mpmath as m

m.mp.dps = 60
GAUSS_POINTS = 50
CASES = [
    # the published example, its neighbours, and the edges of time
    *[((0.553, 10.578, 0.606, 11.669), *c) for c in (
        (0, 0, 38.86, 39), (1, 1.71, 38.86, 39), (2, 30.43, 38.86, 39), (29, 37.5, 38.86, 39), (2, 38.86, 38.86, 39),
        (5, 10, 38.86, 1e-6), (0, 0, 0, 39), (26, 30.86, 31, 52), (3, 38.86 - 1e-9, 38.86, 1e4))],
    # alpha equal to beta, close to it, above it, far from it
    ((0.553, 10.5, 0.606, 10.5), 2, 30.43, 38.86, 39),
    ((0.553, 10.5, 0.606, 10.5 + 1e-9), 2, 30.43, 38.86, 39),
    ((0.553, 10.5, 0.606, 10.4), 2, 30.43, 38.86, 39),
    ((0.9, 5000, 0.8, 0.5), 3, 400, 700, 90),
    ((0.9, 0.5, 0.8, 5000), 3, 400, 700, 90),
    ((0.9, 1e-6, 0.8, 1e6), 1, 0.5, 2, 1),
    ((0.9, 1e6, 0.8, 1e-6), 1, 0.5, 2, 1000),
    # s = 1 and beside it; a single fixed substitution fails here
    ((2, 30, 1, 400), 4, 100, 130, 365),
    ((2, 30, 1 + 1e-12, 400), 4, 100, 130, 365),
    ((2, 30, 1 - 1e-6, 400), 4, 100, 130, 365),
    ((2, 30, 64, 7721), 4, 100, 4000, 365),
    ((2, 30, 64, 7721), 0, 0, 20000, 365),
    # many purchases
    ((2, 30, 0.7, 300), 100000, 9999.5, 10000, 90),
    ((2, 30, 0.7, 300), 5000, 3000, 3004, 90),
    ((2, 30, 40, 0.01), 1000, 365, 366, 10),
    # parameters far out
    ((1e-6, 1e-6, 1e-6, 1e-6), 0, 0, 1, 1e4),
    ((1e6, 1e6, 1e6, 1e6), 3, 3, 4, 10),
    ((1e-6, 1e6, 1e6, 1e-6), 0, 0, 9, 30),
    ((1e6, 1e-6, 1e-6, 1e6), 100000, 5, 9, 1e-8),
    ((1e6, 1e6, 1e-6, 1e6), 7, 6.9, 7, 1e5),
    ((0.01, 1e-6, 0.3, 1e-6), 0, 0, 20000, 1000),
    ((4e-5, 14764, 1463, 0.00115), 2, 37.4, 37.5, 90),
]
RATE = m.mpf("0.001")


def gauss():
    """[(node, weight)] of Gauss and Legendre on (-1, 1), by Newton's method."""
    n, out = GAUSS_POINTS, []
    for i in range(n):
        x = m.cos(m.pi * (i + 0.75) / (n + 0.5))
        for _ in range(12):
            slope = n * (x * m.legendre(n, x) - m.legendre(n - 1, x)) / (x * x - 1)
            x -= m.legendre(n, x) / slope
        out.append((x, 2 / ((1 - x * x) * slope ** 2)))
    return out


GAUSS = gauss()


def log_integral(phi, low, high):
    """The log of the integral of exp(phi) over (low, high), phi concave: panels in which phi changes little."""
    slope = lambda w: m.diff(phi, w, h=m.mpf(10) ** -25)
    # the largest value
    left, right = m.mpf(low), m.mpf(high)
    for _ in range(80):
        middle = (left + right) / 2
        if slope(middle) > 0:
            left = middle
        else:
            right = middle
    peak, top = left, phi(left)
    total = m.mpf(0)
    for way, end in ((1, high), (-1, low)):
        w = peak
        while way * (end - w) > 0 and phi(w) - top > -120:
            step = min(m.mpf(0.5), way * (end - w))
            while abs(phi(w + way * step) - phi(w)) > 10:
                step /= 2
            total += step / 2 * sum(weight * m.exp(phi(w + way * step * (1 + node) / 2) - top) for node, weight in GAUSS)
            w += way * step
    return top + m.log(total)


def halves(p, alpha, s, beta, t_x, T):
    """The logs of: alive until T; left between t_x and T."""
    stays = -p * m.log1p(T / alpha) - s * m.log1p(T / beta)
    if T == t_x:
        return stays, -m.inf
    least = min(alpha, beta) + t_x

    def phi(w):
        y = t_x + m.expm1(w) * least
        return w - p * m.log1p(y / alpha) - (s + 1) * m.log1p(y / beta)
    return stays, m.log(s / beta * least) + log_integral(phi, m.mpf(0), m.log1p((T - t_x) / least))


def log_sum(a, b):
    most = max(a, b)
    return most + m.log(m.exp(a - most) + m.exp(b - most))


def count_chance(n, p, a, s, b, t):
    """P(n purchases within t) of who is alive."""
    scale = m.loggamma(p + n) - m.loggamma(p) - m.loggamma(n + 1)

    def log_nb(v):
        return scale + (n * m.log(v / (a + v)) if n > 0 else 0) - p * m.log1p(v / a)

    def phi(w):
        v = m.exp(w)
        return w + log_nb(v) + m.log(s / b) - (s + 1) * m.log1p(v / b)
    low = m.log(min(t, a / (1 + p), b / (1 + s))) - 60
    return m.exp(log_nb(t) - s * m.log1p(t / b)) + m.exp(log_integral(phi, low, m.log(t)))


def short(v):
    return "0" if abs(v) < m.mpf("1e-300") else m.nstr(v, 17)


print("// SPDX-License-Identifier: Apache-2.0")
print("/* pnbd_table -- values by mpmath with 60 digits; printed by pnbd_table.py, not to be edited. */")
for given in CASES:
    (r, alpha, s, beta), (x, t_x, T, t) = map(m.mpf, given[0]), map(m.mpf, given[1:])
    p = r + x
    stays, left = halves(p, alpha, s, beta, t_x, T)
    loglik = log_sum(stays, left)
    silent = log_sum(*halves(p, alpha, s, beta, t_x, T + t))
    count = m.loggamma(p) - m.loggamma(r) - x * m.log(alpha)
    alive, active = m.exp(stays - loglik), -m.expm1(silent - loglik)
    a, b = alpha + T, beta + T
    within = m.log1p(t / b)
    stay = b * (within if s == 1 else -m.expm1(-(s - 1) * within) / (s - 1))
    least = min(b, 1 / RATE)
    future = least * m.exp(log_integral(
        lambda w: w - s * m.log1p(least / b * m.expm1(w)) - RATE * least * m.expm1(w), m.mpf(0), m.log1p(200 / (RATE * least))))
    chances = [1 - active] + [alive * count_chance(n, p, a, s, b, t) for n in (1, 3, 10)]
    values = [count + loglik, alive, active, alive * p / a * stay, alive * p / a * future]
    text = ", ".join(repr(float(v)) for v in (r, alpha, s, beta))
    customer = ", ".join(repr(float(v)) for v in (x, t_x, T, 0))
    print("{{%s}, {%s}, %r, %s, {%s}}," % (text, customer, float(t), ", ".join(map(short, values)), ", ".join(map(short, chances))))
