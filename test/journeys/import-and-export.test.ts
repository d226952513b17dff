import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diffCommand } from '../../src/cli/diff-command.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import type { Terminal } from '../../src/cli/target.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { openStores } from '../../src/store/stores.ts'
import { databaseOf } from '../support/database-of.ts'
import { preparedFolder, prepareStores, saveJourney, saveRealm } from '../support/prepared-folder.ts'
import { adminPassword, startServer, type TestServer } from '../support/start-server.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'exchange')
const single = join(fixtures, 'frodo-single.journey.json')
const name = 'Verify – 確認'

let out: string
let folder: string
let server: TestServer
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'sidegate-out-'))
  folder = await preparedFolder((stores) => saveRealm(stores, '/alpha'))
  server = await startServer({ withSamples: false })
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
  rmSync(out, { recursive: true, force: true })
})

/** Runs a command like a shell, but in this process. */
async function run(command: typeof importCommand, args: string[], environment: NodeJS.ProcessEnv = {}) {
  const printed: string[] = []
  const warned: string[] = []
  const terminal = {
    print: (text: string) => void printed.push(text),
    warn: (text: string) => void warned.push(text),
    environment,
  }
  const isGood = await command(args, terminal)
  return { isGood, printed: printed.join('\n'), warned: warned.join('\n') }
}

const remote = () => ({ SIDEGATE_URL: server.url, SIDEGATE_ADMIN_PASSWORD: adminPassword })

