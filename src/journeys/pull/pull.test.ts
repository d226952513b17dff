import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { failureId } from '../../engine/journey.ts'
import { differencesOf } from '../compare/differences.ts'
import { toWrite } from '../compare/to-write.ts'
import type { Bundle } from '../exchange/bundle.ts'
import { readFiles } from '../exchange/read-files.ts'
import { EditedFiles } from './edited-files.ts'
import { pull } from './pull.ts'

const fixtures = join(import.meta.dirname, '..', '..', '..', 'test', 'fixtures', 'exchange')
const choice = { realm: '/alpha' }

let scratch: string
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'sidegate-pull-'))
})
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let count = 0

/** A copy of a fixture in a folder of its own. */
function copyOf(layout: string): string {
  const folder = join(scratch, `${count++}`)
  const from = join(fixtures, layout)
  if (statSync(from).isDirectory()) cpSync(from, folder, { recursive: true })
  else {
    mkdirSync(folder)
    cpSync(from, join(folder, basename(layout)))
  }
  return folder
}

type Change = (bundle: Bundle) => void

function pullInto(folder: string, change: Change): string[] {
  const server: Bundle = structuredClone(readFiles([folder], choice))
  change(server)
  const files = new EditedFiles(folder, choice)
  const before = files.bundle()
  pull(files, toWrite(differencesOf(before, server), before, server), server)
  const written = files.save().map((line) => basename(line))
  expect(differencesOf(readFiles([folder], choice), server).differences).toEqual([])
  return written.toSorted()
}

const journeyOf = ({ journeys: [journey] }: Bundle) => {
  if (journey === undefined) throw new Error('no journey')
  return journey
}

const setting: Change = ({ nodes }) =>
  Object.assign(nodes.find(({ id }) => id === 'decide-1')?.config ?? {}, { outcomes: ['ok', 'later'] })
const connection: Change = (bundle) => {
  const connections = journeyOf(bundle).nodes['decide-1']?.connections ?? {}
  const [outcome = ''] = Object.keys(connections)
  connections[outcome] = failureId
  Object.assign(journeyOf(bundle), { mustRun: true, description: 'Pulled' })
}
const note: Change = (bundle) =>
  Object.assign(journeyOf(bundle).uiConfig, {
    sidegateNotes: JSON.stringify({ 'note-1': { text: 'Ask legal', x: 1, y: 2 } }),
  })
const source: Change = ({ scripts }) => Object.assign(scripts[0] ?? {}, { source: 'outcome = "pulled"\n' })
const typeSource: Change = ({ customNodeTypes }) =>
  Object.assign(customNodeTypes[0] ?? {}, { script: 'action.goTo("pulled")' })
const theme: Change = ({ documents }) =>
  Object.assign(documents.find(({ kind }) => kind === 'theme')?.document ?? {}, { primaryColor: '#abcdef' })
const email: Change = ({ documents }) =>
  Object.assign(documents.find(({ kind }) => kind === 'emailTemplate')?.document ?? {}, {
    from: 'pulled@example.com',
  })

const layouts = [
  'admin-ui',
  'amster',
  'amtree.json',
  'companies-house',
  'file-based-config',
  'fr-config-manager',
  'frodo-multi.journey.json',
  'frodo-single.journey.json',
  'full-config.json',
  'raw-tree',
]

describe.each(layouts)('into files of %s', (layout) => {
  test.each<[string, Change]>([
    ['a setting', setting],
    ['a connection and a flag', connection],
    ['a note on the canvas', note],
    ['the source of a script', source],
    ['a custom node type', typeSource],
    ['a theme', theme],
    ['an email template', email],
  ])('writes %s', (_what, change) => {
    const folder = copyOf(layout)
    const before = readdirSync(folder, { recursive: true }).length
    expect(pullInto(folder, change)).toHaveLength(1)
    expect(readdirSync(folder, { recursive: true })).toHaveLength(before)
  })

  test('writes nothing without a difference', () => {
    expect(pullInto(copyOf(layout), () => undefined)).toEqual([])
  })
})

