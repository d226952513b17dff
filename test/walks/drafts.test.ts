import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exploreCommand } from '../../src/cli/explore-command.ts'
import { initCommand } from '../../src/cli/init-command.ts'
import { exportOf, projectFolder, scripted, testedIn } from '../support/walk-project.ts'

const who = { type: 'UsernameCollectorNode', to: { outcome: 'Ask Password' } }
const signIn = (next: string) => ({
  'Ask Name': who,
  'Ask Password': { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
  Check: { type: 'DataStoreDecisionNode', to: { true: next, false: 'failure' } },
})

type Drafted = {
  it: string
  steps?: unknown[]
  ends?: unknown
  stub?: unknown
  skip?: string
  path?: unknown
}

/** Runs init on exports. @returns its folder and the walks of the first journey. */
async function drafted(...exports: string[]) {
  const from = projectFolder(Object.fromEntries(exports.map((text, place) => [`${place}.json`, text])))
  const folder = projectFolder({ 'package.json': '{}' })
  const lines: string[] = []
  const print = (text: string) => void lines.push(text)
  expect(
    await initCommand(['--from', from, '--changes', '0'], { print, warn: print, environment: {} }, folder),
  ).toBe(0)
  const { _id } = JSON.parse(exports[0] ?? '').tree
  const text = readFileSync(join(folder, 'tests', `${_id}.walk.yaml`), 'utf8')
  const walks: Drafted[] = parse(text).walks
  return { folder, text, walks, output: lines.join('\n') }
}

/** The walks that end in success and run every node. */
const successes = (walks: readonly Drafted[]) =>
  walks.filter(({ ends, stub, skip }) => JSON.stringify(ends ?? '').includes('success') && !stub && !skip)

async function pass(folder: string) {
  const { status, output } = await testedIn(folder)
  expect(output).not.toContain('FAIL')
  expect(status).toBe(0)
}

describe('drafts reach Success', { timeout: 60_000 }, () => {
  test('by the link of an email whose template the export lacks', async () => {
    const reset = exportOf('Reset', {
      Who: {
        type: 'AttributeCollectorNode',
        config: { attributesToCollect: ['mail'] },
        to: { outcome: 'Find' },
      },
      Find: { type: 'IdentifyExistingUserNode', to: { true: 'Suspend', false: 'Suspend' } },
      Suspend: {
        type: 'EmailSuspendNode',
        config: { emailTemplateName: 'ourReset', objectLookup: true },
        to: { outcome: 'success' },
      },
    })
    const { folder, walks, output } = await drafted(reset)
    expect(JSON.stringify(successes(walks)[0]?.steps)).toContain('"opens":"${link}"')
    expect(output).toContain('made-up ones are in made-up.emailTemplate.json: ourReset')
    await pass(folder)
  })

  test('with an authenticator app, and with one that they register', async () => {
    const app = exportOf('App', {
      ...signIn('Verify'),
      Verify: {
        type: 'OathTokenVerifierNode',
        to: { successOutcome: 'success', failureOutcome: 'failure', notRegisteredOutcome: 'Register' },
      },
      Register: { type: 'OathRegistrationNode', to: { successOutcome: 'Verify', failureOutcome: 'failure' } },
    })
    const { folder, text, walks } = await drafted(app)
    expect(text).toContain('"${alex.totp}"')
    expect(text).toContain('"${totp:app}"')
    expect(successes(walks).length).toBeGreaterThan(1)
    await pass(folder)
  })

  test('as a person whose username is the email address', async () => {
    const named = exportOf(
      'Named',
      {
        'Ask Name': scripted('ask', { true: 'Ask Password' }),
        'Ask Password': { type: 'PasswordCollectorNode', to: { outcome: 'Check' } },
        Check: { type: 'DataStoreDecisionNode', to: { true: 'success', false: 'failure' } },
      },
      {
        ask: `if (callbacks.isEmpty()) callbacksBuilder.textInputCallback('Email')
else {
  var email = callbacks.getTextInputCallbacks().get(0)
  nodeState.putShared('username', email)
  action.goTo('true')
}`,
      },
    )
    const { folder, text, walks } = await drafted(named)
    expect(text).toContain('userName: alex@example.com')
    expect(successes(walks)).toHaveLength(1)
    await pass(folder)
  })

  test.each(['names', 'addresses'])(
    'in a session that is read after the first page, with %s as usernames',
    async (names) => {
      const { folder, walks } = await drafted(
        exportOf('Later', {
          'Go On': { type: 'MessageNode', to: { true: 'Read', false: 'failure' } },
          Read: {
            type: 'SessionDataNode',
            config: { sessionDataKey: 'UserToken', sharedStateKey: 'username' },
            to: { outcome: 'Has Mail' },
          },
          'Has Mail': {
            type: 'AttributePresentDecisionNode',
            config: { presentAttribute: 'mail' },
            to: { true: 'success', false: names === 'names' ? 'failure' : 'Find' },
          },
          Find: {
            type: 'IdentifyExistingUserNode',
            config: { identifier: 'userName', ...(names === 'names' ? {} : { usernameAttribute: 'mail' }) },
            to: { true: 'failure', false: 'failure' },
          },
        }),
      )
      expect(successes(walks)[0]).toMatchObject({ parties: { user: { journey: 'Later', signedIn: 'alex' } } })
      await pass(folder)
    },
  )

  test('with parameters and headers that scripts read', async () => {
    const source = `var header = 'X-Tenant'
var has = requestParameters.get('ticket') && requestHeaders.get(header)
action.goTo(has ? 'true' : 'false')`
    const asked = { Read: scripted('read', { true: 'Ask Name', false: 'failure' }), ...signIn('success') }
    const { folder, walks } = await drafted(exportOf('Asked', asked, { read: source }))
    expect(successes(walks)[0]).toMatchObject({
      query: { ticket: 'made-up' },
      headers: { 'X-Tenant': 'made-up' },
    })
    await pass(folder)
  })
})

test('the summary says why a journey does not start: it is disabled, or another journey names its person', async () => {
  const count = {
    Often: {
      type: 'LoginCountDecisionNode',
      config: { interval: 'AT', amount: 3 },
      to: { true: 'Ask', false: 'success' },
    },
    Ask: {
      type: 'AttributeCollectorNode',
      config: { attributesToCollect: ['givenName'], identityAttribute: 'userName' },
      to: { outcome: 'success' },
    },
  }
  const inside = {
    type: 'InnerTreeEvaluatorNode',
    config: { tree: 'Profile' },
    to: { true: 'success', false: 'failure' },
  }
  const only = (name: string, changed: object) => {
    const exported = JSON.parse(exportOf(name, signIn('success')))
    return JSON.stringify({ ...exported, tree: { ...exported.tree, ...changed } })
  }
  const { output, walks } = await drafted(
    exportOf('Outer', { ...signIn('Inside'), Inside: inside }),
    exportOf('Profile', count),
    only('Off', { enabled: false }),
    only('Part', { innerTreeOnly: true }),
  )
  expect(output).toContain('Profile: reaches Success inside Outer\n')
  expect(output).toContain('Off: is disabled\n')
  expect(output).toContain('Part: runs only inside other journeys, and none here reaches its Success\n')
  // The page for the third sign-in of a person who has signed in as often as needed before.
  expect(successes(walks).flatMap(({ path }) => path)).toContain('Often → true')
})

const agents = exportOf('Agents', {
  'Ask Name': { ...who, to: { outcome: 'Open' } },
  Open: {
    type: 'BackChannelInitNode',
    config: { tree: 'Callers', idType: 'USER', usernameKey: 'username', dataKey: 'objectAttributes' },
    to: { created: 'Status', unknown: 'failure', error: 'failure' },
  },
  Status: {
    type: 'BackChannelStatusNode',
    to: { pending: 'Wait', inprogress: 'Wait', success: 'success', failure: 'failure', unknown: 'failure' },
  },
  Wait: { type: 'PollingWaitNode', config: { secondsToWait: 5 }, to: { DONE: 'Status' } },
})
const { 'Ask Name': _name, ...withPassword } = signIn('success')
const callers = exportOf('Callers', withPassword)

test('drafts have a caller who completes a transaction, errs, or reports it', {
  timeout: 60_000,
}, async () => {
  const { folder, text, walks } = await drafted(agents, callers)
  const [success] = successes(walks)
  expect(success?.steps).toContainEqual({ caller: { answer: { PasswordCallback: '${alex.password}' } } })
  expect(success?.path).toMatchObject({ caller: ['Ask Password → outcome', 'Check → true', 'Success'] })
  expect(text).toContain('caller: { answer: { PasswordCallback: wrong } }')
  expect(text).toContain('caller: { rejects: notMe }')
  await pass(folder)
  const file = join(folder, 'configuration', '1.json')
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(/"false": "[^"]+"/, '"false": "70e691a5-1e33-4ac3-a356-e7b6d60d92e0"'),
  )
  expect((await testedIn(folder)).output).toContain('a wrong answer of the caller')
})

