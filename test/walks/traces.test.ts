import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { showTraceCommand } from '../../src/cli/show-trace-command.ts'
import { readTrace } from '../../src/testing/trace/trace.ts'
import { exportOf, login, projectFolder, scripted, testedIn } from '../support/walk-project.ts'

const walks = (end: string) => `journey: Login
people: { alex: { mail: alex@example.com } }
walks:
  - { it: rejects strangers, steps: [{ answer: { NameCallback: eve } }, { answer: { PasswordCallback: x } }], ends: failure }
  - it: signs in
    steps:
      - answer: { NameCallback: alex }
      - answer: { PasswordCallback: "\${alex.password}" }
    ends: ${end}
`

const tracesIn = (folder: string) => globSync('.sidegate/runs/*', { cwd: folder }).toSorted()
const traceIn = (folder: string, name: string) =>
  readTrace(readFileSync(join(folder, '.sidegate', 'runs', name), 'utf8'), name)

describe('sidegate test', () => {
  test('writes a trace of each walk that fails, and removes it when the walk passes', async () => {
    const folder = projectFolder({ 'Login.json': login, 'tests/login.walk.yaml': walks('failure') })
    const { output } = await testedIn(folder, ['--html', join(folder, 'report')])
    expect(globSync('report/traces/*', { cwd: folder })).toEqual(['report/traces/login-5.html'])
    expect(output).toContain('open     npx sidegate show-trace .sidegate/runs/login-5.trace')
    expect(tracesIn(folder)).toEqual(['.sidegate/runs/login-5.trace'])
    expect(readFileSync(join(folder, '.sidegate', '.gitignore'), 'utf8')).toBe('*\n')
    writeFileSync(join(folder, 'tests', 'login.walk.yaml'), walks('success'))
    expect((await testedIn(folder)).output).toMatch(/^2 walks: 2 passed/)
    expect(tracesIn(folder)).toEqual([])
  })

  test('keeps traces of walks that did not run, and removes those of walks that are gone', async () => {
    const folder = projectFolder({ 'Login.json': login, 'tests/login.walk.yaml': walks('failure') })
    await testedIn(folder, ['--trace'])
    expect(tracesIn(folder)).toEqual(['.sidegate/runs/login-4.trace', '.sidegate/runs/login-5.trace'])
    await testedIn(folder, ['-t', 'rejects'])
    expect(tracesIn(folder)).toEqual(['.sidegate/runs/login-5.trace'])
    writeFileSync(join(folder, 'tests', 'login.walk.yaml'), `# moved\n${walks('failure')}`)
    await testedIn(folder)
    expect(tracesIn(folder)).toEqual(['.sidegate/runs/login-6.trace'])
  })

  test('tells files of one name, and walks in one line, apart', async () => {
    const two = 'journey: Login\nwalks: [{ it: a, ends: success }, { it: b, ends: success }]\n'
    const folder = projectFolder({
      'Login.json': login,
      'tests/a/x.walk.yaml': two,
      'tests/a-x.walk.yaml': two,
    })
    await testedIn(folder)
    expect(tracesIn(folder).map((name) => name.replace(/-[0-9a-f]{6}-/, '-DIGEST-'))).toEqual([
      '.sidegate/runs/a-x-2.1.trace',
      '.sidegate/runs/a-x-2.2.trace',
      '.sidegate/runs/tests-a-x-DIGEST-2.1.trace',
      '.sidegate/runs/tests-a-x-DIGEST-2.2.trace',
    ])
  })

  test('reports its result even if no trace can be written', async () => {
    const folder = projectFolder({
      'Login.json': login,
      'tests/login.walk.yaml': walks('failure'),
      '.sidegate/runs': '',
    })
    const { output, status } = await testedIn(folder)
    expect(output).toMatch(/^Traces were not written: .*\.sidegate/)
    expect(output).toContain('1 passed, 1 failed')
    expect(status).toBe(1)
  })
})

test('a trace has the steps, nodes, calls, script exception and the place of the difference', async () => {
  const risk = exportOf(
    'Risk',
    {
      Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Score' } },
      Score: scripted('score', { low: 'success', high: 'failure' }),
    },
    {
      score: `logger.warn('asking')
var answer = httpClient.send('https://risk.example/score', { method: 'POST', body: { user: nodeState.get('username') } }).get()
nodeState.putShared('score', answer.json().score)
throw new Error('too high')`,
    },
  )
  const folder = projectFolder({
    'Risk.json': risk,
    'tests/risk.walk.yaml': `journey: Risk
http: [{ POST: "https://risk.example/score", reply: { json: { score: 91 } } }]
walks:
  - it: lets a low risk in
    steps: [{ wait: 2m }, { answer: { NameCallback: alex }, ends: success }]
    path: [Ask, Score → low]
`,
  })
  await testedIn(folder)
  const { events, runs, frozen, differences, startedAt, endedAt, walk } = traceIn(folder, 'risk-4.trace')
  expect(endedAt - startedAt).toBe(120_000)
  expect(walk.source.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6])
  expect(events.map(({ kind, step, request }) => [kind, step, request])).toEqual([
    ['wait', 0, undefined],
    ['start', 1, 1],
    ['answer', 1, 2],
  ])
  const answer = events[2]
  expect(answer?.sent).toEqual([{ name: 'User Name', value: 'alex' }])
  expect(answer?.shown).toEqual({ kind: 'failure', message: 'Login failure' })
  expect(answer?.calls).toEqual([
    {
      method: 'POST',
      url: 'https://risk.example/score',
      body: { user: 'alex' },
      answer: 200,
      reply: { score: 91 },
    },
  ])
  expect(differences).toMatchObject([{ subject: 'ends', expected: 'success', event: 2 }])
  const last = runs[0]?.steps.at(-1)
  expect(last).toMatchObject({
    displayName: 'Score',
    result: 'error',
    exception: { name: 'score', line: 4 },
  })
  expect(last?.log).toContainEqual({ level: 'warn', message: 'asking' })
  expect(runs[0]?.steps.flatMap(({ writes }) => writes)).toContainEqual({
    key: 'username',
    change: 'added',
    after: 'alex',
  })
  expect(frozen.revisions.map(({ journey }) => journey)).toEqual(['Risk'])
  expect(frozen.scripts.score?.source).toContain('too high')
})

