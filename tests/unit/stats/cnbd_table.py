#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints cnbd_table.h: chances and expectations of single customers under BG/CNBD-k and MBG/CNBD-k, by mpmath (python3-mpmath) with
60 digits.

A line holds the kind, k, r, alpha, a, b, then x, t_x, T, the horizon, and: log-likelihood (litt = 0), P(alive), P(active), E(purchases).
The expectation is the plain double sum where that has few terms; for k = 1 beyond that the closed form with 2F1; for k > 1
the integral over the chance p to leave, its ends (where the integrand is p^(a-1) and q^(b-1) times a constant) in closed form.
"""
import mpmath as m

m.mp.dps = 60
KINDS = {"BGNBD": False, "MBGNBD": True, "BGCNBD": False, "MBGCNBD": True}
CASES = [
    # the published example, its neighbours, and the edges of time
    *[("BGNBD", 1, 0.243, 4.414, 0.793, 2.426, *c) for c in (
        (0, 0, 38.86, 39), (1, 1.71, 38.86, 39), (2, 30.43, 38.86, 39), (29, 37.5, 38.86, 39), (2, 38.86, 38.86, 39), (5, 10, 38.86, 1e-6))],
    *[("MBGNBD", 1, 0.525, 6.183, 0.891, 1.614, *c) for c in (
        (0, 0, 38.86, 39), (0, 0, 0, 39), (1, 38.859999, 38.86, 39), (2, 30.43, 38.86, 1e6), (12, 6, 38.86, 0.01))],
    *[("MBGCNBD", k, 1.33, 5.6 / k, 0.42, 0.79, *c) for k in (2, 3, 12) for c in (
        (0, 0, 50, 52), (4, 26, 40, 4), (4, 26, 26, 0.01), (11, 49, 52, 400))],
    ("BGCNBD", 5, 0.36, 1.13, 0.52, 2.79, 3, 20, 60, 52),
    ("BGCNBD", 2, 0.36, 1.13, 0.52, 2.79, 0, 0, 60, 52),
    # many purchases
    ("BGNBD", 1, 0.243, 4.414, 0.793, 2.426, 100000, 9999.5, 10000, 365),
    ("MBGNBD", 1, 2.5, 30, 3, 100, 5000, 3000, 3001, 90),
    ("MBGCNBD", 4, 2.5, 30, 3, 100, 5000, 3000, 3000.2, 90),
    ("MBGCNBD", 12, 1, 10, 0.01, 4000, 1000, 365, 366, 3650),
    # parameters far out
    ("MBGNBD", 1, 1e-6, 1e-6, 1e-6, 1e-6, 0, 0, 1, 1e4),
    ("MBGNBD", 1, 1e-8, 1, 1e-6, 1e-6, 0, 0, 1000, 90),
    ("BGCNBD", 3, 1e-8, 1e-6, 1e-8, 1e-8, 0, 0, 1, 90),
    ("MBGNBD", 1, 1e6, 1e6, 1e6, 1e6, 3, 3, 4, 10),
    ("BGNBD", 1, 1e6, 1e-6, 1e-6, 1e6, 2, 5, 9, 30),
    ("BGNBD", 1, 0.01, 1e-6, 0.3, 1e-6, 0, 0, 0, 1000),
    ("BGNBD", 1, 5, 1e-6, 40, 3, 0, 0, 0.001, 1e5),
    ("MBGNBD", 1, 1e-3, 1e-3, 1e6, 1, 1, 2, 7000, 7000),
    ("BGNBD", 1, 3, 10, 1 - 1e-9, 2, 4, 20, 25, 2000),
    ("BGNBD", 1, 3, 10, 1 + 1e-9, 2, 4, 20, 25, 2000),
    ("MBGCNBD", 3, 1e-6, 1e-4, 1e-6, 0.3, 0, 0, 0.01, 1e5),
    ("BGCNBD", 6, 2, 1e-4, 0.05, 1e-3, 0, 0, 1, 1e6),
    ("BGCNBD", 12, 40, 0.5, 0.2, 0.7, 0, 0, 1, 4000),
    ("MBGCNBD", 2, 1e6, 1e6, 1e-6, 1e6, 7, 6.9, 7, 1e5),
    ("MBGCNBD", 7, 0.3, 1, 2000, 3000, 200, 150, 150, 1e5),
    ("MBGCNBD", 12, 1e-6, 1e6, 1, 1, 0, 0, 20000, 1e-3),
]
DIRECT_MOST = 20000
GAUSS_POINTS = 16


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


def phases(k, shape, u):
    terms = [m.rf(shape, i) * u ** i / m.factorial(i) for i in range(k)]
    return sum(terms), terms


def chances(every, k, r, alpha, a, b, x, t_x, T):
    """log-likelihood and P(alive)."""
    shape = r + k * x
    S, _ = phases(k, shape, (T - t_x) / (alpha + T))
    scale = m.loggamma(shape) - m.loggamma(r) + r * m.log(alpha) - x * m.loggamma(k)
    stays, leaves = -shape * m.log(alpha + T) + m.log(S), -shape * m.log(alpha + t_x)
    if not every and x == 0:
        return scale + stays, m.mpf(1)
    n = x if every else x - 1

    def log_beta(p, q):
        return m.loggamma(p) + m.loggamma(q) - m.loggamma(p + q)
    stays += log_beta(a, b + n + 1) - log_beta(a, b)
    leaves += log_beta(a + 1, b + n) - log_beta(a, b)
    most = max(stays, leaves)
    return scale + most + m.log(m.exp(stays - most) + m.exp(leaves - most)), 1 / (1 + m.exp(leaves - stays))


def expected_sum(k, shape, tau, weights, a, b, most):
    z, total = tau / (1 + tau), m.mpf(0)
    for phase, weight in enumerate(weights):
        chance, purchases, stays, i = m.exp(-(shape + phase) * m.log1p(tau)), m.mpf(0), m.mpf(1), 0
        for n in range(1, most):
            chance *= z * (shape + phase + n - 1) / n
            if (n + phase) % k == 0:
                purchases += stays
                stays *= (b + i) / (a + b + i)
                i += 1
            total += weight * chance * purchases
    return total


def expected_closed(shape, tau, a, b):
    """The mean over p of (1 - (1 + p tau)^-shape) / p."""
    z = tau / (1 + tau)
    c = a + b - 1
    with m.workdps(120):
        return c / (a - 1) * (1 - m.exp(-(a - 1) * m.log1p(tau)) * m.hyp2f1(a - 1, c - shape, c, z))


def expected_integral(k, shape, tau, weights, a, b):
    roots = [m.expjpi(m.mpf(2) * l / k) for l in range(k)]

    def purchases(y):  # (1 - E q^J) / p
        p, q = 1 / (1 + m.exp(-y)), 1 / (1 + m.exp(y))
        s, total = q ** (m.mpf(1) / k), m.mpf(0)
        for root in roots:
            sw = s * root
            base = 1 + (1 - sw) * tau
            power, factor = base ** -shape, sum(sw ** -j for j in range(k))
            for weight in weights:
                total += (weight * factor * (power - 1)).real
                power, factor = power / base, factor * sw
        return -total / k / p
    norm = m.loggamma(a) + m.loggamma(b) - m.loggamma(a + b)

    def density(y):
        return m.exp(-a * m.log1p(m.exp(-y)) - b * m.log1p(m.exp(y)) - norm)
    low, high = -m.log(1 + shape * tau + b) - 70, m.mpf(70)
    peak, spread = m.log(a / b), m.sqrt(1 / a + 1 / b)
    low, high = max(low, peak - 40 * spread), min(high, peak + 40 * spread)
    panels, body = int((high - low) / min(m.mpf(1), spread / 2)) + 1, m.mpf(0)
    half = (high - low) / panels / 2
    for panel in range(panels):
        for node, weight in GAUSS:
            y = low + (2 * panel + 1 + node) * half
            body += half * weight * purchases(y) * density(y)
    return body + purchases(low) * density(low) / a + purchases(high) * density(high) / b


for name, k, *numbers in CASES:
    r, alpha, a, b, x, t_x, T, t = map(m.mpf, numbers)
    every, shape, tau = KINDS[name], r + k * x, t / (alpha + T)
    loglik, alive = chances(every, k, r, alpha, a, b, x, t_x, T)
    S, terms = phases(k, shape, (T - t_x) / (alpha + T))
    later, _ = phases(k, shape, (T + t - t_x) / (alpha + T + t))
    active = alive * -m.expm1(m.log(later / S) - shape * m.log1p(tau))
    weights = [term / S for term in terms]
    stays = b + x + (1 if every else 0)
    mean = (shape + k) * tau
    most = int(mean + 14 * m.sqrt(mean * (1 + tau)) + 90 * (1 + tau)) + 60
    if most < DIRECT_MOST:
        expected = expected_sum(k, shape, tau, weights, a, stays, most)
    elif k == 1:
        expected = expected_closed(shape, tau, a, stays)
    else:
        expected = expected_integral(k, shape, tau, weights, a, stays)
    if name == CASES[0][0] and numbers == list(CASES[0][2:]):
        print("// SPDX-License-Identifier: Apache-2.0")
        print("/* cnbd_table -- values by mpmath with 60 digits; printed by cnbd_table.py, not to be edited. */")
    values = ["0.0" if abs(v) < 1e-300 else m.nstr(v, 17) for v in (loglik, alive, active, alive * expected)]
    print("{{MODEL_%s, %d, {%s}}, {%s, 0}, %s, %s}," % (name, k, ", ".join(map(repr, numbers[:4])), ", ".join(map(repr, numbers[4:7])),
                                                   repr(numbers[7]), ", ".join(values)), flush=True)
