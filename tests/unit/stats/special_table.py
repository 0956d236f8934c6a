#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints special_table.h: values of the special functions to 20 digits, by mpmath (python3-mpmath) with 60 digits.

Arguments are doubles as C reads them. Where mpmath's own function fails for large parameters, 2F1 is Euler's integral by the
trapezoid rule in the logit, two widths of which must agree.
"""
import itertools
import mpmath as m

m.mp.dps = 60
SMALL_TO_LARGE = (1e-8, 1e-3, 0.3, 1.0, 2.5, 9.75, 10.5, 137.0, 1e5, 1e8)


def series_lower(a, x):
    term = total = m.mpf(1)
    n = 1
    while term > total * m.mpf(10) ** -55:
        term *= x / (a + n)
        total += term
        n += 1
    return m.exp(a * m.log(x) - x - m.loggamma(a + 1)) * total


def gamma_upper(a, x):
    with m.workdps(120):
        return m.gammainc(a, x, m.inf, regularized=True) if a < 1e4 else 1 - series_lower(a, x)


def beta_lower(a, b, x):
    term = total = m.mpf(1)
    n = 0
    while term > total * m.mpf(10) ** -55 or x * (a + b + n) > (a + 1 + n):
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return m.exp(a * m.log(x) + b * m.log1p(-x) - m.log(m.beta(a, b))) / a * total


def hypergeometric_integral(a, b, c, z):
    def log_of(u):
        return b * u - c * m.log1p(m.exp(u)) - a * m.log1p(-z / (1 + m.exp(-u)))

    def slope(u):
        t = 1 / (1 + m.exp(-u))
        return b - c * t + a * z * t * (1 - t) / (1 - z * t)

    low, high = m.mpf(-60), m.mpf(60)
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    top = log_of(low)
    curve = -m.diff(slope, low)

    def trapezoid(width):
        total = m.mpf(1)
        for way in (1, -1):
            for step in itertools.count(1):
                part = m.exp(log_of(low + way * step * width) - top)
                total += part
                if part < total * m.mpf(10) ** -30:
                    break
        return total * width

    width = min(m.mpf(1) / 8, 1 / m.sqrt(curve) / 8)
    first, second = trapezoid(width), trapezoid(width * m.mpf("0.7"))
    assert abs(first / second - 1) < 1e-18, (a, b, c, z)
    return top + m.log(second) - m.log(m.beta(b, c - b))


def hypergeometric(a, b, c, z):
    if max(a, b, c) > 500:
        return hypergeometric_integral(a, b, c, z)
    return m.log(m.hyp2f1(a, b, c, z, maxterms=10**6, maxprec=20000))


def solved(lower, a, start, want):
    return m.findroot(lambda x: m.log(lower(*a, x) / want), (start, start * m.mpf("1.01") + m.mpf("1e-30")), tol=1e-50, maxsteps=200)


def rows():
    for x in SMALL_TO_LARGE + (1.0000001, 1.9999, 1.46, 1.4616):
        yield "log_gamma", (x,), m.loggamma(x)
        yield "digamma", (x,), m.digamma(x)
        yield "trigamma", (x,), m.psi(1, x)
    for a, n in list(itertools.product((1e-8, 0.02, 1.7, 12.0, 1e4, 1e8), (1e-8, 0.04, 1.0, 6.5, 300.0, 1e8))) + [(0.3, 1e-6)]:
        a_, n_ = m.mpf(a), m.mpf(n)
        yield "log_rising", (a, n), m.loggamma(a_ + n_) - m.loggamma(a_)
        yield "digamma_rising", (a, n), m.digamma(a_ + n_) - m.digamma(a_)
        yield "log_beta", (a, n), m.loggamma(a_) + m.loggamma(n_) - m.loggamma(a_ + n_)
    for args in (
        (0.5, 0.25, 3.0, 0.9), (2.0, 3.0, 7.5, 0.5), (40.0, 80.0, 0.3, 0.99), (1e-8, 50.0, 2.0, 0.7),
        (1.0, 1.0, 2.0, 0.99999999), (3.25, 0.25, 3.5, 0.9999999999), (2.0, 1.0, 1.0, 0.999),
        (2.0, 2.5, 4.5, 0.999999), (0.5, 0.5, 0.25, 0.9999999), (5.0, 7.0, 2.0, 0.999999), (0.243, 4.2, 3.2, 1e-12),
        (-0.207, 2.9757, 3.21865, 0.6), (-0.9, 0.4, 1.2, 0.97), (-0.5, -2.5, 3.0, 0.999),
        (0.6, -12.0, 20.0, 0.8), (1003.5, 1001.2, 1002.9, 0.35), (1e5, 2e5, 4e5, 0.9), (3.0, 1e5, 1.00004e5, 0.9999),
        (1e6, 1e6, 1.000001e6, 0.3), (11.0, 346232.25, 346234.25, 0.999996),
    ):
        yield "log_2f1", args, hypergeometric(*map(m.mpf, args))
    for z in (-37.0, -8.3, -3.0, -0.7, -1e-9, 0.0, 0.9, 5.0):
        yield "normal_cdf", (z,), m.erfc(-m.mpf(z) / m.sqrt(2)) / 2
    for p, start in ((1e-300, -37), (1e-9, -6), (0.025, -2), (0.3, -0.5), (0.5000000001, 0), (0.7, 0.5), (0.999, 3)):
        yield "normal_quantile", (p,), solved(lambda z: m.erfc(-z / m.sqrt(2)) / 2, (), m.mpf(start), m.mpf(p))
    for a, x in ((1e-8, 1e-3), (1e-8, 3.0), (0.2, 1e-9), (0.2, 1.2), (0.9, 30.0), (3.0, 0.01), (3.0, 3.5), (42.0, 20.0),
                 (42.0, 90.0), (1e4, 9.8e3), (1e4, 1.04e4), (1e6, 1.001e6)):
        yield "gamma_lower", (a, x), series_lower(m.mpf(a), m.mpf(x))
        yield "gamma_upper", (a, x), gamma_upper(m.mpf(a), m.mpf(x))
    for a, p, start in ((0.05, 0.2, 5e-15), (0.5, 1e-12, 1e-24), (2.5, 0.3, 1.5), (80.0, 0.999, 110), (1e4, 0.1, 9870)):
        yield "gamma_quantile", (a, p), solved(series_lower, (m.mpf(a),), m.mpf(start), m.mpf(p))
    for a, b, x in ((1e-8, 1e-8, 0.4), (0.05, 3e-8, 0.89), (2.0, 1e-6, 0.93), (0.3, 0.7, 1e-6), (0.79, 2.4, 0.3), (5.0, 2.0, 0.999),
                    (300.0, 40.0, 0.8), (300.0, 40.0, 0.93), (2e4, 7e4, 0.22), (2e4, 7e4, 0.225)):
        yield "beta_lower", (a, b, x), beta_lower(*map(m.mpf, (a, b, x)))
    for a, b, p, start in ((0.5, 0.5, 1e-5, 2e-10), (2.0, 3.0, 0.9, 0.68), (0.79, 2.4, 0.025, 0.005), (300.0, 40.0, 0.5, 0.88)):
        yield "beta_quantile", (a, b, p), solved(beta_lower, (m.mpf(a), m.mpf(b)), m.mpf(start), m.mpf(p))


print("// SPDX-License-Identifier: Apache-2.0")
print("/* special_table -- values by mpmath with 60 digits; printed by special_table.py, not to be edited. */")
for function, args, value in sorted(rows(), key=lambda row: row[0]):
    print(f"{{\"{function}\", {{{', '.join(repr(float(a)) for a in args)}}}, {m.nstr(value, 20)}}},")
