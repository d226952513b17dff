/** `npm run test:long` runs all cases of slow suites; `npm test` runs some of them. */
export const isLongRun = process.env.SIDEGATE_TEST_LONG === '1'
