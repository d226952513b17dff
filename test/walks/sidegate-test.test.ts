import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testCommand } from '../../src/cli/test-command.ts'
import { openProject, walkFilesIn } from '../../src/testing/project/project.ts'
import { runTests } from '../../src/testing/run-tests.ts'
import { exportOf, login, projectFolder, scripted, tested, testedIn } from '../support/walk-project.ts'

const person = 'people: { alex: { givenName: Alex, sn: Caller, mail: alex@example.com } }'
const signsIn = `
journey: Login
${person}
walks:
  - it: signs in
    steps:
      - answer: { NameCallback: alex }
        asks: Password
      - answer: { PasswordCallback: "\${alex.password}" }
        ends: success
    path: [Ask Name, Ask Password, Check → true]
  - it: rejects a wrong password
    steps: [{ answer: { NameCallback: alex } }, { answer: { Password: wrong } }]
    ends: { failure: Login failure }
    visits: { Check → false: 1 }
`

const files = (walks: string, journey = login) => ({
  'journeys/Login.json': journey,
  'tests/login.walk.yaml': walks,
})

describe('walks that pass', () => {
  test('sign in, and reject a wrong password', async () => {
    const { status, output } = await tested(files(signsIn))
    expect(output).toMatch(/^2 walks: 2 passed {2}\(\d+\.\d s\)$/)
    expect(status).toBe(0)
  })

  test('are chosen by name, and by shard', async () => {
    expect((await tested(files(signsIn), ['-t', 'wrong'])).output).toMatch(/^1 walk: 1 passed/)
    expect((await tested(files(signsIn), ['--shard', '2/2'])).output).toMatch(/^1 walk: 1 passed/)
  })

  test.each([
    [['-t', 'no such title'], /No walk was selected by -t 'no such title'. --pass-with-no-tests allows it/],
    [['--shard', '9/9'], /No walk was selected by --shard 9\/9/],
  ])('are not none, unless this is allowed: %j', async (options, message) => {
    await expect(tested(files(signsIn), options)).rejects.toThrow(message)
    expect(await tested(files(signsIn), [...options, '--pass-with-no-tests'])).toMatchObject({ status: 0 })
  })

  test('see nothing that an earlier walk did', async () => {
    const register = exportOf('Register', {
      Name: { type: 'UsernameCollectorNode', to: { outcome: 'Find' } },
      Find: {
        type: 'IdentifyExistingUserNode',
        config: { identifier: 'userName', identityAttribute: 'userName' },
        to: { true: 'failure', false: 'Password' },
      },
      Password: { type: 'PasswordCollectorNode', to: { outcome: 'Create' } },
      Create: {
        type: 'CreateObjectNode',
        config: { identityResource: 'managed/alpha_user' },
        to: { CREATED: 'success', FAILURE: 'failure' },
      },
    })
    const walk = (it: string) => `
  - it: ${it}
    steps: [{ answer: { NameCallback: robin } }]
    ends: { failure: Login failure }`
    const { output } = await tested({
      'Register.json': register,
      'a.walk.yaml': `journey: Register\nwalks:\n  - it: asks a new person for a password\n    steps: [{ answer: { NameCallback: robin }, asks: PasswordCallback }]\n`,
      'b.walk.yaml': `journey: Register\npeople: { robin: {} }\nwalks:${walk('knows a person')}${walk('knows a person again')}\n`,
    })
    expect(output).toMatch(/^3 walks: 3 passed/)
  })
})

