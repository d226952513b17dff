/** `npm run test:long`: slow suites run all of their cases. `npm test` runs a part of them. */
export const isLongRun = process.env.SIDEGATE_TEST_LONG === '1'

/** All cases in a long run, and every nth of them otherwise. */
export function casesOf<Case>(all: readonly Case[], every: number): readonly Case[] {
  return isLongRun ? all : all.filter((_case, index) => index % every === 0)
}
