import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agreement, agreementSchema } from '../../src/testing/remote/agreement.ts'
import { reasons } from '../../src/testing/remote/reasons.ts'
import { agreed, type JourneyServer, peopleNamed, startJourneyServer } from '../support/agreement-servers.ts'
import { forwardedTo, withoutManagedObjects } from '../support/forwarded.ts'
import { startLoopback } from '../support/recorded-tenant.ts'
import { adminPassword } from '../support/start-server.ts'
import { exportOf, login, projectFolder, scripted } from '../support/walk-project.ts'

const password = 'Canary-Password-1'
const logKey = { key: 'canary-log-key', secret: 'canary-log-secret' }
const environment = {
  ALEX: password,
  LOG_KEY: logKey.key,
  LOG_SECRET: logKey.secret,
  ADMIN: 'amadmin',
  ADMIN_PASSWORD: adminPassword,
}

const choice = (prompt: string) => ({
  type: 'ChoiceCollectorNode',
  config: { prompt, choices: ['front', 'back'], defaultChoice: 'front' },
  to: { front: 'Risk', back: 'failure' },
})
const doors = (prompt: string, risk: string, low = 'success') =>
  exportOf(
    'Doors',
    {
      Which: choice(prompt),
      Risk: scripted('risk', { low, high: 'failure' }),
    },
    {
      risk: `var level = require('levels').level; outcome = level === 'low' ? '${risk}' : 'high'`,
      levels: "exports.level = 'low'",
    },
  ).replace(/("levels",\s*"language": "JAVASCRIPT",\s*"context": )"[A-Z_]+"/, '$1"LIBRARY"')
const inside = doors('Which door?', 'low')

/** Where the journey has a node. */
const lineOf = (node: string) =>
  inside.split('\n').findLastIndex((line) => line.includes(`"Doors-${node}": {`)) + 1

const walks = `
people: { alex: { givenName: Alex, mail: alex@example.com, password: "\${secret:ALEX}" } }
walks:
  - it: signs in
    journey: Login
    steps:
      - { answer: { NameCallback: alex }, asks: Password }
      - { answer: { PasswordCallback: "\${alex.password}" }, ends: success }
    path: [Ask Name, Ask Password, Check → true, Success]
  - it: rejects a wrong password
    journey: Login
    steps: [{ answer: { NameCallback: alex } }, { answer: { Password: wrong } }]
    ends: { failure: Login failure }
    visits: { Check → false: 1 }
  - it: opens the front door
    journey: Doors
    steps: [{ answer: { ChoiceCallback: front } }]
    ends: success
`

let same: JourneyServer
let other: JourneyServer
beforeAll(async () => {
  const people = [{ userName: 'alex', password }]
  const settings = { logKey }
  same = await startJourneyServer({ exports: [login, inside], people, settings })
  const changed = doors('Which entrance?', 'high')
  other = await startJourneyServer({ exports: [login, changed], people, settings })
})
afterAll(() => Promise.all([same.stop(), other.stop()]))

const depth = {
  logs: '    logs: { keyEnv: LOG_KEY, secretEnv: LOG_SECRET }\n',
  admin: '    admin: { userEnv: ADMIN, passwordEnv: ADMIN_PASSWORD }\n',
}

function project(
  server: JourneyServer,
  more = depth.logs + depth.admin,
  files: Record<string, string> = {},
): string {
  return projectFolder({
    'journeys/Login.json': login,
    'journeys/Doors.json': inside,
    'tests/all.walk.yaml': walks,
    'sidegate.yaml': `targets:\n  staging:\n    url: ${server.url}\n${more}`,
    ...files,
  })
}

function agreementIn(folder: string): Agreement {
  return agreementSchema.parse(JSON.parse(readFileSync(join(folder, '.sidegate/agreement.json'), 'utf8')))
}