describe('on the data of a stopped server', () => {
  test('a dry run shows the plan and changes nothing', async () => {
    const dry = await run(importCommand, [single, '--dry-run', '--data', folder])
    expect(dry.isGood).toBe(true)
    expect(dry.printed.split('\n')).toEqual([
      'Into realm /alpha:',
      `  new        journey '${name}'`,
      "  new        script 'Check risk'",
      "  new        custom node type 'Stamp'",
      "  new        email template 'welcome'",
      "  new        theme 'Dark'",
      '  nodes: 6 new',
      `  unsupported  Journey ${name}: node 'Risk' is of type VendorRiskNode, which is not supported: journeys fail there`,
    ])
    await expect(run(exportCommand, [name, '--data', folder])).rejects.toThrow(
      `There is no journey ${name} in realm /alpha`,
    )
  })

  test('a second import finds everything identical, and the export is byte-identical', async () => {
    expect((await run(importCommand, [single, '--data', folder])).printed).toMatch(/Imported\.$/)
    const again = await run(importCommand, [single, '--data', folder])
    expect(again.isGood).toBe(true)
    expect(again.printed).toMatch(/the realm already contains all of this\.$/)
    expect(again.printed).not.toMatch(/^ {2}(new|changed|kept) /m)
    const target = join(out, 'all.json')
    await run(exportCommand, [name, '--out', target, '--data', folder])
    const first = readFileSync(target, 'utf8')
    expect((await run(importCommand, [target, '--data', folder])).printed).toMatch(/identical {2}journey/)
    await run(exportCommand, [name, '--out', target, '--data', folder])
    expect(readFileSync(target, 'utf8')).toBe(first)
    expect((await run(exportCommand, [name, '--data', folder])).printed).toBe(first.trimEnd())
  })

  test('a dry run says what changes in a journey, its nodes and its scripts', async () => {
    const json = JSON.parse(readFileSync(single, 'utf8'))
    json.nodes['decide-1'].outcomes.push('later')
    json.tree.enabled = false
    json.scripts['script-1'].script = 'outcome = "later"'
    const other = join(out, 'words.json')
    writeFileSync(other, JSON.stringify(json))
    const { printed } = await run(importCommand, [other, '--dry-run', '--data', folder])
    expect(printed.split('\n').slice(0, 7)).toEqual([
      'Into realm /alpha:',
      `  changed    journey '${name}'`,
      '               Enabled: on → off',
      '               \'Decide\', Outcomes: added "later"',
      "  changed    script 'Check risk'",
      '               +1 −2',
      "  identical  custom node type 'Stamp'",
    ])
  })

  test('an export to a folder writes two files for each journey, which are imported together', async () => {
    const target = join(out, 'folder')
    await run(exportCommand, [name, '--out', target, '--data', folder])
    expect(readdirSync(target)).toEqual([`${name}.journey.json`, `${name}.layout.json`])
    expect((await run(importCommand, [target, '--data', folder])).printed).not.toMatch(/new|changed/)
  })

  test('a journey with a path as its name is written inside the folder', async () => {
    await prepareStores({ dataFolder: folder, databaseUrl: await databaseOf(folder) }, (stores) =>
      saveJourney(stores, '../../evil', {
        ask: { type: 'MessageNode', to: { true: 'success', false: 'failure' } },
      }),
    )
    const target = join(out, 'deep', 'inside')
    await run(exportCommand, ['../../evil', '--out', target, '--data', folder])
    expect(readdirSync(out, { recursive: true }).filter((path) => String(path).includes('evil'))).toEqual([
      'deep/inside/%2e.%2f..%2fevil.journey.json',
      'deep/inside/%2e.%2f..%2fevil.layout.json',
    ])
  })

  test('contradicting files change nothing', async () => {
    const other = JSON.parse(readFileSync(single, 'utf8'))
    other.scripts['script-1'].script = 'outcome = "other"'
    const clash = join(out, 'clash.json')
    writeFileSync(clash, JSON.stringify(other))
    const before = await snapshot()
    const refused = await run(importCommand, [single, clash, '--data', folder])
    expect(refused.isGood).toBe(false)
    expect(refused.printed).toMatch(/conflict +Script 'Check risk' exists twice/)
    expect(refused.warned).toBe('Nothing was imported: resolve the conflicts first.')
    expect(await snapshot()).toEqual(before)
  })

  test('a full export of frodo is read for the requested realm', async () => {
    const full = join(out, 'full.json')
    const { trees } = JSON.parse(readFileSync(join(fixtures, 'full-config.json'), 'utf8')).realm.bravo
    writeFileSync(
      full,
      JSON.stringify({ global: {}, realm: { root: {}, 'root-alpha': {}, 'root-bravo': { trees } } }),
    )
    const dry = (...more: string[]) => run(importCommand, [full, '--data', folder, '--dry-run', ...more])
    expect((await dry('--from', 'root-bravo')).printed).toMatch(/new +journey 'Only in bravo'/)
    expect((await dry('--realm', 'root-alpha', '--from', 'bravo')).printed).toMatch(/^Into realm \/alpha:/)
  })

  test('files without the realm are rejected with a list of their realms', async () => {
    const before = await snapshot()
    const { trees } = JSON.parse(readFileSync(join(fixtures, 'full-config.json'), 'utf8')).realm.bravo
    const full = join(out, 'others.json')
    writeFileSync(full, JSON.stringify({ realm: { 'root-bravo': { trees }, 'root-charlie': { trees } } }))
    const refused = await run(importCommand, [full, '--data', folder])
    expect(refused.isGood).toBe(false)
    expect(refused.printed).toContain('The files contain no realm alpha. Choose one of: bravo, charlie')
    expect(refused.warned).toBe('Nothing was imported: name the realm of the files with --from.')
    expect(refused.printed).not.toContain('Imported.')
    const empty = join(out, 'empty.json')
    writeFileSync(empty, JSON.stringify({ trees: {} }))
    const nothing = await run(importCommand, [empty, '--data', folder])
    expect(nothing.isGood).toBe(false)
    expect(nothing.printed).toContain('The files contain nothing to import')
    expect(await snapshot()).toEqual(before)
  })

  test('unknown realms and folders are named', async () => {
    await expect(run(importCommand, [single, '--realm', 'x', '--data', folder])).rejects.toThrow(
      'There is no realm /x',
    )
    await expect(run(importCommand, [single, '--data', out])).rejects.toThrow(
      /is not the data folder of a server/,
    )
    await expect(run(importCommand, [single, '--data', server.folder])).rejects.toThrow(
      /another|already|use/i,
    )
  })
})

