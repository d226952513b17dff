import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { OperationError } from '../base/errors.ts'
import { failureId, successId } from '../engine/journey.ts'
import { temporaryFolder } from '../store/sqlite/temporary-folder.ts'
import { initCommand } from './init-command.ts'
import { testCommand } from './test-command.ts'

const root = join(import.meta.dirname, '..', '..')
const fixture = (name: string) => join(root, 'test', 'fixtures', 'journeys', `${name}.json`)

let folder: string
let printed: string[]
beforeEach(() => {
  folder = temporaryFolder()
  printed = []
})
const terminal = () => ({
  print: (text: string) => void printed.push(text),
  warn: (text: string) => void printed.push(text),
  environment: {},
})
// Trying changes takes most of the time.
const init = (...args: string[]) => initCommand(['--changes', '0', ...args], terminal(), folder)
const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8')
const runTests = async () => {
  printed = []
  return testCommand([folder], terminal())
}

/** Journeys with outcomes that no answer leads to. */
const parts = {
  trees: {
    NamedElsewhere: {
      tree: {
        _id: 'NamedElsewhere',
        entryNodeId: 'find',
        nodes: {
          find: {
            nodeType: 'IdentifyExistingUserNode',
            displayName: 'Find',
            connections: { true: successId, false: failureId },
          },
        },
      },
      nodes: { find: { _type: { _id: 'IdentifyExistingUserNode' } } },
    },
    Registration: {
      tree: {
        _id: 'Registration',
        entryNodeId: 'who',
        // The node creates others, so it can't run.
        identityResource: 'managed/alpha_user',
        nodes: {
          who: {
            nodeType: 'ValidatedUsernameNode',
            displayName: 'Who',
            connections: { outcome: 'create' },
          },
          create: {
            nodeType: 'CreateObjectNode',
            displayName: 'Create',
            connections: { CREATED: successId, FAILURE: failureId },
          },
        },
      },
      nodes: {
        who: { _type: { _id: 'ValidatedUsernameNode' }, validateInput: true },
        create: { _type: { _id: 'CreateObjectNode' } },
      },
    },
  },
}

const placed = (nodeType: string, displayName: string, connections: Record<string, string>) => ({
  nodeType,
  displayName,
  connections,
})

/** An export with one journey. @param config settings of nodes by id. */
function exported(
  nodes: Record<string, ReturnType<typeof placed>>,
  config: Record<string, object> = {},
): string {
  const [entryNodeId = ''] = Object.keys(nodes)
  const settings = Object.entries(nodes).map(([id, { nodeType }]) => [
    id,
    { _type: { _id: nodeType }, ...config[id] },
  ])
  const tree = { _id: 'Made', entryNodeId, nodes }
  const file = join(temporaryFolder(), 'Made.json')
  writeFileSync(file, JSON.stringify({ trees: { Made: { tree, nodes: Object.fromEntries(settings) } } }))
  return file
}

/** A repository of fr-config-manager with journeys of one node. */
function exportOfRealms(realms: Record<string, string[]>): string {
  const from = temporaryFolder()
  for (const [realm, names] of Object.entries(realms))
    for (const name of names) {
      const journey = join(from, 'realms', realm, 'journeys', name)
      mkdirSync(join(journey, 'nodes'), { recursive: true })
      const nodes = { check: placed('DataStoreDecisionNode', 'Check', { true: successId, false: failureId }) }
      writeFileSync(join(journey, `${name}.json`), JSON.stringify({ _id: name, entryNodeId: 'check', nodes }))
      const settings = { _id: 'check', _type: { _id: 'DataStoreDecisionNode' } }
      writeFileSync(join(journey, 'nodes', 'Check - check.json'), JSON.stringify(settings))
    }
  return from
}

const login = (next: string) => ({
  who: placed('UsernameCollectorNode', 'Who', { outcome: 'secret' }),
  secret: placed('PasswordCollectorNode', 'Secret', { outcome: 'check' }),
  check: placed('DataStoreDecisionNode', 'Check', { true: next, false: failureId }),
})

/** Connects `false` of the password check to Success. */
function bypassPassword(file: string): void {
  const json = JSON.parse(readFileSync(file, 'utf8'))
  const checks = nodesIn(json).filter(
    (node) => 'nodeType' in node && node.nodeType === 'DataStoreDecisionNode',
  )
  expect(checks).toHaveLength(1)
  for (const { connections } of checks) connections.false = successId
  writeFileSync(file, JSON.stringify(json))
}

