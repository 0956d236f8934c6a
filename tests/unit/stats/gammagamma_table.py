#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints gammagamma_table.h: what Gamma-Gamma says of single customers, by mpmath (python3-mpmath) with 60 digits.

The likelihood is the integral over nu of Gamma(x p, x nu) at the mean times Gamma(q, gamma) at nu, in closed form; the interval
is found by bisection on the incomplete gamma function. A line holds p, q, gamma, then x, the mean, and: log-likelihood, expected
value, and the ends of the interval of 80 %.
"""
import mpmath as m

m.mp.dps = 60
CASES = [
    ((6.24880, 3.74459, 15.4477), 2, 22.35), ((6.24880, 3.74459, 15.4477), 1, 11.77), ((6.24880, 3.74459, 15.4477), 29, 45.0),
    ((6.24880, 3.74459, 1544.77), 2, 2235.0), ((6.24880, 3.74459, 15.4477), 1, 1e-6), ((6.24880, 3.74459, 15.4477), 3, 1e9),
    ((0.3, 0.9, 20), 1, 15), ((0.3, 0.2, 20), 2, 15), ((12, 400, 33), 5, 1.1), ((1e6, 1e6, 12.5), 3, 12.5),
    ((1e6, 1e6, 12.5), 3, 12.6), ((1e5, 3, 2e-4), 100000, 7.5), ((1e-6, 1e6, 1e12), 7, 3), ((30, 1e6, 3.5e5), 2, 2.5),
    ((200, 2.5, 0.01), 1000, 40),
]
SHARE = m.mpf("0.8")


def below(shape, x):
    """P(Gamma(shape) <= x); for large shapes, where series do not end, by adding up the density from far below."""
    if shape < 5000:
        return m.gammainc(shape, 0, x, regularized=True)
    low, log_norm = shape - 40 * m.sqrt(shape), m.loggamma(shape)
    cuts = [low + (x - low) * i / 12 for i in range(13)]
    return m.quad(lambda y: m.exp((shape - 1) * m.log(y) - y - log_norm), cuts)


def quantile(shape, p):
    """x with P(Gamma(shape) <= x) = p, by bisection of its log."""
    low, high = (m.mpf(-2000), m.log(shape * 50 + 100)) if shape < 5000 else (m.log(shape) - 10 / m.sqrt(shape), m.log(shape) + 10 / m.sqrt(shape))
    for _ in range(90):
        middle = (low + high) / 2
        if below(shape, m.exp(middle)) < p:
            low = middle
        else:
            high = middle
    return m.exp(low)


print("// SPDX-License-Identifier: Apache-2.0")
print("/* gammagamma_table -- values by mpmath with 60 digits; printed by gammagamma_table.py, not to be edited. */")
for given in CASES:
    (p, q, gamma), (x, mean) = map(m.mpf, given[0]), map(m.mpf, given[1:])
    shape, sum_ = p * x, x * mean
    loglik = (m.loggamma(shape + q) - m.loggamma(shape) - m.loggamma(q) + q * m.log(gamma) + (shape - 1) * m.log(mean)
              + shape * m.log(x) - (shape + q) * m.log(gamma + sum_))
    expected = p * (gamma + sum_) / (shape + q - 1) if shape + q > 1 else m.inf
    low, high = (p * (gamma + sum_) / quantile(shape + q, v) for v in ((1 + SHARE) / 2, (1 - SHARE) / 2))
    numbers = ["INFINITY" if v == m.inf else m.nstr(v, 17) for v in (loglik, expected, low, high)]
    print("{{%r, %r, %r}, {%r, %r}, %s}," % (*map(float, (p, q, gamma)), float(x), float(mean), ", ".join(numbers)))