describe('a walk that fails', () => {
  test('names expectation, path, connection and line', async () => {
    const broken = login.replace(
      '"true": "70e691a5-1e33-4ac3-a356-e7b6d60d92e0"',
      '"true": "e301438c-0bd0-429c-ab0c-66126501069a"',
    )
    expect(broken).not.toBe(login)
    const { status, output } = await tested(files(signsIn, broken))
    expect(status).toBe(1)
    const line = broken.split('\n').findIndex((text) => text.includes('"true"')) + 1
    expect(output).toContain('FAIL  tests/login.walk.yaml:5  Login › signs in')
    expect(output).toContain('step     2, at line 9')
    expect(output).toContain('expected  success')
    expect(output).toContain('got       failure "Login failure"')
    expect(output).toContain('Ask Name → outcome, Ask Password → outcome, Check → true')
    expect(output).toContain(`Check → true leads to Failure   journeys/Login.json:${line}`)
    expect(output).toContain('2 walks: 1 passed, 1 failed')
  })

  test('can name the end of the path, so that an outcome that leads elsewhere is noticed', async () => {
    const walks = (end: string) =>
      `journey: Login\nwalks:\n  - it: rejects strangers\n    steps: [{ answer: { NameCallback: eve } }, { answer: { PasswordCallback: x } }]\n    path: [..., Check → false, ${end}]\n`
    expect((await tested(files(walks('Failure')))).status).toBe(0)
    const { status, output } = await tested(files(walks('Success')))
    expect(status).toBe(1)
    expect(output).toContain('got       Ask Name → outcome, Ask Password → outcome, Check → false, Failure')
  })

  test('shows no password, neither its own nor one in a message', async () => {
    const walks = signsIn.replace('ends: success', 'ends: { failure: "${alex.password}" }')
    const { output } = await tested(files(walks))
    expect(output).toContain('expected  failure "••••••"')
    expect(output).not.toMatch(/Made-Up-/)
  })

  test('is in the JUnit file, and an annotation on GitHub', async () => {
    const walks = signsIn.replace('Check → true', 'Check → false')
    const { output, folder } = await tested(files(walks), [], { GITHUB_ACTIONS: 'true' })
    expect(output).toMatch(/::error file=tests\/login\.walk\.yaml,line=5,title=[^\n]*signs in/)
    const junit = join(folder, 'junit.xml')
    await tested(files(walks), ['--junit', junit])
    expect(readFileSync(junit, 'utf8')).toMatch(
      /<testsuites tests="2" failures="1" errors="0"[\s\S]*<failure message="FAIL[\s\S]*expected {2}Ask Name/,
    )
  })
})

