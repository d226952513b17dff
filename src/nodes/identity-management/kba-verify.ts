import { z } from 'zod'
import { asText } from '../../base/as-text.ts'
import type { JsonObject } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { decisionOutcomes, type NodeContext } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { attemptErrors } from '../multi-factor/multi-factor.ts'
import { type IdentityPort, type Person, type Ports, tooManyAttempts } from '../ports/ports.ts'
import type { KbaSettings } from '../ports/self-service-port.ts'
import { storedAnswers } from './kba.ts'
import { findPerson, identityAttribute, personReads } from './person-of-journey.ts'

const config = () =>
  z.object({
    kbaInfoAttribute: setting(
      'KBA Attribute',
      'Attribute that stores questions and answers.',
      z.string().min(1).default('kbaInfo'),
      'attribute',
    ),
    identityAttribute: identityAttribute('userName'),
  })

type Context = NodeContext<z.infer<ReturnType<typeof config>>> &
  Pick<Ports, 'identities' | 'selfService' | 'attempts'>

const wrongAnswer = 'Provided answer(s) are invalid'

/** Asks some of the person's security questions. Source: "KBA Verification node". */
export const kbaVerify = defineNode({
  type: 'KbaVerifyNode',
  title: 'KBA Verification',
  help: 'Asks randomly chosen security questions. Takes the outcome `true` if all answers are right.',
  tags: ['identity management'],
  family: 'collect',
  config,
  outcomes: decisionOutcomes,
  reads: (config) => personReads(config.identityAttribute),
  callbacks: { PasswordCallback: 'A security question, one callback for each.' },
  errors: {
    warn: {
      'Not enough answers provided': 'The client answered fewer questions than were asked.',
      [wrongAnswer]: 'An answer is wrong.',
      ...attemptErrors,
    },
    fail: {
      'Failed to retrieve user object': 'No person, or more than one, has the value in the attribute.',
      'Maximum attempts exceeded': 'Too many wrong answers in a row.',
      'Minimum answers to verify is set to zero': 'The realm is configured to ask no questions.',
      'Object has defined fewer questions than the minimum': 'The person has not defined enough questions.',
      'Question id ‹id› is not defined': 'The realm has deleted that question.',
    },
  },
  proves: { true: 'kba' },
  needs: ['identities', 'selfService', 'attempts'],
  reference: {
    outputs: 'the person’s count of wrong answers in a row',
    outcomes: { true: 'All answers are right.', false: 'An answer is wrong, or too many attempts were.' },
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
    const stored = storedAnswers(person, config.kbaInfoAttribute)
    if (stored.length < Math.max(1, kba.minimumAnswersToDefine)) {
      return fail('Object has defined fewer questions than the minimum')
    }
    if (answers.length > 0) return goTo((await isVerified(context, person, stored)) ? 'true' : 'false')
    const asked = drawn(context.random, stored, kba.minimumAnswersToVerify)
    const deleted = asked.find((entry) => promptOf(entry, kba, request.locales) === undefined)
    if (deleted !== undefined) return fail(`Question id ${asText(deleted.questionId)} is not defined`)
    const [first, ...rest] = asked.map((entry) =>
      callback('PasswordCallback', { prompt: promptOf(entry, kba, request.locales) ?? '' }),
    )
    return first === undefined ? goTo('false') : send([first, ...rest])
  },
})

async function isVerified(context: Context, person: Person, stored: readonly JsonObject[]): Promise<boolean> {
  const { answers, identities, selfService, attempts, log } = context
  const { kba } = selfService
  const given = answers.filter(({ type }) => type === 'PasswordCallback')
  if (given.length < Math.min(kba.minimumAnswersToVerify, stored.length)) {
    log.warn('Not enough answers provided')
    return false
  }
  // rule S05: otherwise security questions can be guessed without limit
  const tried = await attempts.check('kba', person._id, async () => {
    // Checks all answers, so that the time doesn't reveal which one is wrong.
    const right = await Promise.all(
      given.map(({ output, input }) => {
        const entry = stored.find((each) => isAbout(each, String(output.prompt), kba))
        return identities.checkAnswer(entry?.answer ?? null, String(input[''] ?? ''))
      }),
    )
    return right.every(Boolean) ? { kind: 'right', value: true } : { kind: 'wrong', reason: wrongAnswer }
  })
  if (tried.kind === 'wrong') {
    log.warn(tried.reason)
    // Answers that were not checked don't count as wrong.
    if (tried.reason === tooManyAttempts) return false
  }
  const isRight = tried.kind === 'right'
  await count(identities, person, kba, isRight ? 0 : failuresOf(person, kba) + 1)
  return isRight
}

function failuresOf(person: Person, { kbaAttemptsPropertyName: name }: KbaSettings): number {
  const count = name === null ? 0 : person[name]
  return typeof count === 'number' ? count : 0
}

/** Saves the count if it changed and the realm counts. */
async function count(identities: IdentityPort, person: Person, kba: KbaSettings, to: number): Promise<void> {
  const name = kba.kbaAttemptsPropertyName
  if (name === null || failuresOf(person, kba) === to) return
  await identities.patch(person._id, { [name]: to })
}

/** Consecutive entries from a random position. */
function drawn(random: number, entries: readonly JsonObject[], count: number): JsonObject[] {
  const start = Math.floor(random * entries.length)
  return [...entries.slice(start), ...entries.slice(0, start)].slice(0, count)
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

/** Compares with all locales: the browser's language may have changed since the question was sent. */
function isAbout(entry: JsonObject, prompt: string, { questions }: KbaSettings): boolean {
  if (typeof entry.customQuestion === 'string') return entry.customQuestion === prompt
  const id = asText(entry.questionId)
  return Object.hasOwn(questions, id) && Object.values(questions[id] ?? {}).includes(prompt)
}
