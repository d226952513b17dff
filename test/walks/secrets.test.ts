import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { showTraceCommand } from '../../src/cli/show-trace-command.ts'
import { openProject } from '../../src/testing/project/project.ts'
import { loadWalkFile } from '../../src/testing/project/walk-files.ts'
import { Tester } from '../../src/testing/run-walk.ts'
import { tracePage } from '../../src/testing/trace/html/trace-page.ts'
import { readTrace, traceText } from '../../src/testing/trace/trace.ts'
import { WorldHosts } from '../../src/testing/world/world-host.ts'
import { exportOf, projectFolder, scripted, testedIn } from '../support/walk-project.ts'

// Canaries in everything that is secret. None of them may appear in anything that a run prints or writes.

const canaries = {
  environment: 'Canary-Environment-71',
  written: 'Canary-Written-72',
  answer: 'Canary-Answer-73',
  setting: 'Canary-Setting-74',
  variable: 'Canary-Variable-75',
  reply: 'Canary-Reply-76',
  source: 'Canary-Source-77',
  person: 'Canary-Person-78',
  neighbour: 'Canary-Neighbour-79',
  code: '80818284',
  word: 'QXWJVZKP',
}

const leaky = exportOf(
  'Leaky',
  {
    Ask: { type: 'PasswordCollectorNode', to: { outcome: 'Leak' } },
    Leak: scripted('leak', { done: 'failure' }),
  },
  {
    leak: `var apiKey = '${canaries.source}'
      var key = systemEnv.getProperty('esv.api.key')
      logger.error('the key is ' + key + ' and the password ' + nodeState.get('password'))
      nodeState.putShared('seen', 'key ' + key)
      var word = ['QXWJ', 'VZKP'].join('')
      nodeState.putShared('variable', systemEnv.getProperty('esv.written.key'))
      nodeState.putShared('reply', httpClient.send('https://token.example/').get().text())
      openidm.action('external/email', 'send', { to: 'alex@example.com', subject: 'Word', type: 'text/html',
        body: '<p>Your word is <b>' + word + '</b>, or <a href="https://a.example/w/' + word + '">here</a>. ' + key + '</p>' })
      try {
        httpClient.send('https://sms.example/', { method: 'POST', body: { text: 'Your code is ' + 40409142 * 2 + '.' } }).get()
      } catch (error) {}
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
people: { alex: { mail: alex@example.com, password: ${canaries.person} } }
http: [{ GET: "https://token.example/", reply: { json: { access_token: ${canaries.reply} } }, times: 1 }]
esv: { written.key: ${canaries.variable}, api.key: "\${secret:API_KEY}", other.key: "\${made}" }
walks:
  - it: leaks
    steps: [{ answer: { PasswordCallback: ${canaries.answer} } }]
    ends: success
    path: [Ask → outcome, Success]
  - { it: types another password, steps: [{ answer: { PasswordCallback: ${canaries.neighbour} } }], ends: success }
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
  expect(output).toContain('4 failed')
  const traces = globSync('.sidegate/runs/*.trace', { cwd: folder }).map((name) => join(folder, name))
  expect(traces).toHaveLength(4)
  const shown = traces.map((trace) => `${trace}.html`)
  for (const [at, trace] of traces.entries()) {
    await showTraceCommand([trace, '--html', shown[at] ?? ''], { print() {}, warn() {}, environment })
  }
  const pages = globSync('**/*.*', { cwd: html }).map((name) => join(html, name))
  const written = [...reports, ...pages, ...traces, ...shown]
  expect(written.length).toBeGreaterThan(12)
  const texts = new Map(written.map((file) => [file, readFileSync(file, 'utf8')])).set('output', output)
  for (const [what, canary] of Object.entries(canaries)) {
    // The report of coverage shows scripts as they are.
    const readers = what === 'source' ? ['output', ...traces, ...shown] : [...texts.keys()]
    for (const name of readers) expect(texts.get(name)?.includes(canary), `${what} in ${name}`).toBe(false)
  }
  expect([...texts.values()].some((text) => text.includes('Made-Up-'))).toBe(false)
  expect(traces.some((trace) => texts.get(trace)?.includes('Your word is ••••••, or here. ••••••'))).toBe(
    true,
  )
})

const samples = join(import.meta.dirname, '..', '..', 'samples')
const hosts = new WorldHosts()
afterAll(() => hosts.close())

test.each(['help-desk', 'prove-with-code', 'confirm-request'])(
  'leaves no token, cookie, link, code or id of a transaction in traces of %s',
  async (name) => {
    const secrets = new Set<string>()
    const tester = new Tester(openProject(samples), {
      hosts,
      traces: 'all',
      async onPlayed({ world, player }) {
        const { people, parties } = player.known
        const known = [
          ...Object.values(people).map(({ password }) => password ?? ''),
          player.transactionId ?? '',
        ]
        for (const secret of [...known, ...Object.values(parties).flatMap((values) => Object.values(values))])
          secrets.add(secret)
        for (const { shown } of player.screens) {
          if (shown.kind === 'page') secrets.add(shown.page.authId)
          if (shown.kind === 'success') secrets.add(shown.token ?? '')
        }
        for (const { body } of world.mailbox.all) {
          for (const [text] of body.matchAll(/\b\d{6,}\b|https?:[^\s"<]+=[^\s"<]+/g)) secrets.add(text)
        }
      },
    })
    try {
      const loaded = await loadWalkFile(join(samples, 'tests', `${name}.walk.yaml`))
      if (Array.isArray(loaded)) throw new Error('the walks of the samples are broken')
      for (const index of [...loaded.content.walks.keys()].slice(0, 4)) {
        secrets.clear()
        const { trace, status, it } = await tester.run(loaded, index)
        if (status === 'skipped') continue
        if (trace === undefined) throw new Error(`${it} left no trace`)
        const text = traceText({ sidegate: '0', ...trace })
        const texts = { text, page: tracePage(readTrace(text, it)) }
        const found = [...secrets].filter((secret) => secret.length > 3)
        expect(found.length, it).toBeGreaterThan(0)
        for (const secret of found) {
          for (const [kind, each] of Object.entries(texts))
            expect(each.includes(secret), `${it}: ${secret.slice(0, 30)} in the ${kind}`).toBe(false)
        }
      }
    } finally {
      await tester.close()
    }
  },
)
