import type { JsonObject } from '../../base/json.ts'
import type { Conversation } from '../../walks/conversations.ts'
import type { CodeSource } from '../../walks/recorded-answers.ts'
import { recordedFile } from '../../walks/recorded-file.ts'
import { type RecordedWalk, recordedWalk } from '../../walks/recorded-walk.ts'
import { fullPerson, madeUpPeople, madeUpVariables } from '../explore/made-up-people.ts'
import type { Observed } from '../explore/observed.ts'
import type { ObservingTester } from '../explore/observing-tester.ts'
import type { Subject } from '../play/mismatch.ts'
import type { Project } from '../project/project.ts'
import type { WalkResult } from '../run-walk.ts'

/** A recorded walk with what it changes, as far as it can be played here. */
export type CompletedWalk = RecordedWalk & {
  /** Whether it passes here. */
  passes: boolean
  /** Why it doesn't. */
  reason: string | undefined
}

type Options = {
  project: Project
  tester: ObservingTester
  /** The file of the walk: random values follow from it. */
  file: string
  journey: string
  known: readonly Conversation[]
}

/** Effects, which a recording does not show. */
const effects: ReadonlySet<Subject> = new Set(['people', 'mail'])

/**
 * Writes conversations as a walk and plays it. A recording does not show where codes come from and which people exist, so the
 * ways that are possible are tried until one ends as recorded.
 */
export async function completedWalk(
  conversations: readonly Conversation[],
  { project, tester, file, journey, known }: Options,
): Promise<CompletedWalk> {
  const variants = variantsOf(conversations, { project, journey, known })
  const [likely] = variants
  if (likely === undefined) throw new Error('a recording has at least one variant')
  if (!project.bundle.journeys.some(({ _id }) => _id === journey)) {
    return { ...likely, passes: false, reason: `the project has no journey '${journey}'` }
  }
  const esv = madeUpVariables(project.bundle, project.settings.esv)
  let firstReason: string | undefined
  for (const variant of variants) {
    tester.know(variant.secrets)
    const content = (walk: RecordedWalk['walk']) => recordedFile(journey, [{ ...variant, walk }], esv)
    const { result, observed } = await tester.play(file, content(variant.walk))
    if (observed !== undefined && isAsRecorded(result)) {
      const walk = { ...variant.walk, ...expectations(observed, variant.walk) }
      if (await tester.passes(file, content(walk))) {
        return { ...variant, walk, passes: true, reason: undefined }
      }
    }
    firstReason ??= reasonOf(result)
  }
  return { ...likely, passes: false, reason: firstReason }
}

function isAsRecorded({ step, mismatches }: WalkResult): boolean {
  return step === undefined && mismatches.every(({ subject }) => effects.has(subject))
}

/** The first difference. Values of people and texts of pages stay out, because they could be secret. */
function reasonOf({ step, mismatches, reason }: WalkResult): string {
  const where = step === undefined ? 'at the end' : `at step ${step.index + 1}`
  const [first] = mismatches
  return reason === undefined ? `${where}, ${first?.subject ?? 'the walk'} differs` : reason
}

function expectations(
  { outcome, ends, paths, path, mail, people }: Observed,
  { parties }: RecordedWalk['walk'],
) {
  return {
    ...(outcome === 'success' ? { ends } : {}),
    path: parties === undefined ? path : paths,
    ...(mail.length === 0 ? {} : { mail }),
    ...(Object.keys(people).length === 0 ? {} : { people }),
  }
}

/** The ways in which a walk can be written, the most likely first. */
function variantsOf(
  conversations: readonly Conversation[],
  { project, journey, known }: Pick<Options, 'project' | 'journey' | 'known'>,
): RecordedWalk[] {
  const sources: CodeSource[] = [
    ...(conversations.length > 1 ? (['agent'] as const) : []),
    'mail',
    'app',
    'secret',
  ]
  // Only agents may start the journeys of a help desk.
  const hasSession = (conversations[0]?.turns[0]?.sent.cookies.length ?? 0) > 0
  const agents = conversations.length > 1 ? [hasSession] : hasSession ? [false, true] : [false]
  const bySource = agents.flatMap((hasAgent) =>
    sources.map((codes) => recordedWalk(conversations, { journey, codes, known, hasAgent })),
  )
  const distinct = [...new Map(bySource.map((each) => [JSON.stringify(each.walk), each])).values()]
  const full = madeUpPeople(project.bundle, project.settings.settings)[fullPerson] ?? {}
  const casts: ((people: RecordedWalk['people']) => RecordedWalk['people'])[] = [
    (people) => people,
    (people) => withAttributes(people, full),
    (people) => Object.fromEntries(Object.entries(people).filter(([, { roles }]) => roles !== undefined)),
  ]
  return casts.flatMap((cast) => distinct.map((each) => ({ ...each, people: cast(each.people) })))
}

function withAttributes(people: RecordedWalk['people'], attributes: object): RecordedWalk['people'] {
  return Object.fromEntries(
    Object.entries(people).map(([name, person]) => [name, { ...attributes, ...person } as JsonObject]),
  )
}
