import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyCommand, planCommand } from '../../src/cli/apply-command.ts'
import { diffCommand } from '../../src/cli/diff-command.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import { pullCommand } from '../../src/cli/pull-command.ts'
import type { Terminal } from '../../src/cli/target.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { preparedFolder, saveRealm } from '../support/prepared-folder.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

const single = join(import.meta.dirname, '..', 'fixtures', 'exchange', 'frodo-single.journey.json')
const name = 'Verify – 確認'
const now = Date.UTC(2026, 10, 28, 8, 30)

let out: string
let stopped: string
let server: TestServer
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'sidegate-apply-'))
  stopped = await preparedFolder((stores) => saveRealm(stores, '/alpha'))
  server = await startServer({ withSamples: false })
})
afterAll(async () => {
  await server.stop()
  for (const folder of [out, stopped]) rmSync(folder, { recursive: true, force: true })
})

type Command = (args: string[], terminal: Terminal) => Promise<unknown>

async function run(command: Command, args: string[], environment: NodeJS.ProcessEnv = {}) {
  const printed: string[] = []
  const warned: string[] = []
  const status = await command(args, {
    print: (text) => void printed.push(text),
    warn: (text) => void warned.push(text),
    environment,
  })
  return { status, printed: printed.join('\n'), warned: warned.join('\n') }
}

const apply = (args: string[], environment?: NodeJS.ProcessEnv) =>
  run((all, terminal) => applyCommand(all, terminal, now), args, environment)

function file(path: string, content: object): string {
  const full = join(out, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, JSON.stringify(content))
  return full
}

const original = () => JSON.parse(readFileSync(single, 'utf8'))

/** The fixture with another outcome and script, and with another journey that enters it. */
function changedExport() {
  const verify = original()
  verify.nodes['decide-1'].outcomes.push('later')
  verify.scripts['script-1'].script = 'outcome = "later"'
  verify.tree.nodes['decide-1'].x += 100
  const go = { nodeType: 'InnerTreeEvaluatorNode', displayName: 'Go', connections: {} }
  const outer = {
    tree: { _id: 'A outer', entryNodeId: 'go', nodes: { go } },
    nodes: { go: { _id: 'go', _type: { _id: 'InnerTreeEvaluatorNode' }, tree: name } },
  }
  return { trees: { 'A outer': outer, [name]: verify } }
}

test('plan shows what apply would write, dependencies first, and changes nothing', async () => {
  await run(importCommand, [single, '--data', stopped])
  const folder = join(file('project/all.json', changedExport()), '..')
  for (let time = 0; time < 2; time++) {
    const { status, printed } = await run(planCommand, [folder, '--data', stopped])
    expect(status).toBe(1)
    expect(printed.split('\n').slice(0, 5)).toEqual([
      'Into realm /alpha:',
      "script 'Check risk' +1 −2",
      `journey '${name}'`,
      '  \'Decide\', Outcomes: added "later"',
      "journey 'A outer' added",
    ])
  }
})

test('apply writes what differs, and its undo file restores what was replaced', async () => {
  const changed = file('changed.json', changedExport())
  const undo = join(out, 'undo', 'first.json')
  const applied = await apply([changed, '--undo', undo, '--data', stopped])
  expect(applied.status).toBe(0)
  expect(applied.printed.split('\n').slice(-3)).toEqual([
    'Applied.',
    `To restore what was replaced: sidegate apply ${undo} --data ${stopped}`,
    "That leaves what is new: journey 'A outer'",
  ])
  expect((await run(diffCommand, [changed, 'server', '--data', stopped])).status).toBe(0)
  expect((await run(planCommand, [changed, '--data', stopped])).printed).toBe(
    'Nothing to write into realm /alpha.',
  )
  expect(await apply([changed, '--data', stopped])).toEqual({
    status: 0,
    printed: 'Nothing to write into realm /alpha.',
    warned: '',
  })

  const restored = await apply([undo, '--undo', join(out, 'undo', 'second.json'), '--data', stopped])
  expect(restored.printed).toContain("Only on the server, and left alone: journey 'A outer'")
  const { printed } = await run(diffCommand, [single, 'server', '--data', stopped])
  expect(printed.split('\n')).toEqual([`From ${single} to server:`, "journey 'A outer' added"])
})

test('positions alone are not written', async () => {
  const moved = original()
  moved.tree.nodes['decide-1'].x += 100
  const { status, printed } = await run(planCommand, [file('moved.json', moved), '--data', stopped])
  expect({ status, first: printed.split('\n')[0] }).toEqual({
    status: 0,
    first: 'Nothing to write into realm /alpha.',
  })
})