type Placed = { connections: Record<string, string> }

/** All objects with connections. */
function nodesIn(value: unknown): Placed[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'connections' in value ? [value as Placed] : []
  return [...own, ...Object.values(value).flatMap(nodesIn)]
}

describe('init --from', { timeout: 60_000 }, () => {
  test('copies the export, writes tests that pass, and says what to do next', async () => {
    await init('--from', fixture('CodeByMail'))
    expect(read('journeys', 'CodeByMail.json')).toBe(readFileSync(fixture('CodeByMail'), 'utf8'))
    expect(read('.gitignore')).toContain('.sidegate/')
    expect(JSON.parse(read('package.json')).scripts).toEqual({ test: 'sidegate test' })
    expect(printed.join('\n')).toContain('npx sidegate test')
    expect(read('tests', 'CodeByMail.walk.yaml')).toContain('generated: true')
    for (let time = 0; time < 3; time++) expect(await runTests(), printed.join('\n')).toBe(0)
  })

  test('fails with path, setting and line after one connection was broken', async () => {
    await init('--from', fixture('CodeByMail'))
    const file = join(folder, 'journeys', 'CodeByMail.json')
    const json = JSON.parse(readFileSync(file, 'utf8'))
    const compare = nodesIn(json).find(({ connections }) => 'true' in connections && 'false' in connections)
    if (compare === undefined) throw new Error('the fixture has no decision')
    const { true: right = '', false: wrong = '' } = compare.connections
    Object.assign(compare.connections, { true: wrong, false: right })
    writeFileSync(file, JSON.stringify(json, null, 2))
    expect(await runTests()).toBe(1)
    const text = printed.join('\n')
    expect(text).toContain('path')
    expect(text).toMatch(/→ (true|false) leads to/)
    expect(text).toMatch(/journeys\/CodeByMail\.json:\d+/)
  })

  test('writes the same tests each time, also of an account that is locked', async () => {
    await init('--from', fixture('LockedAfterThree'))
    expect(await runTests(), printed.join('\n')).toBe(0)
    const first = read('tests', 'LockedAfterThree.walk.yaml')
    folder = temporaryFolder()
    await init('--from', fixture('LockedAfterThree'))
    expect(read('tests', 'LockedAfterThree.walk.yaml')).toBe(first)
  })

  test('writes stubs that name a person, and runs the nodes before them', async () => {
    const file = join(temporaryFolder(), 'Parts.json')
    writeFileSync(file, JSON.stringify(parts))
    await init('--from', file)
    // Only an inner journey: the journey that calls it is not in the export.
    const inner = read('tests', 'NamedElsewhere.walk.yaml')
    expect(inner).toContain('stub: { Find: { outcome: "true", shared: { username: alex } } }')
    expect(inner).toContain('ends: { success: { person: alex } }')
    // The page before the stub needs a new name, as if the stub created the person.
    const registration = read('tests', 'Registration.walk.yaml')
    expect(registration).toContain('stub: { Create: { outcome: FAILURE, shared: { username: alex } } }')
    expect(registration).toContain('path: [ Who → outcome, Create → FAILURE, Failure ]')
    expect(await runTests(), printed.join('\n')).toBe(0)
  })

  test('drafts notice a password login that accepts wrong passwords', async () => {
    await init('--from', exported(login(successId)))
    expect(read('tests', 'Made.walk.yaml')).toContain('fails after known user name, wrong password')
    expect(await runTests(), printed.join('\n')).toBe(0)
    bypassPassword(join(folder, 'journeys', 'Made.json'))
    expect(await runTests()).toBe(1)
    expect(printed.join('\n')).toContain('wrong password')
  })

  test('drafts notice a journey with a code that accepts wrong passwords', async () => {
    await init('--from', fixture('CodeByMail'))
    bypassPassword(join(folder, 'journeys', 'CodeByMail.json'))
    expect(await runTests()).toBe(1)
    expect(printed.join('\n')).toContain('wrong password')
  })

  test('a path that leads to Failure fails where the graph leads to Success and no person signs in', async () => {
    await init('--from', exported({ check: placed('DataStoreDecisionNode', 'Check', { false: failureId }) }))
    expect(await runTests(), printed.join('\n')).toBe(0)
    bypassPassword(join(folder, 'journeys', 'Made.json'))
    expect(await runTests()).toBe(1)
    expect(printed.join('\n')).toContain('Check → false, Success')
  })

  test('makes people without a value that the realm refuses, and says so', async () => {
    const journey = {
      ...login('active'),
      active: placed('AttributeValueDecisionNode', 'Active', { true: successId, false: failureId }),
    }
    const active = { comparisonAttribute: 'accountStatus', comparisonValue: 'Active' }
    await init('--from', exported(journey, { active }))
    expect(printed.join('\n')).toContain('The made-up people have no accountStatus: accountStatus must be')
    expect(await runTests(), printed.join('\n')).toBe(0)
  })

  test('skips walks that end with an error, with the reason in file and summary', async () => {
    const journey = { ...login('run'), run: placed('ScriptedDecisionNode', 'Run', { true: successId }) }
    await init('--from', exported(journey, { run: { script: 'missing', outcomes: ['true'] } }))
    expect(read('tests', 'Made.walk.yaml')).toMatch(/skip: .*Run ends with an error/)
    expect(printed.join('\n')).toContain('Made: needs a stub for Run, which ends with an error: ')
    expect(printed.join('\n')).toMatch(/of which \d+ are? skipped/)
  })

  test('says how many journeys of other realms it leaves out, and how to take them', async () => {
    const from = exportOfRealms({ alpha: ['A'], bravo: ['B', 'C'] })
    await init('--from', from)
    expect(readdirSync(join(folder, 'tests'))).toEqual(['A.walk.yaml'])
    const text = printed.join('\n')
    expect(text).toContain('2 journeys of realm bravo left out')
    expect(text).toMatch(/npx sidegate init --from \S+ --realm bravo/)
  })

  test('stops after the budget of requests and says so', async () => {
    await init('--from', fixture('CodeByMail'), '--budget', '2')
    expect(printed.join('\n')).toContain('Explored 0 of 1 journey completely: --budget 8 tries more')
    await expect(init('--budget', '20s')).rejects.toThrow('--budget must be a number of requests')
  })

  test('writes nothing if it is interrupted, so that it can run again', async () => {
    const args = ['--from', fixture('CoffeeOrTea')]
    expect(await initCommand(args, terminal(), folder, AbortSignal.abort())).toBe(130)
    expect(readdirSync(folder)).toEqual([])
    expect(await init(...args)).toBe(0)
  })

  test('leaves nothing behind if a file cannot be written', async () => {
    // The copy of the export and the settings are written before the tests.
    symlinkSync(join(folder, 'nowhere', 'deep'), join(folder, 'tests'))
    await expect(init('--from', fixture('CoffeeOrTea'))).rejects.toThrow("can't be written, so nothing was")
    expect(readdirSync(folder)).toEqual(['tests'])
  })

  test('leaves an export where it is if the folder has it', async () => {
    mkdirSync(join(folder, 'config'))
    writeFileSync(join(folder, 'config', 'a.json'), readFileSync(fixture('CoffeeOrTea')))
    await init('--from', join(folder, 'config'))
    expect(read('sidegate.yaml')).toContain('- config')
    expect(existsSync(join(folder, 'journeys'))).toBe(false)
    expect(await runTests()).toBe(0)
  })

  test.each(['sidegate.yaml', 'tests', 'journeys/CodeByMail.json'])(
    'refuses to overwrite %s',
    async (name) => {
      mkdirSync(join(folder, 'journeys'), { recursive: true })
      writeFileSync(join(folder, name), 'mine')
      await expect(init('--from', fixture('CodeByMail'))).rejects.toThrow(`${name} exists already`)
      expect(read(name)).toBe('mine')
      expect(existsSync(join(folder, '.gitignore'))).toBe(false)
    },
  )

  test('names the realms with journeys if the chosen one has none', async () => {
    const from = exportOfRealms({ first: ['A'], bravo: ['B', 'C'] })
    const refusal = init('--from', from)
    await expect(refusal).rejects.toThrow('contains no journeys of realm alpha\n')
    await expect(refusal).rejects.toThrow(
      /2 journeys of realm bravo: npx sidegate init --from \S+ --realm bravo/,
    )
    await expect(refusal).rejects.toThrow(/1 journey of realm first: .* --realm first/)
  })

  test('refuses two different copies of a journey, and says how to choose one', async () => {
    const from = temporaryFolder()
    for (const name of ['old', 'new']) {
      mkdirSync(join(from, name))
      const file = exported({
        end: placed('DataStoreDecisionNode', name, { true: successId, false: failureId }),
      })
      writeFileSync(join(from, name, 'Made.json'), readFileSync(file))
    }
    const refusal = init('--from', from)
    await expect(refusal).rejects.toThrow(OperationError)
    await expect(refusal).rejects.toThrow(
      /Journey 'Made' exists twice.* with different content.*\. Use --from with files or a folder with only one/,
    )
  })

  test('counts the things of an export that can’t be read', async () => {
    const from = temporaryFolder()
    writeFileSync(join(from, 'Made.json'), readFileSync(exported(login(successId))))
    const entry = {
      _id: 's',
      name: 'Lost',
      context: 'AUTHENTICATION_TREE_DECISION_NODE',
      script: 'file://lost.js',
    }
    writeFileSync(join(from, 's.script.json'), JSON.stringify({ script: { s: entry } }))
    await init('--from', from)
    expect(printed.join('\n')).toContain("1 thing in the files can't be read: npx sidegate lint . names each")
  })

  test('gives stubs for all nodes of unknown types, in addition to three others', async () => {
    const unknown = (to: string, name: string) => placed('AcmeRiskNode', name, { low: to, high: failureId })
    const journey = {
      a: unknown('b', 'Risk A'),
      b: unknown('c', 'Risk B'),
      c: unknown('d', 'Risk C'),
      d: unknown('who', 'Risk D'),
      ...login(successId),
    }
    await init('--from', exported(journey))
    expect(read('tests', 'Made.walk.yaml')).toMatch(
      /it: succeeds after [\s\S]*?Risk A: \{ outcome: low[\s\S]*?Risk D: low[\s\S]*?ends: \{ success: \{ person: /,
    )
    expect(await runTests(), printed.join('\n')).toBe(0)
  })

  test('writes the username of a person into a stub where usernames are addresses', async () => {
    const journey = {
      find: placed('IdentifyExistingUserNode', 'Find', { true: 'present', false: failureId }),
      present: placed('AttributePresentDecisionNode', 'Present', { true: successId, false: failureId }),
    }
    const settings = { usernameAttribute: 'mail' }
    await init('--from', exported(journey, { find: { identityAttribute: 'mail', ...settings } }))
    expect(read('tests', 'Made.walk.yaml')).toContain('username: alex@example.com')
  })

  test('adds a walk that waits for the end of a code, which no walk notices otherwise', async () => {
    const coded = {
      who: placed('UsernameCollectorNode', 'Who', { outcome: 'make' }),
      make: placed('OneTimePasswordGeneratorNode', 'Make', { outcome: 'send' }),
      send: placed('OneTimePasswordSmtpSenderNode', 'Send', { outcome: 'enter' }),
      enter: placed('OneTimePasswordCollectorDecisionNode', 'Enter', { true: successId, false: failureId }),
    }
    await init('--from', exported(coded, { enter: { passwordExpiryTime: 5 } }), '--changes', '400')
    expect(read('tests', 'Made.walk.yaml')).toMatch(/it: fails after .* but 6m later[\s\S]*\{ wait: 6m \}/)
    expect(await runTests(), printed.join('\n')).toBe(0)
  })

  test('prints the score of its walks and what they miss, and refuses an invalid number of changes', async () => {
    await init('--from', exported(login(successId)), '--changes', '12')
    expect(printed.join('\n')).toMatch(/Of \d+ changes in the journeys, the walks notice \d+ \(\d+/)
    expect(await runTests(), printed.join('\n')).toBe(0)
    await expect(init('--from', 'x', '--changes', 'many')).rejects.toThrow('--changes must be a number')
  })

  test('keeps an existing package.json', async () => {
    writeFileSync(join(folder, 'package.json'), '{}')
    await init('--from', fixture('CoffeeOrTea'))
    expect(read('package.json')).toBe('{}')
  })

  test('refuses a missing file, and a file without journeys before anything is written', async () => {
    await expect(init('--from', join(folder, 'nowhere.json'))).rejects.toThrow('not found')
    const file = join(temporaryFolder(), 'other.json')
    writeFileSync(file, '{"trees":{}}')
    await expect(init('--from', file)).rejects.toThrow('no journeys')
    expect(existsSync(join(folder, 'sidegate.yaml'))).toBe(false)
  })
})

test('init without --from writes the samples as a project', { timeout: 60_000 }, async () => {
  await init()
  expect(read('sidegate.yaml')).toBe(readFileSync(join(root, 'samples', 'sidegate.yaml'), 'utf8'))
  const args = [join(root, 'bin', 'sidegate.js'), 'test', '-t', 'Login']
  expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toContain('passed')
  await expect(init()).rejects.toThrow('exist already')
})
