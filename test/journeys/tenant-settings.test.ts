import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { makeFolder } from '../../src/cli/folder-target.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import type { RealmSettings } from '../../src/realms/realm.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'

// Settings and variables of whole-tenant exports that mean something here: they are applied, and come back as they are now.

let scratch: string
let said: string[]
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sidegate-tenant-'))
  said = []
  await makeFolder(join(scratch, 'data'), '/alpha')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const terminal = {
  print: (text: string) => void said.push(text),
  warn: (text: string) => void said.push(text),
  environment: {},
}

function write(files: Readonly<Record<string, Json>>, name = 'given'): string {
  for (const [file, content] of Object.entries(files)) {
    const path = join(scratch, name, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return join(scratch, name)
}

async function imported(path: string, data = 'data', ...more: string[]) {
  said.length = 0
  const isPossible = await importCommand([path, '--data', join(scratch, data), ...more], terminal)
  return { isPossible, text: said.join('\n') }
}

async function exported(name: string, data = 'data', ...more: string[]): Promise<string> {
  const out = join(scratch, name)
  await exportCommand(['--all', '--data', join(scratch, data), '--out', out, ...more], terminal)
  return out
}

async function withStores<Value>(work: (stores: Stores) => Promise<Value>, data = 'data'): Promise<Value> {
  const stores = await openStores({ dataFolder: join(scratch, data), databaseUrl: undefined })
  try {
    return await work(stores)
  } finally {
    await stores.close()
  }
}

const settingsIn = (data = 'data') =>
  withStores(async ({ realms }) => (await realms.read('/alpha'))?.settings as RealmSettings, data)
const variablesIn = (data = 'data') => withStores(async ({ esvs }) => (await esvs.all()).variables, data)
const change = (changed: (settings: RealmSettings) => RealmSettings) =>
  withStores(async ({ realms }) => {
    const realm = await realms.read('/alpha')
    if (realm !== undefined) await realms.save({ ...realm, settings: changed(realm.settings) })
  })

const base64 = (text: string) => Buffer.from(text).toString('base64')
const kba: JsonObject = {
  _id: 'selfservice.kba',
  kbaPropertyName: 'kbaInfo',
  minimumAnswersToDefine: 1,
  questions: { 1: { en: 'Town?' }, 2: { en: 'Pet?' } },
}
const terms: JsonObject = {
  _id: 'selfservice.terms',
  active: '2',
  uiConfig: { displayName: 'Terms' },
  versions: [
    { version: '1', createDate: '2024-01-01T00:00:00Z', termsTranslations: { en: 'Old' } },
    { version: '2', createDate: '2025-01-01T00:00:00Z', termsTranslations: { en: 'Be nice' } },
  ],
}
const policy: JsonObject = {
  _id: 'fieldPolicy/alpha_user',
  type: 'password-policy',
  validator: [
    {
      _id: 'alpha_userPasswordPolicy-length-based-password-validator',
      type: 'length-based',
      enabled: true,
      minPasswordLength: 9,
      maxPasswordLength: 0,
    },
    {
      _id: 'x',
      type: 'character-set',
      enabled: true,
      characterSet: ['0:abcdefghijklmnopqrstuvwxyz', '1:ABCDEFGHIJKLMNOPQRSTUVWXYZ', '2:0123456789'],
    },
    { type: 'repeated-characters', enabled: true, maxConsecutiveLength: 2 },
  ],
}
const managed: JsonObject = {
  _id: 'managed',
  objects: [
    {
      name: 'alpha_user',
      schema: {
        order: ['custom_badge'],
        properties: { custom_badge: { title: 'Badge', type: 'string', searchable: true } },
      },
    },
    { name: 'bravo_user', schema: { properties: { custom_other: { type: 'string' } } } },
  ],
}
const variable: JsonObject = {
  _id: 'esv-port',
  description: 'A port',
  expressionType: 'int',
  valueBase64: base64('8443'),
}

function fullWith(idm: JsonObject, more: JsonObject = {}): JsonObject {
  return { meta: { exportTool: 'frodo' }, global: { idm, ...more }, realm: { 'root-alpha': { trees: {} } } }
}

const whole = fullWith(
  {
    'selfservice.kba': kba,
    'selfservice.terms': terms,
    'uilocale/fr': { _id: 'uilocale/fr', login: { next: 'Suite' } },
    'fieldPolicy/alpha_user': policy,
    'fieldPolicy/bravo_user': { _id: 'fieldPolicy/bravo_user', validator: 'broken, but of another realm' },
    managed,
  },
  { variable: { 'esv-port': variable } },
)

const fileOf = (json: JsonObject) => join(write({ 'all.json': json }), 'all.json')

describe('settings of a full export', () => {
  test('are applied to the realm and listed in the plan', async () => {
    const { text } = await imported(fileOf(whole))
    for (const line of [
      "new        variable 'esv-port'",
      "changed    setting 'Security questions'",
      "changed    setting 'Terms and conditions'",
      "changed    setting 'Language fr'",
      "changed    setting 'Password policy'",
      "changed    setting 'Custom attributes'",
      "Setting 'idm fieldPolicy/alpha_user': the validator repeated-characters doesn’t exist here",
    ]) {
      expect(text).toContain(line)
    }
    expect(await settingsIn()).toMatchObject({
      selfService: {
        kba: { minimumAnswersToDefine: 1, minimumAnswersToVerify: 1, questions: kba.questions },
        terms: { version: '2', createDate: '2025-01-01T00:00:00Z', text: { en: 'Be nice' } },
      },
      locales: { default: 'en', offered: ['en', 'fr'] },
      passwordPolicy: { minLength: 9, maxLength: 128, minCapitals: 1, minNumbers: 2 },
      customAttributes: [{ name: 'custom_badge', title: 'Badge' }],
    })
    expect(await variablesIn()).toMatchObject([
      { id: 'esv-port', name: 'ESV_PORT', expressionType: 'int', value: '8443', description: 'A port' },
    ])
  })

  test('change nothing the second time, and come back byte for byte', async () => {
    const path = fileOf(whole)
    await imported(path)
    expect((await imported(path)).text).toMatch(/Nothing to change/)
    const first = readFileSync(await exported('first.json'), 'utf8')
    expect(JSON.parse(first).global).toMatchObject(whole.global as JsonObject)
    await makeFolder(join(scratch, 'other'), '/alpha')
    expect((await imported(join(scratch, 'first.json'), 'other')).text).toMatch(/Imported\.$/)
    expect(readFileSync(await exported('second.json', 'other'), 'utf8')).toBe(first)
    expect((await imported(join(scratch, 'first.json'))).text).toMatch(/Nothing to change/)
  })

  test('come back as they are now', async () => {
    await imported(fileOf(whole))
    await change((settings) => ({
      ...settings,
      selfService: {
        ...settings.selfService,
        kba: { ...settings.selfService.kba, questions: { 9: { en: 'Colour?' } } },
        terms: { version: '3', createDate: '2026-01-01T00:00:00Z', text: { en: 'New' } },
      },
      locales: { default: 'en', offered: ['en'] },
      passwordPolicy: { ...settings.passwordPolicy, minLength: 11, minCapitals: 0, mayContainUserName: true },
      customAttributes: [],
    }))
    await withStores(async ({ esvs }) => {
      const [stored] = (await esvs.all()).variables
      if (stored !== undefined) await esvs.saveVariable({ ...stored, value: '9443' })
    })
    const first = await exported('first.json')
    const { idm, variable: variables } = JSON.parse(readFileSync(first, 'utf8')).global
    expect(idm['uilocale/fr']).toBeUndefined()
    expect(idm['selfservice.terms'].versions).toHaveLength(3)
    expect(idm['fieldPolicy/alpha_user'].validator).toHaveLength(4)
    expect(variables['esv-port'].valueBase64).toBe(base64('9443'))
    await makeFolder(join(scratch, 'other'), '/alpha')
    await imported(first, 'other')
    expect(await settingsIn('other')).toEqual(await settingsIn())
    expect(await variablesIn('other')).toMatchObject([{ value: '9443' }])
    expect(readFileSync(await exported('second.json', 'other'), 'utf8')).toBe(readFileSync(first, 'utf8'))
    expect((await imported(first)).text).toMatch(/Imported|Nothing to change/)
    expect((await imported(first)).text).toMatch(/Nothing to change/)
  })

  test('stay with --existing skip and without dependencies', async () => {
    const before = await settingsIn()
    await imported(fileOf(whole), 'data', '--existing', 'skip')
    expect(said.join('\n')).toContain("kept       setting 'Password policy'")
    expect(await settingsIn()).toEqual(before)
    expect((await imported(fileOf(whole), 'data', '--without-dependencies')).isPossible).toBe(false)
    expect(await settingsIn()).toEqual(before)
  })

  test('of a realm leave the other settings of the realm alone, and make a version', async () => {
    await change((settings) => ({ ...settings, defaultJourney: 'Mine', maxIdleMinutes: 7 }))
    await imported(fileOf(whole))
    expect(await settingsIn()).toMatchObject({ defaultJourney: 'Mine', maxIdleMinutes: 7 })
    const versions = await withStores(({ versions: store }) =>
      store.list({ realm: '/alpha', kind: 'realmSettings', id: 'settings' }, { limit: 10 }),
    )
    expect(versions[0]).toMatchObject({ cause: 'import' })
  })
})

describe('one broken setting', () => {
  const broken: [name: string, files: Record<string, Json>, line: number, said: string][] = [
    [
      'of the security questions',
      { 'kba/selfservice.kba.json': { ...kba, minimumAnswersToDefine: 'two' } },
      4,
      "Setting 'kba/selfservice.kba.json': minimumAnswersToDefine: Invalid input: expected number",
    ],
    [
      'of the terms',
      { 'terms-conditions/terms-conditions.json': { ...terms, active: '7' } },
      3,
      'active: must be one of the versions (1, 2)',
    ],
    [
      'of the password policy',
      {
        'realms/alpha/password-policy/alpha_user-password-policy.json': {
          _id: 'fieldPolicy/alpha_user',
          validator: [{ type: 'length-based', minPasswordLength: -1 }],
        },
      },
      6,
      'validator.0.minPasswordLength: Too small: expected number to be >=0',
    ],
    [
      'of an attribute',
      {
        'managed-objects/alpha_user/alpha_user.json': {
          name: 'alpha_user',
          schema: { properties: { 'custom-badge': { type: 'string' } } },
        },
      },
      5,
      'schema.properties.custom-badge',
    ],
    [
      'of a variable',
      { 'esvs/variables/esv-port.json': { ...variable, valueBase64: base64('many') } },
      5,
      "Variable 'esv-port': valueBase64: must be a whole number, as the expressionType is int",
    ],
  ]

  test.each(broken)(
    '%s is named with file, line and what was expected',
    async (_name, files, line, words) => {
      const before = await settingsIn()
      const script = { _id: 's', name: 'Fine', context: 'LIBRARY', script: 'exports.f = 1' }
      const folder = write({
        'realms/alpha/scripts/scripts-config/s.json': script,
        'esvs/variables/esv-fine.json': { _id: 'esv-fine', valueBase64: base64('x') },
        ...files,
      })
      const { isPossible, text } = await imported(folder)
      expect(isPossible).toBe(false)
      const [file = ''] = Object.keys(files)
      expect(text).toContain(`${join(folder, file)}:${line}: `)
      expect(text).toContain(words)
      expect(text).not.toContain('many')
      expect(await settingsIn()).toEqual(before)
      expect(await variablesIn()).toEqual([])
    },
  )
})

describe('variables and secrets of a full export', () => {
  test('need a type that fits the stored one, and a free name', async () => {
    await imported(fileOf(fullWith({}, { variable: { 'esv-port': variable } })))
    const other = { ...variable, expressionType: 'string' }
    const conflict = await imported(fileOf(fullWith({}, { variable: { 'esv-port': other } })))
    expect(conflict).toMatchObject({ isPossible: false })
    expect(conflict.text).toContain("Variable 'esv-port': expressionType: must be int")
    const taken = await imported(
      fileOf(fullWith({}, { variable: { esv_port: { ...variable, _id: 'esv-_port' } } })),
    )
    expect(taken.isPossible).toBe(false)
    expect(await variablesIn()).toMatchObject([{ id: 'esv-port', value: '8443' }])
  })

  test('of some realms stay theirs, on other servers too', async () => {
    await imported(fileOf(fullWith({}, { variable: { 'esv-port': variable } })))
    await withStores(async ({ esvs }) => {
      const [stored] = (await esvs.all()).variables
      if (stored !== undefined) await esvs.saveVariable({ ...stored, realms: ['/alpha'] })
    })
    const first = await exported('first.json')
    await makeFolder(join(scratch, 'other'), '/alpha')
    await imported(first, 'other')
    expect(await variablesIn('other')).toMatchObject([{ id: 'esv-port', realms: ['/alpha'] }])
    await imported(fileOf(fullWith({}, { variable: { 'esv-port': variable } })))
    expect(await variablesIn()).toMatchObject([{ realms: ['/alpha'] }])
    expect(readFileSync(await exported('second.json'), 'utf8')).toBe(readFileSync(first, 'utf8'))
    const open = { 'esv-port': { ...variable, realms: null } }
    await imported(fileOf(fullWith({}, { variable: open })), 'other')
    expect((await variablesIn('other'))[0]?.realms).toBeUndefined()
    const reopened = JSON.parse(readFileSync(await exported('open.json', 'other'), 'utf8'))
    expect(reopened.global.variable['esv-port'].realms).toBeNull()
  })

  test.each([
    [['/alpha', 'gamma'], 'realms: /gamma is not a realm of this server'],
    [['/alpha/'], 'realms: /alpha/ is not a realm of this server'],
    ['/alpha', 'realms: must be a list of realms'],
    [[7], 'realms: must be a text'],
  ])('with the realms %j are refused', async (realms, words) => {
    const refused = await imported(
      fileOf(fullWith({}, { variable: { 'esv-port': { ...variable, realms } } })),
    )
    expect(refused).toMatchObject({ isPossible: false, text: expect.stringContaining(words) })
    expect(await variablesIn()).toEqual([])
  })

  test('that were made in the console are in exports of the realms that may use them', async () => {
    const made = { name: '', description: 'd', expressionType: 'int', changedAt: 1, changedBy: 'a' } as const
    await withStores(async ({ esvs }) => {
      await esvs.saveVariable({ ...made, id: 'esv-all', name: 'ESV_ALL', value: '1' })
      await esvs.saveVariable({ ...made, id: 'esv-own', name: 'ESV_OWN', value: '2', realms: ['/alpha'] })
      await esvs.saveVariable({ ...made, id: 'esv-other', name: 'ESV_OTHER', value: '3', realms: ['/'] })
    })
    const file = await exported('first.json')
    expect(JSON.parse(readFileSync(file, 'utf8')).global.variable).toEqual({
      'esv-all': { _id: 'esv-all', description: 'd', expressionType: 'int', valueBase64: base64('1') },
      'esv-own': {
        _id: 'esv-own',
        description: 'd',
        expressionType: 'int',
        valueBase64: base64('2'),
        realms: ['/alpha'],
      },
    })
    expect((await imported(file)).text).toMatch(/Nothing to change/)
    await makeFolder(join(scratch, 'other'), '/alpha')
    await imported(file, 'other')
    expect(await variablesIn('other')).toMatchObject([{ id: 'esv-all' }, { id: 'esv-own' }])
    expect(readFileSync(await exported('second.json', 'other'), 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  test('without a value are findings, and never become empty ones', async () => {
    const hidden = 'correct-horse-battery'
    const { text } = await imported(
      write({
        'realms/alpha/scripts/scripts-config/s.json': {
          _id: 's',
          name: 'Fine',
          context: 'LIBRARY',
          script: 'exports.f = 1',
        },
        'esvs/variables/esv-open.json': {
          _id: 'esv-open',
          expressionType: 'int',
          valueBase64: '$'.concat('{ESV_OPEN}'),
        },
        'esvs/secrets/esv-key.json': { _id: 'esv-key', description: 'A key', valueBase64: base64(hidden) },
      }),
    )
    expect(text).toContain("missing      Variable 'esv-open' has no value in the files")
    expect(text).toContain("missing      Secret 'esv-key' has no value in the files")
    expect(text).not.toContain(hidden)
    const stored = await withStores(({ esvs }) => esvs.all())
    expect(stored).toEqual({ variables: [], secrets: [], active: [] })
    const out = await exported('out', 'data', '--form', 'fr-config-manager')
    const read = (path: string) => readFileSync(join(out, path), 'utf8')
    expect(JSON.parse(read('esvs/secrets/esv-key.json'))).not.toHaveProperty('valueBase64')
    expect(JSON.parse(read('esvs/variables/esv-open.json'))).toHaveProperty('valueBase64')
    expect((await imported(out)).text).toMatch(/Nothing to change/)
  })
})

test('texts in files of their own are read, and written back as they are now', async () => {
  const folder = write({
    'realms/alpha/scripts/scripts-config/s.json': {
      _id: 's',
      name: 'Fine',
      context: 'LIBRARY',
      script: 'exports.f = 1',
    },
    'terms-conditions/terms-conditions.json': {
      _id: 'selfservice.terms',
      active: '1',
      versions: [{ version: '1', createDate: 'then', termsTranslations: { en: { file: '1/en.html' } } }],
    },
    'terms-conditions/1/en.html': '<p>Be nice.</p>',
  })
  await imported(folder)
  expect((await settingsIn()).selfService.terms).toEqual({
    version: '1',
    createDate: 'then',
    text: { en: '<p>Be nice.</p>' },
  })
  await change(({ selfService, ...settings }) => ({
    ...settings,
    selfService: { ...selfService, terms: { version: '1', createDate: 'then', text: { en: 'Be kind.' } } },
  }))
  const out = await exported('out', 'data', '--form', 'fr-config-manager')
  expect(readFileSync(join(out, 'terms-conditions/1/en.html'), 'utf8')).toBe('Be kind.')
  expect(readFileSync(join(out, 'terms-conditions/terms-conditions.json'), 'utf8')).toContain('1/en.html')
  await imported(out)
  expect((await imported(out)).text).toMatch(/Nothing to change/)
})
