import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
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
const init = (...args: string[]) => initCommand(args, terminal(), folder)
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
