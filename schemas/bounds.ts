/**
 * The most fen that one bill, price, benefit, deductible or correction may be: a billion yuan. A JSON number holds the
 * sum of ninety thousand such amounts; sums are added as bigint all the way and turned into JSON once.
 */
export const MOST_FEN = 100_000_000_000

/** The most fen that the grants of one institution may come to in one year: ten billion yuan. */
export const MOST_BUDGET_FEN = 1_000_000_000_000