test('a walk that can’t be played to its end leaves a trace, with what its emails may show', async () => {
  const byMail = exportOf('ByMail', {
    Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Make' } },
    Make: { type: 'OneTimePasswordGeneratorNode', to: { outcome: 'Send' } },
    Send: {
      type: 'OneTimePasswordSmtpSenderNode',
      config: {
        fromEmailAddress: 'help@example.com',
        emailSubject: { en: 'Your code' },
        emailContent: { en: '<p>Your code is {{OTP}}.</p>It ends in 10 minutes.' },
      },
      to: { outcome: 'Enter' },
    },
    Enter: { type: 'OneTimePasswordCollectorDecisionNode', to: { true: 'success', false: 'failure' } },
  })
  const folder = projectFolder({
    'ByMail.json': byMail,
    'tests/mail.walk.yaml': `journey: ByMail
people: { alex: { mail: alex@example.com } }
walks:
  - it: gets in
    steps:
      - answer: { NameCallback: alex }
      - answer: { PasswordCallback: "\${cod}" }
  - { it: stops at the end, steps: [{ answer: { NameCallback: alex } }], mail: [{ to: "\${cod}" }] }
`,
  })
  const { output, status } = await testedIn(folder)
  expect(status).toBe(2)
  expect(output).toContain('step 2: ${cod} is unknown')
  expect(output).toContain('open     npx sidegate show-trace .sidegate/runs/mail-4.trace')
  const trace = traceIn(folder, 'mail-4.trace')
  expect(trace.status).toBe('broken')
  expect(trace.broken).toEqual({ reason: expect.stringContaining('${cod} is unknown'), line: 7 })
  expect(trace.runs[0]?.steps.map(({ displayName }) => displayName)).toContain('Send')
  expect(trace.events.flatMap(({ mails }) => mails)).toEqual([
    {
      from: 'help@example.com',
      to: ['alex@example.com'],
      subject: 'Your code',
      text: 'Your code is ••••••.\nIt ends in 10 minutes.',
    },
  ])
  expect(traceIn(folder, 'mail-8.trace').broken).toMatchObject({ line: 8 })
  const page = join(folder, 'page.html')
  const terminal = { print() {}, warn() {}, environment: {} }
  await showTraceCommand([join(folder, '.sidegate/runs/mail-4.trace'), '--html', page], terminal)
  expect(readFileSync(page, 'utf8')).toContain('can’t be played to its end')
})

describe('sidegate show-trace', () => {
  const written = async () => {
    const folder = projectFolder({ 'Login.json': login, 'tests/login.walk.yaml': walks('failure') })
    await testedIn(folder)
    return join(folder, '.sidegate', 'runs', 'login-5.trace')
  }
  const show = async (args: string[], signal?: AbortSignal, onPrint = (_line: string) => {}) => {
    const lines: string[] = []
    const print = (line: string) => {
      lines.push(line)
      onPrint(line)
    }
    await showTraceCommand(args, { print, warn: print, environment: {} }, signal)
    return lines.join('\n')
  }

  test('serves the page to this machine until it is ended', async () => {
    const file = await written()
    const end = new AbortController()
    const address = Promise.withResolvers<string>()
    const shown = show([file], end.signal, (line) => address.resolve(/http:\S+/.exec(line)?.[0] ?? ''))
    const url = await address.promise
    const page = await fetch(url)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
    expect(await page.text()).toContain('<h1>signs in</h1>')
    expect((await fetch(`${url}other`)).status).toBe(404)
    expect((await fetch(url, { method: 'POST' })).status).toBe(404)
    expect(await statusFor(url, 'evil.example')).toBe(403)
    end.abort()
    await shown
    await expect(fetch(url)).rejects.toThrow()
  })

  test('writes one file', async () => {
    const file = await written()
    expect(await show([file, '--html', `${file}.html`])).toContain(`Wrote ${file}.html`)
    expect(readFileSync(`${file}.html`, 'utf8')).toContain('<h1>signs in</h1>')
  })

  test.each([
    [[], 'Usage: sidegate show-trace FILE'],
    [['a.trace', 'b.trace'], 'Usage: sidegate show-trace FILE'],
    [['nowhere.trace'], 'nowhere.trace was not found. `sidegate test` writes traces'],
    [[import.meta.filename], 'is not a trace, or only a part of one'],
    [['nowhere.trace', '--json'], '--json'],
    [['nowhere.trace', '--port', '70000'], "--port must be a number from 0 to 65535, not '70000'"],
    [['nowhere.trace', '--port', '1.5'], '--port must be a number'],
  ])('%j is refused with what to do', async (args, expected) => {
    await expect(show(args)).rejects.toThrow(expected)
  })
})

function statusFor(url: string, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  request(url, { headers: { host } }, (response) => {
    response.resume()
    resolve(response.statusCode)
  })
    .on('error', reject)
    .end()
  return promise
}
