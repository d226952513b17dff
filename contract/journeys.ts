import * as z from 'zod/mini'
import { comparisonSchema } from './differences.ts'
import { endpoint } from './endpoint.ts'
import { lazy, lazyLooseObject, lazyObject, namedLooseObject, namedObject, schemaNames } from './lazy.ts'
import { nodeFamilies } from './node-types.ts'
import { collectionQuery, pageOf } from './page.ts'

const one = 'journeys/:name'

/** The author and time of the last save. `savedAt` is epoch milliseconds. */
export const saveMembers = lazy(() => ({
  savedAt: z.nullable(z.number()),
  savedBy: z.nullable(z.string()),
  savedById: z.nullable(z.string()),
  saves: z.number(),
}))

/** The nodes of a journey and the targets of their connections, in pixels of its canvas. */
const pictureSchema = namedObject('Picture', () => ({
  entryNodeId: z.string(),
  nodes: z.record(
    z.string(),
    z.object({
      type: z.string(),
      family: z.enum(nodeFamilies),
      name: z.string(),
      x: z.optional(z.nullable(z.number())),
      y: z.optional(z.nullable(z.number())),
      /** Ids of nodes, and of the two ends. */
      to: z.array(z.string()),
    }),
  ),
  staticNodes: z.record(z.string(), z.unknown()),
}))

export const journeyRowSchema = lazyObject(() => ({
  _id: z.string(),
  _rev: z.string(),
  name: z.string(),
  description: z.string(),
  categories: z.array(z.string()),
  enabled: z.boolean(),
  innerTreeOnly: z.boolean(),
  mustRun: z.boolean(),
  noSession: z.boolean(),
  transactionalOnly: z.boolean(),
  isDefault: z.boolean(),
  nodeCount: z.number(),
  /** Names of the scripts that its nodes run. */
  scripts: z.array(z.string()),
  picture: pictureSchema(),
  findings: z.object({ error: z.number(), warning: z.number(), hint: z.number() }),
  /** Node types that this server doesn't have. */
  unsupported: z.array(z.string()),
  ...saveMembers(),
}))

/** Settings of a journey that findings can ask to turn on. */
const journeySwitches = ['noSession', 'mustRun', 'transactionalOnly'] as const

/** A lint finding. */
export const findingSchema = namedObject('Finding', () => ({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'hint']),
  journey: z.string(),
  /** Absent if the finding is about the whole journey. */
  nodeId: z.optional(z.string()),
  /** Of the node, or of the journey if there is no node. */
  setting: z.optional(z.string()),
  /** Of the node. */
  outcome: z.optional(z.string()),
  /** Id of a script or custom node type. */
  scriptId: z.optional(z.string()),
  /** Of the script. */
  line: z.optional(z.number()),
  message: z.string(),
  remedy: z.string(),
  /** The switch of the journey that resolves it. */
  turnOn: z.optional(z.enum(journeySwitches)),
}))

const findingsSchema = namedObject('Findings', () => ({ result: z.array(findingSchema()) }))

const settingsSchema = lazy(() => z.record(z.string(), z.json()))

/** In pixels of the canvas at 100 %. */
const positionMembers = lazy(() => ({
  x: z.optional(z.nullable(z.number())),
  y: z.optional(z.nullable(z.number())),
}))

const positionSchema = namedLooseObject('Position', positionMembers)

const treeNodeSchema = namedLooseObject('TreeNode', () => ({
  nodeType: z.string(),
  version: z.optional(z.union([z.string(), z.number()])),
  displayName: z.optional(z.string()),
  /** Ids of nodes by outcome. */
  connections: z.optional(z.record(z.string(), z.string())),
  ...positionMembers(),
}))

const treeSchema = namedLooseObject('Tree', () => ({
  _id: z.string(),
  description: z.optional(z.nullable(z.string())),
  entryNodeId: z.optional(z.string()),
  nodes: z.record(z.string(), treeNodeSchema()),
  staticNodes: z.optional(z.record(z.string(), positionSchema())),
  uiConfig: z.optional(z.record(z.string(), z.unknown())),
}))

export const partMembers = lazy(() => ({
  /** The journey in the format of AM's REST API. */
  tree: treeSchema(),
  /** Settings of its nodes, by id. */
  nodes: z.record(z.string(), settingsSchema()),
  /** Settings of the nodes on its pages, by id. */
  innerNodes: z.record(z.string(), settingsSchema()),
}))

export const partsSchema = namedObject('JourneyParts', partMembers)

const somePartsSchema = lazy(() => z.partial(partsSchema()).register(schemaNames, { id: 'SomeJourneyParts' }))

export const journeySchema = namedObject('Journey', () => ({
  _id: z.string(),
  _rev: z.string(),
  ...partMembers(),
  isDefault: z.boolean(),
  ...saveMembers(),
  _findings: z.array(findingSchema()),
}))