/** A new node on the canvas, one on a new page, and a node less. */
const nodes: Change = (bundle) => {
  const journey = journeyOf(bundle)
  const place = { connections: { true: failureId }, x: 7, y: 8 }
  journey.nodes['new-1'] = { ...place, nodeType: 'MessageNode', displayName: 'New' }
  journey.nodes['new-2'] = { ...place, nodeType: 'PageNode', displayName: 'New page' }
  const child = { _id: 'new-3', nodeType: 'MessageNode', displayName: 'Inside' }
  bundle.nodes.push(
    { id: 'new-1', type: 'MessageNode', version: '1.0', config: { message: { en: 'x' } } },
    { id: 'new-2', type: 'PageNode', version: '1.0', config: { nodes: [child] } },
    { id: 'new-3', type: 'MessageNode', version: '1.0', config: { message: { en: 'y' } } },
  )
  delete journey.nodes['risk-1']
  bundle.nodes = bundle.nodes.filter(({ id }) => id !== 'risk-1')
}

/** A new journey with a new script, and a new theme. */
const things: Change = (bundle) => {
  const [script] = bundle.scripts
  const [theme] = bundle.documents.filter(({ kind }) => kind === 'theme')
  if (script === undefined || theme === undefined) throw new Error('the fixture has both')
  bundle.scripts.push({ ...script, id: 'new-script', name: 'New: script' })
  bundle.documents.push({ ...theme, id: 'new-theme', document: { name: 'New theme' } })
  const decide = {
    nodeType: 'ScriptedDecisionNode',
    displayName: 'Ask',
    connections: { ok: failureId },
    x: 1,
    y: 1,
  }
  bundle.journeys.push({
    ...journeyOf(bundle),
    _id: 'New',
    entryNodeId: 'new-9',
    nodes: { 'new-9': decide },
    uiConfig: {},
  })
  const config = { script: 'new-script', outcomes: ['ok'], inputs: ['*'], outputs: ['*'] }
  bundle.nodes.push({ id: 'new-9', type: 'ScriptedDecisionNode', version: '1.0', config })
}

describe.each(['amtree.json', 'frodo-multi.journey.json', 'frodo-single.journey.json', 'full-config.json'])(
  'new things of the server',
  (layout) => {
    test(`are nodes in the file of their journey (${layout})`, () => {
      expect(pullInto(copyOf(layout), nodes)).toEqual([layout])
    })

    test(`are further files beside it (${layout})`, () => {
      expect(pullInto(copyOf(layout), things)).toEqual([
        'New%3a script.script.json',
        'New.journey.json',
        'New.layout.json',
        'new-theme.theme.json',
      ])
    })
  },
)