describe('on a running server', () => {
  const remote = () => ({ SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword })

  test('apply creates what is missing without an undo file, and only the named journey', async () => {
    const other = { tree: { _id: 'Other', entryNodeId: '', nodes: {} } }
    const both = file('both.json', { trees: { [name]: original(), Other: other } })
    const undo = join(out, 'nothing.json')
    const { status, printed } = await apply([both, '--journey', name, '--undo', undo], remote())
    expect(status).toBe(0)
    expect(printed).toMatch(/Applied\.$/)
    expect(readdirSync(out)).not.toContain('nothing.json')
    const left = await run(planCommand, [both], remote())
    expect(left.printed).toContain("journey 'Other' added")
    expect(left.printed).not.toContain(name)
  })

  test('the undo file restores a journey, its script and a theme over REST, and has no secret', async () => {
    const before = original()
    before.nodes['ldap-1'] = {
      _id: 'ldap-1',
      _type: { _id: 'LdapDecisionNode' },
      adminDn: 'cn=a',
      adminPassword: 'Canary-77',
    }
    before.tree.nodes['ldap-1'] = { nodeType: 'LdapDecisionNode', displayName: 'LDAP', connections: {} }
    const start = file('start.json', before)
    await run(importCommand, [start], remote())
    const after = structuredClone(before)
    after.nodes['ldap-1'].userSearchFilter = '(a=b)'
    after.nodes['ldap-1'].adminPassword = null
    after.themes[0].primaryColor = '#123456'
    after.scripts['script-1'].script = 'outcome = "other"'
    const undo = join(out, 'remote.json')
    const { printed } = await apply([file('after.json', after), '--undo', undo], remote())
    expect(printed).toContain("'LDAP', User Search Filter")
    expect(readFileSync(undo, 'utf8')).not.toMatch(/Canary|sealed:/)
    await apply([undo, '--undo', join(out, 'remote-2.json')], remote())
    expect((await run(diffCommand, [start, 'server', '--journey', name], remote())).status).toBe(0)
  })
})

describe('pull', () => {
  const remote = () => ({ SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword })

  test('writes the realm of the server into a folder, and later only what differs', async () => {
    await run(importCommand, [single], remote())
    const folder = join(out, 'pulled')
    expect((await run(pullCommand, [folder, '--dry-run'], remote())).printed).toMatch(/this was a dry run\.$/)
    expect(readdirSync(out)).not.toContain('pulled')
    const first = await run(pullCommand, [folder], remote())
    expect(first.status).toBe(0)
    expect(first.printed).toContain('pulled/Check risk.script.json')
    expect((await run(diffCommand, [folder, 'server'], remote())).printed).toBe('No differences.')

    const json = original()
    json.scripts['script-1'].script = 'outcome = "pulled"'
    await run(importCommand, [file('again.json', json)], remote())
    const second = await run(pullCommand, [folder], remote())
    expect(second.printed.split('\n')[0]).toBe("script 'Check risk' +1 −2")
    expect(second.printed.match(/^wrote /gm)).toHaveLength(1)
    expect((await run(pullCommand, [folder], remote())).printed).toMatch(
      /has everything of realm \/alpha already\.$/,
    )
  })

  test('leaves things that only the files have, and names unreadable files', async () => {
    const folder = join(file('mine/Mine.json', { tree: { _id: 'Mine', entryNodeId: '', nodes: {} } }), '..')
    const { printed } = await run(pullCommand, [folder, '--journey', name], remote())
    expect(printed).toContain(`journey '${name}' added`)
    const all = await run(pullCommand, [folder], remote())
    expect(all.printed).toContain("Only in the files, and left alone: journey 'Mine'")
    writeFileSync(join(folder, 'cut.json'), '{"trees": {')
    await expect(run(pullCommand, [folder], remote())).rejects.toThrow(
      /cut\.json:1: This JSON ends in the middle/,
    )
    await expect(run(pullCommand, ['a', 'b'])).rejects.toThrow(UsageError)
  })
})

describe('writes nothing', () => {
  test('if a side is read only in part', async () => {
    const broken = changedExport()
    broken.trees[name].tree.nodes['decide-1'].nodeType = ''
    broken.trees[name].nodes['decide-1']._type._id = ''
    const { status, warned } = await apply([file('broken.json', broken), '--data', stopped])
    expect(status).toBe(2)
    expect(warned).toMatch(/broken\.json was read only in part:\n {2}unreadable/)
  })

  test('if the import has conflicts', async () => {
    const clash = original()
    clash.tree._id = 'Clash'
    clash.tree.nodes['decide-1'].nodeType = 'MessageNode'
    clash.nodes['decide-1']._type._id = 'MessageNode'
    const path = file('clash.json', clash)
    const { status, printed, warned } = await apply([path, '--data', stopped])
    expect(status).toBe(2)
    expect(printed).toMatch(/conflict +Node decide-1/)
    expect(warned).toBe('Nothing was written: resolve the conflicts first.')
    expect((await run(planCommand, [path, '--data', stopped])).status).toBe(2)
  })

  test('if the undo file can’t be written', async () => {
    const path = file('later.json', changedExport())
    await expect(apply([path, '--undo', single, '--data', stopped])).rejects.toThrow(
      /the undo file can't be: .*EEXIST/,
    )
    expect((await run(planCommand, [path, '--data', stopped])).status).toBe(1)
  })

  test.each([
    [[]],
    [['a', 'b']],
    [['nowhere.json']],
    [[single, '--journey', 'Nobody']],
    [[single, '--data', 'nowhere']],
  ])('for the arguments %j', async (args) => {
    const all = args.includes('--data') ? args : [...args, '--data', stopped]
    await expect(apply(all)).rejects.toThrow(UsageError)
    await expect(run(planCommand, all)).rejects.toThrow(UsageError)
  })
})
