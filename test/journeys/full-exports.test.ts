import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../../src/base/json.ts'
import { exportCommand } from '../../src/cli/export-command.ts'
import { makeFolder, openFolder } from '../../src/cli/folder-target.ts'
import { importCommand } from '../../src/cli/import-command.ts'
import { failureId, successId } from '../../src/engine/journey.ts'
import { keptLimits } from '../../src/journeys/exchange/kept-documents.ts'
import { readFiles } from '../../src/journeys/exchange/read-files.ts'

// Whole-tenant exports: what has no meaning here is kept, and given back in its place.

let scratch: string
let said: string[]
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'sidegate-full-'))
  said = []
  await makeFolder(join(scratch, 'data'), '/alpha')
})
afterEach(() => rmSync(scratch, { recursive: true, force: true }))

const terminal = {
  print: (text: string) => void said.push(text),
  warn: (text: string) => void said.push(text),
  environment: {},
}

function write(files: Readonly<Record<string, Json>>): string {
  const folder = join(scratch, 'given')
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2))
  }
  return folder
}

const imported = async (path: string, data = 'data', ...more: string[]) => {
  said.length = 0
  const isPossible = await importCommand([path, '--data', join(scratch, data), ...more], terminal)
  return { isPossible, text: said.join('\n') }
}

async function exported(name: string, data = 'data', ...more: string[]): Promise<string> {
  const out = join(scratch, name)
  await exportCommand(['--all', '--data', join(scratch, data), '--out', out, ...more], terminal)
  return out
}

const place = {
  nodeType: 'MessageNode',
  displayName: 'Hello',
  connections: { true: successId, false: failureId },
}
const tree = (name: string): JsonObject => ({
  _id: name,
  entryNodeId: 'ask',
  nodes: { ask: { ...place, x: 10, y: 20 } },
})
const ask = {
  _id: 'ask',
  _type: { _id: 'MessageNode', name: 'Message', collection: true },
  message: { en: 'Hello' },
}
const secret = 'correct-horse-battery'

const kba = {
  _id: 'selfservice.kba',
  kbaPropertyName: 'kbaInfo',
  questions: { 2: { en: 'Pet?' }, 1: { en: 'Town – 町?' } },
}

const full: JsonObject = {
  meta: { exportTool: 'frodo' },
  global: {
    emailTemplate: {
      welcome: { _id: 'emailTemplate/welcome', enabled: true, message: { en: 'Hi\r\nthere' } },
    },
    idm: { 'selfservice.kba': kba, 'uilocale/fr': { _id: 'uilocale/fr', login: { next: 'Suite' } } },
    sync: { _id: 'sync', mappings: [] },
    secret: { 'esv-key': { _id: 'esv-key', encoding: 'generic', activeValue: secret } },
  },
  realm: {
    'root-alpha': {
      trees: { Login: { tree: tree('Login'), nodes: { ask }, innerNodes: {} } },
      authentication: { _id: '', core: { adminAuthModule: 'Login' }, security: { sharedSecret: secret } },
      service: {
        email: { _id: '', from: 'a@example.com', password: secret, transports: [{ clientSecret: secret }] },
      },
      agent: {
        gw: { _id: 'gw', userpassword: { inherited: false, value: secret }, jwk: { kty: 'oct', k: secret } },
      },
      resourcetype: { url: { uuid: 'url', actions: { GET: true } } },
      saml: {
        hosted: {
          aG9zdA: {
            _id: 'aG9zdA',
            entityId: 'host',
            serviceProvider: { services: { metaAlias: '/alpha/sp' } },
          },
        },
        remote: { cmVtb3Rl: { _id: 'cmVtb3Rl', entityId: 'remote' } },
        metadata: { cmVtb3Rl: ['<EntityDescriptor entityID="remote">', '</EntityDescriptor>'] },
        cot: {
          circle: { _id: 'circle', status: 'active', trustedProviders: ['host|saml2', 'remote|saml2'] },
        },
      },
    },
  },
}