describe('in files of fr-config-manager', () => {
  const journeys = 'realms/alpha/journeys'
  const pathsIn = (folder: string) => Object.keys(contentOf(folder))

  test('new nodes have files of their own, and those of removed nodes are removed', () => {
    const folder = copyOf('fr-config-manager')
    const before = pathsIn(folder)
    pullInto(folder, nodes)
    const after = pathsIn(folder)
    const place = `${journeys}/Verify – 確認/nodes`
    expect(after.filter((path) => !before.includes(path)).toSorted()).toEqual([
      `${place}/New - new-1.json`,
      `${place}/New page - new-2.json`,
      `${place}/New page - new-2/Inside - new-3.json`,
    ])
    expect(before.filter((path) => !after.includes(path))).toEqual([`${place}/Node - risk-1.json`])
  })

  const name = 'Verify – 確認'
  const isRoot = process.getuid?.() === 0

  test.for<[string, Change, (place: string) => void]>([
    [
      'a file',
      (bundle) => {
        nodes(bundle)
        setting(bundle)
      },
      (place) => {
        rmSync(join(place, 'nodes/Node - decide-1.json'))
        mkdirSync(join(place, 'nodes/Node - decide-1.json'))
      },
    ],
    ['a new folder', nodes, (place) => writeFileSync(join(place, 'nodes/New page - new-2'), '')],
    [
      'the folder of a removed file',
      (bundle) => {
        delete journeyOf(bundle).nodes['risk-1']
        bundle.nodes = bundle.nodes.filter(({ id }) => id !== 'risk-1')
      },
      (place) => {
        chmodSync(join(place, 'nodes'), 0o555)
        onTestFinished(() => chmodSync(join(place, 'nodes'), 0o755))
      },
    ],
  ])('nothing changes if %s can’t be written', ([what, change, spoil], { skip }) => {
    // Root may write everywhere.
    if (what === 'the folder of a removed file') skip(isRoot)
    const folder = copyOf('fr-config-manager')
    const server: Bundle = structuredClone(readFiles([folder], choice))
    change(server)
    const files = new EditedFiles(folder, choice)
    const before = files.bundle()
    pull(files, toWrite(differencesOf(before, server), before, server), server)
    spoil(join(folder, journeys, name))
    const spoilt = contentOf(folder)
    expect(() => files.save()).toThrow(/EISDIR|ENOTDIR|EACCES/)
    expect(contentOf(folder)).toEqual(spoilt)
  })

  test('new journeys, scripts, themes, templates and custom node types are where its tools expect them', () => {
    const folder = copyOf('fr-config-manager')
    const before = pathsIn(folder)
    pullInto(folder, (bundle) => {
      things(bundle)
      const [type] = bundle.customNodeTypes
      if (type !== undefined)
        bundle.customNodeTypes.push({ ...type, serviceName: 'other', displayName: 'Other' })
      bundle.documents.push({ kind: 'emailTemplate', id: 'bye', document: { subject: { en: 'Bye' } } })
    })
    const added = pathsIn(folder).filter((path) => !before.includes(path))
    expect(added.toSorted()).toEqual([
      'custom-nodes/nodes/Other/Other.js',
      'custom-nodes/nodes/Other/Other.json',
      'email-templates/bye/bye.json',
      `${journeys}/New/New.json`,
      `${journeys}/New/nodes/Ask - new-9.json`,
      'realms/alpha/scripts/scripts-config/new-script.json',
      'realms/alpha/scripts/scripts-content/AUTHENTICATION_TREE_DECISION_NODE/New%3a script.js',
      'realms/alpha/themes/New theme/New theme.json',
    ])
  })

  test('the file of a node that another journey has stays', () => {
    const folder = copyOf('fr-config-manager')
    const other = {
      _id: 'Other',
      entryNodeId: 'risk-1',
      nodes: { 'risk-1': { nodeType: 'VendorRiskNode', displayName: 'Risk' } },
    }
    mkdirSync(join(folder, journeys, 'Other'))
    writeFileSync(join(folder, journeys, 'Other', 'Other.json'), JSON.stringify(other))
    const before = pathsIn(folder)
    pullInto(folder, ({ journeys }) => delete journeys.find(({ _id }) => _id !== 'Other')?.nodes['risk-1'])
    expect(pathsIn(folder)).toEqual(before)
  })

  test('there is no place for a variable', () => {
    const variable: Change = ({ documents }) =>
      void documents.push({ kind: 'variable', id: 'esv-x', document: { description: 'x' } })
    expect(() => pullInto(copyOf('fr-config-manager'), variable)).toThrow(
      /has no place for variable 'esv-x': added/,
    )
  })
})