describe('effects', () => {
  const calling = exportOf(
    'Risk',
    { Score: scripted('score', { low: 'success', high: 'failure' }) },
    {
      score: `var response = httpClient.send('https://risk.example/score', { method: 'POST', body: { user: 'alex' } }).get();
        outcome = response.ok && response.json().score < 50 ? 'low' : 'high'`,
    },
  )
  const walk = (more: string) => ({
    'Risk.json': calling,
    'risk.walk.yaml': `journey: Risk\nwalks:\n  - it: lets a low risk in\n    ends: success\n${more}`,
  })
  const mock = (more: string) =>
    `    http: [{ POST: "https://risk.example/score", body: { user: alex }, ${more} }]\n`

  test('of an HTTP call are mocked', async () => {
    const { output } = await tested(walk(mock('reply: { json: { score: 10 } }')))
    expect(output).toMatch(/^1 walk: 1 passed/)
  })

  test.each(['timeout', 'refused'])('of a call that ends in %s are mocked', async (reply) => {
    const more = mock(`reply: ${reply}`)
    const { output } = await tested(walk(more))
    expect(output).toContain('got       failure')
    expect(output).toContain(`POST https://risk.example/score → ${reply}`)
  })

  test('of a call without a mock fail the walk, with the YAML that would mock it', async () => {
    const { status, output } = await tested(walk(''))
    expect(status).toBe(1)
    expect(output).toContain(
      'http: [{ POST: "https://risk.example/score", body: {"user":"alex"}, reply: { status: 200, json: {} } }]',
    )
  })

  test('of a mock that nothing calls fail the walk', async () => {
    const { output } = await tested({
      ...files(signsIn.replace(person, `${person}\nhttp: [{ GET: "https://never.example/" }]`)),
    })
    expect(output).toContain('expected  GET https://never.example/')
    expect(output).toContain('2 failed')
  })

  test('of a mock that any number of calls may use are optional', async () => {
    const optional = `${person}\nhttp: [{ GET: "https://never.example/", times: any }]`
    const { status, output } = await tested(files(signsIn.replace(person, optional)))
    expect(output).not.toContain('never.example')
    expect(status).toBe(0)
    expect((await tested(walk(mock('times: any, reply: { json: { score: 10 } }')))).status).toBe(0)
  })

  test('on people must be declared, attribute by attribute', async () => {
    const counting = exportOf('Count', {
      Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Secret' } },
      Secret: { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
      Check: { type: 'DataStoreDecisionNode', to: { true: 'Add', false: 'failure' } },
      Add: {
        type: 'IncrementLoginCountNode',
        config: { identityAttribute: 'userName' },
        to: { outcome: 'success' },
      },
    })
    const walks = (more: string) => ({
      'Count.json': counting,
      'count.walk.yaml': `journey: Count\n${person}\nwalks:\n  - it: counts\n    steps: [{ answer: { NameCallback: alex } }, { answer: { PasswordCallback: "\${alex.password}" } }]\n    ends: success\n${more}`,
    })
    expect((await tested(walks(''))).output).toContain('people: { alex: { loginCount: 1 } }')
    expect((await tested(walks('    people: { alex: { loginCount: "+1" } }\n'))).output).toContain('1 passed')
    expect((await tested(walks('    people: { alex: { loginCount: "+2" } }\n'))).output).toContain(
      `expected  alex's loginCount "+2"`,
    )
  })
})

describe('time and mail', () => {
  const code = exportOf('CodeByMail', {
    Ask: { type: 'UsernameCollectorNode', to: { outcome: 'Find' } },
    Find: {
      type: 'IdentifyExistingUserNode',
      config: { identifier: 'userName', identityAttribute: 'userName' },
      to: { true: 'Make', false: 'failure' },
    },
    Make: { type: 'OneTimePasswordGeneratorNode', config: { length: 8 }, to: { outcome: 'Send' } },
    Send: {
      type: 'OneTimePasswordSmtpSenderNode',
      config: {
        hostName: 'smtp.example.com',
        hostPort: 465,
        fromEmailAddress: 'desk@example.com',
        emailAttribute: 'mail',
        emailSubject: { en: 'Your code' },
        emailContent: { en: 'Code: {{OTP}}' },
        sslOption: 'SSL',
      },
      to: { outcome: 'Enter' },
    },
    Enter: {
      type: 'OneTimePasswordCollectorDecisionNode',
      config: { passwordExpiryTime: 5 },
      to: { true: 'success', false: 'failure' },
    },
  })
  const begin = `
journey: CodeByMail
${person}
realm: { journeyMinutes: 10 }
begin: &begin
  - answer: { NameCallback: alex }
  - mail: { to: alex@example.com, subject: Your code, keep: { code: '/Code: (\\d{8})/' } }
walks:
  - { it: accepts the code, steps: [*begin, { answer: { PasswordCallback: "\${code}" } }], ends: success }
  - it: rejects the code after six minutes
    steps: [*begin, { wait: 6m }, { answer: { PasswordCallback: "\${code}" } }]
    ends: failure
    path: [..., Enter → false]
`

  test('a code from an email is accepted, and not after its time', async () => {
    expect((await tested({ 'CodeByMail.json': code, 'otp.walk.yaml': begin })).output).toMatch(
      /^2 walks: 2 passed/,
    )
  })

  test('an email that no step mentions fails the walk, and the code is never shown', async () => {
    const walks = begin.replace(/ {2}- mail: .*\n/, '').replaceAll('"${code}"', '"00000000"')
    const { output } = await tested({ 'CodeByMail.json': code, 'otp.walk.yaml': walks })
    expect(output).toContain('mail: [{ to: alex@example.com, subject: "Your code" }]')
    expect(output).not.toMatch(/Code: \d/)
  })
})

describe('a script alone', () => {
  const script =
    'nodeState.putShared("riskScore", 91); outcome = nodeState.get("username") === "alex" ? "step-up" : "low"'
  const walk = (more: string) => `
script: scripts/risk.js
as: { outcomes: [low, step-up] }
state: { shared: { username: alex } }
walks:
  - it: steps up
${more}`
  const project = (more: string) => ({
    'Login.json': login,
    'scripts/risk.js': script,
    'risk.walk.yaml': walk(more),
  })

  test('has an outcome, and writes state', async () => {
    const { output } = await tested(
      project('    outcome: step-up\n    writes: { shared: { riskScore: 91 } }\n'),
    )
    expect(output).toMatch(/^1 walk: 1 passed/)
  })

  test('fails with another outcome or value', async () => {
    const { output } = await tested(project('    outcome: low\n    writes: { shared: { riskScore: 1 } }\n'))
    expect(output).toContain('expected  low')
    expect(output).toContain('got       step-up')
    expect(output).toContain('expected  riskScore: 1')
    expect(output).toContain('got       91')
  })
})

describe('the order and choice of walks', () => {
  const orderOf = async (...options: string[]) => {
    const folder = projectFolder(files(signsIn.replace('it: signs in', 'it: signs alex in')))
    const order: string[] = []
    const project = openProject(folder)
    const onResult = ({ it }: { it: string }) => void order.push(it)
    const [seed] = options
    await runTests(project, walkFilesIn(project, []), { environment: {}, seed, onResult })
    return order
  }

  test('is shuffled by a seed, which is printed, with results in the order of the files', async () => {
    const plain = await orderOf()
    const seeds = Array.from({ length: 8 }, (_, seed) => String(seed))
    const orders = await Promise.all(seeds.map((seed) => orderOf(seed)))
    const other = orders.findIndex(([first]) => first !== plain[0])
    expect(await orderOf(seeds[other] ?? '')).toEqual(plain.toReversed())
    const failing = files(signsIn.replaceAll('Check →', 'Chek →'))
    expect((await tested(failing, ['--seed', '7'])).output).toMatch(
      /signs in[\s\S]*rejects[\s\S]*\nShuffled. --seed 7 gives/,
    )
    expect((await tested(files(signsIn), ['--shuffle'])).output).toMatch(
      /^Shuffled. --seed \d+ gives the same order/,
    )
  })

  test('is that of the walks that failed when they ran last', async () => {
    const folder = projectFolder(files(signsIn))
    const only = () => testedIn(folder, ['--last-failed'])
    expect(await only()).toMatchObject({ status: 0, output: 'No walk failed when it ran last.' })
    const write = (text: string) => writeFileSync(join(folder, 'tests/login.walk.yaml'), text)
    write(signsIn.replace('ends: { failure: Login failure }', 'ends: success'))
    expect((await testedIn(folder)).output).toContain('2 walks: 1 passed, 1 failed')
    expect((await only()).output).toContain('\n1 walk: 0 passed, 1 failed')
    // Others that pass don't forget it.
    expect((await testedIn(folder, ['-t', 'signs in'])).status).toBe(0)
    write(signsIn)
    expect((await only()).output).toMatch(/^1 walk: 1 passed/)
    expect((await only()).output).toBe('No walk failed when it ran last.')
  })

  test.each(['--shuffle', '--last-failed', '--engine=server'])(
    '%s is refused with --watch',
    async (option) => {
      await expect(tested(files(signsIn), ['--watch', option])).rejects.toThrow(
        "can't be combined with --watch",
      )
    },
  )
})

describe('a run that is interrupted', () => {
  test('prints what passed so far, and does not count as a run of all walks', async () => {
    const folder = projectFolder(files(signsIn))
    const lines: string[] = []
    const print = (text: string) => void lines.push(text)
    const terminal = { print, warn: print, environment: {} }
    expect(await testCommand([folder], terminal, AbortSignal.abort())).toBe(130)
    expect(lines.join('\n')).toMatch(/^0 walks: 0 passed, 2 more did not run/)
    expect(existsSync(join(folder, '.sidegate/verified.json'))).toBe(false)
  })

  test.each([1, 2])('runs no further walk in %d threads', async (threads) => {
    const project = openProject(
      projectFolder(
        files(signsIn + signsIn.slice(signsIn.indexOf('  - it')).replaceAll('it: ', 'it: again ')),
      ),
    )
    const ending = new AbortController()
    const { results, waiting } = await runTests(project, walkFilesIn(project, []), {
      environment: {},
      signal: ending.signal,
      onResult: () => ending.abort(),
      threads: () => threads,
    })
    expect(results).toHaveLength(threads)
    expect(waiting).toBe(4 - threads)
  })
})

describe('a page without a text', () => {
  const asks = (text: string) =>
    files(
      `journey: Login\nwalks: [{ it: asks, steps: [{ asks: ${text} }, { answer: { NameCallback: x } }] }]\n`,
    )

  test('passes, also beside texts that it has', async () => {
    expect((await tested(asks('[User Name, { not: Password }, { not: /unknown/ }]'))).status).toBe(0)
  })

  test.each(['{ not: User Name }', '[User Name, { not: /Na/ }]'])('fails with the text: %s', async (text) => {
    const { status, output } = await tested(asks(text))
    expect(output).toMatch(/expected {2}a page without "(User Name|\/Na\/)"/)
    expect(status).toBe(1)
  })

  test('fails without a page', async () => {
    const walk = `journey: Login
walks: [{ it: ends, steps: [{ answer: { NameCallback: x } }, { answer: { Password: x }, asks: { not: y } }] }]`
    expect((await tested(files(walk))).output).toContain('got       failure "Login failure"')
  })
})

describe('a walk that starts at a fixed time', () => {
  const source = `nodeState.putShared('day', new Date().toISOString().slice(0, 10))
action.goTo('done')`
  const clock = exportOf(
    'Clock',
    {
      Ask: { type: 'MessageNode', to: { true: 'Read', false: 'failure' } },
      Read: scripted('read', { done: 'failure' }),
    },
    { read: source },
  )
  const walk = (at: string) => `journey: Clock
at: ${at}
walks:
  - it: reads the next day
    steps: [{ asks: ConfirmationCallback }, { wait: 2m }, { answer: { ConfirmationCallback: "Yes" } }]
    writes: { shared: { day: "2024-02-29" } }
`

  test('sees it in scripts, and time passes from there', async () => {
    const { output } = await tested({ 'Clock.json': clock, 'clock.walk.yaml': walk('2024-02-28T23:59:00Z') })
    expect(output).toMatch(/^1 walk: 1 passed/)
  })

  test('signs people in, long ago and far ahead', async () => {
    for (const year of ['2001', '2199'])
      expect(
        (await tested(files(signsIn.replace('journey', `at: ${year}-01-01T00:00:00Z\njourney`)))).output,
      ).toMatch(/^2 walks: 2 passed/)
  })

  test('needs a whole time', async () => {
    const { output } = await tested({ 'Clock.json': clock, 'clock.walk.yaml': walk('tomorrow') })
    expect(output).toContain('at: must be a time such as 2026-02-28T23:55:00Z')
  })
})

describe('the shared state that a journey leaves', () => {
  const source = `nodeState.putShared('score', { value: 91, since: Date.now() })
nodeState.putShared('draft', 1)
nodeState.putTransient('pin', 'hidden words')
nodeState.putShared('draft', null)
action.goTo('done')`
  const journey = exportOf(
    'Score',
    { First: scripted('first', { done: 'Last' }), Last: scripted('last', { done: 'failure' }) },
    { first: source, last: "nodeState.putShared('last', 'yes'); action.goTo('done')" },
  )
  const project = (shared: string) => ({
    'Score.json': journey,
    'score.walk.yaml': `journey: Score\nwalks: [{ it: scores, ends: failure, writes: { shared: ${shared} } }]\n`,
  })

  test('can be expected in parts, without secrets, and as absent', async () => {
    const { output } = await tested(
      project('{ score: { value: 91 }, last: /^y/, draft: null, never: null, pin: "••••••" }'),
    )
    expect(output).toMatch(/^1 walk: 1 passed/)
  })

  test.each([
    ['{ score: { value: 1 } }', 'score: {"value":1}', /got +\{"value":91,"since":\d+\}/],
    ['{ pin: hidden words }', 'pin: "••••••"', /got +"••••••"/],
    ['{ last: null }', 'last: null', /got +"yes"/],
  ])('fails a walk that expects %s', async (shared, expected, got) => {
    const { output } = await tested(project(shared))
    expect(output).toContain(`expected  ${expected}`)
    expect(output).toMatch(got)
  })
})

describe('a script that needs more than the vendor’s engine has', () => {
  const walk = `
script: scripts/roles.js
as: { outcomes: [staff] }
walks: [{ it: finds the role, outcome: staff }]`
  const project = {
    'Login.json': login,
    'scripts/roles.js': 'outcome = Object.values({ role: "staff" })[0]',
    'roles.walk.yaml': walk,
  }

  test('fails, with the error that it has there', async () => {
    const { status, output } = await tested(project)
    expect(output).toContain('TypeError: not a function')
    expect(status).toBe(1)
  })

  test('runs with the server’s engine, by the settings of the project or the command line', async () => {
    const settings = { ...project, 'sidegate.yaml': 'engine: server' }
    for (const passes of [tested(settings), tested(project, ['--engine', 'server'])]) {
      expect((await passes).output).toMatch(/^1 walk: 1 passed/)
    }
    expect((await tested(settings, ['--engine', 'vendor'])).status).toBe(1)
    await expect(tested(project, ['--engine', 'rhino'])).rejects.toThrow(
      "--engine must be one of vendor, server, not 'rhino'",
    )
  })
})

describe('broken input', () => {
  test.each([
    ['asks: "/Sign (in/"', 'asks'],
    ['ends: { failure: "/Login (/" }', 'failure'],
    ["keep: { code: '/(\\d{8}/' }", 'code'],
  ])('an invalid regular expression is named, and other files run: %s', async (member, name) => {
    const walk = `journey: Login\n${person}\nwalks:\n  - it: asks\n    steps:\n      - answer: {}\n        ${member}\n`
    const project = { ...files(signsIn), 'tests/other.walk.yaml': walk }
    const { status, output } = await tested(project)
    expect(status).toBe(2)
    expect(output).toMatch(new RegExp(`other\\.walk\\.yaml:7 {2}${name}: is an invalid regular expression`))
    expect(output).toContain('2 walks: 2 passed')
  })

  test('a regular expression that a kept value breaks fails its own walk, and shows no value', async () => {
    const walk = `
  - it: is broken by a value
    steps: [{ answer: { NameCallback: alex }, asks: "/\${alex.note}/" }]`
    const people =
      'people: { alex: { givenName: Alex, sn: Caller, note: "(secret", mail: alex@example.com } }'
    const { status, output } = await tested(files(signsIn.replace(person, people) + walk.slice(1)))
    expect(status).toBe(2)
    expect(output).toContain('A regular expression is invalid with the values of its placeholders')
    expect(output).toContain('3 walks: 2 passed, 1 broken')
    expect(output).not.toContain('(secret')
  })

  const problem = async (walks: string) => {
    const { status, output } = await tested({ ...files(walks), 'good.walk.yaml': signsIn })
    // Other walks go on.
    expect(output).toMatch(/2 passed/)
    expect(status).toBe(2)
    return output
  }

  test.each([
    ['YAML that is not', 'journey: [Login', 'tests/login.walk.yaml:1  '],
    [
      'an unknown member',
      'journey: Login\nwalks:\n  - it: x\n    stps: []\n',
      "tests/login.walk.yaml:4  'stps' is unknown. Did you mean 'steps'?",
    ],
    [
      'an unknown member of a step',
      'journey: Login\nwalks:\n  - it: x\n    steps:\n      - answer: {}\n        aks: x\n',
      "login.walk.yaml:5  'aks' is unknown. Did you mean 'asks'?",
    ],
    [
      'an unknown setting of the realm',
      'journey: Login\nrealm: { journeyMinute: 10 }\nwalks: [{ it: x }]\n',
      "login.walk.yaml:2  'journeyMinute' is unknown. Did you mean 'journeyMinutes'?",
    ],
    [
      'a misspelt end',
      'journey: Login\nwalks:\n  - it: x\n    ends: sucess\n',
      'login.walk.yaml:4  ends: must be success, failure, { failure: "the text" } or { success: { … } } with successUrl,',
    ],
    [
      'a walk without a name',
      'journey: Login\nwalks:\n  - steps: []\n',
      'yaml:3  it: must say what the journey does',
    ],
    [
      'a path that is no list of texts',
      'journey: Login\nwalks:\n  - it: x\n    path:\n      - Check: true\n',
      'login.walk.yaml:5  path: must be a list such as [Check → true, Success]',
    ],
    [
      'a wrong time',
      'journey: Login\nwalks:\n  - it: x\n    steps: [{ wait: soon }]\n',
      'login.walk.yaml:4  wait: must be a time such as 30s, 6m, 2h or 1d',
    ],
    ['no walks', 'journey: Login\n', 'login.walk.yaml:1  walks: '],
    [
      'an unknown journey',
      'journey: Logn\nwalks: [{ it: x }]\n',
      "journey 'Logn' is unknown. Did you mean 'Login'?",
    ],
    [
      'an unknown node',
      'journey: Login\nwalks: [{ it: x, path: [Chek] }]\n',
      "node 'Chek' is unknown. Did you mean 'Check'?",
    ],
    [
      'an unknown outcome',
      'journey: Login\nwalks: [{ it: x, path: [Check → tru] }]\n',
      "'Check' has no outcome 'tru', but true, false. Did you mean 'true'?",
    ],
    [
      'an unknown callback',
      'journey: Login\nwalks:\n  - it: x\n    steps:\n      - answer: { NamCallback: x }\n',
      'login.walk.yaml:5  Login › x',
    ],
    [
      'an unknown value',
      'journey: Login\nwalks:\n  - it: x\n    steps:\n      - answer: { NameCallback: "${cod}" }\n',
      'step 1: ${cod} is unknown: no earlier step keeps it',
    ],
    [
      'an unknown party',
      'parties: { agent: { journey: Login } }\nwalks:\n  - it: x\n    steps:\n      - agnt: { answer: {} }\n',
      "party 'agnt' is unknown. Did you mean 'agent'?",
    ],
    [
      'an unknown person',
      'parties: { agent: { journey: Login, signedIn: dana } }\nwalks: [{ it: x }]\n',
      "person 'dana' is unknown",
    ],
    [
      'an unknown script',
      'script: nowhere.js\nas: { outcomes: [done] }\nwalks: [{ it: x }]\n',
      "There is no script 'nowhere.js'",
    ],
    ['a stub for an unknown node', 'journey: Login\nstub: { Chek: true }\nwalks: [{ it: x }]\n', 'stub'],
    [
      'two people with one name',
      `journey: Login\npeople: { alex: {}, "ALEX": {} }\nwalks: [{ it: x }]\n`,
      'cannot be created',
    ],
    [
      'an invalid setting of the realm',
      'journey: Login\nrealm: { journeyMinutes: soon }\nwalks: [{ it: x }]\n',
      'journeyMinutes',
    ],
  ])('%s is named with file, line and a suggestion', async (_what, walks, expected) => {
    expect(await problem(walks)).toContain(expected)
  })

  test('a folder without journeys is named with what to do', async () => {
    await expect(tested({ 'a.walk.yaml': signsIn })).rejects.toThrow(
      /contains no journeys\. Set `configuration` in .*sidegate\.yaml/,
    )
  })

  test('a project without walks says how to get some', async () => {
    await expect(tested({ 'Login.json': login })).rejects.toThrow(/no walk files.*sidegate init/)
  })

  test('a sidegate.yaml with an unknown member is named', async () => {
    await expect(tested({ ...files(signsIn), 'sidegate.yaml': 'relm: alpha\n' })).rejects.toThrow(
      /sidegate\.yaml is invalid:\n.*relm/,
    )
  })

  test.each([
    ['settings:\n  lokout: {}\n', /sidegate\.yaml:2: 'lokout' is unknown\. Did you mean 'lockout'\?/],
    [
      'settings:\n  lockout:\n    maxFailurs: 3\n',
      /yaml:3: 'maxFailurs' is unknown\. Did you mean 'maxFailures'\?/,
    ],
    ['settings:\n  oauth:\n    contexts:\n      - { acr: x, jurney: y }\n', /yaml:4: 'jurney' is unknown/],
  ])('an unknown setting of the realm is named with its line: %j', async (yaml, message) => {
    await expect(tested({ ...files(signsIn), 'sidegate.yaml': yaml })).rejects.toThrow(message)
  })

  test('a broken export is named', async () => {
    await expect(tested({ ...files(signsIn), 'broken.json': '{' })).rejects.toThrow(/broken\.json/)
  })
})

describe('many walks', () => {
  const many = (count: number) =>
    `${signsIn}${Array.from({ length: count }, (_, at) => `  - { it: asks for a name ${at}, steps: [{ asks: NameCallback }] }\n`).join('')}`

  test('run in several threads, with results in the order of the file', async () => {
    const walks = many(40).replace(
      'asks for a name 7, steps: [{ asks: NameCallback }]',
      'asks for a name 7, ends: success',
    )
    const { status, output } = await tested(files(walks), ['--coverage'])
    expect(output).toMatch(/42 walks: 41 passed, 1 failed/)
    expect(output).toContain('Login › asks for a name 7')
    expect(output).toContain('expected  success')
    expect(output).toMatch(/Login +4\/4 100 %/)
    expect(status).toBe(1)
  })
})