async function snapshot() {
  const stores = await openStores({ dataFolder: folder, databaseUrl: undefined })
  const content = [
    await stores.configuration.version(),
    await stores.configuration.journeys('/alpha'),
    await stores.configuration.nodes('/alpha'),
    await stores.scripts.all('/alpha'),
    await stores.documents.all('/alpha'),
  ]
  await stores.close()
  return content
}

describe('with a running server', () => {
  test('an import signs in, shows the plan and imports; the export equals the file', async () => {
    const done = await run(importCommand, [join(fixtures, 'fr-config-manager')], remote())
    expect(done.printed).toMatch(/new {8}journey 'Verify – 確認'/)
    expect(done.printed).toMatch(/Imported\.$/)
    const file = join(out, 'remote.json')
    await run(exportCommand, [name, '--out', file], remote())
    const again = await run(importCommand, [file, '--dry-run'], remote())
    expect(again.printed).not.toMatch(/^ {2}(new|changed) /m)
  })

  test('dependencies and existing objects can be skipped', async () => {
    const skip = [single, '--without-dependencies', '--existing', 'skip', '--dry-run']
    expect((await run(importCommand, skip, remote())).printed).not.toMatch(/ script | theme /)
  })

  test('errors are one sentence', async () => {
    const wrong = { ...remote(), SIDEGATE_ADMIN_PASSWORD: 'Wrong-Pass-2026' }
    await expect(run(importCommand, [single], wrong)).rejects.toThrow(/rejected the administrator's password/)
    await expect(run(importCommand, [single], { SIDEGATE_URL: server.url })).rejects.toThrow(
      /Set SIDEGATE_ADMIN_PASSWORD/,
    )
    const away = { ...remote(), SIDEGATE_URL: 'http://127.0.0.1:9' }
    await expect(run(importCommand, [single], away)).rejects.toThrow(/No response from http:\/\/127/)
    await expect(run(exportCommand, ['Nobody'], remote())).rejects.toThrow('There is no journey Nobody')
    await expect(run(importCommand, [single, '--realm', 'x'], remote())).rejects.toThrow('Realm not found')
  })
})

describe('a comparison', () => {
  const compare = async (args: string[], environment: NodeJS.ProcessEnv = {}) => {
    let status = 2
    const command = async (args: string[], terminal: Terminal) => {
      status = await diffCommand(args, terminal)
      return true
    }
    return { ...(await run(command, args, environment)), status }
  }

  test('of the server with the file that it imported finds no difference, and a change in words', async () => {
    await run(importCommand, [single], remote())
    expect(await compare([single, 'server', '--journey', name], remote())).toMatchObject({
      status: 0,
      printed: 'No differences.',
    })
    const json = JSON.parse(readFileSync(single, 'utf8'))
    json.nodes['decide-1'].outcomes.push('later')
    const other = join(out, 'later.json')
    writeFileSync(other, JSON.stringify(json))
    const changed = await compare(['server', other, '--journey', name], remote())
    expect(changed.status).toBe(1)
    expect(changed.printed.split('\n').slice(1)).toEqual([
      `journey '${name}'`,
      '  \'Decide\', Outcomes: added "later"',
    ])
  })

  test('of the data of a stopped server includes what no journey uses, but no secret', async () => {
    const stopped = await preparedFolder((stores) => saveRealm(stores, '/alpha'))
    await run(importCommand, [single, '--data', stopped])
    const canary = 'Canary-5150'
    const node = (adminPassword: string | null) => ({
      _id: 'ldap-1',
      _type: { _id: 'LdapDecisionNode' },
      adminDn: 'cn=admin',
      adminPassword,
    })
    const nodes = { 'ldap-1': { nodeType: 'LdapDecisionNode', displayName: 'LDAP', connections: {} } }
    const ldap = (adminPassword: string | null) => ({
      tree: { _id: 'Directory', entryNodeId: 'ldap-1', nodes },
      nodes: { 'ldap-1': node(adminPassword) },
    })
    const [plain, bare] = [join(out, 'plain.json'), join(out, 'bare.json')]
    writeFileSync(plain, JSON.stringify(ldap(canary)))
    writeFileSync(bare, JSON.stringify(ldap(null)))
    await run(importCommand, [plain, '--data', stopped])
    for (const file of [plain, bare]) {
      const same = await compare([file, 'server', '--journey', 'Directory', '--data', stopped])
      expect(same.status).toBe(0)
      expect(same.printed + same.warned).not.toContain(canary)
      expect(same.printed).toMatch(file === plain ? /1 secret was not compared/ : /^No differences\.$/)
    }
    const whole = await compare([bare, 'server', '--data', stopped, '--json'])
    expect(whole.printed).toContain('"kind": "emailTemplate"')
    expect(whole.printed).not.toMatch(/Canary|sealed:/)
    rmSync(stopped, { recursive: true })
  })

  test('names journeys of the server that exports can’t contain, and ends with 2', async () => {
    const { status, warned } = await compare([single, 'server', '--data', folder])
    expect(status).toBe(2)
    expect(warned).toMatch(/server was read only in part:\n.*Journey '..\/..\/evil' has an invalid name/)
  })

  test('with a server that does not respond ends with 2', async () => {
    const away = { ...remote(), SIDEGATE_URL: 'http://127.0.0.1:9' }
    await expect(compare([single, 'server'], away)).rejects.toThrow(UsageError)
  })
})

describe('unreadable files are named before anything is sent', () => {
  test.each([
    ['cut.json', '{"trees": {"Login": {"tree": {"_id', /cut\.json: This JSON ends in the middle/],
    ['zip.json', 'PK\u0003\u0004', /zip\.json: This is a zip archive/],
    [
      'other.json',
      '{"name": "x", "version": 1}',
      /other\.json: This is not an export of journeys but an object with/,
    ],
    ['deep.json', '['.repeat(300_000), /deep\.json: This/],
    ['large.json', `"${' '.repeat(21 * 1_048_576)}"`, /large\.json: larger than 20 MB/],
  ])('%s', async (file, text, message) => {
    const path = join(out, file)
    writeFileSync(path, text)
    const before = await snapshot()
    await expect(run(importCommand, [path, '--data', folder])).rejects.toThrow(message)
    expect(await snapshot()).toEqual(before)
    rmSync(path)
  })

  test('a missing file', async () => {
    await expect(run(importCommand, [join(out, 'nowhere')])).rejects.toThrow(/file or folder not found/)
  })
})

test('the command line exits with 0, 1 or 2', async () => {
  const bin = join(import.meta.dirname, '..', '..', 'bin', 'sidegate.js')
  const status = (...args: string[]) =>
    promisify(execFile)(process.execPath, [bin, ...args]).then(
      () => 0,
      (error: { code: number; stderr: string }) => error.code,
    )
  expect(await status('import', single, '--dry-run', '--data', folder)).toBe(0)
  expect(await status('import', join(out, 'nowhere'))).toBe(1)
  expect(
    await status('import', join(fixtures, 'full-config.json'), '--from', 'charlie', '--data', folder),
  ).toBe(1)
  expect(await status('import', '--unheard')).toBe(2)
  expect(await status('diff', single, single)).toBe(0)
  expect(await status('diff', single, join(fixtures, 'full-config.json'), '--from', 'bravo')).toBe(1)
  expect(await status('diff', single, join(out, 'nowhere'))).toBe(2)
  expect(await status('unheard')).toBe(2)
  expect(await status('lint', fixtures)).toBe(2)
  expect(await status('lint', single)).toBe(1)
})