describe('a full export of frodo', () => {
  test.each(['root-alpha', 'alpha', '/alpha'])('is read from the realm key %s', (key) => {
    const [part = null] = Object.values(full.realm ?? {})
    const path = join(write({ 'all.json': { ...full, realm: { [key]: part } } }), 'all.json')
    const { journeys, documents, findings } = readFiles([path], { realm: '/alpha' })
    expect(journeys.map(({ _id }) => _id)).toEqual(['Login'])
    expect(findings).toEqual([])
    expect(documents.map(({ kind, id }) => `${kind}: ${id}`)).toEqual([
      'emailTemplate: welcome',
      'saml2Entity: aG9zdA',
      'saml2Entity: cmVtb3Rl',
      'circleOfTrust: circle',
      'keptDocument: global idm selfservice.kba',
      'keptDocument: global idm uilocale%2ffr',
      'keptDocument: global sync',
      'keptDocument: global secret esv-key',
      'keptDocument: realm authentication',
      'keptDocument: realm service email',
      'keptDocument: realm agent gw',
      'keptDocument: realm resourcetype url',
    ])
  })

  test('is given back in its places, and changes nothing the second time', async () => {
    const path = join(write({ 'all.json': full }), 'all.json')
    expect((await imported(path)).text).toMatch(/Imported\.$/)
    expect((await imported(path)).text).toMatch(
      /Nothing to change: the realm already contains all of this\.$/,
    )
    const first = readFileSync(await exported('first.json'), 'utf8')
    expect(JSON.parse(first)).toMatchObject({
      global: { idm: { 'selfservice.kba': kba }, sync: { _id: 'sync', mappings: [] } },
      realm: {
        'root-alpha': {
          resourcetype: { url: { uuid: 'url' } },
          saml: Object(full.realm)['root-alpha'].saml,
        },
      },
    })
    await makeFolder(join(scratch, 'other'), '/alpha')
    expect((await imported(join(scratch, 'first.json'), 'other')).text).toMatch(/Imported\.$/)
    expect(readFileSync(await exported('second.json', 'other'), 'utf8')).toBe(first)
  })

  test('leaves out the address at which metadata are read, which later imports keep', async () => {
    const there = structuredClone(full)
    Object(there.realm)['root-alpha'].saml.remote.cmVtb3Rl.metadataUrl = 'https://idp.example.com/metadata'
    const path = join(write({ 'there.json': there }), 'there.json')
    const elsewhere = join(write({ 'all.json': full }), 'all.json')
    await makeFolder(join(scratch, 'addressed'), '/alpha')
    expect((await imported(path, 'addressed')).text).toMatch(/Imported\.$/)
    expect(readFileSync(await exported('addressed.json', 'addressed'), 'utf8')).not.toContain(
      'idp.example.com',
    )
    for (const same of [elsewhere, path]) {
      expect((await imported(same, 'addressed')).text).toMatch(/^Nothing to change/m)
    }
  })

  test('leaves the secrets of kept settings out, of storage as well', async () => {
    const { text } = await imported(join(write({ 'all.json': full }), 'all.json'))
    expect(text).toContain('6 secrets in settings that are only kept were left out')
    expect(readFileSync(await exported('out.json'), 'utf8')).not.toContain(secret)
    const target = await openFolder(
      { dataFolder: join(scratch, 'data'), databaseUrl: undefined, masterKey: undefined },
      '/alpha',
    )
    expect(JSON.stringify(await target.exportAll())).not.toContain(secret)
    await target.close()
    const stored = ['sidegate.db', 'sidegate.db-wal'].map((name) => join(scratch, 'data', name))
    for (const file of stored) expect(readOrNothing(file).includes(secret)).toBe(false)
  })

  test('of a realm that the files lack changes nothing, and is no success', async () => {
    const bravo = { ...full, realm: { 'root-bravo': {}, 'root-charlie': {} } }
    const { isPossible, text } = await imported(
      join(
        write({
          'all.json': {
            ...bravo,
            global: {},
            realm: {
              'root-bravo': Object(full.realm)['root-alpha'],
              'root-charlie': Object(full.realm)['root-alpha'],
            },
          },
        }),
        'all.json',
      ),
    )
    expect(isPossible).toBe(false)
    expect(text).toContain('The files contain no realm alpha. Choose one of: bravo, charlie')
    expect(text).not.toContain('Imported')
  })

  test('that keeps too much is refused', async () => {
    const filler = 'x'.repeat(keptLimits.document)
    const path = join(write({ 'all.json': { meta: {}, service: { big: { filler } } } }), 'all.json')
    const { isPossible, text } = await imported(path)
    expect(isPossible).toBe(false)
    expect(text).toContain("'service big' is larger than 4 MB")
  })
})

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