/** By depth: how many agree, differ, are unobserved and unobservable. */
function sums({ nodeTypes }: Agreement) {
  const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)
  return Object.fromEntries(
    [1, 2, 3, 0].map((one) => {
      const rows = nodeTypes.filter((row) => row.depth === one)
      const counts = [
        rows.map(({ agrees }) => agrees),
        rows.map(({ differs }) => differs),
        rows.flatMap(({ unobserved }) => Object.values(unobserved)),
        rows.flatMap(({ unobservable }) => Object.values(unobservable)),
      ]
      return [one, counts.map(sum)]
    }),
  )
}

/** One of the walks has no people. Nobody sees whether other people have changed. */
const allAgree = { 0: [0, 0, 0, 6], 1: [12, 0, 0, 0], 2: [10, 0, 0, 0], 3: [0, 0, 0, 3] }

const canaries = [
  password,
  logKey.key,
  logKey.secret,
  adminPassword,
  'Made-Up-',
  'eyJ',
  'iPlanetDirectoryPro',
  'AAJTSQ',
]

describe('a server that is equal', () => {
  test('agrees at all depths, and effects are counted apart', async () => {
    const folder = project(same)
    const { status, output } = await agreed(folder, ['--both'], environment)
    expect(output).toContain('3 walks: 3 played there, 0 not')
    expect(status).toBe(0)
    const agreement = agreementIn(folder)
    expect(agreement).toMatchObject({
      server: { product: 'Sidegate', version: '8.0.0' },
      comparedWith: 'inside',
    })
    expect(sums(agreement)).toEqual(allAgree)
    expect(agreement.nodeTypes).toContainEqual({
      nodeType: null,
      depth: 0,
      agrees: 0,
      differs: 0,
      unobserved: {},
      unobservable: { [reasons.mail]: 3, [reasons.calls]: 3 },
    })
    expect(output).toMatch(/people +0 agree, 0 differ, 0 unobserved, 3 not observable/)
    expect(output).toContain(`not observable on any server:\n     3  ${reasons.mail}\n`)
    expect(output).toContain(`     2  ${reasons.otherPeople}\n     1  ${reasons.noPeople}\n`)
    const written = readFileSync(join(folder, '.sidegate/agreement.json'), 'utf8')
    for (const text of [...canaries, new URL(same.url).host]) expect(written + output).not.toContain(text)
  })

  test('agrees under --strict, unless more could be observed or the walk declares an effect', async () => {
    const strict = async (more?: string, files?: Record<string, string>) =>
      (await agreed(project(same, more, files), ['--at', 'staging', '--strict'], environment)).status
    expect(await strict()).toBe(0)
    expect(await strict(depth.logs)).toBe(1)
    expect(await strict(depth.admin)).toBe(1)
    const mails =
      'walks: [{ it: mails, journey: Login, steps: [{ asks: User Name }], mail: [{ to: alex@example.com }] }]'
    expect(await strict(undefined, { 'tests/all.walk.yaml': mails })).toBe(1)
  })

  test('agrees with what walks declare, without playing them inside', async () => {
    const folder = project(same)
    const options = ['--at', 'staging', '--agreement', join(folder, 'it.json'), '--with-host']
    expect((await agreed(folder, options, environment)).status).toBe(0)
    const written = agreementSchema.parse(JSON.parse(readFileSync(join(folder, 'it.json'), 'utf8')))
    expect(written).toMatchObject({ comparedWith: 'walks', server: { origin: new URL(same.url).origin } })
    expect(sums(written)).toEqual({ ...allAgree, 1: [4, 0, 0, 0], 2: [2, 0, 0, 0] })
  })
})

