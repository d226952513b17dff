/**
 * What may be used at most: counted, not timed. A check or a test fails beyond it. To raise a number, change it here and say why
 * beside it.
 */
export const budgets = {
  /** Lines of `src`, `web`, `contract` and `bin` without tests: `npm run check`. The goal is 186,000. */
  productLines: 204_500,
  /** The goal is 140. */
  glossaryTerms: 170,
  /** zod schemas that `serve` makes until the first sign-in. */
  zodSchemas: 5_500,
  /** Characters of JavaScript that `serve` loads until then. The goal is 3.4 million. */
  loadedCharacters: 4_650_000,
  /** SQL statements on PostgreSQL, with those of the audit chain: `test/operations/statements.test.ts`. */
  statements: {
    loginStart: 10,
    loginAnswer: 20,
    checkOpening: 35,
    idlePoll: 4,
    plainStep: 2,
    // The goal is 20. Five records of the application are saved one by one, as its library makes them.
    codeLogin: 32,
    refresh: 6,
    introspection: 2,
    userinfo: 2,
  },
  transactionsOfCodeLogin: 6,
} as const