const usageSchema = lazyObject(() => ({
  kind: z.enum([
    'innerJourney',
    'transaction',
    'configProvider',
    'defaultJourney',
    'deskCheck',
    'realmSetting',
  ]),
  /** The node that uses the journey. */
  journey: z.optional(z.string()),
  nodeId: z.optional(z.string()),
  displayName: z.optional(z.string()),
  /** The realm setting that uses the journey. */
  name: z.optional(z.string()),
}))

export const listJourneys = endpoint('GET', 'journeys', {
  query: collectionQuery,
  answer: pageOf(journeyRowSchema),
})

export const readJourney = endpoint('GET', one, { answer: journeySchema })

export const saveJourney = endpoint('PUT', one, { body: partsSchema, answer: journeySchema })

export const copyJourney = endpoint('POST', one, {
  actions: {
    duplicate: { body: lazyObject(() => ({ name: z.string('must be text') })), answer: journeySchema },
  },
})

export const removeJourney = endpoint('DELETE', one, {
  query: lazyObject(() => ({ force: z.optional(z.enum(['true', 'false'])) })),
  answer: journeySchema,
})

export const listUsages = endpoint('GET', `${one}/usages`, {
  answer: lazyObject(() => ({ result: z.array(usageSchema()) })),
})

export const listFindings = endpoint('GET', 'journeys/findings', { answer: findingsSchema })

export const listFindingsOf = endpoint('GET', `${one}/findings`, { answer: findingsSchema })

const noteSchema = namedObject('Note', () => ({
  kind: z.enum(['conflict', 'missing', 'unsupported', 'unreadable', 'note']),
  message: z.string(),
  /** The thing in the files. */
  about: z.optional(z.object({ kind: z.string(), id: z.string() })),
  /** Where the files have it; lines count from 1. */
  place: z.optional(z.object({ file: z.string(), line: z.optional(z.int()) })),
}))

const planItemSchema = namedObject('PlanItem', () => ({
  kind: z.string(),
  id: z.string(),
  name: z.string(),
  /** `kept`: it differs, and stays as the realm has it. `left`: the realm doesn't get it. */
  status: z.enum(['new', 'changed', 'identical', 'kept', 'left']),
  journey: z.optional(z.string()),
  /** Changes in words: of journeys with the nodes in them, and of other things. */
  changes: z.optional(z.array(z.string())),
  /** Those of a setting that protect the realm less. */
  weakens: z.optional(z.array(z.string())),
}))

export const planMembers = lazy(() => ({
  /** False if the files contradict themselves or the realm. */
  isPossible: z.boolean(),
  items: z.array(planItemSchema()),
  findings: z.array(noteSchema()),
}))

const planSchema = lazyObject(() => ({
  isImported: z.boolean(),
  ...planMembers(),
  /** The realms that the files are from, if there are several. */
  realms: z.optional(z.array(z.string())),
  /** With `lint`: findings that journeys will have. */
  journeyFindings: z.optional(z.array(findingSchema())),
}))

export const exchangeJourneys = endpoint('POST', 'journeys', {
  query: lazyObject(() => ({
    dryRun: z.optional(z.enum(['true', 'false'])),
    /** Whether a dry run also answers the findings that journeys will have. */
    lint: z.optional(z.enum(['true', 'false'])),
    dependencies: z.optional(z.enum(['true', 'false'])),
    existing: z.optional(z.enum(['replace', 'skip'])),
    /** Whether to leave out what can't be read, instead of importing nothing. */
    unreadable: z.optional(z.enum(['refuse', 'skip'])),
    /** Of `missing`: whether to look only at what lacks a secret. */
    only: z.optional(z.enum(['all', 'secrets'])),
    /** The realm in the file, if it has several. */
    from: z.optional(z.string()),
  })),
  actions: {
    import: {
      body: lazyLooseObject(() => ({
        /** Whether to import single items. The others follow `existing`, and plans list how kept items differ. */
        sidegateChoices: z.optional(
          z.array(z.object({ kind: z.string(), id: z.string(), take: z.boolean() })),
        ),
      })),
      answer: planSchema,
    },
    export: {
      body: lazyObject(() => ({
        journeys: z.array(z.string()).check(z.minLength(1, 'must name a journey')),
        /** `layout` keeps the positions of nodes apart from the journeys, so that text diffs can skip them. */
        form: z._default(z.enum(['layout', 'multi', 'single']), 'layout'),
      })),
      answer: lazyLooseObject(() => ({ findings: z.array(noteSchema()) })),
    },
    /** Everything in the realm that exports can contain, in the form that `import` takes from the command line. */
    exportAll: { answer: lazyObject(() => ({ sidegateBundle: z.record(z.string(), z.unknown()) })) },
    /** Findings about what the realm needs and lacks. */
    missing: { answer: lazyObject(() => ({ findings: z.array(noteSchema()) })) },
    lint: { body: somePartsSchema, answer: findingsSchema },
    /** Two states of one journey, in words. */
    compare: {
      body: lazyObject(() => ({
        before: somePartsSchema(),
        after: somePartsSchema(),
      })),
      answer: comparisonSchema,
    },
  },
})