describe('pull writes nothing, and names what has no place', () => {
  test.each(['amster', 'file-based-config', 'raw-tree', 'companies-house'])('in %s', (layout) => {
    for (const [change, message] of [
      [nodes, /^Nothing was written\. The form of the files has no place for journey 'Verify/],
      [things, /^Nothing was written\. (script|theme|journey) 'New.*' is new, and pull can't add it/],
    ] as const) {
      const folder = copyOf(layout)
      const before = contentOf(folder)
      expect(() => pullInto(folder, change)).toThrow(message)
      expect(contentOf(folder)).toEqual(before)
    }
  })
})

function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(folder, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

test('pull changes only the lines that differ, and keeps the format of a file', () => {
  for (const indent of ['  ', '    ', '\t']) {
    const folder = copyOf('frodo-single.journey.json')
    const file = join(folder, 'frodo-single.journey.json')
    const text = `${JSON.stringify(JSON.parse(readFileSync(file, 'utf8')), null, indent)}\n`
    writeFileSync(file, text)
    pullInto(folder, connection)
    const [old, now] = [text.split('\n'), readFileSync(file, 'utf8').split('\n')]
    const changed = now.filter((line) => !old.includes(line)).map((line) => line.trim().slice(0, 16))
    expect(changed.length).toBeLessThanOrEqual(4)
    expect(now.length - old.length).toBeLessThanOrEqual(2)
    expect(now.at(-1)).toBe('')
  }
})

test('pull does not write through links out of the folder', () => {
  const folder = copyOf('fr-config-manager')
  const file = join(
    folder,
    'realms/alpha/scripts/scripts-content/AUTHENTICATION_TREE_DECISION_NODE/Check risk.js',
  )
  const outside = join(scratch, 'outside.js')
  writeFileSync(outside, readFileSync(file))
  rmSync(file)
  symlinkSync(outside, file)
  const before = readFileSync(outside, 'utf8')
  expect(() => pullInto(folder, source)).toThrow(/Check risk\.js is a link out of the folder/)
  expect(readFileSync(outside, 'utf8')).toBe(before)
})

test('pull keeps the secrets of the files', () => {
  const folder = copyOf('frodo-single.journey.json')
  const file = join(folder, 'frodo-single.journey.json')
  const json = JSON.parse(readFileSync(file, 'utf8'))
  json.tree.nodes['ldap-1'] = { nodeType: 'LdapDecisionNode', displayName: 'LDAP', connections: {} }
  json.nodes['ldap-1'] = {
    _id: 'ldap-1',
    _type: { _id: 'LdapDecisionNode' },
    adminDn: 'a',
    adminPassword: 'mine',
  }
  writeFileSync(file, JSON.stringify(json))
  pullInto(folder, ({ nodes }) =>
    Object.assign(nodes.find(({ id }) => id === 'ldap-1')?.config ?? {}, {
      adminDn: 'b',
      adminPassword: null,
    }),
  )
  expect(JSON.parse(readFileSync(file, 'utf8')).nodes['ldap-1']).toMatchObject({
    adminDn: 'b',
    adminPassword: 'mine',
  })
})

test('pull fills an empty folder, and then keeps positions in their own file', () => {
  const folder = join(scratch, 'empty')
  const server = readFiles([join(fixtures, 'frodo-single.journey.json')], choice)
  const files = new EditedFiles(folder, choice)
  const before = files.bundle()
  pull(files, toWrite(differencesOf(before, server), before, server), server)
  expect(files.save()).toHaveLength(6)
  expect(differencesOf(readFiles([folder], choice), server)).toEqual({ differences: [], unknown: [] })
  const name = 'Verify – 確認'
  expect(pullInto(folder, nodes)).toEqual([`${name}.journey.json`, `${name}.layout.json`])
  const [journey] = readFiles([folder], choice).journeys
  expect(journey?.nodes['new-1']).toMatchObject({ x: 7, y: 8 })
  expect(journey?.nodes['decide-1']).toMatchObject({ x: expect.any(Number) })
  expect(pullInto(folder, note)).toEqual([`${name}.layout.json`])
})