describe('folders of frodo config export -A', () => {
  const files = {
    'global/idm/selfservice.kba.idm.json': { idm: { 'selfservice.kba': kba } },
    'global/idm/managed/alpha_user.managed.json': { name: 'alpha_user', schema: { order: ['b', 'a'] } },
    'global/realm/root.realm.json': { realm: { Lw: { _id: 'Lw', active: true, name: '/', parentPath: '' } } },
    'global/emailTemplate/welcome.emailTemplate.json': {
      emailTemplate: { welcome: { enabled: true, message: { en: 'Hi' } } },
    },
    'realm/root-alpha/journey/Login.journey.json': { tree: tree('Login'), nodes: { ask }, innerNodes: {} },
    'realm/root-alpha/script/Check.script.json': {
      script: {
        s1: {
          _id: 's1',
          name: 'Check',
          context: 'LIBRARY',
          script: 'file://realm/root-alpha/script/Check.script.js',
        },
      },
    },
    'realm/root-alpha/script/Check.script.js': 'exports.f = 1',
    'realm/root-alpha/service/email.service.json': { service: { email: { _id: '', from: 'a@example.com' } } },
    'realm/root-bravo/journey/Other.journey.json': { tree: tree('Other'), nodes: { ask }, innerNodes: {} },
  }

  test('are read for one realm, with what is global', async () => {
    const folder = write(files)
    const { text } = await imported(folder)
    const listed = text.split('\n').filter((line) => line.startsWith('  new'))
    expect(listed.map((line) => line.slice(13))).toEqual([
      "journey 'Login'",
      "script 'Check'",
      "email template 'welcome'",
      "kept setting 'idm/managed/alpha_user.managed.json'",
      "kept setting 'idm selfservice.kba'",
      "kept setting 'realm Lw'",
      "kept setting 'service email'",
    ])
    expect((await imported(folder)).text).toMatch(/Nothing to change/)
  })

  test('round-trip through one file', async () => {
    await imported(write(files))
    const first = readFileSync(await exported('first.json'), 'utf8')
    await makeFolder(join(scratch, 'other'), '/alpha')
    await imported(join(scratch, 'first.json'), 'other')
    expect(readFileSync(await exported('second.json', 'other'), 'utf8')).toBe(first)
  })
})