test('drafts notice a raised level and a changed session property', { timeout: 60_000 }, async () => {
  const graded = exportOf('Graded', {
    ...signIn('Raise'),
    Raise: { type: 'ModifyAuthLevelNode', config: { authLevelIncrement: 10 }, to: { outcome: 'Note' } },
    Note: {
      type: 'SetSessionPropertiesNode',
      config: { properties: { role: 'user' } },
      to: { outcome: 'success' },
    },
  }).replace('"noSession": true', '"noSession": false')
  const { folder, walks } = await drafted(graded)
  expect(successes(walks)[0]?.ends).toEqual({
    success: { person: 'alex', level: 10, properties: { role: 'user' } },
  })
  await pass(folder)
  const file = join(folder, 'configuration', '0.json')
  for (const [setting, other] of [
    ['"authLevelIncrement": 10', '"authLevelIncrement": 31'],
    ['"role": "user"', '"role": "admin"'],
  ] as const) {
    writeFileSync(file, graded.replace(setting, other))
    expect((await testedIn(folder)).status).toBe(1)
  }
})

test('explore --write after init adds no walk for an error that init has skipped', {
  timeout: 60_000,
}, async () => {
  const broken = { ...signIn('Run'), Run: scripted('missing', { true: 'success' }) }
  const { folder, text } = await drafted(exportOf('Broken', broken))
  expect(text).toContain('skip: "Run ends with an error')
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  await exploreCommand(['--write', '--budget', '5s'], { print, warn: print, environment: {} }, folder)
  expect(lines.join('\n')).not.toContain('wrote')
})