describe('a server with other settings', () => {
  test('differs at exactly those nodes, with both values and the line of the journey', async () => {
    const folder = project(other)
    const { status, output } = await agreed(folder, ['--both'], environment)
    expect(status).toBe(1)
    expect(output.match(/^DIFFERS.*/gm)).toEqual([
      'DIFFERS  tests/all.walk.yaml:15  Doors › opens the front door',
    ])
    expect(output).toContain(`  Risk (ScriptedDecisionNode)   journeys/Doors.json:${lineOf('Risk')}\n`)
    expect(output).toContain('      inside  Risk → low\n      there   Risk → high\n')
    expect(output).toMatch(
      /^ {2}Which \(ChoiceCollectorNode\) {3}journeys\/Doors\.json:\d+\n.*Prompt = "Which door\?"/m,
    )
    expect(output).toContain(
      'inside  ChoiceCallback (choices ["front","back"], defaultChoice 0, prompt "Which door?")',
    )
    expect(output).toContain(
      'there   ChoiceCallback (choices ["front","back"], defaultChoice 0, prompt "Which entrance?")',
    )
    const types = agreementIn(folder).nodeTypes.filter(({ differs }) => differs > 0)
    expect(new Set(types.map(({ nodeType }) => nodeType))).toEqual(
      new Set(['ChoiceCollectorNode', 'ScriptedDecisionNode']),
    )
  })
})

test('a server that connects its last node otherwise differs in the end of the path', async () => {
  const folder = project(same, undefined, {
    'journeys/Doors.json': doors('Which door?', 'low', 'failure'),
    'tests/all.walk.yaml': `
walks:
  - it: opens no door
    journey: Doors
    steps: [{ answer: { ChoiceCallback: front } }]
    path: [Which → front, Risk → low, Failure]
`,
  })
  const { status, output } = await agreed(folder, ['--at', 'staging'], environment)
  expect(output).toContain('there   Which → front, Risk → low, Success')
  expect(status).toBe(1)
})

describe('what can’t be observed', () => {
  test('nodes and people without credentials are unobserved, with the reason', async () => {
    const folder = project(same, '')
    const { status } = await agreed(folder, ['--both'], environment)
    expect(status).toBe(0)
    expect(sums(agreementIn(folder))).toEqual({ ...allAgree, 2: [0, 0, 10, 0], 3: [0, 0, 3, 0] })
  })

  test('a refused log key and administrator make nodes and people unobserved', async () => {
    const folder = project(same)
    const wrong = {
      ...environment,
      LOG_SECRET: 'canary-wrong-secret',
      ADMIN_PASSWORD: 'canary-wrong-password',
    }
    const { status, output } = await agreed(folder, ['--both'], wrong)
    expect(status).toBe(0)
    expect(output).toContain('The target refuses the administrator. People are not read.')
    expect(output).toContain(`   10  ${reasons.refusedKey}`)
    expect(output).not.toContain('canary')
    expect(sums(agreementIn(folder))).toMatchObject({ 2: [0, 0, 10, 0], 3: [0, 0, 3, 0] })
  })

  test('a server that does not log nodes is no server whose nodes differ', async () => {
    await same.ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: false } })
    const { output } = await agreed(project(same, depth.logs), ['--both'], environment)
    await same.ask('/global-config/audit', { method: 'PUT', body: { keepsNodes: true } })
    expect(output).toContain(`   10  ${reasons.noNodes}`)
  })

  test('walks that need mocks, stubs, mail, time or secrets of the server are not played, or not to their end', async () => {
    const walk = (it: string, more: string) => `  - { it: ${it}, journey: Doors, ${more} }\n`
    const all = [
      walk('mocks', 'http: [{ GET: "https://risk.example/" }]'),
      walk('stubs', 'stub: { Risk: low }, steps: [{ answer: { ChoiceCallback: front } }]'),
      walk('sets a variable', 'esv: { risk.key: "1" }'),
      walk('changes the realm', 'realm: { journeyMinutes: 10 }'),
      walk(
        'waits',
        'steps: [{ asks: Which door? }, { wait: 6m }, { answer: { ChoiceCallback: front }, ends: success }]',
      ),
      walk('is skipped', 'skip: later'),
    ]
    const files = { 'tests/all.walk.yaml': `walks:\n${all.join('')}` }
    const folder = project(same, '', files)
    const { status, output } = await agreed(folder, ['--at', 'staging'], environment)
    expect(output).not.toContain('DIFFERS')
    expect(status).toBe(0)
    const { walks: played } = agreementIn(folder)
    const once = [reasons.mocks, reasons.stubs, reasons.esv, reasons.realm, reasons.skipped]
    expect(played).toEqual({
      played: 1,
      broken: 0,
      unplayed: Object.fromEntries(once.map((reason) => [reason, 1])),
    })
    expect(output).toContain(reasons.wait)
  })

  test.each(['--at', '--both'])('a walk that is broken is not counted as played with %s', async (option) => {
    const broken = 'walks: [{ it: x, journey: Doors, steps: [{ answer: { ChoiceCallback: "${nothing}" } }] }]'
    const folder = project(same, undefined, { 'tests/all.walk.yaml': broken })
    const options = option === '--at' ? ['--at', 'staging'] : ['--both']
    const { status, output } = await agreed(folder, options, environment)
    expect(output).toContain('1 walk: 0 played there, 0 not, 1 broken')
    expect(output.match(/nothing} is unknown/g)).toHaveLength(1)
    expect(agreementIn(folder).walks).toEqual({ played: 0, broken: 1, unplayed: {} })
    expect(status).toBe(2)
  })

  test('nothing that was observed is not green', async () => {
    const files = { 'tests/all.walk.yaml': 'walks: [{ it: is later, journey: Doors, skip: later }]' }
    expect((await agreed(project(same, '', files), ['--both'], environment)).status).toBe(2)
  })
})

