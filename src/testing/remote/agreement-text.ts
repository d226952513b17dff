import { counted } from '../../base/counted.ts'
import { Mask } from '../../runtime/mask.ts'
import type { Project } from '../project/project.ts'
import { shownPath } from '../project/project.ts'
import { titleOf, withoutSecrets } from '../report/failure-text.ts'
import { settingsOf } from '../report/node-facts.ts'
import type { Depth, NodeOf, Verdict } from './verdicts.ts'

/** A walk with the verdicts on it. */
export type ComparedWalk = {
  file: string
  line: number
  about: string
  it: string
  verdicts: readonly Verdict[]
  /** Why it was not played there. */
  unplayed: string | undefined
  /** Whether it can't be played, inside or there. */
  isBroken: boolean
  /** Why it can't be played there. */
  brokenThere: string | undefined
  secrets: readonly string[]
}

type Differing = Extract<Verdict, { status: 'differs' }>

/** A walk that differs: each node once, with both outcomes, and where the files define it. */
export function differenceText(walk: ComparedWalk, project: Project): string | undefined {
  const head = `${shownPath(walk.file)}:${walk.line}  ${titleOf(walk)}`
  if (walk.brokenThere !== undefined)
    return withoutSecrets(`BROKEN  ${head}\n  there: ${walk.brokenThere}`, walk.secrets)
  const differing = walk.verdicts.filter((verdict): verdict is Differing => verdict.status === 'differs')
  if (differing.length === 0) return undefined
  const lines = nodesOf(differing).flatMap(({ node, verdicts }) => [
    ...(node === undefined ? [] : nodeLines(node, project)),
    ...verdicts.flatMap(({ subject, text, inside, there }) => [
      `    ${subject.padEnd(7)} ${masked(subject === 'page' || subject === 'path' ? '' : text)}`.trimEnd(),
      `      inside  ${masked(inside)}`,
      `      there   ${masked(there)}`,
    ]),
  ])
  return withoutSecrets([`DIFFERS  ${head}`, ...lines].join('\n'), walk.secrets)
}

/** Differences by node, those in logs first, because they name the node itself. */
function nodesOf(differing: readonly Differing[]) {
  const sorted = differing.toSorted((one, other) => rank(one.depth) - rank(other.depth))
  const nodes = new Map<string, { node: NodeOf | undefined; verdicts: Differing[] }>()
  for (const verdict of sorted) {
    const key = verdict.node?.id ?? ''
    const entry = nodes.get(key) ?? { node: verdict.node, verdicts: [] }
    entry.verdicts.push(verdict)
    nodes.set(key, entry)
  }
  return [...nodes.values()]
}

function rank(depth: Depth): number {
  return depth === 2 ? 0 : 1
}

function nodeLines({ journey, id, name, type }: NodeOf, project: Project): string[] {
  const place = project.places.node(journey, id)
  const settings = settingsOf(id, project).map(({ title, value }) => `${title} = ${value}`)
  return [
    `  ${name} (${type})${place === undefined ? '' : `   ${shownPath(place.file)}:${place.line}`}`,
    ...(settings.length === 0 ? [] : [`    ${settings.join(', ')}`]),
  ]
}

function masked(text: string): string {
  const mask = new Mask()
  return text.replaceAll(/\S+/g, (word) => mask.text(word))
}

const depthNames: Readonly<Record<Depth, string>> = {
  0: 'effects',
  1: 'wire',
  2: 'nodes',
  3: 'people',
}

/** The counts: at each depth, and what was not observed by reason. */
export function agreementLines(walks: readonly ComparedWalk[]): string[] {
  const verdicts = walks.flatMap((walk) => walk.verdicts)
  const unplayed = walks.filter((walk) => walk.unplayed !== undefined).length
  const broken = walks.filter((walk) => walk.isBroken).length
  const rows = ([1, 2, 3, 0] as const).flatMap((depth) => {
    const of = (status: Verdict['status']) =>
      verdicts.filter((verdict) => verdict.depth === depth && verdict.status === status).length
    const [agrees, differs, unobserved, unobservable] = [
      of('agrees'),
      of('differs'),
      of('unobserved'),
      of('unobservable'),
    ]
    if (agrees + differs + unobserved + unobservable === 0) return []
    const more = unobservable === 0 ? '' : `, ${unobservable} not observable`
    return `  ${depthNames[depth].padEnd(8)} ${agrees} agree, ${differs} differ, ${unobserved} unobserved${more}`
  })
  return [
    `${counted(walks.length, 'walk')}: ${walks.length - unplayed - broken} played there, ${unplayed} not${broken === 0 ? '' : `, ${broken} broken`}`,
    ...rows,
    ...reasonLines('unobserved:', 'unobserved', verdicts),
    ...reasonLines('not observable on any server:', 'unobservable', verdicts),
  ]
}

/** The reasons, the most frequent first. */
function reasonLines(
  title: string,
  status: 'unobserved' | 'unobservable',
  verdicts: readonly Verdict[],
): string[] {
  const given = verdicts.flatMap((verdict) => (verdict.status === status ? [verdict.reason] : []))
  if (given.length === 0) return []
  const lines = [...Map.groupBy(given, (reason) => reason)]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([reason, all]) => `  ${String(all.length).padStart(4)}  ${reason}`)
  return [title, ...lines]
}
