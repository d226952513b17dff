import { z } from 'zod'
import { fail, goTo, send } from '../../engine/action.ts'
import { asText } from '../../engine/as-text.ts'
import { callback } from '../../engine/callbacks.ts'
import type { JsonObject } from '../../engine/json.ts'
import { localise } from '../../engine/locale.ts'
import { decisionOutcomes, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { triesErrors } from '../multi-factor/multi-factor.ts'
import { type IdentityPort, type Person, type Ports, tooManyTries } from '../ports/ports.ts'
import type { KbaSettings } from '../ports/self-service-port.ts'
import { keptAnswers } from './kba.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

const config = z.object({
  kbaInfoAttribute: setting(
    'KBA Attribute',
    'Attribute that keeps questions and answers.',
    z.string().min(1).default('kbaInfo'),
    'attribute',
  ),
  identityAttribute: identityAttribute('userName'),
})

type Context = NodeContext<z.infer<typeof config>> & Pick<Ports, 'identities' | 'selfService' | 'tries'>

const wrongAnswer = 'Provided answer(s) are invalid'

/** Asks some of a person's security questions. Source: "KBA Verification node". */
export const kbaVerify = defineNode({
  type: 'KbaVerifyNode',
  version: '1.0',
  title: 'KBA Verification',
  help: 'Asks security questions of the person, drawn at random, and leaves by `true` when all answers are right.',
  tags: ['identity management'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  callbacks: { PasswordCallback: 'A question of the person; as many as the realm wants.' },
  errors: {
    warn: {
      'Not enough answers provided': 'The client answered fewer questions than were asked.',
      [wrongAnswer]: 'An answer is wrong.',
      ...triesErrors,
    },
    fail: {
      'Failed to retrieve user object': 'Nobody, or more than one person, has the value in the attribute.',
      'Maximum attempts exceeded': 'Too many wrong answers in a row.',
      'Minimum answers to verify is set to zero': 'The realm wants no answers.',
      'Object has defined fewer questions than the minimum': 'The person has not chosen enough questions.',
      'Question id ‹id› is not defined': 'The realm has that question no more.',
    },
  },
  proves: { true: 'kba' },
  needs: ['identities', 'selfService', 'tries'],
  reference: {
    outputs: 'how often in a row the person was wrong',
    outcomes: { true: 'All answers are right.', false: 'One is wrong, or too many were.' },
  },
  async run(context) {
    const { config, answers, selfService, request } = context
    const { kba } = selfService
    const person = await findPerson(context, config.identityAttribute)
    if (person === undefined) return fail('Failed to retrieve user object')
    if (failuresOf(person, kba) > (kba.numberOfAttemptsAllowed ?? Infinity)) {
      return fail('Maximum attempts exceeded')
    }
    if (kba.minimumAnswersToVerify === 0) return fail('Minimum answers to verify is set to zero')
    const kept = keptAnswers(person, config.kbaInfoAttribute)
    if (kept.length < Math.max(1, kba.minimumAnswersToDefine)) {
      return fail('Object has defined fewer questions than the minimum')
    }
    if (answers.length > 0) return goTo((await isVerified(context, person, kept)) ? 'true' : 'false')
    const asked = drawn(context.random, kept, kba.minimumAnswersToVerify)
    const lost = asked.find((entry) => promptOf(entry, kba, request.locales) === undefined)
    if (lost !== undefined) return fail(`Question id ${asText(lost.questionId)} is not defined`)
    const [first, ...rest] = asked.map((entry) =>
      callback('PasswordCallback', { prompt: promptOf(entry, kba, request.locales) ?? '' }),
    )
    return first === undefined ? goTo('false') : send([first, ...rest])
  },
})

async function isVerified(context: Context, person: Person, kept: readonly JsonObject[]): Promise<boolean> {
  const { answers, identities, selfService, tries, log } = context
  const { kba } = selfService
  const given = answers.filter(({ type }) => type === 'PasswordCallback')
  if (given.length < Math.min(kba.minimumAnswersToVerify, kept.length)) {
    log.warn('Not enough answers provided')
    return false
  }
  const tried = await tries.check('kba', person._id, async () => {
    // All are checked, so that the time does not tell which of them is wrong.
    const right = await Promise.all(
      given.map(({ output, input }) => {
        const entry = kept.find((each) => isAbout(each, String(output.prompt), kba))
        return identities.checkAnswer(entry?.answer ?? null, String(input[''] ?? ''))
      }),
    )
    return right.every(Boolean) ? { kind: 'right', value: true } : { kind: 'wrong', reason: wrongAnswer }
  })
  if (tried.kind === 'wrong') {
    log.warn(tried.reason)
    // Unread answers aren't wrong ones.
    if (tried.reason === tooManyTries) return false
  }
  const isRight = tried.kind === 'right'
  await count(identities, person, kba, isRight ? 0 : failuresOf(person, kba) + 1)
  return isRight
}

function failuresOf(person: Person, { kbaAttemptsPropertyName: name }: KbaSettings): number {
  const count = name === null ? 0 : person[name]
  return typeof count === 'number' ? count : 0
}

/** Nothing is written where nothing changes, or nobody counts. */
async function count(identities: IdentityPort, person: Person, kba: KbaSettings, to: number): Promise<void> {
  const name = kba.kbaAttemptsPropertyName
  if (name === null || failuresOf(person, kba) === to) return
  await identities.patch(person._id, { [name]: to })
}

/** So many in a row, from a place drawn at random. */
function drawn(random: number, kept: readonly JsonObject[], count: number): JsonObject[] {
  const start = Math.floor(random * kept.length)
  return [...kept.slice(start), ...kept.slice(0, start)].slice(0, count)
}

function promptOf(
  entry: JsonObject,
  { questions }: KbaSettings,
  locales: readonly string[],
): string | undefined {
  if (typeof entry.customQuestion === 'string') return entry.customQuestion
  const id = asText(entry.questionId)
  const text = Object.hasOwn(questions, id) ? questions[id] : undefined
  return text && localise(text, locales, 'Unable to find translation.')
}

/** A question may come back after the language of the browser changed. */
function isAbout(entry: JsonObject, prompt: string, { questions }: KbaSettings): boolean {
  if (typeof entry.customQuestion === 'string') return entry.customQuestion === prompt
  const id = asText(entry.questionId)
  return Object.hasOwn(questions, id) && Object.values(questions[id] ?? {}).includes(prompt)
}