describe('folders of fr-config-manager', () => {
  const files = {
    'custom-nodes/nodes/Stamp/Stamp.json': {
      _id: 'stamp-1',
      serviceName: 'stamp',
      displayName: 'Stamp',
      outcomes: ['done'],
      properties: {},
      script: { file: 'Stamp.js' },
    },
    'custom-nodes/nodes/Stamp/Stamp.js': "action.goTo('done')",
    'email-templates/welcome/welcome.json': {
      _id: 'emailTemplate/welcome',
      enabled: true,
      message: { en: { file: 'welcome.en.md' } },
      styles: { file: 'welcome.css' },
    },
    'email-templates/welcome/welcome.en.md': 'Hello\r\n{{object.userName}}',
    'email-templates/welcome/welcome.css': 'a { color: red }',
    'kba/selfservice.kba.json': kba,
    'terms-conditions/terms-conditions.json': {
      _id: 'selfservice.terms',
      active: '1',
      versions: [{ version: '1', termsTranslations: { en: { file: '1/en.html' } } }],
    },
    'terms-conditions/1/en.html': '<p>Be nice.</p>',
    'locales/fr.json': { _id: 'uilocale/fr', login: { next: 'Suite' } },
    'realms/alpha/journeys/Login/Login.json': tree('Login'),
    'realms/alpha/journeys/Login/nodes/Hello - ask.json': ask,
    'realms/alpha/themes/Spring/Spring.json': {
      _id: 't1',
      name: 'Spring',
      isDefault: false,
      journeyFooter: { en: { file: 'journeyFooter/en.html' } },
    },
    'realms/alpha/themes/Spring/journeyFooter/en.html': '<b>Bye</b>',
    'realms/alpha/password-policy/alpha_user-password-policy.json': {
      _id: 'fieldPolicy/alpha_user',
      validator: [],
    },
    'realms/alpha/services/email.json': { _id: '', from: 'a@example.com' },
    'realms/alpha/services/SocialIdentityProviders/google.json': {
      _id: 'google',
      clientId: 'c',
      _type: { _id: 'googleConfig' },
    },
    'realms/alpha/realm-config/saml/remote/remote.json': {
      config: { _id: 'cmVtb3Rl', entityId: 'remote' },
      metadata: '<EntityDescriptor/>',
    },
    'realms/alpha/realm-config/saml/COT/circle.json': { _id: 'circle', status: 'active' },
    'package.json': { name: 'not an export' },
  }

  test('are read with the texts beside the documents', async () => {
    const { documents, findings } = readFiles([write(files)], { realm: '/alpha' })
    const of = (kind: string) => documents.find((one) => one.kind === kind)?.document
    expect(findings.map(({ message }) => message)).toEqual(
      [
        '1 node that belongs to no journey in the files is left out',
        expect.stringMatching(/package\.json is not an export and was left out$/),
      ].slice(1),
    )
    expect(of('emailTemplate')).toMatchObject({
      message: { en: 'Hello\r\n{{object.userName}}' },
      styles: 'a { color: red }',
    })
    expect(of('theme')).toMatchObject({ journeyFooter: { en: '<b>Bye</b>' } })
    expect(of('saml2Entity')).toMatchObject({ entityLocation: 'remote', base64EntityXML: expect.any(String) })
    expect(documents.map(({ kind, id }) => `${kind}: ${id}`)).toEqual([
      'emailTemplate: welcome',
      'theme: t1',
      'socialIdentityProvider: google',
      'saml2Entity: cmVtb3Rl',
      'circleOfTrust: circle',
      'keptDocument: global fr-config-manager kba%2fselfservice.kba.json',
      'keptDocument: global fr-config-manager locales%2ffr.json',
      'keptDocument: realm fr-config-manager password-policy%2falpha_user-password-policy.json',
      'keptDocument: realm fr-config-manager services%2femail.json',
      'keptDocument: global fr-config-manager terms-conditions%2fterms-conditions.json',
    ])
  })

  test('are written again with the same content', async () => {
    const folder = write(files)
    await imported(folder)
    expect((await imported(folder)).text).toMatch(/Nothing to change/)
    const out = await exported('out', 'data', '--form', 'fr-config-manager')
    const read = (path: string) => readFileSync(join(out, path), 'utf8')
    for (const path of [
      'kba/selfservice.kba.json',
      'locales/fr.json',
      'terms-conditions/terms-conditions.json',
      'realms/alpha/services/email.json',
    ] as const) {
      expect(JSON.parse(read(path))).toEqual(files[path])
    }
    for (const path of [
      'terms-conditions/1/en.html',
      'email-templates/welcome/welcome.en.md',
      'email-templates/welcome/welcome.css',
      'realms/alpha/themes/Spring/journeyFooter/en.html',
      'custom-nodes/nodes/Stamp/Stamp.js',
    ] as const) {
      expect(read(path)).toBe(files[path])
    }
    expect((await imported(out)).text).toMatch(/Nothing to change/)
  })
})

describe('one broken file among many', () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [
      `realms/alpha/journeys/J${i}/J${i}.json`,
      { ...tree(`J${i}`), entryNodeId: `ask${i}`, nodes: { [`ask${i}`]: { ...place, x: 1, y: 2 } } },
    ]),
  )
  const content = async () =>
    JSON.stringify(JSON.parse(readFileSync(await exported('now.json'), 'utf8')).realm['root-alpha'].trees)

  test('is named with its line and the reason, and nothing is imported', async () => {
    const folder = write({
      ...many,
      'realms/alpha/journeys/J7/J7.json': '{\n  "_id": "J7",\n  "entryNodeId" "x"\n}',
    })
    await expect(imported(folder)).rejects.toThrow(/J7\/J7\.json: This is not JSON: colon expected in line 3/)
    expect(await content()).toBe('{}')
  })

  test('with one wrong member is named with the line and what was expected', async () => {
    const broken = JSON.stringify({ ...tree('J7'), enabled: 'perhaps' }, null, 2)
    const folder = write({ ...many, 'realms/alpha/journeys/J7/J7.json': broken })
    const { isPossible, text } = await imported(folder)
    const line = broken.split('\n').findIndex((each) => each.includes('enabled')) + 1
    expect(isPossible).toBe(false)
    expect(text).toMatch(new RegExp(`unreadable .*J7/J7\\.json:${line}: Journey 'J7': enabled: .*boolean`))
    expect(text).toMatch(
      /Nothing was imported: mend what is unreadable, or leave it out with --skip-unreadable\.$/,
    )
    expect(await content()).toBe('{}')
    expect((await imported(folder, 'data', '--skip-unreadable')).text).toMatch(/Imported\.$/)
    expect(Object.keys(JSON.parse(await content()))).toHaveLength(99)
  })
})
