import { afterAll, expect, test } from 'vitest'
import { createScriptEngine } from '../create-script-engine.ts'
import { run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

test('returns the action from every method', async () => {
  const { action } = await run(
    engine,
    `action.goTo('true').withHeader('H').withDescription('D').withStage('S').withErrorMessage('E')
       .withLockoutMessage('L').putSessionProperty('p', 1).removeSessionProperty('q').withMaxSessionTime('5')
       .withMaxIdleTime(2).withIdentifiedUser('ann')`,
  )
  expect(action).toEqual({
    outcome: 'true',
    header: 'H',
    description: 'D',
    stage: 'S',
    errorMessage: 'E',
    lockoutMessage: 'L',
    sessionProperties: { p: '1', q: null },
    maxSessionMinutes: 5,
    maxIdleMinutes: 2,
    identified: { kind: 'user', name: 'ann' },
  })
})

test('continues the script after goTo, and ignores blank texts', async () => {
  const { action, logs } = await run(engine, `action.goTo('a').withHeader(' '); logger.info('still here')`)
  expect(action).toEqual({ outcome: 'a' })
  expect(logs).toHaveLength(1)
})

test('fills in the resume URI on suspend, after calling the function with it', async () => {
  const { action, outcome } = await run(
    engine,
    `action.suspend("It''s at {0}", function (uri) { outcome = uri }, 10)`,
    { resumeUri: 'https://r' },
  )
  expect(action).toEqual({ suspend: { message: "It's at https://r", minutes: 10 } })
  expect(outcome).toBe('https://r')
})

test.each([
  ["action.putSessionProperty('AuthLevel', '9')", 'Cannot set system session property AuthLevel'],
  ["action.removeSessionProperty('UserId')", 'Cannot remove system session property UserId'],
  ["action.withMaxSessionTime('x')", 'Cannot convert x to java.lang.Integer'],
  ['action.withMaxSessionTime(0)', 'maximumSessionTime must be greater than 0'],
  ['action.withMaxIdleTime(-1)', 'maximumIdleTime must be greater than 0'],
])('rejects %s', async (source, message) => {
  await expect(run(engine, source)).rejects.toThrow(message)
})

test('has no action.send', async () => {
  await expect(run(engine, '\naction.send()')).rejects.toMatchObject({ fault: 'runtime', line: 2 })
})

test('reads the result variables however the script declares them', async () => {
  for (const declared of [
    "outcome = 'o'",
    "var outcome = 'o'",
    "let outcome = 'o'",
    "(function () { outcome = 'o' })()",
  ]) {
    expect((await run(engine, declared)).outcome).toBe('o')
  }
  const { auditEntryDetail, config } = await run(engine, 'var config = { a: [1] }; auditEntryDetail = "seen"')
  expect([auditEntryDetail, config]).toEqual(['seen', { a: [1] }])
})