describe('--provision', () => {
  const prefixed = /^sidegate-[0-9a-f]{8}-/
  async function leftOn(server: JourneyServer): Promise<string[]> {
    const at = '/realms/root/realms/alpha'
    const trees = await server.ask(
      `${at}/realm-config/authentication/authenticationtrees/trees?_queryFilter=true`,
    )
    const scripts = await server.ask(`${at}/scripts?_queryFilter=true`)
    const nodes = await server.ask(
      `${at}/realm-config/authentication/authenticationtrees/nodes/ChoiceCollectorNode?_queryFilter=true`,
    )
    const types = await server.ask('/node-designer/node-type?_queryFilter=true')
    const names = [
      ...types.body.result.map(({ displayName }: { displayName: string }) => displayName),
      ...trees.body.result.map(({ _id }: { _id: string }) => _id),
      ...scripts.body.result.map(({ name }: { name: string }) => name),
      ...(await peopleNamed(server, 'sidegate-')),
    ].filter((name: string) => prefixed.test(name))
    return [...names, ...nodes.body.result.slice(1).map(() => 'a node')]
  }
  const journalIn = (folder: string) =>
    readdirSync(join(folder, '.sidegate')).find((name) => name.startsWith('provisioned'))

  test('creates journeys and people, and leaves nothing behind', async () => {
    const folder = project(other)
    const { status, output } = await agreed(folder, ['--both', '--provision'], {
      ...environment,
      ALEX: 'not used there',
    })
    expect(output).toContain('3 walks: 3 played there, 0 not')
    expect(output).not.toContain('DIFFERS')
    expect(status).toBe(0)
    expect(sums(agreementIn(folder))).toEqual(allAgree)
    expect(await leftOn(other)).toEqual([])
    expect(journalIn(folder)).toBeUndefined()
    for (const text of canaries) expect(output).not.toContain(text)
  })

  const greets = exportOf('Greets', {
    Name: { type: 'UsernameCollectorNode', to: { outcome: 'City' } },
    City: {
      type: 'AttributeValueDecisionNode',
      config: { comparisonAttribute: 'city', comparisonOperation: 'EQUALS', comparisonValue: 'Oslo' },
      to: { true: 'Stamp', false: 'failure' },
    },
    Stamp: { type: 'designer-stamp', config: { key: 'k' }, to: { done: 'success' } },
  })
  const stamp = {
    serviceName: 'stamp',
    displayName: 'Stamp',
    outcomes: ['done'],
    properties: { key: { title: 'Key', type: 'STRING' } },
  }

  test('creates people with the values of variables, and custom node types', async () => {
    // Another type of the same name is left alone.
    const other = { ...stamp, outcomes: ['other'], script: "outcome = 'other'" }
    const created = await same.ask('/node-designer/node-type?_action=create', { method: 'POST', body: other })
    expect(created.status).toBe(201)
    const folder = project(same, undefined, {
      'journeys/Greets.json': JSON.stringify({
        ...JSON.parse(greets),
        nodeTypes: { 'stamp-1': { ...stamp, script: "outcome = properties.key === 'k' ? 'done' : 'no'" } },
      }),
      'tests/all.walk.yaml': `
people: { alex: { city: "\${secret:CITY}" } }
walks: [{ it: knows, journey: Greets, steps: [{ answer: { NameCallback: alex } }], ends: success }]`,
    })
    const city = { ...environment, CITY: 'Oslo' }
    const { status, output } = await agreed(folder, ['--both', '--provision'], city)
    expect(output).toMatch(/nodes +3 agree, 0 differ, 0 unobserved/)
    expect(status).toBe(0)
    expect(await leftOn(same)).toEqual([])
    const { body } = await same.ask('/node-designer/node-type/stamp-1')
    expect(body).toMatchObject({ outcomes: ['other'] })
  })

  test.each(['userName', 'mail'])('changes no %s, which others could have', async (attribute) => {
    const folder = project(same, undefined, {
      'tests/all.walk.yaml': `
people: { alex: {} }
walks:
  - it: is renamed
    journey: Login
    steps: [{ answer: { NameCallback: alex } }, { update: { alex: { ${attribute}: sam@firm.example } } }]
`,
    })
    const { output } = await agreed(folder, ['--at', 'staging', '--provision'], environment)
    expect(output).toContain('1 walk: 0 played there, 1 not')
    expect(output).toContain(reasons.renamed)
    expect(await leftOn(same)).toEqual([])
  })

  test('leaves nothing behind when it is interrupted', async () => {
    const waits = `people: { alex: {} }\nwalks: [{ it: waits, journey: Doors, steps: [{ answer: { ChoiceCallback: front } }, { wait: 1h }, { update: { alex: { sn: X } } }] }]`
    const folder = project(same, undefined, { 'tests/all.walk.yaml': waits })
    const controller = new AbortController()
    const ran = agreed(
      folder,
      ['--at', 'staging', '--provision', '--real-time'],
      environment,
      controller.signal,
    )
    while ((await peopleNamed(same, 'sidegate-')).length === 0) await new Promise(setImmediate)
    const journal = readFileSync(join(folder, '.sidegate', journalIn(folder) ?? ''), 'utf8')
    controller.abort()
    const { status, output } = await ran
    expect(status).toBe(2)
    expect(output).toContain('The test was interrupted')
    expect(await leftOn(same)).toEqual([])
    expect(journalIn(folder)).toBeUndefined()
    for (const text of canaries) expect(journal).not.toContain(text)
  })

  test('offers and removes what a killed run left', async () => {
    const folder = project(same)
    const { killed } = await import('../support/killed-provision.ts')
    await killed(folder, same.url, environment)
    expect(await leftOn(same)).toHaveLength(5)
    const { output } = await agreed(folder, ['--at', 'staging', '-t', 'signs in'], environment)
    expect(output).toMatch(
      /1 earlier run was killed and left .* named sidegate-[0-9a-f]{8}-…\. Remove them with/,
    )
    const cleaned = await agreed(folder, ['--at', 'staging', '--clean'], environment)
    expect(cleaned).toEqual({ status: 0, output: 'Removed what 1 earlier run left there.' })
    expect(await leftOn(same)).toEqual([])
    expect(journalIn(folder)).toBeUndefined()
  })

  test('keeps the journal while the server is down', async () => {
    let isDown = false
    const proxy = await startLoopback((request, body, response) => {
      if (request.url?.includes('/authenticate?')) isDown = true
      if (isDown) return void response.destroy()
      return forwardedTo(same)(request, body, response)
    })
    const folder = project(same)
    const settings = readFileSync(join(folder, 'sidegate.yaml'), 'utf8').replaceAll(same.url, `${proxy}/am`)
    writeFileSync(join(folder, 'sidegate.yaml'), settings)
    const { status, output } = await agreed(folder, ['--at', 'staging', '--provision'], environment)
    expect(status).toBe(2)
    expect(output).toContain('Remove what is left there with: sidegate test --at TARGET --clean')
    expect((await leftOn(same)).length).toBeGreaterThan(5)
    isDown = false
    expect((await agreed(folder, ['--at', 'staging', '--clean'], environment)).status).toBe(0)
    expect(await leftOn(same)).toEqual([])
  })

  test('removes nobody from a server that lists other people than those of the test', async () => {
    const everybody = await peopleNamed(same, '')
    let ignoresFilters = true
    const proxy = await startLoopback((request, body, response) => {
      if (ignoresFilters) request.url = request.url?.replace(/userName%20sw%20[^&]+/, 'true')
      return forwardedTo(same)(request, body, response)
    })
    const folder = project(same)
    const settings = readFileSync(join(folder, 'sidegate.yaml'), 'utf8').replaceAll(same.url, `${proxy}/am`)
    writeFileSync(join(folder, 'sidegate.yaml'), settings)
    const { status, output } = await agreed(folder, ['--at', 'staging', '--provision'], environment)
    expect(status).toBe(2)
    expect(output).toContain('The target lists other people than those of the test, so none was removed')
    expect(await peopleNamed(same, '')).toEqual(expect.arrayContaining(everybody))
    ignoresFilters = false
    expect((await agreed(folder, ['--at', 'staging', '--clean'], environment)).status).toBe(0)
    expect(await peopleNamed(same, '')).toEqual(everybody)
  })

  test('creates and reads people on an AM without managed objects', async () => {
    const proxy = await startLoopback(withoutManagedObjects(same))
    const folder = project(same, undefined, {
      'tests/all.walk.yaml': `
people: { alex: { givenName: Alex, city: Oslo } }
walks:
  - it: signs in
    journey: Login
    steps: [{ answer: { NameCallback: alex } }, { answer: { Password: "\${alex.password}" } }]
    ends: success
    people: { alex: { city: Bergen } }
  - it: is changed
    journey: Login
    steps: [{ answer: { NameCallback: alex } }, { update: { alex: { city: Bergen } } }, { answer: { Password: wrong } }]
    ends: failure
`,
    })
    const settings = readFileSync(join(folder, 'sidegate.yaml'), 'utf8').replaceAll(same.url, `${proxy}/am`)
    writeFileSync(join(folder, 'sidegate.yaml'), settings)
    const { output } = await agreed(folder, ['--at', 'staging', '--provision'], environment)
    expect(output).toContain('2 walks: 2 played there, 0 not')
    // Nothing changes the city in the first walk.
    expect(output).toMatch(/people +0 agree, 1 differ, 0 unobserved, 2 not observable/)
    expect(await peopleNamed(same, 'sidegate-')).toEqual([])
  })

  test.each(['Login', String.raw`sidegate-00000000-x\..\Login`])(
    'a journal with the journey %s removes nothing',
    async (name) => {
      const folder = project(same, undefined, {
        '.sidegate/provisioned-sidegate-00000000.json': JSON.stringify({
          version: 1,
          pid: 1 << 30,
          origin: new URL(same.url).origin,
          context: '/am',
          realm: '/alpha',
          prefix: 'sidegate-00000000-',
          paths: [
            `/am/json/realms/root/realms/alpha/realm-config/authentication/authenticationtrees/trees/${name}`,
          ],
        }),
      })
      await expect(agreed(folder, ['--at', 'staging', '--clean'], environment)).rejects.toThrow(
        'is not a journal of --provision',
      )
      expect(existsSync(join(folder, '.sidegate/provisioned-sidegate-00000000.json'))).toBe(true)
    },
  )

  test('needs an administrator', async () => {
    await expect(agreed(project(same, ''), ['--at', 'staging', '--provision'], environment)).rejects.toThrow(
      '--provision needs `admin`',
    )
    const wrong = { ...environment, ADMIN_PASSWORD: 'wrong' }
    await expect(agreed(project(same), ['--at', 'staging', '--provision'], wrong)).rejects.toThrow(
      'The target refuses the administrator',
    )
  })
})

