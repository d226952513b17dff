import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { failureId, successId } from '../engine/journey.ts'
import { temporaryFolder } from '../store/sqlite/temporary-folder.ts'
import { exploreCommand } from './explore-command.ts'
import { testCommand } from './test-command.ts'

const decision = (script: string) => ({
  _type: { _id: 'ScriptedDecisionNode' },
  script,
  outcomes: ['outcome'],
  inputs: ['*'],
  outputs: ['*'],
})
const script = (name: string, source: string) => ({
  _id: name,
  name,
  script: Buffer.from(source).toString('base64'),
  context: 'AUTHENTICATION_TREE_DECISION_NODE',
  language: 'JAVASCRIPT',
  evaluatorVersion: '2.0',
})

/** A choice between a script that throws, a page that nothing leaves, a success without a credential, and a password. */
const planted = {
  trees: {
    Planted: {
      tree: {
        _id: 'Planted',
        entryNodeId: 'who',
        nodes: {
          who: { nodeType: 'UsernameCollectorNode', displayName: 'Who', connections: { outcome: 'where' } },
          where: {
            nodeType: 'ChoiceCollectorNode',
            displayName: 'Where To',
            connections: { throw: 'throws', stay: 'stays', in: successId, sign: 'sign' },
          },
          throws: {
            nodeType: 'ScriptedDecisionNode',
            displayName: 'Throws',
            connections: { outcome: successId },
          },
          stays: {
            nodeType: 'ScriptedDecisionNode',
            displayName: 'Stays',
            connections: { outcome: successId },
          },
          sign: { nodeType: 'PasswordCollectorNode', displayName: 'Sign', connections: { outcome: 'check' } },
          check: {
            nodeType: 'DataStoreDecisionNode',
            displayName: 'Check',
            connections: { true: 'app', false: failureId },
          },
          app: {
            nodeType: 'RecoveryCodeCollectorDecisionNode',
            displayName: 'Recover',
            connections: { true: successId, false: failureId },
          },
        },
      },
      nodes: {
        who: { _type: { _id: 'UsernameCollectorNode' } },
        where: {
          _type: { _id: 'ChoiceCollectorNode' },
          choices: ['throw', 'stay', 'in', 'sign'],
          defaultChoice: 'throw',
          prompt: 'Where to?',
        },
        throws: decision('throwing'),
        stays: decision('staying'),
        sign: { _type: { _id: 'PasswordCollectorNode' } },
        check: { _type: { _id: 'DataStoreDecisionNode' } },
        app: { _type: { _id: 'RecoveryCodeCollectorDecisionNode' }, recoveryCodeType: 'OATH' },
      },
      scripts: {
        throwing: script('throwing', 'var one = 1\nmissing()\noutcome = "outcome"'),
        staying: script('staying', 'callbacksBuilder.textOutputCallback(0, "You stay here")'),
      },
    },
  },
}

let folder: string
let printed: string
beforeEach(() => {
  folder = temporaryFolder()
  printed = ''
  mkdirSync(join(folder, 'journeys'))
  writeFileSync(join(folder, 'journeys', 'Planted.json'), JSON.stringify(planted, null, 2))
})
const print = (text: string) => {
  printed += `${text}\n`
}
const terminal = { print, warn: print, environment: {} }
const explore = (...args: string[]) => exploreCommand(args, terminal, folder)
const settings = (text: string) => writeFileSync(join(folder, 'sidegate.yaml'), text)

describe('explore', { timeout: 60_000 }, () => {
  test('finds the planted dead end, throwing script and missing credential', async () => {
    expect(await explore()).toBe(false)
    expect(printed).toMatch(
      /Planted\.json:\d+ {2}error script-throws: Planted › Throws: .*missing.*\(throwing#2\)/,
    )
    expect(printed).toMatch(
      /Planted\.json:\d+ {2}warning dead-end: Planted › Stays shows a page that no answer leaves/,
    )
    expect(printed).toMatch(/warning no-credential: Planted › a success without a credential/)
    expect(printed).toMatch(
      /Planted\.json:\d+ {2}hint unreached: .*Recover → true was not reached: needs a recovery code/,
    )
    expect(printed).toMatch(/hint unreached: .*Throws → outcome was not reached: the node failed/)
    expect(printed).toMatch(
      /hint unreached: .*Stays → outcome was not reached: its script has chosen other outcomes/,
    )
    expect(printed).toContain("after known user name, 'stay'")
  })

  test('checks the invariants of the project', async () => {
    settings('invariants: ["success needs one of [pwd, otp, passkey]", "no call except to []"]')
    expect(await explore('Planted')).toBe(false)
    expect(printed).toContain(
      'error invariant: Planted › breaks "success needs one of [pwd, otp, passkey]": it succeeds without any credential',
    )
    expect(printed).not.toContain('breaks "no call')
  })

  test.each([
    ['success needs one of [pasword]', "'pasword' in 'success needs one of [pasword]' is no credential"],
    ['no mail', "'no mail' is no invariant. There are: success needs one of"],
  ])('rejects the invariant %s', async (text, message) => {
    settings(`invariants: [${JSON.stringify(text)}]`)
    await expect(explore()).rejects.toThrow(message)
  })

  test('--write adds walks for what no test shows, the same each time, and they pass', async () => {
    settings('tests: tests')
    await explore('--write')
    const file = join(folder, 'tests', 'Planted.explored.walk.yaml')
    const first = readFileSync(file, 'utf8')
    expect(first).toContain('generated: true')
    expect(await testCommand([folder], terminal), printed).toBe(0)
    await explore('--write')
    expect(readFileSync(file, 'utf8')).toBe(first)
    writeFileSync(join(folder, 'tests', 'Planted.walk.yaml'), first)
    await explore('--write')
    expect(existsSync(file)).toBe(false)
  })

  test('keeps reviewed walks', async () => {
    settings('tests: tests')
    await explore('--write')
    const file = join(folder, 'tests', 'Planted.explored.walk.yaml')
    const reviewed = readFileSync(file, 'utf8').replace('    generated: true\n', '')
    writeFileSync(file, reviewed)
    await explore('--write')
    expect(readFileSync(file, 'utf8')).toBe(reviewed)
    expect(printed).toContain('so it is kept')
  })

  test('names an unknown journey and an invalid budget', async () => {
    await expect(explore('Plantd')).rejects.toThrow("journey 'Plantd' is unknown. Did you mean 'Planted'?")
    await expect(explore('--budget', 'soon')).rejects.toThrow('--budget must be a time')
  })
})
