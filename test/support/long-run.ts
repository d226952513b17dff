/** `npm run test:long`: slow suites run all of their cases. `npm test` runs a part of them. */
export const isLongRun = process.env.SIDEGATE_TEST_LONG === '1'