test.each([
  [['--both', '--watch'], "--watch can't be combined with --at or --both"],
  [['--at', 'stagin'], "There is no target 'stagin' in sidegate.yaml, and it is no URL such as"],
  [['--at', 'live'], "Target 'live' is marked as production"],
])('%s is refused', async (options, message) => {
  const folder = project(same)
  writeFileSync(
    join(folder, 'sidegate.yaml'),
    `targets: { staging: { url: "${same.url}" }, live: { url: "https://live.example", production: true } }`,
  )
  await expect(agreed(folder, options, environment)).rejects.toThrow(message)
})

describe('the log API of the server', () => {
  const logs = (query: string, headers: Record<string, string>) =>
    fetch(`${new URL(same.url).origin}/monitoring/logs${query}`, { headers })
  const right = { 'x-api-key': logKey.key, 'x-api-secret': logKey.secret }

  test.each([
    [{}],
    [{ 'x-api-key': logKey.key }],
    [{ 'x-api-key': logKey.key, 'x-api-secret': 'wrong' }],
    [{ 'x-api-key': logKey.secret, 'x-api-secret': logKey.key }],
    [{ authorization: `Bearer ${logKey.secret}` }],
  ])('refuses %s', async (headers) => {
    expect((await logs('?source=am-authentication&transactionId=canary-id', headers)).status).toBe(401)
  })

  test('gives the key no list of runs, and no other logs', async () => {
    expect((await logs('?source=am-authentication', right)).status).toBe(400)
    expect(
      await (await logs('?source=idm-access&transactionId=some-transaction', right)).json(),
    ).toMatchObject({
      result: [],
    })
    expect(
      await (await logs('?source=am-authentication&transactionId=another-id', right)).json(),
    ).toMatchObject({
      result: [],
    })
  })

  test('gives all nodes of a run in pages', async () => {
    const id = 'client-of-pages'
    await fetch(
      `${same.url}/json/realms/root/realms/alpha/authenticate?authIndexType=service&authIndexValue=Login`,
      {
        method: 'POST',
        headers: {
          'accept-api-version': 'resource=2.0, protocol=1.0',
          'x-forgerock-transactionid': id,
          'x-openam-username': 'alex',
          'x-openam-password': password,
        },
      },
    )
    const page = async (more: string) => {
      const response = await logs(`?source=am-authentication&transactionId=${id}${more}`, right)
      return { status: response.status, body: await response.json() }
    }
    const { body: all } = await page('')
    const names = all.result.map(({ payload }: { payload: { eventName: string } }) => payload.eventName)
    expect(new Set(names)).toEqual(new Set(['AM-NODE-LOGIN-COMPLETED', 'AM-TREE-LOGIN-COMPLETED']))
    expect(all.pagedResultsCookie).toBeNull()
    const pages = []
    let cookie: string | null = ''
    while (cookie !== null) {
      const { body } = await page(`&_pageSize=2&_pagedResultsCookie=${cookie}`)
      pages.push(...body.result)
      cookie = body.pagedResultsCookie
    }
    expect(pages).toEqual(all.result)
    expect((await page('&_pagedResultsCookie=x')).status).toBe(400)
  })
})
