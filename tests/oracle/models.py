# SPDX-License-Identifier: Apache-2.0
"""models -- the probability models computed a second time, slowly, from what they say of one customer.

Nothing here shares a formula with src/stats: what a customer does is written down for one rate and one chance of leaving,
and then integrated over how these differ between customers, by plain sums
of positive terms (counted) or by mpmath (Pareto/NBD). Time is in any unit.

    (M)BG/CNBD-k  steps come at a rate lam ~ Gamma(r, alpha), every k-th step is a purchase; after each purchase (BG: repeat
                  purchase) the customer leaves with chance p ~ Beta(a, b)
    Pareto/NBD    purchases come at a rate lam ~ Gamma(r, alpha) until a death at a rate mu ~ Gamma(s, beta)

A function answers (P(alive), P(active in t), E(purchases in t)); `counted` also the log of the likelihood.
"""
import math
from math import exp, expm1, factorial, lgamma, log

from mpmath import gamma, mp, mpf, quad

mp.dps = 20
TAIL = 1e-40


def beta_ratio(a, b, gone, stays):
    """The mean of p^gone (1 - p)^stays, p ~ Beta(a, b)."""
    return exp(lgamma(a + gone) - lgamma(a) + lgamma(b + stays) - lgamma(b) + lgamma(a + b) - lgamma(a + b + gone + stays))


def tails(mean):
    """[P(Poisson(mean) >= n) for n = 0, 1, ...] until nothing is left."""
    n, chances = 0, []
    while n <= mean or chances[-1] > TAIL:
        chances.append(exp(n * log(mean) - mean - lgamma(n + 1)))
        n += 1
    out, total = [], 0.0
    for chance in reversed(chances):
        total += chance
        out.append(total)
    return out[::-1]


def integral_over_rate(f, shape, rate):
    """The mean of f(lam) over lam ~ Gamma(shape, rate), by equal steps in log(lam): the integrand and all its derivatives
    vanish at both ends, so the error falls off exponentially with the number of steps."""
    mode = math.log(shape / rate)
    step = min(0.2, 0.5 / math.sqrt(shape))
    norm = shape * math.log(rate) - math.lgamma(shape) + math.log(step)
    total = 0.0
    for direction in (-1, 1):
        u = mode if direction > 0 else mode - step
        while True:
            lam = math.exp(u)
            weight = math.exp(shape * u - rate * lam + norm)
            if weight < TAIL and (direction < 0 or rate * lam > shape):
                break
            total += weight * f(lam)
            u += direction * step
    return total


def counted(kind, k, r, alpha, a, b, x, t_x, T, t, litt=0):
    """BG or MBG (kind), regularity k. The x gaps only say lam: lam^(k x) exp(-lam t_x) times what has no lam."""
    modified = kind == "mbg"
    stays = x + 1 if modified else x  # chances to leave that were survived if still here
    silent = T - t_x
    here = beta_ratio(a, b, 0, stays)
    # gone at the last purchase: one of these chances was taken, the others not
    if modified:
        gone = beta_ratio(a, b, 1, x)
    else:
        gone = beta_ratio(a, b, 1, x - 1) if x > 0 else 0.0
    # The mean over lam is taken under Gamma(r + k x, alpha + t_x), the state of knowledge just after the last purchase.
    shape, rate = r + k * x, alpha + t_x

    # ... and the silence since makes it Gamma(shape, alpha + T), `thinner` times as much of it; what is left of
    # exp(-lam silent) (lam silent)^m / m! is the power.
    thinner = shape * log(rate / (rate + silent))

    def phase(m, lam):  # m steps in the silence
        return (lam * silent) ** m / factorial(m)

    def quiet(lam):  # no purchase in the silence, customer here
        return sum(phase(m, lam) for m in range(k))

    def quiet_and_buys(lam):
        return sum(phase(m, lam) * (at_least[k - m] if k - m < len(at_least) else 0) for at_least in [tails(lam * t)] for m in range(k))

    def quiet_and_counts(lam):
        at_least, total = tails(lam * t), 0.0
        for m in range(k):
            n, survived, sum_m = 1, 1.0, 0.0
            while n * k - m < len(at_least):
                sum_m += at_least[n * k - m] * survived
                # after the n-th purchase to come the customer stays with a chance of its own
                survived *= (b + stays + n - 1) / (a + b + stays + n - 1)
                n += 1
            total += phase(m, lam) * sum_m
        return total
    lik_here = here * integral_over_rate(quiet, shape, rate + silent) * exp(thinner)
    lik = lik_here + gone
    active = here * integral_over_rate(quiet_and_buys, shape, rate + silent) * exp(thinner) / lik
    expected = here * integral_over_rate(quiet_and_counts, shape, rate + silent) * exp(thinner) / lik
    # What the mean over lam above took for granted: the x gaps themselves, Erlang-k, their product known by litt.
    gaps = r * log(alpha) - lgamma(r) + lgamma(shape) - shape * log(rate) + (k - 1) * litt - x * lgamma(k)
    return lik_here / lik, active, expected, gaps + log(lik)


def mixture(r, alpha, a, b, shares, x, t_x, T, t, litt):
    """shares {k: share}; component k has the rate scale alpha / k."""
    parts = [(log(share), counted("mbg", k, r, alpha / k, a, b, x, t_x, T, t, litt)) for k, share in shares.items() if share > 0]
    top = max(share + part[3] for share, part in parts)
    weights = [exp(share + part[3] - top) for share, part in parts]
    return tuple(sum(w * part[i] for w, (_, part) in zip(weights, parts)) / sum(weights) for i in range(3))


def nbd(r, alpha, x, t_x, T, t):
    """Everybody stays: lam given the data is Gamma(r + x, alpha + T)."""
    return 1.0, integral_over_rate(lambda lam: -expm1(-lam * t), r + x, alpha + T), (r + x) / (alpha + T) * t


def pareto(r, alpha, s, beta_, x, t_x, T, t):
    """Death at y: lam^x exp(-lam y) mu exp(-mu y), lam and mu apart; so each integral is over y alone."""
    r, alpha, s, beta_, x, t_x, T, t = (mpf(v) for v in (r, alpha, s, beta_, x, t_x, T, t))

    def lam_part(y, more=0):  # mean of lam^(x + more) exp(-lam y)
        return alpha ** r / gamma(r) * gamma(r + x + more) / (alpha + y) ** (r + x + more)

    def survives(y):  # mean of exp(-mu y)
        return (beta_ / (beta_ + y)) ** s

    def dies(y):  # density of death at y
        return s * beta_ ** s / (beta_ + y) ** (s + 1)

    def panels(lo, hi):
        cuts, width = [lo], min(alpha + lo, beta_ + lo) / (r + x + s + 1)
        while cuts[-1] + width < hi and len(cuts) < 60:
            cuts.append(cuts[-1] + width)
            width *= 2
        return cuts + [hi]
    here = lam_part(T) * survives(T)
    gone = quad(lambda y: lam_part(y) * dies(y), panels(t_x, T)) if T > t_x else mpf(0)
    lik = here + gone
    silent = lam_part(T + t) * survives(T + t) + quad(lambda y: lam_part(y) * dies(y), panels(T, T + t))
    expected = quad(lambda u: lam_part(T, 1) * survives(T + u), [0, t / 100, t / 10, t])
    return here / lik, (here - silent) / lik, expected / lik
