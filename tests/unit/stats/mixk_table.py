#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Prints mixk_table.h: the mixture over regularity of single customers, by mpmath (python3-mpmath).

Nothing here shares a formula with src/stats: a customer of one rate buys at every k-th step of a Poisson process; what that gives is
integrated over the rates numerically, component by component, and mixed by Bayes' rule. A line holds r, alpha, a, b, the weights of
k = 1, 2, 4, 8, then x, t_x, T, litt, the horizon, and: log-likelihood, P(alive), P(active), E(purchases), P(exactly one purchase).
"""
import mpmath as m

m.mp.dps = 20
PARTS = (1, 2, 4, 8)
CASES = [
    # r, alpha, a, b, weights, [(x, t_x, T, litt, horizon)]
    (1.25, 36, 0.43, 0.81, (0.22, 0.32, 0.18, 0.28),
     [(0, 0, 200, 0, 90), (1, 30, 200, m.log(30), 90), (3, 90, 100, 3 * m.log(30), 30), (3, 90, 300, 3 * m.log(30), 365),
      (3, 90, 130, m.log(2) + m.log(8) + m.log(80), 30), (12, 350, 364, 12 * m.log(29), 90), (30, 360, 364, 30 * m.log(11), 7)]),
    (0.8, 65, 0.18, 2.3, (0.47, 0.43, 0.1, 0), [(0, 0, 5, 0, 400), (2, 9, 9, m.log(4) + m.log(5), 0.5), (6, 600, 660, 6 * m.log(90), 90)]),
    (0.05, 2, 3, 0.4, (0.1, 0.1, 0.1, 0.7), [(0, 0, 30, 0, 30), (5, 10, 30, 5 * m.log(2), 30)]),
    (9, 300, 1, 1, (0.25, 0.25, 0.25, 0.25), [(10, 300, 345, 10 * m.log(30), 60), (10, 300, 345, 9 * m.log(10) + m.log(210), 60)]),
    (2, 60, 1e-6, 1, (1, 0, 0, 0), [(4, 100, 400, 4 * m.log(25), 90)]),
]


def over_rates(f, shape, rate):
    """The mean of f over Gamma(shape, rate); the density is inside, as quad stops at an absolute error."""
    middle, spread = shape / rate, m.sqrt(shape) / rate
    cuts = sorted({m.mpf(0)} | {middle + spread * j for j in (-9, -4, -1, 1, 4, 9, 20, 60) if middle + spread * j > 0})
    norm = shape * m.log(rate) - m.loggamma(shape)
    if shape >= 1:
        return m.quad(lambda v: f(v) * m.exp(norm + (shape - 1) * m.log(v) - rate * v), cuts)
    first = cuts[1]  # v = u^(1/shape) takes away what is singular at 0
    low = m.quad(lambda u: f(u ** (1 / shape)) * m.exp(norm - rate * u ** (1 / shape)) / shape, [0, first ** shape / 4, first ** shape])
    return low + m.quad(lambda v: f(v) * m.exp(norm + (shape - 1) * m.log(v) - rate * v), cuts[1:])


def longer(k, steps):
    """P(a gap of k steps is still open when `steps` are expected) and its phases."""
    return [m.exp(-steps) * steps ** i / m.factorial(i) for i in range(k)]


def at_least(mean, most):
    """[P(Poisson(mean) >= n)] for n up to most."""
    out, below, term = [], m.mpf(0), m.exp(-mean)
    for n in range(most + 1):
        out.append(1 - below)
        below += term
        term *= mean / (n + 1)
    return out


def component(k, r, alpha, a, b, x, t_x, T, litt, t):
    """(likelihood, that of being alive, of buying within t, mean purchases within t, of buying once)."""
    shape, rate = r + k * x, alpha / k + t_x
    scale = m.exp((k - 1) * litt - x * m.loggamma(k)) * m.gamma(shape) / m.gamma(r) * (alpha / k) ** r / rate ** shape
    stays, leaves = m.beta(a, b + x + 1) / m.beta(a, b), m.beta(a + 1, b + x) / m.beta(a, b)
    silence = T - t_x
    here = stays * over_rates(lambda v: sum(longer(k, v * silence)), shape, rate)
    later = stays * over_rates(lambda v: sum(longer(k, v * (silence + t))), shape, rate)
    spread = t / (alpha / k + T)
    steps = int(shape * spread + 10 * m.sqrt(shape * spread * (1 + spread)) + 42 * (1 + spread)) + k
    most = steps // k

    def counted(v, weight):
        tail, phases = at_least(v * t, steps + k), longer(k, v * silence)
        return sum(phases[i] * sum(weight(j) * tail[j * k - i] for j in range(1, most)) for i in range(k))
    survive = [m.beta(a, b + x + j) / m.beta(a, b) for j in range(most + 2)]
    mean = over_rates(lambda v: counted(v, lambda j: survive[j]), shape, rate)
    # once: the first happens, and then the customer leaves or the second does not come
    first = over_rates(lambda v: counted(v, lambda j: 1 if j == 1 else 0), shape, rate)
    second = over_rates(lambda v: counted(v, lambda j: 1 if j == 2 else 0), shape, rate)
    once = stays * first - survive[2] * second
    return [scale * value for value in (leaves + here, here, here - later, mean, once)]


def main():
    print("// SPDX-License-Identifier: Apache-2.0")
    print("/* mixk_table -- single customers by mpmath; printed by mixk_table.py, not to be edited. */")
    for r, alpha, a, b, weights, customers in CASES:
        r, alpha, a, b = map(m.mpf, (r, alpha, a, b))
        for customer in customers:
            exact = list(map(m.mpf, customer))
            exact[3] = m.mpf(float(exact[3]))
            parts = [[w * v for v in component(k, r, alpha, a, b, int(exact[0]), *exact[1:])] for k, w in zip(PARTS, weights) if w > 0]
            total = [sum(column) for column in zip(*parts)]
            found = [m.log(total[0])] + [value / total[0] for value in total[1:]]
            given = [float(v) for v in (r, alpha, a, b, *weights, *exact)]
            print("{{" + ", ".join(repr(v) for v in given) + "}, {" + ", ".join(m.nstr(v, 15) for v in found) + "}},")


if __name__ == "__main__":
    main()
